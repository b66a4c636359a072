"""Footnotes of Markdown, `[^1]` and `[^1]: …`, which CommonMark does not have: takes them out and marks their places.

Lines keep their numbers, so that what is parsed is still found in the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.layout.page import superscript

_BEGIN = re.compile(r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_MARK = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
MARK_TAG = re.compile(r"<footnote-mark-(\d+)>")  # stands for a mark while the text is parsed
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})")
# Begins something else without a blank line.
_OTHER = re.compile(r"^ {0,3}(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|`{3,}|~{3,}|\|)")
_INDENT = re.compile(r"^(?: {1,4}|\t)")


class FootnoteText(NamedTuple):
    """A note: its mark, its Markdown, the line of the file it begins at, and the line its mark stands at first."""

    mark: str
    text: str
    line: int
    marked: int


def without_footnotes(text: str) -> tuple[str, list[FootnoteText]]:
    """The text without the notes that it has marks of, tags for the marks, and these notes in their order."""
    if "[^" not in text:
        return text, []
    lines = text.split("\n")
    found = _definitions(lines)
    inside = {at for begin, end in found.values() for at in range(begin, end)}
    numbers: dict[str, tuple[int, int]] = {}  # by label: its number, and the line of its first mark
    for at in _outside_code(lines):
        if at not in inside:
            for label in _labels(lines[at]):
                if label in found:
                    numbers.setdefault(label, (len(numbers) + 1, at))
    shown = [line if at in inside else _marked(line, numbers) for at, line in enumerate(lines)]
    notes: list[FootnoteText] = []
    for label, (number, marked) in numbers.items():
        begin, end = found[label]
        body = [_BEGIN.sub("", lines[begin]), *(_INDENT.sub("", line) for line in lines[begin + 1 : end])]
        notes.append(FootnoteText(superscript(str(number)), "\n".join(body), begin, marked))
        shown[begin:end] = [""] * (end - begin)
    return "\n".join(shown), notes


def _definitions(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By their labels, the first and past the last line of the notes."""
    found: dict[str, tuple[int, int]] = {}
    past = 0
    for at in _outside_code(lines):
        match = _BEGIN.match(lines[at]) if at >= past else None
        if match:
            past = _end(lines, at)
            found.setdefault(match[1].casefold(), (at, past))
    return found


def _end(lines: Sequence[str], begin: int) -> int:
    """Past the last line of the note that begins at a line: what goes on at once, or indented behind a blank one."""
    end = at = begin + 1
    is_apart = False
    while at < len(lines):
        line = lines[at]
        if line.strip():
            if _BEGIN.match(line) or (is_apart and not re.match(r" {4}|\t", line)) or _OTHER.match(line):
                break
            end = at + 1
        is_apart = is_apart or not line.strip()
        at += 1
    return end


def _outside_code(lines: Sequence[str]) -> Iterator[int]:
    """The places of lines that are not in a fence."""
    is_code = False
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield at


def _labels(line: str) -> list[str]:
    labels: list[str] = []
    _at_marks(line, labels.append)
    return labels


def _marked(line: str, numbers: dict[str, tuple[int, int]]) -> str:
    def mark(label: str) -> str | None:
        return f"<footnote-mark-{numbers[label][0]}>" if label in numbers else None

    return _at_marks(line, mark)


def _at_marks(line: str, mark: Callable[[str], str | None]) -> str:
    """The line with what is written for the labels of its marks; those in code are none."""
    parts = line.split("`")
    for at in range(0, len(parts), 2):
        parts[at] = _MARK.sub(lambda match: mark(match[1].casefold()) or match.group(), parts[at])
    return "`".join(parts)
