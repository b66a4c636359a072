"""The vectors of a corpus, kept on disk: embedding 13,000 rules takes minutes. A damaged file is made again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np

from evals.progress import progress_bar
from evals.types import EvalError
from index.types import Embedder, Vectors

_BATCH = 512


def vectors_of(texts: Sequence[str], embedder: Embedder, folder: Path, corpus_sha256: str) -> Vectors:
    """One unit vector a text, shape (texts, dimensions), from `folder` where they were made before.

    They are known by the model's fingerprint, the corpus file's SHA-256, and the texts cut from it.

    Raises:
        EvalError: they cannot be kept.
    """
    path = folder / f"{_key(texts, embedder, corpus_sha256)}.npz"
    held = _read(path, len(texts))
    if held is not None:
        return held
    made = _embedded(texts, embedder)
    try:
        _write(path, made)
    except OSError as error:
        raise EvalError(f"{path}: the vectors cannot be kept ({error.strerror}); set COMMUNIQUE_HOME") from error
    return made


def _key(texts: Sequence[str], embedder: Embedder, corpus_sha256: str) -> str:
    key = sha256(f"{embedder.fingerprint}\0{corpus_sha256}".encode())
    for text in texts:  # other passages from the same file, as after a change of their size, have other vectors
        key.update(b"\0" + text.encode("utf-8", "replace"))
    return key.hexdigest()


def _read(path: Path, count: int) -> Vectors | None:
    """The vectors of a file, if it is there and whole: a .npz is checked against its CRC as it is read."""
    try:
        with np.load(path, allow_pickle=False) as parts:
            vectors: Vectors = np.asarray(parts["vectors"], dtype=np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return vectors if vectors.ndim == 2 and len(vectors) == count and np.isfinite(vectors).all() else None


def _embedded(texts: Sequence[str], embedder: Embedder) -> Vectors:
    """In batches of texts about as long as each other, since the longest of a batch sets what all of it costs."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    batches: list[Vectors] = []
    with progress_bar("Embedding") as progress:
        for start in range(0, len(order), _BATCH):
            progress(start, len(order))
            batches.append(embedder.encode([texts[place] for place in order[start : start + _BATCH]]))
        progress(len(order), len(order))
    made = np.concatenate(batches)
    vectors = np.empty_like(made)
    vectors[order] = made
    return vectors


def _write(path: Path, vectors: Vectors) -> None:
    """All or nothing: a killed run leaves no half file under the name that is read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            np.savez(part, vectors=vectors)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
