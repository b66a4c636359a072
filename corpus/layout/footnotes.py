"""The notes at the foot of a page, and the mark in the text that each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.layout.hyphens import Vocabulary
from corpus.layout.page import Line, superscript

_SMALLER = 0.94  # of the text's size
_MARK = re.compile(r"^(?P<mark>[⁰¹²³⁴-⁹]{1,3}|\d{1,3}|[*†‡]{1,3})(?P<rest>\s*\D.*)?$")


class Note(NamedTuple):
    """A note: its mark as it is written in the text, its words with the mark in front, its page."""

    mark: str
    text: str
    page: int


def parted_notes(
    lines: Sequence[Line], size: float, vocabulary: Vocabulary, going_on: bool
) -> tuple[list[Line], list[Note], str]:
    """The lines of a page without its notes, the notes, and the rest of a note begun on the page before.

    Args:
        lines: of one page, in reading order.
        size: that of the document's text, in points.
        vocabulary: of the document.
        going_on: whether the page before ended in a note.
    """
    first = len(lines)
    while first and lines[first - 1].size < _SMALLER * size:
        first -= 1
    marks = [place for place in range(first, len(lines)) if _is_mark(lines[place], lines[:first])]
    if not marks:
        return list(lines), [], ""
    rest = _joined(lines[first : marks[0]], vocabulary) if going_on else ""
    kept = list(lines[: first if going_on else marks[0]])
    notes: list[Note] = []
    for start, end in zip(marks, [*marks[1:], len(lines)], strict=True):
        text = _joined(lines[start:end], vocabulary)
        match = _MARK.match(lines[start].text)
        mark = superscript(match["mark"]) if match else ""
        words = text[len(mark) :].strip()
        if words:
            notes.append(Note(mark, f"{mark} {words}", lines[start].page))
    return kept, notes, rest


def _is_mark(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line begins a note: its mark is raised, or is a figure that the text above has raised."""
    match = _MARK.match(line.text)
    if not match:
        return False
    mark = superscript(match["mark"])
    return (mark == match["mark"] and not mark.isascii()) or any(mark in held.text for held in above)


def _joined(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    text = ""
    for line in lines:
        text = vocabulary.joined(text, line.text)
    return text
