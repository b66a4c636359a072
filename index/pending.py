"""Vectors that a build has made so far, so that one that is killed need not make them again.

    <folder>/pending.<model>     a record a vector: a hash of the text it is of, then the vector

Nothing in it is ever searched: it only spares the next build the work. The file goes when a build is finished.
"""

from __future__ import annotations

import hashlib
from collections import ChainMap
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from index.types import Embedder, Vectors

_KEY = 16  # bytes
_UNIT = 0.01  # how far from 1 the length of a unit vector may be; what a crash of the machine left is further


class PendingVectors:
    """Another embedder, with a file that its vectors are kept in. For the one process that holds the build lock."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open this model's file in an index folder; those of other models are removed.

        Raises:
            OSError: the folder cannot be written.
        """
        self._path = folder / f"pending.{hashlib.sha256(embedder.fingerprint.encode()).hexdigest()[:16]}"
        self._embedder = embedder
        for other in folder.glob("pending.*"):
            if other != self._path:
                other.unlink()
        self._file = self._path.open("a+b")
        self._left = self._left_over()
        self._added: dict[bytes, Vectors] = {}

    def __enter__(self) -> PendingVectors:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file, and remove it if all went well: the vectors are where they belong."""
        self._file.close()
        if error is None:
            self._path.unlink(missing_ok=True)

    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions), made by a build before this one or now.

        Raises:
            SearchError: the model cannot be loaded.
            OSError: the file cannot be written.
        """
        keys = [_key(text) for text in texts]
        known = ChainMap(self._added, self._left)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        made = self._kept(new, self._embedder.encode(list(new.values()))) if new else {}
        return np.stack([made[key] if key in made else known[key] for key in keys])

    def lacking(self, texts: Sequence[str]) -> list[str]:
        """Those of the texts that no build before this one embedded, each once."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._left]

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, shape (texts, dimensions), that were made elsewhere; remembered until more are added.

        Raises:
            OSError: the file cannot be written.
        """
        self._added = self._kept([_key(text) for text in texts], vectors)

    def _kept(self, keys: Iterable[bytes], vectors: Vectors) -> dict[bytes, Vectors]:
        made = dict(zip(keys, np.asarray(vectors, dtype=np.float32), strict=True))
        self._file.write(b"".join(key + vector.tobytes() for key, vector in made.items()))
        self._file.flush()
        return made

    def _left_over(self) -> dict[bytes, Vectors]:
        """What a killed build made, by the hash of the text; of a record that is not whole nothing is kept."""
        size = self._path.stat().st_size
        dimensions = len(self._embedder.encode(["a"])[0]) if size else 0
        record = np.dtype([("key", f"V{_KEY}"), ("vector", np.float32, (dimensions,))])
        whole = size // record.itemsize
        self._file.truncate(whole * record.itemsize)
        if not whole:
            return {}
        rows = np.memmap(self._path, record, "r", shape=(whole,))
        right = np.abs(np.linalg.norm(rows["vector"], axis=1) - 1) < _UNIT
        return {rows["key"][row].tobytes(): rows["vector"][row] for row in np.flatnonzero(right)}


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY).digest()
