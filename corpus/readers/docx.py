"""Word documents to blocks. python-docx opens the file; this file walks its paragraphs, tables, content controls and
notes, since python-docx itself passes over what stands in a content control.

The only file that imports python-docx.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from typing import Any

import docx
from docx.oxml import parse_xml

from corpus.layout.page import raised, superscript
from corpus.readers import Limits, Metadata, Reading, is_file_name
from corpus.readers.ooxml import WordLists, WordStyles, qn
from corpus.rows import Cell, table_of
from corpus.styled import Piece, Styled, blocks_of
from corpus.types import BlockKind, CorpusError, Refusal
from corpus.zipped import checked_zip

_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")  # a Word document of before 2007, or one with a password
_WRAPPERS = "hyperlink ins moveTo smartTag fldSimple sdt sdtContent customXml dir bdo rubyBase".split()
_INSIDE = {qn(f"w:{name}") for name in _WRAPPERS}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DEEPEST = 50  # tables, controls and boxes inside each other


def read_docx(content: bytes, limits: Limits) -> Reading:
    """The paragraphs, list items, table rows and notes of a Word document, headings by style, number and look.

    Raises:
        CorpusError: it is damaged, locked, not of this type, or too large unzipped.
    """
    if content.startswith(_OLD_OR_LOCKED):
        raise CorpusError(
            "it is locked with a password, or of Word before 2007; save it unlocked as .docx and add that",
            Refusal.OLD_OR_LOCKED,
        )
    checked_zip(content, limits.expanded, "word/document.xml")
    try:
        document = docx.Document(BytesIO(content))
        blocks, title = blocks_of([*_Walk(document).paragraphs(document.element.body)])
    except CorpusError:
        raise
    except Exception as error:  # python-docx has no error of its own for what is inside a package
        raise CorpusError(
            "it is damaged; open it in a word processor, save it again and add that", Refusal.DAMAGED
        ) from error
    metadata = _metadata(document)
    return Reading(blocks, metadata.title or title, metadata)


def _metadata(document: Any) -> Metadata:
    try:
        core = document.core_properties
        title = "" if is_file_name(core.title or "") else core.title
        date = core.modified or core.created
        return Metadata(title, f"{date:%Y-%m-%d}" if date else "", language=core.language or "")
    except (ValueError, KeyError):
        return Metadata()


class _Walk:
    """Goes through a document once, counting its lists and notes on the way."""

    def __init__(self, document: Any) -> None:
        self._styles = WordStyles(document)
        self._lists = WordLists(document)
        self._notes = {kind: _notes(document, kind) for kind in ("footnote", "endnote")}
        self._count = 0

    def paragraphs(self, container: Any, depth: int = 0) -> Iterator[Styled]:
        """What stands in a body, a cell or a content control, in order."""
        if depth > _DEEPEST:
            return
        cut: list[Any] = []  # whose end was deleted, so that the next one goes on with them
        for child in container:
            if child.tag == qn("w:p"):
                cut.append(child)
                if not _is_end_deleted(child):
                    yield from self._joined(cut, depth)
                    cut = []
            elif child.tag == qn("w:tbl"):
                yield from self._table(child, depth + 1)
            elif child.tag in _INSIDE:
                yield from self.paragraphs(child, depth + 1)
        if cut:
            yield from self._joined(cut, depth)

    def _joined(self, paragraphs: Sequence[Any], depth: int) -> Iterator[Styled]:
        """One paragraph of several, and the text boxes that stand in them."""
        yield self._paragraph(paragraphs)
        for paragraph in paragraphs:
            for box in _boxes(paragraph):
                yield from self.paragraphs(box, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Styled]:
        kept = [row for row in _inside(table, qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        rows = [[self._cell(cell, depth) for cell in _inside(row, qn("w:tc"))] for row in kept]
        if any(len(row) > 1 for row in rows):  # else it is a frame, which may be moved in from the side
            rows = [_gap(row) + cells for row, cells in zip(kept, rows, strict=True)]
        yield from table_of(rows)

    def _cell(self, cell: Any, depth: int) -> Cell:
        across, merged = (cell.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:gridSpan", "w:vMerge"))
        above = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        wide = int(across.get(qn("w:val"))) if across is not None else 1
        return Cell([*self.paragraphs(cell, depth)], wide, above=above)

    def _paragraph(self, paragraphs: Sequence[Any]) -> Styled:
        """One paragraph of several, which is styled as the last."""
        notes: list[str] = []
        pieces = tuple(piece for one in paragraphs for piece in self._pieces(one, self._styles.of(one), notes))
        paragraph = paragraphs[-1]
        style = self._styles.of(paragraph)
        level = self._styles.heading_level(paragraph, style)
        listed = self._styles.list_of(paragraph, style)
        label = self._lists.label(*listed) if listed and any(piece.text.strip() for piece in pieces) else ""
        kind = BlockKind.ITEM if listed and not level else BlockKind.PARAGRAPH
        return Styled(pieces, kind, level, label, tuple(notes), self._styles.is_title(style))

    def _pieces(self, container: Any, style: str, notes: list[str]) -> Iterator[Piece]:
        for child in container:
            if child.tag == qn("w:r"):
                yield from self._run(child, style, notes)
            elif child.tag in _INSIDE:
                yield from self._pieces(child, style, notes)
            elif child.tag.startswith(_MATHS):  # its letters and figures in a row: a sentence without them says less
                yield Piece("".join(part.text or "" for part in child.iter(f"{_MATHS}t")))

    def _run(self, run: Any, style: str, notes: list[str]) -> Iterator[Piece]:
        look = self._styles.look(run, style)
        if look is None:
            return
        is_raised = self._styles.is_raised(run)
        for part in run:
            name = part.tag.rpartition("}")[2]
            if name == "t":
                yield Piece(raised(part.text or "") if is_raised else part.text or "", *look)
            elif name in {"tab", "ptab"}:
                yield Piece("\t", *look)
            elif name in {"br", "cr"}:
                yield Piece("\n" if part.get(qn("w:type"), "textWrapping") == "textWrapping" else " ", *look)
            elif name == "sym":  # a drawing from a font of pictures, such as a ticked box
                yield Piece(" ", *look)
            elif name == "noBreakHyphen":
                yield Piece("-", *look)
            elif name in {"footnoteReference", "endnoteReference"}:
                yield Piece(self._mark(name.removesuffix("Reference"), part.get(qn("w:id")), notes), *look)
            elif name == "ruby":
                yield from self._pieces(part, style, notes)

    def _mark(self, kind: str, number: str, notes: list[str]) -> str:
        text = self._notes[kind].get(number, "")
        if not text:
            return ""
        self._count += 1
        mark = superscript(str(self._count))
        notes.append(f"{mark} {text}")
        return mark


def _is_end_deleted(paragraph: Any) -> bool:
    """Whether tracked changes delete the end of a paragraph, or move it elsewhere."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))


def _gap(row: Any) -> list[Cell]:
    """The room that a row leaves before its first cell."""
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    wide = int(before.get(qn("w:val"))) if before is not None else 0
    return [Cell(across=wide)] if wide else []


def _inside(container: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _inside(child, tag)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes; one drawn for newer and older programs is taken once, one in another with that."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = [one.tag for one in takewhile(lambda one: one is not paragraph, box.iterancestors())]
        if box.tag not in above and not any(tag.endswith("}Fallback") for tag in above):
            yield box


def _notes(document: Any, kind: str) -> dict[str, str]:
    """The texts of footnotes or endnotes by their ids."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}s"):
            root = parse_xml(relation.target_part.blob)
            notes = root.iter(qn(f"w:{kind}"))
            return {
                note.get(qn("w:id")): " ".join(_text(note).split()) for note in notes if note.get(qn("w:type")) is None
            }
    return {}


def _text(note: Any) -> str:
    return " ".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in note.iter(qn("w:p"))
    )
