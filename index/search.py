"""A question to passages: the dense leg and the keyword leg, fused by score.

Start reading here: everything else in this folder makes what `Search` uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.types import Passage
from index import generations, integrity
from index.build import Recipe, store_of
from index.keyword import KeywordIndex
from index.library import Library
from index.spelling import Spelling
from index.types import Embedder, Hit, Neighbours, Vectors
from index.weights import dictionary

DENSE_WEIGHT = 0.6
"""The dense leg's share of the fused score, measured in docs/decisions/0031-covered-words.md."""

COVERED = 0.5
"""How much of its words, by BM25, a question must find in its best passage for the keyword leg to have its whole share;
measured there too."""

CONTEXT_WEIGHT = 0.6
"""The share of the whole conversation, against the last question alone, in the score of a question that leans on it;
measured there too."""

STANDING_WEIGHT = 0.45
"""The same for a question that seems to stand alone: it may begin a new subject, or lean after all."""

_POOL = 100  # how many passages each leg puts forward
_UNFOUND = (0.0, 0.0)  # the legs' scores of a passage that only the conversation finds


class Search:
    """One generation of the index, open for asking. Safe to share between threads: nothing in it changes."""

    def __init__(
        self,
        library: Library,
        store: Neighbours,
        keyword: KeywordIndex,
        embedder: Embedder,
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        """`dense_weight`, 0 to 1, is the dense leg's share of the score."""
        self.library = library
        self._store = store
        self._keyword = keyword
        self._embedder = embedder
        self._dense_weight = dense_weight
        self._spelling = Spelling(library.words(), dictionary())

    @classmethod
    def open(cls, folder: Path, recipe: Recipe, dense_weight: float = DENSE_WEIGHT) -> Search:
        """Open the current generation of an index folder.

        Raises:
            SearchError: there is none, it is damaged, or its Chroma server is down.
        """
        generation = generations.existing(folder)
        integrity.check_files(generation)
        library = Library.open(generation)
        keyword = KeywordIndex.load(generation / "keyword")
        store = store_of(generation, recipe)
        if not len(library.passages) == keyword.count == store.count():
            raise generations.damaged(generation, ValueError("its parts hold different passages"))
        return cls(library, store, keyword, recipe.embedder, dense_weight)

    @property
    def embedder(self) -> Embedder:
        """What encodes the questions."""
        return self._embedder

    def search(
        self,
        question: str,
        count: int = 10,
        documents: Sequence[str] = (),
        context: Sequence[str] = (),
        *,
        leans: bool = True,
    ) -> tuple[Hit, ...]:
        """The `count` best passages for a question, best first.

        Each leg's scores are taken as shares of its best, then added with weights (convex combination, normalised from
        the scores' theoretical minimum, Bruch et al. 2023), so that cosines that are all alike sway little; the best
        of the keyword leg counts for less where it has few of the question's words. With a conversation, the question
        alone and the question with all that went before are searched, and both results added: the first knows what is
        asked now, the second what it is about.

        Args:
            question: the question; the last turn of a conversation as it was said.
            count: how many hits are wanted.
            documents: ids of the documents to search, all if empty.
            context: what was said before, oldest first.
            leans: whether the question seems to need the context to be understood.

        Raises:
            SearchError: the index cannot be asked.
        """
        # Newest first: what is too long for the embedding model is cut at its end, where the oldest turns then stand.
        question, *earlier = (self.corrected(turn) for turn in (question, *reversed(context)))
        queries = [question, "\n".join((question, *earlier))] if context else [question]
        share = CONTEXT_WEIGHT if leans else STANDING_WEIGHT
        weights = [1 - share, share] if context else [1.0]
        fused: dict[int, float] = {}
        legs: dict[int, tuple[float, float]] = {}
        for query, weight, vector in zip(queries, weights, self._embedder.encode(queries), strict=True):
            for position, score, cosine, keyword in self._fused(query, vector, documents):
                fused[position] = fused.get(position, 0.0) + weight * score
                if query == question:
                    legs[position] = (cosine, keyword)
        best = sorted(fused, key=lambda position: (-fused[position], position))[:count]
        passages = self.library.passages
        return tuple(Hit(passages[position], fused[position], *legs.get(position, _UNFOUND)) for position in best)

    def _fused(
        self, query: str, vector: Vectors, documents: Sequence[str]
    ) -> Iterator[tuple[int, float, float, float]]:
        """Position, fused score, cosine and BM25 score of every passage that a leg puts forward."""
        keyword = self._keyword_scores(query, documents)
        dense = self._dense_scores(vector, documents)
        floor = min(dense.values(), default=0.0)
        pool = sorted(dense.keys() | keyword.keys())
        cosines = np.array([dense.get(position, floor) for position in pool])
        scores = np.array([keyword.get(position, 0.0) for position in pool])
        if pool:
            expected = COVERED * self._keyword.expected(query)
            fused = _combined(cosines, scores, floor, self._dense_weight, expected)
            yield from zip(pool, fused, cosines.tolist(), scores.tolist(), strict=True)

    def corrected(self, text: str) -> str:
        """The text with misspelt words put right with the library's own; `search` does the same to what it is asked."""
        return self._spelling.corrected(text)

    def frequency(self, word: str) -> int:
        """In how many passages a stemmed word stands."""
        return self._keyword.frequency(word)

    def passages(self, documents: Sequence[str] = ()) -> Sequence[Passage]:
        """All passages of the named documents, or of all, in reading order."""
        held = self.library.passages
        return (
            [held[place] for place in np.flatnonzero(self.library.held_by(documents)).tolist()] if documents else held
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, shape (texts, dimensions), as the dense leg sees them."""
        return self._embedder.encode(texts)

    def _dense_scores(self, vector: Vectors, documents: Sequence[str]) -> dict[int, float]:
        found = self._store.nearest(vector, min(_POOL, len(self.library.passages)), documents)
        return {self.library.place(neighbour.passage): neighbour.cosine for neighbour in found}

    def _keyword_scores(self, question: str, documents: Sequence[str]) -> dict[int, float]:
        scores = self._keyword.scores(question)
        if documents:
            scores = np.where(self.library.held_by(documents), scores, 0.0)
        best = np.argpartition(-scores, min(_POOL, len(scores) - 1))[:_POOL]
        return {int(position): float(scores[position]) for position in best if scores[position] > 0}


def _combined(cosines: Vectors, scores: Vectors, floor: float, weight: float, expected: float = 0.0) -> list[float]:
    """Both legs' scores as one, from 0 at the floor of the cosines and no shared word, to 1 where both are at best.

    Keyword scores are taken as shares of their best, but no best is worth more than it is of what was `expected`.
    """
    added = weight * cosines / _best(cosines) + (1 - weight) * scores / max(_best(scores), expected)
    least = weight * floor / _best(cosines)
    combined: list[float] = ((added - least) / (1 - least)).tolist() if least < 1 else [0.0] * len(added)
    return combined


def _best(scores: Vectors) -> float:
    """The best score, or 1 where none is above 0."""
    best = float(scores.max())
    return best if best > 0 else 1.0
