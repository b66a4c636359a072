"""The heading tree: which heading stands under which, repaired where the file has the levels wrong.

Evidence, strongest first: numbering ("2.1"), words that name a part ("Pillar One: …", "Chapter 2") together with the
document's own contents list, and last the levels in the file. It knows no document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from corpus.markers import kind_of, letter_mark, number_depth, part_rank


class ContentsEntry(NamedTuple):
    """One line of a contents list. `indent` is its white space in characters; `page` is as printed."""

    title: str
    page: int | None
    indent: int


_LEADER = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-*]\s+)?(?P<title>\S.*?)"
    r"(?:\s*(?:\.[ \t]?){3,}|\s*[…·_]{2,}|\s*\t|\s{3,})\s*(?P<page>\d{1,4}|[ivxlc]{1,6})\s*$"
)
_BACK_MATTER = re.compile(
    r"^(conclusions?|next steps|glossary|references|bibliography|acknowledge?ments|endnotes|notes|contacts?|index|"
    r"annex(es)?|appendi(x|ces))\b",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"^(annex(es)?|appendi(x|ces)|schedule)\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
_SAME_TITLE = 0.9
_LEAST_ENTRIES = 3
_FEW = 0.1
_LONGEST_ENTRY = 300  # characters; on a long line of dots or blanks the pattern would take for ever


def contents_entries(text: str) -> tuple[ContentsEntry, ...]:
    """The entries of a block that looks like a contents list with page numbers, or nothing if it does not."""
    matches = [match for match in map(_entry, text.split("\n")) if match]
    if len(matches) < _LEAST_ENTRIES or not is_listing(text):
        return ()
    return tuple(
        ContentsEntry(match["title"].strip(" ."), _page(match["page"]), len(match["indent"])) for match in matches
    )


def table_entries(rows: Sequence[str], titles: Sequence[str]) -> tuple[ContentsEntry, ...]:
    """The entries of a table, its cells parted by `|`, that is a contents list; or nothing if it is not one.

    Every row but a heading row ends in a page number, and the entries are the document's headings, whose `titles` are
    given: a table of figures may look like the rest.
    """
    found = [_row_entry(row) for row in rows]
    entries = tuple(entry for entry in found if entry)
    if len(entries) < _LEAST_ENTRIES or None in found[1:]:
        return ()
    return entries if names_headings(entries, titles) else ()


def names_headings(entries: Sequence[ContentsEntry], titles: Sequence[str]) -> bool:
    """Whether entries are those of a contents list, and not of a list of fees or figures: no page is lower than the one
    before, and at least half of them are headings of the document, whose `titles` are given.
    """
    pages = [entry.page or 0 for entry in entries]
    matched = sum(entry is not None for entry in match_entries(titles, entries))
    return pages == sorted(pages) and matched >= len(entries) / 2


def is_listing(text: str) -> bool:
    """Whether nearly every line ends in a page number after a leader, as a contents list's do."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and sum(_entry(line) is not None for line in lines) >= 0.8 * len(lines)


def match_entries(titles: Sequence[str], entries: Sequence[ContentsEntry]) -> list[ContentsEntry | None]:
    """For each heading in reading order its contents entry, if it has one. Entries are used once and in order."""
    matched: list[ContentsEntry | None] = []
    position = 0
    for title in titles:
        found = next((place for place in range(position, len(entries)) if _same(title, entries[place].title)), None)
        matched.append(None if found is None else entries[found])
        position = position if found is None else found + 1
    return matched


def repaired_levels(
    titles: Sequence[str],
    levels: Sequence[int],
    entries: Sequence[ContentsEntry | None] = (),
    *,
    said: bool = False,
) -> list[int]:
    """The level of each heading, from 1, with no level skipped on the way down.

    Args:
        titles: the headings in reading order.
        levels: what the file says of each.
        entries: each heading's contents entry, or nothing where the document has no contents list.
        said: whether the file itself says the levels, and not how the headings look.
    """
    parts = [part_rank(title) for title in titles]
    numbers = [number_depth(title) for title in titles]
    listed = [entry is not None for entry in entries] or [True] * len(titles)
    indents = sorted({entry.indent for entry in entries if entry})
    if len(indents) > 1:
        wanted = _by_anchors([indents.index(e.indent) + 1 if e else None for e in entries], levels)
    elif said and len(set(levels)) == 1 and not any(rank is not None for rank in parts) and _is_one_series(titles):
        wanted = list(levels)
    elif _mostly_marked(titles) and (marked := _by_markers(titles)):
        wanted = marked
    elif sum(number is not None for number in numbers) >= _LEAST_ENTRIES and _agrees(numbers, levels):
        top = min(level for level, number in zip(levels, numbers, strict=True) if number == min(filter(None, numbers)))
        wanted = [top if _ANNEX.match(title) else level for title, level in zip(titles, levels, strict=True)]
    elif sum(number is not None for number in numbers) >= _LEAST_ENTRIES:
        wanted = _by_anchors(_anchors(titles, parts, numbers, [False] * len(titles)), levels)
    elif _shows_parts(titles, parts, levels):
        wanted = list(levels)
    elif any(rank is not None for rank in parts) and (any(entries) or len(set(levels)) == 1):
        wanted = _by_anchors(_anchors(titles, parts, numbers, listed), levels)
    else:
        wanted = (_by_markers(titles) if len(set(levels)) == 1 else None) or list(levels)
    return _without_gaps(wanted)


def _by_markers(titles: Sequence[str]) -> list[int] | None:
    """Levels of headings that look alike by the kinds of their markers, in the order they appear: `I.`, `A.`, `1.`.

    A heading without a marker stands below the last one with it. None unless there are three with one.
    """
    kinds: list[str] = []
    previous: dict[str, str] = {}
    levels: list[int] = []
    depth = marked = 0
    for title in titles:
        mark = letter_mark(title)
        if mark is None:
            levels.append(1 if _BACK_MATTER.match(title) else depth + 1)
            continue
        kind = kind_of(mark, previous)
        if kind not in kinds:
            kinds.append(kind)
        depth = kinds.index(kind) + 1
        for deeper in kinds[depth:]:
            previous.pop(deeper, None)  # their counting starts anew
        previous[kind] = mark
        marked += 1
        levels.append(depth)
    return levels if marked >= _LEAST_ENTRIES else None


def _is_one_series(titles: Sequence[str]) -> bool:
    """Whether all headings that have a number or a letter have one of the same kind, so that none tells of levels."""
    previous: dict[str, str] = {}
    kinds = {number_depth(title) for title in titles if letter_mark(title) is None} - {None}
    for mark in filter(None, map(letter_mark, titles)):
        previous[kind_of(mark, previous)] = mark
    return len(kinds) + len(previous) <= 1


def _mostly_marked(titles: Sequence[str]) -> bool:
    """Whether nearly all headings have a number or a letter, some of each, so that these tell the levels best."""
    marks = [letter_mark(title) for title in titles]
    unmarked = sum(mark is None and not _BACK_MATTER.match(title) for mark, title in zip(marks, titles, strict=True))
    kinds = {"number" if mark.isdigit() else "letter" for mark in marks if mark}
    return len(kinds) > 1 and unmarked <= _FEW * len(titles) and not any(part_rank(title) == 0 for title in titles)


def _agrees(numbers: Sequence[int | None], levels: Sequence[int]) -> bool:
    """Whether the file's levels tell the same as the numbers: each depth at one level, deeper ones lower."""
    seen: dict[int, set[int]] = {}
    for number, level in zip(numbers, levels, strict=True):
        if number is not None:
            seen.setdefault(number, set()).add(level)
    ordered = [min(seen[depth]) for depth in sorted(seen)]
    return len(set(levels)) > 1 and all(len(held) == 1 for held in seen.values()) and ordered == sorted(set(ordered))


def _entry(line: str) -> re.Match[str] | None:
    return _LEADER.match(line) if len(line) <= _LONGEST_ENTRY else None


def _row_entry(row: str) -> ContentsEntry | None:
    cells = [cell.strip() for cell in row.split("|") if cell.strip()]
    if len(cells) > 1 and re.fullmatch(r"\d{1,4}", cells[-1]):
        return ContentsEntry(" ".join(cells[:-1]).rstrip(" .·…_"), int(cells[-1]), 0)
    match = _entry(row)
    return ContentsEntry(match["title"].strip(" ."), _page(match["page"]), 0) if match else None


def _shows_parts(titles: Sequence[str], parts: Sequence[int | None], levels: Sequence[int]) -> bool:
    """Whether the file's levels tell the parts: each kind at one level, a smaller kind no higher than a larger, what
    follows a part below it. An annex, which may be as large as a part, then stays beside the chapters of its level.
    """
    seen: dict[int, set[int]] = {}
    inside = 0  # the level of the last part
    held = False
    for title, rank, level in zip(titles, parts, levels, strict=True):
        if rank is not None:
            seen.setdefault(rank, set()).add(level)
            inside = level
        elif inside and not _BACK_MATTER.match(title):
            if level <= inside:
                return False
            held = True
    ordered = [min(seen[rank]) for rank in sorted(seen)]
    return held and all(len(found) == 1 for found in seen.values()) and ordered == sorted(ordered)


def _page(printed: str) -> int | None:
    """A printed page number; a Roman one, of front matter, counts apart from the others."""
    return int(printed) if printed.isdigit() else None


def _anchors(
    titles: Sequence[str], parts: Sequence[int | None], numbers: Sequence[int | None], listed: Sequence[bool]
) -> list[int | None]:
    """The level of each heading that its words or its place in the contents list settle, else None."""
    ranks = sorted({rank for rank in parts if rank is not None})
    base = len(ranks)
    anchors: list[int | None] = []
    inside = 0  # how deep the last part heading stands
    for title, rank, number, is_listed in zip(titles, parts, numbers, listed, strict=True):
        if rank is not None:
            inside = ranks.index(rank) + 1
            anchors.append(inside)
        elif number is not None:
            anchors.append((inside if base else 0) + number)
        elif not is_listed:
            anchors.append(None)
        elif _BACK_MATTER.match(title):
            inside = 0
            anchors.append(1)
        else:
            anchors.append(inside + 1)
    return anchors


def _by_anchors(anchors: Sequence[int | None], levels: Sequence[int]) -> list[int]:
    """Settled levels as they are; the others keep their distance, as the file has it, to the last settled one."""
    wanted: list[int] = []
    settled, own = 0, 0
    for anchor, level in zip(anchors, levels, strict=True):
        if anchor is not None:
            settled, own = anchor, level
            wanted.append(anchor)
        else:
            wanted.append(max(1, settled + max(1 if settled else 0, level - own)))
    return wanted


def _without_gaps(levels: Sequence[int]) -> list[int]:
    closed: list[int] = []
    above: list[int] = []  # the wanted levels on the way from the root to here
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        closed.append(len(above))
    return closed


def _same(one: str, other: str) -> bool:
    """Whether two titles are the same; a number that only one of them has says nothing."""
    if (_ITEM_NUMBER.match(one) is None) != (_ITEM_NUMBER.match(other) is None):
        one, other = _ITEM_NUMBER.sub("", one), _ITEM_NUMBER.sub("", other)
    first, second = (re.sub(r"\W+", " ", title.replace("&", " and ")).strip().casefold() for title in (one, other))
    matcher = SequenceMatcher(None, first, second)
    return first == second or (matcher.real_quick_ratio() >= _SAME_TITLE and matcher.ratio() >= _SAME_TITLE)
