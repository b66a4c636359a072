"""A corpus of rows made into what the product's own `Search` needs, in memory.

Only the vector store is another than the product's: it compares with every vector, where Chroma's graph takes a short
cut. All that ranks (passages, keyword leg, spelling, fusion, weights) is the product's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.types import Document, Passage, Section
from evals.benchmark.beir import CorpusRow
from evals.benchmark.vectors import vectors_of
from evals.types import EvalError
from index.keyword import KeywordIndex
from index.library import Library
from index.passages import PassageSize, embedded_text, indexed_text, passages_of
from index.search import DENSE_WEIGHT, Search
from index.types import Embedder, Neighbour, Vectors

FUSED = "fused"
LEGS: Mapping[str, float] = {"BM25 alone": 0.0, "dense alone": 1.0, FUSED: DENSE_WEIGHT}
"""What is measured side by side: the dense leg's share of the score."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the product would index with, and the folder to keep vectors in."""

    embedder: Embedder
    size: PassageSize
    folder: Path


class ExactNeighbours:
    """Finds the nearest passages by comparing with all of them."""

    def __init__(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """`vectors` are unit vectors, shape (passages, dimensions)."""
        self._ids = [passage.id for passage in passages]
        self._documents = np.array([passage.section.document.id for passage in passages])
        self._vectors = vectors

    def nearest(self, vector: Vectors, count: int, documents: Sequence[str] = ()) -> list[Neighbour]:
        """The `count` passages nearest to a unit vector, best first, from the named documents or all."""
        cosines = self._vectors @ vector
        places = np.flatnonzero(np.isin(self._documents, documents)) if documents else np.arange(len(cosines))
        best = places[np.argsort(-cosines[places], kind="stable")[:count]]
        return [Neighbour(self._ids[place], float(cosines[place])) for place in best]


@dataclass
class RememberingEmbedder:
    """Encodes a text once, however many searches ask for it."""

    embedder: Embedder
    _known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The model's."""
        return self.embedder.name

    @property
    def fingerprint(self) -> str:
        """The model's."""
        return self.embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions)."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unknown:
            self._known.update(zip(unknown, self.embedder.encode(unknown), strict=True))
        return np.stack([self._known[text] for text in texts])


def searches(rows: Sequence[CorpusRow], corpus_sha256: str, parts: Parts) -> dict[str, Search]:
    """The product's search over the rows, one for each of `LEGS`; a hit's document id is the id of its row.

    Raises:
        EvalError: no row has any text, or the vectors cannot be kept.
        SearchError: the embedding model cannot be loaded.
    """
    library = _library(rows, parts.size)
    if not library.passages:
        raise EvalError("corpus.jsonl: no row has any text")
    keyword = KeywordIndex.build([indexed_text(passage) for passage in library.passages])
    vectors = vectors_of(
        [embedded_text(passage) for passage in library.passages], parts.embedder, parts.folder, corpus_sha256
    )
    store = ExactNeighbours(library.passages, vectors)
    embedder = RememberingEmbedder(parts.embedder)
    return {leg: Search(library, store, keyword, embedder, weight) for leg, weight in LEGS.items()}


def _library(rows: Sequence[CorpusRow], size: PassageSize) -> Library:
    """A document and a section a row, under the row's title. An empty row has no passage, as in the product."""
    sections = tuple(
        Section(
            Document(row.id, row.title, "corpus.jsonl", ""),
            (row.title,) if row.title else (),
            str(place),  # not the row's id, which a few sets give to two rows
            row.text.strip(),
        )
        for place, row in enumerate(rows)
    )
    return Library((), sections, tuple(passage for section in sections for passage in passages_of(section, size)))
