"""What made a run: versions, the commit, the models' hashes, the threshold."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.calibration import load_calibration
from assistant.llm_choice import ADAPTER, calibrated_as, check_llms, engine_of
from assistant.settings import Settings
from assistant.types import AssistantError
from index.embed import SentenceEmbedder
from index.weights import DEFAULT_LLM, sha256_of

_PACKAGES = (
    "communique", "bm25s", "chromadb", "llama-index-core", "numpy", "pydantic", "scipy", "sentence-transformers",
    "torch", "xllamacpp",
)  # fmt: skip
_EIGHT_BITS = "eight bits"
_CODE = (":(top)assistant", ":(top)corpus", ":(top)evals", ":(top)index")
# What `make baseline` itself writes: the second gate would else be of other code than the first.
_WRITTEN = (":(top,exclude)evals/baselines", ":(top,exclude)assistant/data/evals.json")


def versions() -> dict[str, str]:
    """The versions of Python and of the packages an answer depends on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def commit(folder: Path = Path(__file__).parent) -> str:
    """The git commit of the code in `folder`, with `+changes` if code or data differ; `unknown` outside a checkout."""
    found = _git(folder, "rev-parse", "HEAD")
    if found is None:
        return "unknown"
    return found + ("+changes" if _git(folder, "status", "--porcelain", "--", *_CODE, *_WRITTEN) else "")


def models(assistant_settings: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256 of each model file that is used with these settings, by name.

    `writer: ` stands before the name of a writer of its own, which may be that of the reader too. Of a model behind a
    URL, or one that the hub keeps, only that or the name is known: it stands in the hash's place.

    Raises:
        SearchError: the embedding model's bytes are missing or wrong.
        AssistantError: there is no such language model; with `auto` it is left out.
    """
    settings = Settings(**assistant_settings)
    embedder = SentenceEmbedder(settings.embedding_model)
    used = {embedder.name: embedder.fingerprint, **language_model(settings)}
    if settings.draft == "write" and settings.writer:
        used |= {f"writer: {name}": value for name, value in language_model(settings.for_writing).items()}
    return used


def threshold(assistant_settings: Mapping[str, Any], used: Mapping[str, str]) -> float:
    """The confidence from which an answer is shown with these settings and the models they use, as told by `models`.

    Raises:
        AssistantError: the calibration is damaged.
    """
    settings = Settings(**assistant_settings)
    reads = DEFAULT_LLM.name in used or settings.llm not in {"none", "auto"}
    return load_calibration(calibrated_as(settings) if reads else "signals").threshold


def language_model(settings: Settings) -> dict[str, str]:
    """The files of the language model that reads with these settings, as in `models`; none if there is to be none.

    Raises:
        AssistantError: there is no such language model; with `auto` it is left out.
    """
    if settings.llm == "none":
        return {}
    if settings.llm_url:
        return {settings.llm_model: settings.llm_url}
    asked = {"draft": "quote"} | ({"llm": "embedded"} if settings.llm == "auto" else {})
    try:
        check_llms(settings.model_copy(update=asked))
    except AssistantError:
        if settings.llm != "auto":
            raise
        return {}
    if settings.llm_file:
        return {settings.llm_file.name: sha256_of(settings.llm_file)}
    files = {DEFAULT_LLM.name: DEFAULT_LLM.sha256, ADAPTER.name: sha256_of(ADAPTER)}
    return files | ({_EIGHT_BITS: f"torch {version('torch')}"} if engine_of(settings) == "int8" else {})


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
