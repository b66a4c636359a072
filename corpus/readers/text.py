"""Plain text to blocks: paragraphs from blank lines or from single lines, headings from numbers, capitals and shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.canonical import SourceText, TextBuilder
from corpus.headings import is_listing
from corpus.layout.page import is_wide
from corpus.markers import is_part, marker_depth
from corpus.readers import Reading
from corpus.readers.decoding import decoded
from corpus.types import Block, BlockKind, CorpusError, Refusal

_PAGE_LINE = re.compile(
    r"^\s*(?:[-–—]\s*)?(?:page\s+)?(?P<number>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?\s*$", re.IGNORECASE
)
_UNDERLINE = re.compile(r"^\s*(=|-|~|\*){3,}\s*$")
_BULLET = re.compile(r"^\s*(?:[•●○▪■·*]|[-–—](?=\s))\s*")
_DATE = re.compile(
    r"^(?=.*\d)\W*(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2})?(?:,?\s*\d{4})?\W*$|^\W*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\W*$"
)
_ENDS = (".", ";", ",", ":", "!", "。", "、", "；")
_ENUMERATED = re.compile(r"[(（](?:\d{1,3}[A-Z]?|[a-zA-Z]{1,2}|[ivxlc]{1,6})[)）]\s")
_BEFORE_ITEM = (*_ENDS, "—", "–", "-", " or", " and")
_MOST_WORDS = 15
_LONG_LINE = 140  # characters; lines of that length are whole paragraphs
_PROSE_WORDS = 12
_FEWEST_PAGES = 3


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of the file, by their places; `apart` says that a blank line stands before them."""

    lines: tuple[tuple[int, str], ...]
    apart: bool
    page: int | None
    underlined: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.strip() for _, line in self.lines)


def read_text(content: bytes) -> Reading:
    """The headings and paragraphs of a plain text; page numbers that stand on lines of their own are taken out.

    Raises:
        CorpusError: the bytes are not text.
    """
    text = decoded(content)
    if "\0" in text:
        raise CorpusError("not text: it holds NUL bytes", Refusal.NOT_TEXT)
    blocks = typed_blocks(text, is_placed=text.encode() == content)
    return Reading(tuple(blocks), blocks[0].text if blocks and blocks[0].level == 1 else "")


def typed_blocks(text: str, *, is_placed: bool = False) -> list[Block]:
    """The blocks of a text that was typed, as a file or inside a page; `is_placed` where its places are those of a file
    in UTF-8. A heading of level 1 is the title.
    """
    plain = re.sub(r"\r(?!\n)", "\n", text)
    paragraphs = list(_paragraphs(plain))
    source = SourceText(plain)
    found = zip(paragraphs, _levels(paragraphs), strict=True)
    return [_block(paragraph, level, source, is_placed) for paragraph, level in found]


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """The paragraphs in order, each with its page where the text has page numbers or form feeds."""
    lines = _placed(text)
    numbers = _page_lines([line for _, line in lines])
    wrapped = sum(len(line) > _LONG_LINE for _, line in lines) < 0.1 * max(
        1, sum(bool(line.strip()) for _, line in lines)
    )
    held: list[tuple[int, str]] = []
    apart, page = True, 1 if numbers or "\f" in text else None
    for position, (place, line) in enumerate(lines):
        if position in numbers:
            page = numbers[position] + 1
            continue
        if "\f" in line and not numbers and page:
            page += line.count("\f")
        if held and _UNDERLINE.match(line) and len(held) == 1:
            yield _Paragraph(tuple(held), apart, page, underlined=True)
            held, apart = [], True
        elif not line.strip() or _UNDERLINE.match(line):
            if held:
                yield _Paragraph(tuple(held), apart, page)
            held, apart = [], True
        else:
            if held and (not wrapped or _begins(line, held[-1][1], lines, position)):
                yield _Paragraph(tuple(held), apart, page)
                held, apart = [], False
            held.append((place, line))
    if held:
        yield _Paragraph(tuple(held), apart, page)


def _placed(text: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    place = 0
    for line in text.split("\n"):
        lines.append((place, line))
        place += len(line) + 1
    return lines


def _page_lines(lines: Sequence[str]) -> dict[int, int]:
    """The places of lines that are page numbers: they count up by one, three at least."""
    found = {at: int(match["number"]) for at, line in enumerate(lines) if (match := _PAGE_LINE.match(line))}
    following: dict[int, int | None] = {}
    length: dict[int, int] = {}
    nearest: dict[int, int] = {}  # by number: the first line below that has it
    for at, number in reversed(found.items()):
        following[at] = nearest.get(number + 1)
        length[at] = 1 + length.get(nearest.get(number + 1, -1), 0)
        nearest[number] = at
    place = max(found, key=lambda at: length[at], default=None)
    if place is None or length[place] < _FEWEST_PAGES:
        return {}
    run: dict[int, int] = {}
    while place is not None:
        run[place] = found[place]
        place = following[place]
    return run


def _begins(line: str, before: str, lines: Sequence[tuple[int, str]], position: int) -> bool:
    """Whether a line of wrapped text begins a paragraph though no blank line stands before it."""
    stripped = line.strip()
    usual = max(len(held) for _, held in lines[max(0, position - 20) : position + 20])
    short = len(before.rstrip()) < 0.6 * usual
    return bool(
        _BULLET.match(line)
        or (_ENUMERATED.match(stripped) and (short or before.rstrip().endswith(_BEFORE_ITEM)))
        or (marker_depth(stripped) is not None and (short or before.rstrip().endswith(_ENDS)))
        or (
            short
            and (before.rstrip().endswith((".", ":", "。")) or _is_short_title(before.strip()))
            and stripped[:1].isupper()
        )
        or is_listing(before)
        or (stripped.isupper() != before.strip().isupper() and len(stripped) > 3 and short)
    )


def _levels(paragraphs: Sequence[_Paragraph]) -> list[int]:
    """The level of each paragraph that is a heading, 0 for text; 1 is kept for the title, the first line of all."""
    strong = [_is_heading(paragraph) for paragraph in paragraphs]
    shaped = [strong[at] or _is_shaped(paragraphs, at) for at in range(len(paragraphs))]
    shaped = [found or _is_above(paragraphs, shaped, at) for at, found in enumerate(shaped)]
    capitals = any(found and paragraph.text.isupper() for found, paragraph in zip(shaped, paragraphs, strict=True))
    levels = [
        (3 if capitals and not paragraph.text.isupper() else 2) if found else 0
        for found, paragraph in zip(shaped, paragraphs, strict=True)
    ]
    if (
        paragraphs
        and marker_depth(paragraphs[0].text) is None
        and _is_short_title(paragraphs[0].text)
        and any(levels[1:])
    ):
        levels[0] = 1
    return levels


def _is_heading(paragraph: _Paragraph) -> bool:
    """Whether a line is a heading by itself: underlined, in capitals, numbered, or named as a part."""
    text = paragraph.text
    if len(paragraph.lines) > 2 or len(text.split()) > _MOST_WORDS or _BULLET.match(text) or is_listing(text):
        return False
    if paragraph.underlined:
        return True
    is_stopped = text.endswith(_ENDS) and not (text.isupper() and text.endswith(".") and is_part(text))
    if not (text[0].isalnum() or text[0] in "§（(") or is_stopped or sum(map(str.isalpha, text)) < 3:
        return False
    return is_part(text) or _is_numbered(text) or (text.isupper() and len(text) > 3)


def _is_numbered(text: str) -> bool:
    """Whether a title follows a number."""
    title = text.split(maxsplit=1)[1] if " " in text else ""
    return marker_depth(text) is not None and bool(title) and (title[0].isupper() or not title[0].isascii())


def _is_shaped(paragraphs: Sequence[_Paragraph], at: int) -> bool:
    """Whether a short line with no end stands above a paragraph of prose."""
    if at + 1 >= len(paragraphs) or not _is_short_title(paragraphs[at].text) or len(paragraphs[at].lines) > 1:
        return False
    below = paragraphs[at + 1].text
    return _is_prose(below)


def _is_above(paragraphs: Sequence[_Paragraph], found: Sequence[bool], at: int) -> bool:
    """Whether a short line after prose stands directly above a heading: the heading of several."""
    return (
        0 < at < len(paragraphs) - 1
        and found[at + 1]
        and not found[at]
        and _is_prose(paragraphs[at - 1].text)
        and _is_short_title(paragraphs[at].text)
    )


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS or text.endswith((".", "。"))


def _is_short_title(text: str) -> bool:
    return (
        len(text.split()) <= _MOST_WORDS
        and len(text) <= 120
        and not text.endswith(_ENDS)
        and (text[:1].isalnum() and not text[:1].islower())
        and sum(letter.isalpha() for letter in text) > 3
        and not _DATE.match(text)
        and not is_listing(text)
    )


def _block(paragraph: _Paragraph, level: int, source: SourceText, is_placed: bool) -> Block:
    builder = TextBuilder(source)
    item = bool(_BULLET.match(paragraph.lines[0][1])) and not level
    listing = all(is_listing(line) for _, line in paragraph.lines)
    for number, (place, line) in enumerate(paragraph.lines):
        if number:
            builder.add("\n" if listing else _between(paragraph.lines[number - 1][1], line))
        start = len(line) - len(line.lstrip())
        if item and not number:
            bullet = _BULLET.match(line)
            start = bullet.end() if bullet else start
        builder.add(line[start:].rstrip(), place + start if is_placed else None)
    kind = BlockKind.HEADING if level else BlockKind.ITEM if item else BlockKind.PARAGRAPH
    return Block(kind, builder.text(), builder.runs(), level, paragraph.page)


def _between(before: str, after: str) -> str:
    first, second = before.rstrip()[-1:], after.lstrip()[:1]
    return "" if first and second and is_wide(first) and is_wide(second) else " "
