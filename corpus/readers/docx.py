"""Word documents to blocks. python-docx opens the file; this file walks its paragraphs, tables, content controls and
notes, since python-docx itself passes over what stands in a content control.

The only file that imports python-docx.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
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
        for child in container:
            if child.tag == qn("w:p"):
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self.paragraphs(box, depth + 1)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child, depth + 1)
            elif child.tag in _INSIDE:
                yield from self.paragraphs(child, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Styled]:
        rows = [[self._cell(cell, depth) for cell in _inside(row, qn("w:tc"))] for row in _inside(table, qn("w:tr"))]
        yield from table_of(rows)

    def _cell(self, cell: Any, depth: int) -> Cell:
        across, merged = (cell.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:gridSpan", "w:vMerge"))
        above = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        wide = int(across.get(qn("w:val"))) if across is not None else 1
        return Cell([*self.paragraphs(cell, depth)], wide, above=above)

    def _paragraph(self, paragraph: Any) -> Styled:
        style = self._styles.of(paragraph)
        notes: list[str] = []
        pieces = tuple(self._pieces(paragraph, style, notes))
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
                yield Piece("\n" if part.get(qn("w:type")) is None else " ", *look)
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


def _inside(container: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _inside(child, tag)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes; one drawn for newer and older programs is taken once."""
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
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
