"""Texts and questions side by side in one row of tokens, each question as if it stood alone behind its text.

A text is computed once for all its questions. What keeps them apart is which token sees which, and that the positions
of every question begin where its text ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Seen = npt.NDArray[np.bool_]


class Asked(NamedTuple):
    """The tokens from the question on, and whether its text states the answer."""

    tokens: tuple[int, ...]
    stated: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a text, with all that stands before it, and the questions asked of it."""

    text: tuple[int, ...]
    asked: tuple[Asked, ...]

    @property
    def length(self) -> int:
        """How many tokens it takes."""
        return len(self.text) + sum(len(one.tokens) for one in self.asked)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a model computes at once.

    `texts` and `questions` are token ids, with the position of each in its own prompt. `texts_see` says which text
    token sees which, shape (texts, texts); `questions_see` what a question's token sees, texts first, shape (questions,
    texts + questions). `ends` are the places of the questions' last tokens, `stated` is what is to be said there.
    """

    texts: Places
    text_positions: Places
    texts_see: Seen
    questions: Places
    question_positions: Places
    questions_see: Seen
    ends: Places
    stated: Seen


def pack(readings: Sequence[Reading]) -> Pack:
    """Lay readings side by side."""
    texts: list[tuple[int, int, int]] = []  # token, position, reading
    questions: list[tuple[int, int, int, int]] = []  # and which question
    ends: list[int] = []
    stated: list[bool] = []
    for number, reading in enumerate(readings):
        texts += [(token, position, number) for position, token in enumerate(reading.text)]
        for one in reading.asked:
            questions += [
                (token, position, number, len(ends)) for position, token in enumerate(one.tokens, len(reading.text))
            ]
            ends.append(len(questions) - 1)
            stated.append(one.stated)
    text, text_position, text_of = _columns(texts, 3)
    token, position, asked_of, question = _columns(questions, 4)
    see_own_question = _before(len(questions)) & (question[:, None] == question[None, :])
    return Pack(
        text,
        text_position,
        _before(len(texts)) & (text_of[:, None] == text_of[None, :]),
        token,
        position,
        np.concatenate([asked_of[:, None] == text_of[None, :], see_own_question], axis=1),
        np.array(ends, dtype=np.int64),
        np.array(stated, dtype=np.bool_),
    )


def batches(readings: Iterable[Reading], tokens: int, questions: int, random: Random) -> Iterator[tuple[Reading, ...]]:
    """Readings in their order, as many at once as have at most so many tokens together, or one that has more.

    Of a text with more than so many `questions`, that many are drawn.
    """
    together: list[Reading] = []
    length = 0
    for reading in readings:
        fitting = _at_most(questions, reading, random)
        if together and length + fitting.length > tokens:
            yield tuple(together)
            together, length = [], 0
        together.append(fitting)
        length += fitting.length
    if together:
        yield tuple(together)


def _at_most(questions: int, reading: Reading, random: Random) -> Reading:
    if len(reading.asked) <= questions:
        return reading
    drawn = list(reading.asked)
    random.shuffle(drawn)
    return Reading(reading.text, tuple(drawn[:questions]))


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> list[Places]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, count).T)


def _before(count: int) -> Seen:
    """Which token comes no later than which."""
    places = np.arange(count)
    seen: Seen = places[:, None] >= places[None, :]
    return seen
