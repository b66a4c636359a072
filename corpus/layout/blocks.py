"""Pages to blocks: takes out what is not text, then tables, notes, paragraphs and headings. Start reading here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.layout.aligned import aligned_tables
from corpus.layout.footnotes import Note, parted_notes
from corpus.layout.furniture import without_furniture
from corpus.layout.headlines import Bookmark, Headline, headlines, title_of
from corpus.layout.hyphens import Vocabulary
from corpus.layout.lines import gutter_of, lines_of
from corpus.layout.page import Line, Page, Style, Word, body_size
from corpus.layout.paragraphs import BULLET, Made, Paragraph, continued, leadings, paragraphs_of
from corpus.layout.tables import Table, tables_of
from corpus.types import Block, BlockKind

_PLAIN = Style(0.0, False, False, False)


def blocks_of(pages: Sequence[Page], bookmarks: Sequence[Bookmark]) -> tuple[tuple[Block, ...], str]:
    """The blocks of a document in reading order, and the title that stands largest on its first page."""
    rough = [line.text for page in pages for line in lines_of(page, page.words)]
    vocabulary = Vocabulary(rough)
    tables = [_tables(page, vocabulary) for page in pages]
    lines = without_furniture([_lines(page, found) for page, found in zip(pages, tables, strict=True)])
    size = body_size([line for page in lines for line in page])
    leading = leadings(lines)
    paragraphs: list[Paragraph] = []
    going_on = False
    for page, page_lines, drawn in zip(pages, lines, tables, strict=True):
        text, notes, rest = parted_notes(page_lines, size, vocabulary, going_on)
        going_on = bool(notes)
        _append(paragraphs, [*_in_order(page.number, text, drawn, leading, vocabulary)], notes, rest, vocabulary)
    found = headlines(paragraphs, size, bookmarks)
    blocks = tuple(_block(paragraph, found.get(place)) for place, paragraph in enumerate(paragraphs))
    return blocks, title_of(paragraphs)


def _tables(page: Page, vocabulary: Vocabulary) -> list[Table]:
    """The tables of a page from the top, those with lines and those without."""
    drawn = tables_of(page, vocabulary)
    return sorted([*drawn, *aligned_tables(page, drawn)], key=lambda table: table.top)


def _lines(page: Page, tables: Sequence[Table]) -> list[Line]:
    """The lines outside tables, band by band: a table parts what is above it from what is below."""
    lines: list[Line] = []
    words = [word for word in page.words if not any(word in table.words for table in tables)]
    for table in _across(tables, words):
        above = [word for word in words if word.base < table.top + 2]
        words = [word for word in words if word.base >= table.top + 2]
        lines.extend(lines_of(page, above, first_column=len(lines)))
    lines.extend(lines_of(page, words, first_column=len(lines)))
    return lines


def _across(tables: Sequence[Table], words: Sequence[Word]) -> list[Table]:
    """The tables without those that stand in one of two columns of prose, where they part that column alone."""
    gutter = gutter_of(words) if tables else None
    return [table for table in tables if gutter is None or table.x0 < gutter < table.x1]


def _in_order(
    page: int,
    lines: Sequence[Line],
    tables: Sequence[Table],
    leading: dict[float, float],
    vocabulary: Vocabulary,
) -> Iterator[Paragraph]:
    words = [word for line in lines for word in line.words]
    across = _across(tables, words)
    held = list(lines)
    within = [table for table in tables if table not in across]
    for table in across:
        above = [line for line in held if line.base < table.top + 2]
        held = [line for line in held if line.base >= table.top + 2]
        yield from _parted(page, above, [one for one in within if one.top < table.top], leading, vocabulary)
        within = [one for one in within if one.top >= table.top]
        yield from _rows(table, page)
    yield from _parted(page, held, within, leading, vocabulary)


def _parted(
    page: int, lines: Sequence[Line], tables: Sequence[Table], leading: dict[float, float], vocabulary: Vocabulary
) -> Iterator[Paragraph]:
    """Lines with the tables that stand in one of their columns, each behind what is above it there."""
    placed = sorted(((_place_of(table, lines), table) for table in tables), key=lambda one: (one[0], one[1].top))
    start = 0
    for end, table in placed:
        yield from paragraphs_of(lines[start:end], leading, vocabulary)
        yield from _rows(table, page)
        start = end
    yield from paragraphs_of(lines[start:], leading, vocabulary)


def _place_of(table: Table, lines: Sequence[Line]) -> int:
    """How many of the lines, in reading order, come before a table."""
    beside = [(at, line) for at, line in enumerate(lines) if line.x0 < table.x1 and table.x0 < line.x1]
    above = [(line.base, at) for at, line in beside if line.base < table.top + 2]
    if above:
        return max(above)[1] + 1
    return min((at for at, _ in beside), default=len(lines))


def _rows(table: Table, page: int) -> Iterator[Paragraph]:
    for row in table.rows:
        yield Paragraph(row, page, _PLAIN, Made.ROW, top=table.top)


def _append(
    paragraphs: list[Paragraph], page: list[Paragraph], notes: Sequence[Note], rest: str, vocabulary: Vocabulary
) -> None:
    """Add a page's paragraphs, the first joined to the last of the page before if it goes on with it, and its notes."""
    if rest:
        last_note = max((at for at, one in enumerate(paragraphs) if one.made is Made.NOTE), default=None)
        if last_note is not None:
            paragraphs[last_note] = _longer(paragraphs[last_note], rest, vocabulary)
    last = next((at for at in range(len(paragraphs) - 1, -1, -1) if paragraphs[at].made is not Made.NOTE), None)
    if page and last is not None:
        before, after = paragraphs[last], page[0]
        if before.made is after.made is Made.TEXT and continued(before.text, after.text) and _alike(before, after):
            paragraphs[last] = _longer(before, after.text, vocabulary)
            page = page[1:]
        elif before.made is after.made is Made.ROW:
            page = _without_header(paragraphs, page)
    for paragraph in _joined_columns(page, vocabulary):
        paragraphs.append(paragraph)
    for note in notes:
        _place(paragraphs, note)


def _alike(one: Paragraph, other: Paragraph) -> bool:
    return abs(one.style.size - other.style.size) < 0.6 and one.style.bold == other.style.bold


def _joined_columns(page: Sequence[Paragraph], vocabulary: Vocabulary) -> Iterator[Paragraph]:
    """Paragraphs, one cut at the foot of a column joined to what goes on at the head of the next."""
    held: Paragraph | None = None
    for paragraph in page:
        if (
            held
            and held.made is paragraph.made is Made.TEXT
            and paragraph.top < held.top
            and continued(held.text, paragraph.text)
            and _alike(held, paragraph)
        ):
            held = _longer(held, paragraph.text, vocabulary)
            continue
        if held:
            yield held
        held = paragraph
    if held:
        yield held


def _longer(paragraph: Paragraph, text: str, vocabulary: Vocabulary) -> Paragraph:
    return replace(paragraph, text=vocabulary.joined(paragraph.text, text), lines=paragraph.lines + 1)


def _without_header(paragraphs: Sequence[Paragraph], page: list[Paragraph]) -> list[Paragraph]:
    """A page's rows without a header row that was at the head of the same table before."""
    seen = set()
    for paragraph in reversed(paragraphs):
        if paragraph.made is Made.TEXT:
            break
        seen.add(paragraph.text)
    return page[1:] if page[0].text in seen else page


def _place(paragraphs: list[Paragraph], note: Note) -> None:
    """Put a note after the paragraph of its page, or the one before, that has its mark, and the notes already there."""
    made = Paragraph(note.text, note.page, _PLAIN, Made.NOTE)
    for at in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[at]
        if paragraph.page < note.page - 1:
            break
        if paragraph.made is not Made.NOTE and note.mark in paragraph.text:
            behind = at + 1
            while behind < len(paragraphs) and paragraphs[behind].made is Made.NOTE:
                behind += 1
            paragraphs.insert(behind, made)
            return
    paragraphs.append(made)


def _block(paragraph: Paragraph, headline: Headline | None) -> Block:
    if headline:
        return Block(BlockKind.HEADING, headline.title, (), headline.level, paragraph.page)
    kind = BlockKind.ROW if paragraph.made is Made.ROW else BlockKind.PARAGRAPH
    text = paragraph.text
    if kind is BlockKind.PARAGRAPH and BULLET.match(text):
        kind, text = BlockKind.ITEM, BULLET.sub("", text, count=1).strip()
    return Block(kind, text, (), 0, paragraph.page)
