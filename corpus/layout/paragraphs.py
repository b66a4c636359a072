"""Lines to paragraphs: where one ends, from gaps, indents, bullets, numbers and looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, zip_longest

from corpus.headings import is_listing
from corpus.layout.hyphens import Vocabulary
from corpus.layout.page import Line, Style, is_wide

BULLET = re.compile(r"^[•●○◦▪■□‣∙·・►➢❖✓\uf0b7\uf0a7\u2022\uf06f–—-](?=\s|$)|^o(?=\s)")
_NUMBERED = re.compile(
    r"^(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳])(?=\s|$)"
)
_FINISHED = (".", "!", "?", ":", ";", "。", "！", "？", "…")
_LOOSE = 1.22  # of the usual distance of two lines; more parts two paragraphs
_INDENT = 0.8  # of the size
_WIDE_ROOM = 2.5  # of the size; a line of Japanese is as full as its last letters allow
_TALLEST_LEADING = 2.2  # of the size


class Made(Enum):
    """What a paragraph was made of."""

    TEXT = "text"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, table row or note with how it looks and where it stands. `lines` counts its lines."""

    text: str
    page: int
    style: Style
    made: Made = Made.TEXT
    lines: int = 1
    top: float = 0.0
    apart: bool = True  # a gap, or the end of the page, comes behind it


def paragraphs_of(lines: Sequence[Line], leading: dict[float, float], vocabulary: Vocabulary) -> list[Paragraph]:
    """The paragraphs of consecutive lines of one page."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _parts(groups[-1], line, leading, _right_edge(lines, line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    followers = [group[0] for group in groups[1:]]
    return [
        _paragraph(group, vocabulary, _is_apart(group[-1], follower, leading))
        for group, follower in zip_longest(groups, followers)
    ]


def _is_apart(last: Line, follower: Line | None, leading: dict[float, float]) -> bool:
    if follower is None or follower.column != last.column:
        return True
    usual = leading.get(follower.size, 1.2 * follower.size)
    return follower.base - last.base > _LOOSE * usual + 0.5


def leadings(pages: Sequence[Sequence[Line]]) -> dict[float, float]:
    """For each size of text the usual distance between the baselines of two lines of a paragraph, in points."""
    distances: dict[float, Counter[float]] = {}
    for lines in pages:
        for one, other in pairwise(lines):
            distance = round((other.base - one.base) * 2) / 2
            if one.size == other.size and one.column == other.column and 0 < distance < _TALLEST_LEADING * one.size:
                distances.setdefault(one.size, Counter())[distance] += 1
    usual: dict[float, float] = {}
    for size, counted in distances.items():
        most = max(counted.values())
        usual[size] = min(distance for distance, count in counted.items() if count >= 0.5 * most)
    return usual


def continued(first: str, second: str) -> bool:
    """Whether a paragraph at the top of a page or column goes on with the one before."""
    return (
        bool(first and second)
        and not _is_finished(first)
        and not _NUMBERED.match(second)
        and not BULLET.match(second)
        and (second[0].islower() or first.endswith((",", "-")) or (not second[0].isascii() and second[0].isalpha()))
    )


def _parts(held: Sequence[Line], line: Line, leading: dict[float, float], right: float) -> bool:
    """Whether `line` begins a new paragraph after the lines held."""
    last = held[-1]
    return (
        _is_set_apart(held, line, leading)
        or is_listing(last.text)  # an entry of a contents list, which is as full as any line of prose
        or _begins_item(last, line, right)
        or _begins_by_shape(held, line, right)
    )


def _is_set_apart(held: Sequence[Line], line: Line, leading: dict[float, float]) -> bool:
    """Whether another column, another look or a gap parts a line from those held."""
    last = held[-1]
    distance = line.base - last.base
    usual = leading.get(line.size, 1.2 * line.size)
    return (
        line.column != last.column
        or abs(line.size - last.size) > 0.06 * line.size
        or distance > _LOOSE * usual + 0.5
        or distance < 0
        or _turns_bold(held, line)
    )


def _turns_bold(held: Sequence[Line], line: Line) -> bool:
    """Whether a line in bold ends or begins between two lines, and not a bold beginning that runs over both."""
    last = held[-1]
    if line.style.bold:
        return not last.style.bold and not last.words[-1].bold
    return all(one.style.bold for one in held) and not line.words[0].bold


def _begins_item(last: Line, line: Line, right: float) -> bool:
    if BULLET.match(line.text) and not line.text.startswith(("–", "—", "-")):
        return True
    listed = BULLET.match(line.text) or _NUMBERED.match(line.text)
    ended = _is_finished(last.text) or last.text.rstrip().endswith((",", " or", " and"))
    return bool(listed) and (ended or _is_roomy(last, line, right) or line.x0 < last.x0 - 1)


def _begins_by_shape(held: Sequence[Line], line: Line, right: float) -> bool:
    """Whether an indent, or room left on the line before, tells that it ended a paragraph."""
    last = held[-1]
    if last.text.endswith("-"):
        return False
    finished = _is_finished(last.text)
    indent = line.x0 - last.x0
    hanging = len(held) == 1 and bool(BULLET.match(last.text) or _NUMBERED.match(last.text))
    if finished and indent > _INDENT * line.size and not hanging:
        return True
    if finished and indent < -_INDENT * line.size and len(held) > 1:
        return True
    if is_wide(line.text[:1]) and indent > _INDENT * line.size and not hanging:  # where words may end anywhere
        return right - last.x1 > _WIDE_ROOM * line.size
    return _is_roomy(last, line, right) and (finished or _starts_anew(line))


def _is_finished(text: str) -> bool:
    return text.rstrip("\"'”’)»⁰¹²³⁴⁵⁶⁷⁸⁹").endswith(_FINISHED)


def _is_roomy(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have had room on the line before."""
    return right - last.x1 > _first_width(line) + 0.3 * line.size


def _starts_anew(line: Line) -> bool:
    return line.text[:1].isupper() or line.text[:1].isdigit() or not line.text[:1].isascii()


def _first_width(line: Line) -> float:
    first = line.words[0]
    return first.x1 - first.x0


def _right_edge(lines: Sequence[Line], line: Line) -> float:
    """How far the lines around this one reach: beside a picture they are shorter than their column."""
    place = next(number for number, other in enumerate(lines) if other is line)
    around = [
        one for one in lines[max(0, place - 5) : place + 6] if one.column == line.column and one.size == line.size
    ]
    return max(one.x1 for one in around) if len(around) > 2 else 0.0


def _paragraph(lines: Sequence[Line], vocabulary: Vocabulary, apart: bool) -> Paragraph:
    text = ""
    for line in lines:
        text = vocabulary.joined(text, line.text)
    styles = [line.style for line in lines]
    style = Style(
        max(style.size for style in styles),
        all(style.bold for style in styles),
        all(style.capitals for style in styles),
        all(style.underlined for style in styles),
    )
    first = lines[0]
    top = first.base - first.size
    return Paragraph(text.strip(), first.page, style, Made.TEXT, len(lines), top, apart=apart)
