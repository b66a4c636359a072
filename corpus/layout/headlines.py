"""Which paragraphs are headings, and how deep: told by bookmarks, by looks, and by numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from corpus.headings import is_listing
from corpus.layout.page import Style
from corpus.layout.paragraphs import BULLET, Made, Paragraph
from corpus.markers import is_caption, is_part, marker_depth

_LARGER = 1.08  # times the text's size
_MOST_WORDS = 25
_MOST_LETTERS = 200
_MOST_LINES = 4
_LEAST_LETTERS = 2
_SAME = 0.9
_FEWEST_BOOKMARKS = 3
_TITLE_PAGES = 2
_LEAST_ENDING = 5
_LONGEST_NUMBER = 12  # letters


class Headline(NamedTuple):
    """A heading's level, from 1, and its words: those of the page, or the bookmark's where the page lacks a number."""

    level: int
    title: str


class Bookmark(NamedTuple):
    """An entry of a PDF's outline. `level` is 1 for the outermost, `page` counts from 1."""

    title: str
    level: int
    page: int


def headlines(paragraphs: Sequence[Paragraph], size: float, bookmarks: Sequence[Bookmark]) -> dict[int, Headline]:
    """The headings among the paragraphs, by their places.

    Args:
        paragraphs: of the whole document, in reading order.
        size: of the document's text, in points.
        bookmarks: its outline; empty where it has none.
    """
    marked = _bookmarked(paragraphs, bookmarks)
    plain_bold = _mostly_bold(paragraphs, size)
    found = {at for at, paragraph in enumerate(paragraphs) if at in marked or _looks_it(paragraph, size, plain_bold)}
    if len(found) < _FEWEST_BOOKMARKS:  # a text in one style: what is written in capitals is all there is
        found |= {at for at, paragraph in enumerate(paragraphs) if _is_in_capitals(paragraph, size)}
    found -= _title_lines(paragraphs, found - marked.keys())
    found -= _overused(paragraphs, found - marked.keys())
    levels = _levels(paragraphs, sorted(found), {place: mark.level for place, mark in marked.items()})
    return {place: Headline(level, _words(paragraphs[place], marked.get(place))) for place, level in levels.items()}


def _words(paragraph: Paragraph, mark: Bookmark | None) -> str:
    if mark and _ends_it(_plain(paragraph.text), _plain(mark.title)):
        return mark.title
    return paragraph.text


def title_of(paragraphs: Sequence[Paragraph]) -> str:
    """The largest text of the first page, if one is larger than the rest: what a reader takes for the title."""
    first = (
        [one for one in paragraphs if one.page == paragraphs[0].page and one.made is Made.TEXT] if paragraphs else []
    )
    largest = max((one.style.size for one in first), default=0.0)
    large = [one.text for one in first if one.style.size > 0.95 * largest and _letters(one.text) >= _LEAST_LETTERS]
    # Below the title may stand headings as large as it is, which are told by their numbers.
    lines = large[:1] + list(takewhile(lambda text: marker_depth(text) is None and not is_part(text), large[1:]))
    return " ".join(lines) if lines and len(" ".join(lines)) <= _MOST_LETTERS and len(lines) < len(first) else ""


def _bookmarked(paragraphs: Sequence[Paragraph], bookmarks: Sequence[Bookmark]) -> dict[int, Bookmark]:
    """The places of paragraphs that bookmarks name, with those."""
    if len(bookmarks) < _FEWEST_BOOKMARKS:
        return {}
    by_page: dict[int, list[int]] = defaultdict(list)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.made is not Made.NOTE and len(paragraph.text) <= _MOST_LETTERS and not is_listing(paragraph.text):
            by_page[paragraph.page].append(place)
    marked: dict[int, Bookmark] = {}
    for bookmark in bookmarks:
        wanted = _plain(bookmark.title)
        near = [place for page in (bookmark.page, bookmark.page + 1, bookmark.page - 1) for place in by_page[page]]
        free = [at for at in near if at not in marked]
        found = [at for at in free if _same(_plain(paragraphs[at].text), wanted)]
        # The number may be drawn, not written: "Appendix A" before what is there as text.
        found = found or [at for at in free if _ends_it(_plain(paragraphs[at].text), wanted)]
        if found:
            marked[found[0]] = bookmark
    return marked


def _looks_it(paragraph: Paragraph, size: float, plain_bold: bool) -> bool:
    """Whether a paragraph looks like a heading: larger, bold, underlined or capitals, short, and no sentence."""
    text, style = paragraph.text, paragraph.style
    if paragraph.made is not Made.TEXT or not _could_be(paragraph):
        return False
    if is_part(text) and len(text.split()) <= _MOST_WORDS and not text.endswith((".", ";", ",", "。", "、")):
        return style.size >= 0.98 * size and (style.bold or style.capitals or len(text.split()) <= 12)
    emphasised = style.size >= 0.9 * size and ((style.bold and not plain_bold) or style.underlined)
    if not emphasised and style.size < _LARGER * size:
        return False
    if text.endswith((".", "。")):  # a numbered heading may end so, if it is not the bold beginning of a paragraph
        return paragraph.apart and marker_depth(text) is not None
    return not text.endswith((",", ";"))


def _is_in_capitals(paragraph: Paragraph, size: float) -> bool:
    style, text = paragraph.style, paragraph.text
    return (
        paragraph.made is Made.TEXT
        and _could_be(paragraph)
        and style.capitals
        and style.size >= size
        and not text.endswith((".", ",", ";", ":"))
    )


def _could_be(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        _letters(text) >= _LEAST_LETTERS
        and len(text) <= _MOST_LETTERS
        and len(text.split()) <= _MOST_WORDS
        and paragraph.lines <= _MOST_LINES
        and (not text[0].islower() or marker_depth(text) is not None)
        and not BULLET.match(text)
        and not is_listing(text)
        and not is_caption(text)
        and "://" not in text
        and "@" not in text
    )


def _mostly_bold(paragraphs: Sequence[Paragraph], size: float) -> bool:
    """Whether bold is how this document writes its text."""
    text = [one for one in paragraphs if one.made is Made.TEXT and abs(one.style.size - size) < 0.6]
    bold = sum(len(one.text) for one in text if one.style.bold)
    return bold > 0.5 * sum(len(one.text) for one in text)


def _title_lines(paragraphs: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Lines of a title page: of a size that only the first pages have, or before the first heading of a later kind."""
    later = {paragraphs[place].style.size for place in found if paragraphs[place].page > _TITLE_PAGES}
    if not later:
        largest = max((paragraphs[place].style.size for place in found), default=0.0)
        top = {place for place in found if paragraphs[place].style.size == largest and paragraphs[place].page == 1}
        return (
            top if len({paragraphs[place].style.size for place in found}) > 1 or len(found) == len(top) <= 2 else set()
        )
    return {
        place
        for place in found
        if paragraphs[place].page <= _TITLE_PAGES and paragraphs[place].style.size > max(later) * _LARGER
    }


def _overused(paragraphs: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Bold lines that follow each other with no text between, such as an address or a list of names."""
    runs: list[list[int]] = []
    for place in sorted(found):
        if runs and runs[-1][-1] == place - 1 and paragraphs[place].style == paragraphs[runs[-1][-1]].style:
            runs[-1].append(place)
        else:
            runs.append([place])
    return {place for run in runs if len(run) > 3 for place in run}


def _levels(paragraphs: Sequence[Paragraph], found: Sequence[int], marked: dict[int, int]) -> dict[int, int]:
    """Bookmarks' levels where they differ from each other; else, and for the rest, by how headings look."""
    looks = sorted({_look(paragraphs[place]) for place in found}, reverse=True)
    rank = {style: number for number, style in enumerate(looks, start=1)}
    if len(set(marked.values())) < 2:
        return {place: rank[_look(paragraphs[place])] for place in found}
    seen: dict[Style, Counter[int]] = defaultdict(Counter)
    for place, level in marked.items():
        seen[_look(paragraphs[place])][level] += 1
    levels: dict[int, int] = {}
    for place in found:
        style = _look(paragraphs[place])
        if place in marked:
            levels[place] = marked[place]
        elif style in seen:
            levels[place] = seen[style].most_common(1)[0][0]
        else:
            above = [one for one in looks if one in seen and rank[one] < rank[style]]
            levels[place] = seen[above[-1]].most_common(1)[0][0] + 1 if above else 1
    return levels


def _look(paragraph: Paragraph) -> Style:
    """How a heading looks, with the sizes that a reader takes for the same made one."""
    return paragraph.style._replace(size=round(paragraph.style.size * 2) / 2)


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _ends_it(text: str, title: str) -> bool:
    return len(text) >= _LEAST_ENDING and title.endswith(text) and 0 < len(title) - len(text) <= _LONGEST_NUMBER


def _same(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if not one or not other or abs(len(one) - len(other)) > 0.2 * max(len(one), len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME
