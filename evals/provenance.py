"""What made a run: versions, the commit, the models' hashes."""

from __future__ import annotations

import platform
import subprocess
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.llm_choice import ADAPTER
from index.weights import DEFAULT_LLM, EMBEDDING_MODEL

_PACKAGES = (
    "communique", "bm25s", "chromadb", "llama-index-core", "numpy", "pydantic", "scipy", "sentence-transformers",
    "torch", "xllamacpp",
)  # fmt: skip


def versions() -> dict[str, str]:
    """The versions of Python and of the packages an answer depends on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def commit() -> str:
    """The git commit of the code, with `+changes` if files differ from it; `unknown` outside a checkout."""
    found = _git("rev-parse", "HEAD")
    if found is None:
        return "unknown"
    return found + ("+changes" if _git("status", "--porcelain", "--untracked-files=no") else "")


def models(embedding_model: str, *llms: str) -> dict[str, str]:
    """The SHA-256 that each model of the run is pinned by, or how it was named where it is not pinned.

    `llms` are named as in the settings, empty where there is none.
    """
    pinned = EMBEDDING_MODEL.sha256 if embedding_model == EMBEDDING_MODEL.name else "not pinned"
    found = {embedding_model: pinned}
    for llm in llms:
        if llm in {"auto", "embedded"}:
            found[DEFAULT_LLM.name] = DEFAULT_LLM.sha256
            found[ADAPTER.name] = sha256(ADAPTER.read_bytes()).hexdigest()
        elif llm not in {"none", ""}:
            found[llm] = "not pinned"
    return found


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
