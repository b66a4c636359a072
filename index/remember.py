"""An embedder that remembers the last questions: one answer needs its question's vector in several places."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.types import Embedder, Vectors

_REMEMBERED = 64
_FEW = 2  # a question, and with it the conversation before it; more texts than these are a document's


class RememberingEmbedder:
    """Another embedder; keeps its vectors of the last 64 texts that came alone or in pairs. Threads may share it."""

    def __init__(self, embedder: Embedder, remembered: int = _REMEMBERED) -> None:
        """`remembered` is how many vectors are kept, at least 1."""
        self._embedder = embedder
        self._most = remembered
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The other embedder's."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """The other embedder's: the vectors are the same."""
        return self._embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions); each time in memory of its own.

        Raises:
            SearchError: the model cannot be loaded.
        """
        if not 0 < len(texts) <= _FEW:
            return self._embedder.encode(texts)
        known = self._recalled(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= zip(new, self._embedder.encode(new), strict=True)  # outside the lock: others need not wait
            self._remember(known)
        return np.stack([known[text] for text in texts])

    def _recalled(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
            for text in known:
                self._vectors.move_to_end(text)
        return known

    def _remember(self, vectors: dict[str, Vectors]) -> None:
        with self._lock:
            self._vectors |= vectors
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)
