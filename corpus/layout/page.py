"""What a page is made of before it is text: words and ruled lines with their places, in points from the upper left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

_ASCENT, _DESCENT = 0.8, 0.2  # of the size; near enough for every text font


_RAISED_SIZE, _RAISED_BY = 0.82, 0.12  # of the line's size
_LONGEST_MARKER = 6  # letters
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = re.compile(r"(\s*)([-−–]?)([0-9]+(?:,\s*[0-9]+)*\s*)")


class Word(NamedTuple):
    """Letters of one style without a space between them. `base` is the baseline; `glued`: no space stands before it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    glued: bool = False
    underlined: bool = False

    @property
    def top(self) -> float:
        """Where its letters begin."""
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where its letters end."""
        return self.base + _DESCENT * self.size


class Rule(NamedTuple):
    """A straight line drawn on the page; upright where `x0 == x1`, level where `y0 == y1`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as drawn. `number` counts from 1."""

    number: int
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


class Style(NamedTuple):
    """How a line looks. The order is that of weight: what sorts higher stands out more."""

    size: float
    bold: bool
    capitals: bool
    underlined: bool


@dataclass(frozen=True)
class Line:
    """Words on one baseline of one column."""

    page: int
    words: tuple[Word, ...]
    column: int = 0
    page_height: float = field(default=0.0, compare=False)

    @cached_property
    def text(self) -> str:
        """What it says; the raised figures that point to notes as superscripts, which no one takes for a number."""
        return spaced(
            (superscript(word.text), True) if self._raises(word) else (word.text, word.glued) for word in self.words
        )

    def _raises(self, word: Word) -> bool:
        return (
            word.text.strip(",").isdecimal()
            and word.size <= _RAISED_SIZE * self.size
            and word.base < self.base - _RAISED_BY * self.size
        )

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return min(word.x0 for word in self.words)

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters, in points, to a tenth."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size, 1)] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def base(self) -> float:
        """The baseline of most of its letters."""
        bases: Counter[float] = Counter()
        for word in self.words:
            bases[round(word.base, 1)] += len(word.text)
        return max(bases, key=lambda base: bases[base])

    @cached_property
    def style(self) -> Style:
        """How it looks as a whole: bold only if all of it is."""
        said = [word for word in self.words if any(letter.isalnum() for letter in word.text)] or list(self.words)
        if len(said) > 1 and len(said[0].text) <= _LONGEST_MARKER and said[0].text.endswith((".", ")")):
            said = said[1:]  # the number before a bold heading may not be bold itself
        letters = "".join(word.text for word in said)
        return Style(
            self.size,
            all(word.bold for word in said),
            letters.isupper() and sum(letter.isalpha() for letter in letters) > 3,
            all(word.underlined for word in said),
        )


def superscript(figures: str) -> str:
    """Decimal digits as superscripts: how a mark that points to a note is written in canonical text."""
    return figures.translate(_SUPERSCRIPTS)


def raised(text: str) -> str:
    """Raised text: figures as superscripts, since `2030` with a raised 1 is no year; letters (`8th`) as they are."""
    match = _RAISED.fullmatch(text)
    return f"{match[1]}{'⁻' if match[2] else ''}{superscript(match[3])}" if match else text


def spaced(pieces: Iterable[tuple[str, bool]]) -> str:
    """Words to text: a space before each but those glued to the one before."""
    text = ""
    for piece, glued in pieces:
        text += piece if glued or not text else f" {piece}"
    return text


def is_wide(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces."""
    return "\u3000" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\uffef"


def joined(first: str, second: str) -> str:
    """Two lines of one text, with the space between them that their script wants."""
    if not first or not second or (is_wide(first[-1]) and is_wide(second[0])):
        return first + second
    return f"{first} {second}"


def body_size(lines: Sequence[Line]) -> float:
    """The size that most letters of a document have, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)
