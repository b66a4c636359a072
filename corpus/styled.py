"""Styled paragraphs of a word processor to blocks: which are headings, by heading styles first and else by looks.

Word and OpenDocument readers both end here, so that one document gives the same blocks in both formats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.canonical import visible
from corpus.headings import is_listing
from corpus.markers import is_caption, is_part, marker_depth, part_rank
from corpus.types import Block, BlockKind

_MOST_WORDS = 25
_FEWEST_PARTS = 3
_FEWEST_LOOKS = 2
_LARGER = 1.12  # times the text's size
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_PAGE_NUMBER = re.compile(r"\s*\t\s*(\d{1,4}|[ivxlc]{1,6})\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look. `size` in points, 0 where unknown."""

    text: str
    bold: bool = False
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph, list item or table row: its pieces, and its heading level from 1, 0 where it has no heading style.

    `label` is the number or letter a list gives it, `notes` the footnotes whose marks stand in it, `title` whether it
    has the style of a document's title.
    """

    pieces: tuple[Piece, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    notes: tuple[str, ...] = ()
    title: bool = False

    @property
    def text(self) -> str:
        """Its words on one line; the tab before a page number is kept, as it tells a contents list."""
        whole = visible("".join(piece.text for piece in self.pieces)).replace("\n", " ")
        page = _PAGE_NUMBER.search(whole)
        shown = _BLANKS.sub(" ", whole[: page.start()] if page else whole).strip()
        return f"{shown}\t{page[1]}" if page and shown else shown

    @property
    def labelled(self) -> str:
        """Its words with the number in front; a bullet says nothing."""
        return f"{self.label} {self.text}" if any(letter.isalnum() for letter in self.label) else self.text


def blocks_of(paragraphs: Sequence[Styled]) -> tuple[tuple[Block, ...], str]:
    """The blocks of a document in order, and the title that stands above them, if it has one."""
    split = [part for paragraph in paragraphs for part in _split(paragraph)]
    split = _with_parts(_relevelled([part for part in split if part.text]))
    usual = _usual_size(split)
    levels = _levels(split, usual)
    titles = [place for place, part in enumerate(split) if part.title][:1] or _title_lines(split, levels)
    for place in titles:
        levels[place] = 0
    blocks: list[Block] = []
    for part, level in zip(split, levels, strict=True):
        kind = BlockKind.HEADING if level else part.kind
        blocks.append(Block(kind, part.labelled, (), level, said=part.level > 0))
        blocks.extend(Block(BlockKind.PARAGRAPH, visible(note), ()) for note in part.notes)
    return tuple(blocks), " ".join(split[place].text for place in titles)


def _title_lines(parts: Sequence[Styled], levels: Sequence[int]) -> list[int]:
    """The lines of a title page: what only looks like headings, above all text, and is followed by another heading."""
    places: list[int] = []
    for place, (part, level) in enumerate(zip(parts, levels, strict=True)):
        if level and not part.level:
            places.append(place)
        elif level or len(part.text.split()) > _MOST_WORDS or len(places) > 1:
            break
    if places and places[-1] + 1 < len(levels) and levels[places[-1] + 1]:
        return places
    return places[:-1] if len(places) > 1 and places[-1] == places[-2] + 1 else []


def _relevelled(parts: Sequence[Styled]) -> list[Styled]:
    """The parts with heading levels by size where the file has all headings at one level but in several sizes."""
    sizes = sorted({_size(part) for part in parts if part.level}, reverse=True)
    if len({part.level for part in parts if part.level}) != 1 or len(sizes) < 2:
        return list(parts)
    return [replace(part, level=sizes.index(_size(part)) + 1) if part.level else part for part in parts]


def _with_parts(parts: Sequence[Styled]) -> list[Styled]:
    """The parts of an act, whose headings may be plain paragraphs: `Article 5`, and below it what it is about."""
    bare = [place for place, part in enumerate(parts) if _is_bare(part)]
    if len(bare) < _FEWEST_PARTS:
        return list(parts)
    ranks = sorted({part_rank(parts[place].text) or 0 for place in bare})
    deepest = max((part.level for part in parts), default=0)
    made: list[Styled] = []
    joined = False
    for place, part in enumerate(parts):
        if joined:
            joined = False
        elif place in bare:
            below = parts[place + 1] if place + 1 < len(parts) else None
            joined = below is not None and _is_subject(below)
            pieces = (*part.pieces, Piece(": "), *below.pieces) if joined and below else part.pieces
            level = part.level or deepest + 1 + ranks.index(part_rank(part.text) or 0)
            made.append(replace(part, pieces=pieces, level=level, kind=BlockKind.PARAGRAPH))
        else:
            made.append(part)
    return made


def _is_bare(part: Styled) -> bool:
    return part.kind is BlockKind.PARAGRAPH and len(part.text.split()) <= 3 and part_rank(part.text) is not None


def _is_subject(part: Styled) -> bool:
    text = part.text
    return (
        part.kind is BlockKind.PARAGRAPH
        and len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", ",", ";", ":", "。"))
        and marker_depth(text) is None
        and part_rank(text) is None
        and (text[:1].isupper() or not text[:1].isascii())
    )


def _split(paragraph: Styled) -> Iterator[Styled]:
    """A paragraph parted at a line break after a line in bold, which is a heading set above its text."""
    if paragraph.kind is not BlockKind.PARAGRAPH or paragraph.level or paragraph.label:
        yield paragraph
        return
    lines = _lines(paragraph.pieces)
    rest = paragraph
    while len(lines) > 1 and _is_bold(lines[0]) and not _is_bold(lines[1]):
        yield replace(rest, pieces=tuple(lines[0]), notes=())
        lines = lines[1:]
        rest = replace(rest, pieces=tuple(piece for line in lines for piece in (*line, Piece("\n"))))
    yield rest


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines.extend([replace(piece, text=other)] for other in others)
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def _is_bold(pieces: Sequence[Piece]) -> bool:
    said = [piece for piece in pieces if any(letter.isalnum() for letter in piece.text)]
    return bool(said) and all(piece.bold for piece in said)


def _size(part: Styled) -> float:
    sizes: Counter[float] = Counter()
    for piece in part.pieces:
        sizes[piece.size] += len(piece.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _usual_size(parts: Sequence[Styled]) -> float:
    sizes: Counter[float] = Counter()
    for part in parts:
        if part.kind is BlockKind.PARAGRAPH and not part.level:
            for piece in part.pieces:
                sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(parts: Sequence[Styled], usual: float) -> list[int]:
    """The heading level of each part, 0 for text; a line that only looks like a heading is ranked among the styled."""
    looks = _apart(parts, [not part.level and _looks_it(part, usual) for part in parts])
    if sum(looks) < _FEWEST_LOOKS and not any(part.level for part in parts):
        # One line in bold, such as above a signature, is no structure; lines in capitals may be.
        looks = _apart(parts, [_could_be(part) and part.text.isupper() for part in parts])
        looks = looks if sum(looks) >= _FEWEST_LOOKS else [False] * len(parts)
    styled = {(_size(part), part.level) for part in parts if part.level and _size(part)}
    sizes = sorted({_size(part) for part, look in zip(parts, looks, strict=True) if look}, reverse=True)
    deepest = max((part.level for part in parts), default=0)
    return [
        part.level or (_ranked(_size(part), styled, sizes, deepest) if look else 0)
        for part, look in zip(parts, looks, strict=True)
    ]


def _apart(parts: Sequence[Styled], looks: Sequence[bool]) -> list[bool]:
    """Which of the lines that look like headings stand above text."""
    looks = [look and not _in_run(looks, place) for place, look in enumerate(looks)]
    return [look and not _stands_on(parts, place) for place, look in enumerate(looks)]


def _ranked(size: float, styled: set[tuple[float, int]], sizes: Sequence[float], deepest: int) -> int:
    """The level of heading styles of this size, else below all larger ones; with no styles, by size alone."""
    same = [level for other, level in styled if abs(other - size) < 0.6]
    if same:
        return min(same)
    larger = [level for other, level in styled if other > size]
    if styled:
        return (max(larger) + 1) if larger else 1
    return deepest + sizes.index(size) + 1


def _looks_it(part: Styled, usual: float) -> bool:
    return _could_be(part) and (_is_bold(part.pieces) or (usual > 0 and _size(part) >= _LARGER * usual))


def _could_be(part: Styled) -> bool:
    text = part.text
    return (
        part.kind is BlockKind.PARAGRAPH
        and not part.title
        and sum(letter.isalpha() for letter in text) > 2
        and len(text.split()) <= _MOST_WORDS
        and not text.endswith((",", ";", "。"))
        and (not text.endswith(".") or is_part(text) or marker_depth(text) is not None)
        and not is_listing(text)
        and not is_caption(text)
        and not text.startswith(("[", "{", "<", "www."))
        and "://" not in text
        and "@" not in text
    )


def _stands_on(parts: Sequence[Styled], place: int) -> bool:
    """Whether a heading by style comes next: what is bold before it, such as a name under a letter, heads nothing."""
    return place + 1 < len(parts) and parts[place + 1].level > 0 and place > 0 and not parts[place - 1].level


def _in_run(looks: Sequence[bool], place: int) -> bool:
    """Whether it is one of four such lines in a row: a title page, an address or a list, with no text under any."""
    start = end = place
    while start > 0 and looks[start - 1]:
        start -= 1
    while end + 1 < len(looks) and looks[end + 1]:
        end += 1
    return end - start >= 3
