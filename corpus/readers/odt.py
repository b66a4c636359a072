"""OpenDocument texts to blocks. odfdo opens the file; this file walks its paragraphs, lists, tables and notes.

The only file that imports odfdo.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import odfdo

from corpus.layout.page import raised, superscript
from corpus.numbering import Counters
from corpus.readers import Limits, Metadata, Reading, is_file_name
from corpus.readers.odf import Look, OdtStyles
from corpus.rows import Cell, table_of
from corpus.styled import Piece, Styled, blocks_of
from corpus.types import BlockKind, CorpusError, Refusal
from corpus.zipped import checked_zip

_DEEPEST = 50  # lists, tables and sections inside each other
_MOST_PLACES = 100  # columns or rows of one cell; a file may say any number
_SECTIONS = frozenset(
    "text:section text:index-body text:table-of-content office:text table:table-header-rows table:table-rows "
    "table:table-row-group text:numbered-paragraph draw:frame draw:text-box draw:g".split()
)
_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
_EMPTY_PARTS = {
    "styles.xml": f"<office:document-styles {_OFFICE}/>",
    "meta.xml": f"<office:document-meta {_OFFICE}><office:meta/></office:document-meta>",
}
_HIDDEN = frozenset(
    "text:tracked-changes office:annotation office:annotation-end text:sequence-decls office:forms text:ruby-text "
    "svg:title svg:desc".split()
)


def read_odt(content: bytes, limits: Limits) -> Reading:
    """The paragraphs, list items, table rows and notes of an OpenDocument text, headings by outline level and look.

    Raises:
        CorpusError: it is damaged, locked, not of this type, or too large unzipped.
    """
    checked_zip(content, limits.expanded, "content.xml")
    if b"manifest:encryption-data" in _manifest(content):
        raise CorpusError("it is locked with a password; save an unlocked copy and add that", Refusal.LOCKED)
    try:
        document = odfdo.Document(BytesIO(_with_styles(content)))
        blocks, title = blocks_of([*_Walk(document).paragraphs(document.body)])
        metadata = _metadata(document)
    except CorpusError:
        raise
    except Exception as error:  # odfdo lets the parser's own errors through
        raise CorpusError(
            "it is damaged; open it in a word processor, save it again and add that", Refusal.DAMAGED
        ) from error
    return Reading(blocks, metadata.title or title, metadata)


def _with_styles(content: bytes) -> bytes:
    """The file with a part for styles that hold throughout, which it may leave out and odfdo always opens."""
    held = BytesIO(content)
    with zipfile.ZipFile(held, "a") as archive:
        for name in ("styles.xml", "meta.xml"):
            if name not in archive.namelist():
                archive.writestr(name, _EMPTY_PARTS[name])
    return held.getvalue()


def _manifest(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""


def _metadata(document: Any) -> Metadata:
    meta = document.meta
    title = meta.title or ""
    date = meta.date or meta.creation_date
    return Metadata(
        "" if is_file_name(title) else title, f"{date:%Y-%m-%d}" if date else "", language=meta.language or ""
    )


class _Walk:
    """Goes through a document once, counting its lists and notes on the way."""

    def __init__(self, document: Any) -> None:
        self._styles = OdtStyles(document)
        self._lists: dict[str, Counters] = {}
        self._by_id: dict[str | None, Counters] = {}
        self._outline: Counters | None = None
        self._count = 0

    def paragraphs(self, container: Any, depth: int = 0) -> Iterator[Styled]:
        """What stands in a body, a section or a cell, in order."""
        if depth > _DEEPEST:
            return
        for child in container.children:
            if child.tag in {"text:p", "text:h"}:
                yield from self._paragraph(child, depth)
            elif child.tag in {"text:list", "text:ordered-list", "text:unordered-list"}:
                yield from self._list(child, depth + 1, 0, "")
            elif child.tag == "table:table":
                yield from self._table(child, depth + 1)
            elif child.get_attribute("text:display") == "none":  # a section that is hidden
                continue
            elif child.tag in _SECTIONS or (child.tag.startswith("text:") and child.tag.endswith("-index")):
                yield from self.paragraphs(child, depth + 1)

    def _list(self, listed: Any, depth: int, level: int, inherited: str) -> Iterator[Styled]:
        name = listed.get_attribute("text:style-name") or inherited
        counters = self._counters(listed, name, level)
        for item in listed.children:
            first = True
            start = item.get_attribute("text:start-value")
            if start:
                counters.restart(level, int(start))
            for child in item.children if depth <= _DEEPEST else []:
                if child.tag == "text:list":
                    yield from self._list(child, depth + 1, level + 1, name)
                    continue
                for part in self._paragraph(child, depth) if child.tag in {"text:p", "text:h"} else []:
                    label = counters.label(level) if first and item.tag == "text:list-item" and part.text else ""
                    first = first and not part.text
                    kind = part.kind if part.level else BlockKind.ITEM
                    yield Styled(part.pieces, kind, part.level, label, part.notes)

    def _counters(self, listed: Any, name: str, level: int) -> Counters:
        """What counts the items of a list: it may go on with the list before of its style, or with any by its id."""
        before = self._by_id.get(listed.get_attribute("text:continue-list"))
        if before is not None:
            self._lists[name] = before
        elif level == 0 and listed.get_attribute("text:continue-numbering") != "true":
            self._lists.pop(name, None)
        counters = self._lists.setdefault(name, Counters(self._styles.list_levels(name)))
        if listed.get_attribute("xml:id"):
            self._by_id[listed.get_attribute("xml:id")] = counters
        return counters

    def _table(self, table: Any, depth: int) -> Iterator[Styled]:
        below: dict[int, range] = {}  # by column: the rows below a cell that it takes too
        rows = [self._row(row, number, below, depth) for number, row in enumerate(_rows(table))]
        yield from table_of(rows)

    def _row(self, row: Any, number: int, below: dict[int, range], depth: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for place in row.children:
            places = range(column, column + _count(place, "table:number-columns-repeated"))
            if place.tag == "table:table-cell":
                wide = max(len(places), _count(place, "table:number-columns-spanned"))
                taken = range(number + 1, number + _count(place, "table:number-rows-spanned"))
                below.update((taking, taken) for taking in range(column, column + wide))
                cells.append(Cell([*self.paragraphs(place, depth)], wide))
            elif place.tag == "table:covered-table-cell":
                cells += [Cell(above=True) for covered in places if number in below.get(covered, ())]
            column = places.stop
        return cells

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Styled]:
        style = paragraph.get_attribute("text:style-name") or ""
        notes: list[str] = []
        boxes: list[Any] = []
        pieces = tuple(self._pieces(paragraph, self._styles.look("paragraph", style), notes, boxes))
        level = self._styles.heading_level(paragraph, style)
        label = self._number(paragraph, level) if level and any(piece.text.strip() for piece in pieces) else ""
        title = not level and self._styles.is_title(style)
        yield Styled(pieces, BlockKind.PARAGRAPH, level, label, tuple(notes), title)
        for box in boxes:
            yield from self.paragraphs(box, depth + 1)

    def _pieces(self, element: Any, look: Look, notes: list[str], boxes: list[Any]) -> Iterator[Piece]:
        yield Piece(_own(element.text), *look)
        for child in element.children:
            if child.tag == "text:note":
                yield Piece(self._mark(child, notes), *look)
            elif child.tag == "draw:text-box":
                boxes.append(child)
            elif child.tag == "text:s":
                yield Piece(" ", *look)
            elif child.tag == "text:tab":
                yield Piece("\t", *look)
            elif child.tag == "text:line-break":
                yield Piece("\n", *look)
            elif child.tag not in _HIDDEN and not self._styles.is_unseen(_span_style(child)):
                style = _span_style(child)
                inner = self._styles.look("text", style, look)
                pieces = [*self._pieces(child, inner, notes, boxes)]
                whole = "".join(piece.text for piece in pieces) if self._styles.is_raised(style) else ""
                yield from [Piece(raised(whole), *inner)] if raised(whole) != whole else pieces
            yield Piece(_own(child.tail), *look)

    def _mark(self, note: Any, notes: list[str]) -> str:
        bodies = [child for child in note.children if child.tag == "text:note-body"]
        text = " ".join(part.text for body in bodies for part in self.paragraphs(body) if part.text)
        if not text:
            return ""
        self._count += 1
        mark = superscript(str(self._count))
        notes.append(f"{mark} {text}")
        return mark

    def _number(self, heading: Any, level: int) -> str:
        """The number of a heading where the outline has any."""
        if self._outline is None:
            self._outline = Counters(self._styles.outline_levels())
        if heading.get_attribute("text:restart-numbering") == "true":
            self._outline.restart(level - 1, int(heading.get_attribute("text:start-value") or 1))
        return self._outline.label(level - 1)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in _SECTIONS:
            yield from _rows(child)


def _span_style(element: Any) -> str:
    """The style of a span; other elements have none for their text."""
    return (element.get_attribute("text:style-name") or "") if element.tag == "text:span" else ""


def _count(place: Any, name: str) -> int:
    """How many columns or rows a cell takes, or is written for."""
    return min(_MOST_PLACES, int(place.get_attribute(name) or 1))


def _own(text: str | None) -> str:
    """Text as OpenDocument shows it: any white space is one space."""
    return re.sub(r"\s+", " ", text or "")
