"""The contents list of a document: taken out of its text, kept as evidence of its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import groupby

from corpus.headings import ContentsEntry, contents_entries, is_listing, match_entries, names_headings, table_entries
from corpus.types import Block, BlockKind

_CONTENTS_HEADING = re.compile(
    r"^(table of )?contents( page)?:?$|^目\s*次$|^list of (tables|figures)$|"
    r"^arrangement of (sections|articles|clauses|paragraphs|regulations|rules)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^\d{1,4}[\s.]+(?=\S)|[\s.]+\d{1,4}$")
_LEAST_ENTRIES = 3
_LONGEST_ENTRY = 25  # words
_NEAR = 3  # pages
_LISTED = 0.5  # of the lines under a contents heading that are headings of the document


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], tuple[ContentsEntry, ...]]:
    """The blocks without the contents lists and their headings, and the entries of those lists."""
    titles = [_one_line(block) for block in blocks if block.kind is BlockKind.HEADING]
    kept: list[Block] = []
    entries: list[ContentsEntry] = []
    # A list's entries may be lines of one block or, as bullets or rows, a block each.
    for shape, group in groupby(blocks, key=_shape):
        together = list(group)
        titled = bool(kept) and _is_contents_heading(kept[-1])
        found: tuple[ContentsEntry, ...] = ()
        if shape is BlockKind.ITEM:
            listed = contents_entries("\n".join(block.text for block in together))
            found = listed if _is_told(kept, entries, listed, titles) else ()
        elif shape is BlockKind.ROW:
            found = table_entries([block.text for block in together], titles)
        entries.extend(found)
        headed = titled and kept[-1].kind is BlockKind.HEADING
        if not found and not (headed and shape is BlockKind.ITEM):
            kept.extend(together)
        elif titled:
            kept.pop()
    return _without_bare_lists(kept), tuple(entries)


def _is_told(
    kept: Sequence[Block], entries: Sequence[ContentsEntry], listed: Sequence[ContentsEntry], titles: Sequence[str]
) -> bool:
    """Whether more than leaders and figures, which a list of fees has too, tell that lines are a contents list."""
    return any(map(_is_contents_heading, kept[-2:])) or _goes_on(entries, listed) or names_headings(listed, titles)


def _goes_on(entries: Sequence[ContentsEntry], listed: Sequence[ContentsEntry]) -> bool:
    """Whether a list goes on with a contents list that something, such as the head of a page, cuts in two."""
    last, first = (next((one.page for one in held if one.page), None) for held in (entries[::-1], listed))
    return last is not None and first is not None and last <= first <= last + _NEAR


def _shape(block: Block) -> BlockKind | None:
    """A table's row, or an item of what may be a contents list."""
    if block.kind is BlockKind.ROW:
        return BlockKind.ROW
    return BlockKind.ITEM if block.kind is not BlockKind.HEADING and is_listing(block.text) else None


def _without_bare_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the lists under a contents heading that name what comes, with no leaders to page numbers."""
    kept: list[Block] = []
    position = 0
    while position < len(blocks):
        end = _list_end(blocks, position)
        if end > position:
            position = end
        else:
            kept.append(blocks[position])
            position += 1
    return kept


def _list_end(blocks: Sequence[Block], start: int) -> int:
    """Where the contents list that begins with the heading at `start` ends; `start` if there is none."""
    if not _is_contents_heading(blocks[start]):
        return start
    end = start + 1
    before: set[str] = set()
    while end < len(blocks) and not _ends_list(blocks[end], before):
        before.add(_as_entry(blocks[end]))
        end += 1
    later = tuple(ContentsEntry(_one_line(block), None, 0) for block in blocks[end:] if block.kind is BlockKind.HEADING)
    lines = [_PAGE.sub("", _one_line(block)) for block in blocks[start + 1 : end]]
    named = [at for at, entry in enumerate(match_entries(lines, later), start=1) if entry]
    if len(named) < _LEAST_ENTRIES or len(named) < _LISTED * named[-1]:
        return start
    return start + 1 + named[-1]


def _is_contents_heading(block: Block) -> bool:
    return block.kind is not BlockKind.ROW and bool(_CONTENTS_HEADING.match(_one_line(block)))


def _ends_list(block: Block, before: Set[str]) -> bool:
    """Whether the list is over: a block too long for an entry, or a heading that the entries before have named."""
    text = _as_entry(block)
    return len(text.split()) > _LONGEST_ENTRY or text in before


def _as_entry(block: Block) -> str:
    return _PAGE.sub("", _one_line(block)).casefold()


def _one_line(block: Block) -> str:
    return " ".join(block.text.split())
