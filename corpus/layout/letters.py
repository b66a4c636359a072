"""Letters with their places to words, and pages turned so that their text is upright."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.layout.page import Word

_SPACE = 0.22  # of the size; a wider gap parts two words
_RAISED = 0.7  # of the size; a letter moved up or down by less still belongs to the word before it


class Font(NamedTuple):
    """What the letters of one piece of text look like."""

    size: float
    bold: bool


class Letter(NamedTuple):
    """One letter; `base` is its baseline, from the top."""

    text: str
    x0: float
    x1: float
    base: float
    font: Font


class Turn:
    """Turns points of a page so that text written at an angle is upright, and measures from the upper left."""

    def __init__(self, angle: float, box: tuple[float, float, float, float]) -> None:
        self._cosine, self._sine = math.cos(angle), math.sin(angle)
        self._left = self._top = 0.0
        left, bottom, right, top = box
        corners = [self(x, y) for x in (left, right) for y in (bottom, top)]
        across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
        self._left, self._top = min(across), min(down)
        self.height = max(down) - min(down)

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point, in points from the left and from the top."""
        across = x * self._cosine + y * self._sine
        return across - self._left, x * self._sine - y * self._cosine - self._top


def words_of(letters: Sequence[Letter | None]) -> Iterator[Word]:
    """Letters in the order of the file to words; None stands for what parts two of them."""
    held: list[Letter] = []
    parted = True
    glued = False
    for letter in letters:
        if letter is None:
            parted = True
            continue
        if held:
            last = held[-1]
            near = (
                abs(letter.base - last.base) < _RAISED * last.font.size
                and -last.font.size < letter.x0 - last.x1 < _SPACE * last.font.size
            )
            if parted or not near or (letter.font, round(letter.base, 1)) != (last.font, round(last.base, 1)):
                yield _word(held, glued)
                glued = near and not parted
                held = []
        else:
            glued = False
        held.append(letter)
        parted = False
    if held:
        yield _word(held, glued)


def _word(letters: Sequence[Letter], glued: bool) -> Word:
    font = letters[0].font
    x0, x1 = min(letter.x0 for letter in letters), max(letter.x1 for letter in letters)
    text = "".join(letter.text for letter in letters)
    return Word(text, x0, x1, letters[0].base, font.size, font.bold, glued)
