"""What a search returns, and what it needs from an embedding model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.types import Passage

Vectors = npt.NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class SearchError(Exception):
    """An index, store or model file that cannot be used, said in one line: what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and why it was found.

    `score` orders the hits. `dense` is the cosine of question and passage, `keyword` the BM25 score; both are of the
    question without the conversation, which may quote the passage, and 0 where only the conversation finds it.
    """

    passage: Passage
    score: float
    dense: float
    keyword: float


class Neighbour(NamedTuple):
    """A passage's id and the cosine of its vector with the question's."""

    passage: str
    cosine: float


class Neighbours(Protocol):
    """Knows passages by their vectors: `index.store.VectorStore`, or anything else that finds the nearest."""

    def nearest(self, vector: Vectors, count: int, documents: Sequence[str] = ()) -> list[Neighbour]:
        """The `count` passages nearest to a unit vector, best first, from the named documents or all."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors. `fingerprint` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions)."""
        ...
