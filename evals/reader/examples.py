"""Rows to what a model is trained on: texts, and of each the questions it does and does not answer.

A question's own passage is not all it is asked of: it is also asked of one of the passages that are most like it, which
does not state the answer, and of single sentences, which is how the assistant reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import numpy as np

from evals.reader.rows import AskedRow, ListRow, PassageRow, ReaderSet
from index.types import Embedder, Vectors

_NEAREST = 3  # passages that one is drawn from, to ask a question of that it does not answer
_LIST_NEAREST = 2  # passages that a list question is asked of in vain
# How often a near miss, which has one passage that does not answer it already, is asked of a second one.
_NEAR_MISS_AGAIN = 0.4
# How often a question is asked of a sentence that does not state the answer: beside one that does, and in a near miss.
_SENTENCE_BESIDE = 0.6
_SENTENCE_OF_NEAR_MISS = 0.35


class Pair(NamedTuple):
    """A question, and whether the text it is asked of states the answer."""

    question: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A text under its heading, and what is asked of it; `passage` is the id of the passage it is, or is part of."""

    passage: str
    heading: str
    text: str
    pairs: tuple[Pair, ...]


class Examples(NamedTuple):
    """Whole passages, and sentences of passages of more than one. Each sentence answers some question."""

    passages: tuple[Unit, ...]
    sentences: tuple[Unit, ...]


def examples_of(rows: ReaderSet, embedder: Embedder, random: Random) -> Examples:
    """Every question with what it is asked of. Draws from `random` in the order of the rows.

    Raises:
        SearchError: the embedding model cannot be loaded.
    """
    making = _Making(rows, random)
    asked, lists = rows.asked, rows.lists
    vectors = embedder.encode([f"{passage.heading}\n{passage.text}" for passage in making.passages])
    for row, near in zip(asked, _likeness(embedder, asked, vectors), strict=True):
        making.ask(row, near)
    for listed, near in zip(lists, _likeness(embedder, lists, vectors), strict=True):
        making.ask_for_all(listed, near)
    return making.examples()


class _Making:
    """Collects the pairs of each passage that has a question of its own, and of each sentence."""

    def __init__(self, rows: ReaderSet, random: Random) -> None:
        self.passages = tuple(rows.passages[name] for name in sorted({row.passage for row in rows.asked}))
        self._by_id = {passage.id: passage for passage in self.passages}
        self._random = random
        self._whole: dict[str, list[Pair]] = {passage.id: [] for passage in self.passages}
        self._single: dict[tuple[str, int], list[Pair]] = defaultdict(list)

    def ask(self, row: AskedRow, near: Vectors) -> None:
        """Add a question; `near` is how like it each passage is."""
        passage = self._by_id[row.passage]
        stated = Pair(row.question, bool(row.sentences))
        not_stated = Pair(row.question, False)
        self._whole[passage.id].append(stated)
        others = self._nearest(passage.document, {passage.id}, near)[:_NEAREST]
        if others and (row.sentences or self._random.random() < _NEAR_MISS_AGAIN):
            self._whole[self._random.choice(others)].append(not_stated)
        if len(passage.sentences) == 1 or row.together:
            return
        how_often = _SENTENCE_BESIDE if row.sentences else _SENTENCE_OF_NEAR_MISS
        for number in _numbers(passage):
            if number in row.sentences:
                self._single[passage.id, number].append(stated)
            elif self._random.random() < how_often:
                self._single[passage.id, number].append(not_stated)

    def ask_for_all(self, row: ListRow, near: Vectors) -> None:
        """Add a question for all of one kind: to every sentence of the passages that hold some of it."""
        for name, held in row.holds.items():
            if name not in self._by_id:
                continue
            self._whole[name].append(Pair(row.question, True))
            passage = self._by_id[name]
            for number in _numbers(passage) if len(passage.sentences) > 1 else ():
                self._single[name, number].append(Pair(row.question, number in held))
        for name in self._nearest(row.document, set(row.holds), near)[:_LIST_NEAREST]:
            self._whole[name].append(Pair(row.question, False))

    def examples(self) -> Examples:
        """All that was added."""
        whole = (self._unit(name, self._by_id[name].text, pairs) for name, pairs in self._whole.items())
        single = (
            self._unit(name, self._by_id[name].sentence(number), pairs)
            for (name, number), pairs in self._single.items()
            if any(pair.stated for pair in pairs)
        )
        return Examples(tuple(whole), tuple(single))

    def _nearest(self, document: str, besides: set[str], near: Vectors) -> list[str]:
        """The other passages of the document, those most like the question first."""
        order = (self.passages[place] for place in np.argsort(-near, kind="stable"))
        return [passage.id for passage in order if passage.document == document and passage.id not in besides]

    def _unit(self, name: str, text: str, pairs: Iterable[Pair]) -> Unit:
        return Unit(name, self._by_id[name].heading, text, tuple(pairs))


def _numbers(passage: PassageRow) -> range:
    return range(1, len(passage.sentences) + 1)


def _likeness(embedder: Embedder, rows: Sequence[AskedRow] | Sequence[ListRow], passages: Vectors) -> Vectors:
    """The cosine of each question with each passage, shape (rows, passages)."""
    if not rows:
        return np.empty((0, len(passages)), dtype=np.float32)
    near: Vectors = embedder.encode([row.question for row in rows]) @ passages.T
    return near
