"""Running headers, footers and page numbers: what stands at the edge of page after page and is not text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.layout.page import Line, Word

_EDGE = 0.12  # of the page's height, at the top and at the bottom
_REPEATED = 3  # pages
_PARTED = 2.0  # of the size; words further apart may stand in two columns on another page
_NAMED_NUMBER = re.compile(r"(?<=\bpage )\s*(\d{1,4})\b")
_FIRST_NUMBER = re.compile(r"^(\d{1,4}|[ivxlc]{1,7})(?=\s*\||\s+\D)")
_LAST_NUMBER = re.compile(r"(?<!\w)(\d{1,4}|[ivxlc]{1,7})\W*$")
_TOTAL = re.compile(r"(?<=\d)\s*(?:of|von|sur|/)\s*\d{1,4}(?!\w)")  # of pages, behind the number of this one
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|seite|第)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von)\s*\d{1,4})?\s*(?:頁|ページ)?\W*$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without those at its edges that are repeated on other pages, or are a page number."""
    repeated = Counter(
        key
        for lines in pages
        for key in {key for line in lines if _at_edge(line) for piece in (line, *_pieces(line)) for key in _keys(piece)}
    )
    enough = min(_REPEATED, max(2, len(pages)))

    def runs(line: Line) -> bool:
        return any(repeated[key] >= enough for key in _keys(line))

    kept: list[list[Line]] = []
    for lines in pages:
        numbers = _numbers(lines) if len(pages) > 1 else set()
        kept.append(
            [
                line
                for place, line in enumerate(lines)
                if place not in numbers and not (_at_edge(line) and (runs(line) or all(map(runs, _pieces(line)))))
            ]
        )
    return kept


def _keys(line: Line) -> set[tuple[str, float, int | None]]:
    """What a running line may have in common from page to page: its words, how they look, a number that counts pages.

    Only a number that goes up by one with each page is a page number: `Article 5` at the head of a page is a heading.
    """
    plain = line.text.casefold(), line.size, None
    text = _TOTAL.sub("", line.text.casefold())
    match = _NAMED_NUMBER.search(text) or _FIRST_NUMBER.search(text) or _LAST_NUMBER.search(text)
    if not match:
        return {plain}
    number = int(match[1]) if match[1].isdigit() else _roman(match[1])
    return {plain, (f"{text[: match.start()]}#{text[match.end() :]}", line.size, number - line.page)}


def _pieces(line: Line) -> list[Line]:
    """A line as the lines that it would be on a page of two columns: parted where its words stand far apart."""
    pieces: list[list[Word]] = []
    for word in line.words:
        if pieces and word.x0 - pieces[-1][-1].x1 <= _PARTED * line.size:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [replace(line, words=tuple(piece)) for piece in pieces]


def _roman(figures: str) -> int:
    values = [_ROMAN[figure] for figure in figures]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _at_edge(line: Line) -> bool:
    return not _EDGE * line.page_height < line.base < (1 - _EDGE) * line.page_height


def _numbers(lines: Sequence[Line]) -> set[int]:
    """The places of lines that are only a page number, outermost on their page."""
    if not lines:
        return set()
    ordered = sorted(range(len(lines)), key=lambda place: lines[place].base)
    outermost = {ordered[0], ordered[-1]}
    return {place for place in outermost if _at_edge(lines[place]) and _PAGE_NUMBER.match(lines[place].text)}
