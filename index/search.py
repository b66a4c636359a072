"""A question to passages: the dense leg and the keyword leg, fused by score.

Start reading here: everything else in this folder makes what `Search` uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.types import Passage, Section
from index import generations
from index.generations import DocumentRecord
from index.ingest import Recipe, store_of
from index.keyword import KeywordIndex
from index.passages import passages_of
from index.store import VectorStore
from index.types import Embedder, Hit, SearchError, Vectors

DENSE_WEIGHT = 0.6
"""The dense leg's share of the fused score, measured in docs/decisions/0003-fusion.md."""

_POOL = 100  # how many passages each leg puts forward


@dataclass(frozen=True, slots=True)
class Library:
    """All that is indexed, in reading order; `passages` are in the order of the keyword index."""

    records: tuple[DocumentRecord, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


class Search:
    """One generation of the index, open for asking. Safe to share between threads: nothing in it changes."""

    def __init__(self, library: Library, store: VectorStore, keyword: KeywordIndex, embedder: Embedder) -> None:
        self.library = library
        self._store = store
        self._keyword = keyword
        self._embedder = embedder
        self._positions = {passage.id: position for position, passage in enumerate(library.passages)}

    @classmethod
    def open(cls, folder: Path, recipe: Recipe) -> Search:
        """Open the current generation of an index folder.

        Raises:
            SearchError: there is none, it is damaged, or its Chroma server is down.
        """
        generation = generations.current(folder)
        if generation is None:
            raise SearchError(f"{folder}: there is no index yet; run communique ingest")
        manifest = generations.read_manifest(generation)
        sections = tuple(generations.read_sections(generation, manifest.documents))
        passages = tuple(passage for section in sections for passage in passages_of(section, recipe.size))
        keyword = KeywordIndex.load(generation / "keyword")
        store = store_of(generation, recipe)
        if not len(passages) == keyword.count == store.count():
            raise generations.damaged(generation, ValueError("its parts hold different passages"))
        return cls(Library(manifest.documents, sections, passages), store, keyword, recipe.embedder)

    def search(self, question: str, count: int = 10, documents: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The `count` best passages for a question, best first, from the named documents or all.

        The legs' scores are brought to the range 0 to 1 within what they put forward, then added with weights (convex
        combination, Bruch et al. 2023).

        Raises:
            SearchError: the index cannot be asked.
        """
        vector = self._embedder.encode([question])[0]
        keyword = self._keyword_scores(question, documents)
        dense = self._dense_scores(vector, documents)
        pool = sorted(dense.keys() | keyword.keys())
        if not pool:
            return ()
        floor = min(dense.values(), default=0.0)
        cosines = np.array([dense.get(position, floor) for position in pool])
        scores = np.array([keyword.get(position, 0.0) for position in pool])
        fused = DENSE_WEIGHT * _between(cosines, floor) + (1 - DENSE_WEIGHT) * _between(scores, 0.0)
        best = np.argsort(-fused, kind="stable")[:count]
        return tuple(
            Hit(self.library.passages[pool[place]], float(fused[place]), float(cosines[place]), float(scores[place]))
            for place in best
        )

    def _dense_scores(self, vector: Vectors, documents: Sequence[str]) -> dict[int, float]:
        found = self._store.nearest(vector, min(_POOL, len(self._positions)), documents)
        return {self._positions[neighbour.passage]: neighbour.cosine for neighbour in found}

    def _keyword_scores(self, question: str, documents: Sequence[str]) -> dict[int, float]:
        scores = self._keyword.scores(question)
        if documents:
            wanted = set(documents)
            held = [passage.section.document.id in wanted for passage in self.library.passages]
            scores = np.where(held, scores, 0.0)
        best = np.argpartition(-scores, min(_POOL, len(scores) - 1))[:_POOL]
        return {int(position): float(scores[position]) for position in best if scores[position] > 0}


def _between(scores: Vectors, floor: float) -> Vectors:
    """Scores as shares of the way from the floor to the best."""
    span = float(scores.max()) - floor
    return (scores - floor) / span if span > 0 else np.zeros_like(scores)
