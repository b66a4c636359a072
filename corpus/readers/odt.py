"""OpenDocument texts to blocks. odfdo opens the file; this file walks its paragraphs, lists, tables and notes.

The only file that imports odfdo.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import odfdo

from corpus.layout.page import superscript
from corpus.numbering import Counters, Numbering
from corpus.readers import Limits, Metadata, Reading, is_file_name
from corpus.styled import Piece, Styled, blocks_of, row_of
from corpus.types import BlockKind, CorpusError
from corpus.zipped import checked_zip

_DEEPEST = 50  # lists, tables and sections inside each other
_SECTIONS = frozenset(
    "text:section text:index-body text:table-of-content office:text table:table-header-rows table:table-rows "
    "table:table-row-group".split()
)
_HIDDEN = frozenset(
    "text:tracked-changes office:annotation office:annotation-end text:sequence-decls office:forms text:ruby-text "
    "svg:title svg:desc".split()
)
_BOLD = {"bold", "600", "700", "800", "900"}
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}
_SIZE = re.compile(r"^([\d.]+)(pt|cm|mm|in)$")
_HEADING_STYLE = re.compile(r"^Heading_20_(\d)$")
_TITLE_STYLE = "Title"


class _Look(NamedTuple):
    bold: bool
    size: float


_USUAL = _Look(False, 12.0)


def read_odt(content: bytes, limits: Limits) -> Reading:
    """The paragraphs, list items, table rows and notes of an OpenDocument text, headings by outline level and look.

    Raises:
        CorpusError: it is damaged, locked, not of this type, or too large unzipped.
    """
    checked_zip(content, limits.expanded, "content.xml")
    if b"manifest:encryption-data" in _manifest(content):
        raise CorpusError("it is locked with a password; save an unlocked copy and add that")
    try:
        document = odfdo.Document(BytesIO(content))
        blocks, title = blocks_of([*_Walk(document).paragraphs(document.body)])
        metadata = _metadata(document)
    except CorpusError:
        raise
    except Exception as error:  # odfdo lets the parser's own errors through
        raise CorpusError("it is damaged; open it in a word processor, save it again and add that") from error
    return Reading(blocks, metadata.title or title, metadata)


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
        self._document = document
        self._styles: dict[tuple[str, str], Any] = {}
        self._looks: dict[tuple[str, str], _Look] = {}
        self._lists: dict[str, Counters] = {}
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
            elif child.tag in _SECTIONS or (child.tag.startswith("text:") and child.tag.endswith("-index")):
                yield from self.paragraphs(child, depth + 1)

    def _list(self, listed: Any, depth: int, level: int, inherited: str) -> Iterator[Styled]:
        name = listed.get_attribute("text:style-name") or inherited
        if level == 0 and listed.get_attribute("text:continue-numbering") != "true":
            self._lists.pop(name, None)
        counters = self._lists.setdefault(name, Counters(self._levels(name)))
        for item in listed.children:
            first = True
            for child in item.children if depth <= _DEEPEST else []:
                if child.tag == "text:list":
                    yield from self._list(child, depth + 1, level + 1, name)
                    continue
                for part in self._paragraph(child, depth) if child.tag in {"text:p", "text:h"} else []:
                    label = counters.label(level) if first and item.tag == "text:list-item" and part.text else ""
                    first = first and not part.text
                    kind = part.kind if part.level else BlockKind.ITEM
                    yield Styled(part.pieces, kind, part.level, label, part.notes)

    def _table(self, table: Any, depth: int) -> Iterator[Styled]:
        for row in _rows(table):
            cells = [[*self.paragraphs(cell, depth)] for cell in row.children if cell.tag == "table:table-cell"]
            yield from row_of(cells)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Styled]:
        style = paragraph.get_attribute("text:style-name") or ""
        notes: list[str] = []
        boxes: list[Any] = []
        pieces = tuple(self._pieces(paragraph, self._look("paragraph", style), notes, boxes))
        level = self._level(paragraph, style)
        label = self._number(level) if level and any(piece.text.strip() for piece in pieces) else ""
        title = not level and any(name == _TITLE_STYLE for name in self._names("paragraph", style))
        yield Styled(pieces, BlockKind.PARAGRAPH, level, label, tuple(notes), title)
        for box in boxes:
            yield from self.paragraphs(box, depth + 1)

    def _level(self, paragraph: Any, style: str) -> int:
        """The level from 1, 0 for text; a converter may write one outline level for all and keep the styles' names."""
        names = (_HEADING_STYLE.match(name) for name in self._names("paragraph", style))
        named = next((int(name[1]) for name in names if name), 0)
        if named or paragraph.tag != "text:h":
            return named
        return int(paragraph.get_attribute("text:outline-level") or 1)

    def _pieces(self, element: Any, look: _Look, notes: list[str], boxes: list[Any]) -> Iterator[Piece]:
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
            elif child.tag not in _HIDDEN:
                inner = self._look("text", child.get_attribute("text:style-name") or "", look)
                yield from self._pieces(child, inner if child.tag == "text:span" else look, notes, boxes)
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

    def _number(self, level: int) -> str:
        """The number of a heading where the outline has any."""
        if self._outline is None:
            outline = self._document.get_part("styles.xml").root.get_element("//text:outline-style")
            self._outline = Counters(_levels_of(outline) if outline is not None else {})
        return self._outline.label(level - 1)

    def _levels(self, name: str) -> dict[int, Numbering]:
        style = self._style("list", name)
        return _levels_of(style) if style is not None else {}

    def _style(self, family: str, name: str) -> Any:
        if (family, name) not in self._styles:
            self._styles[family, name] = self._document.get_style(family, name) if name else None
        return self._styles[family, name]

    def _names(self, family: str, name: str) -> list[str]:
        """A style and those it is based on."""
        names: list[str] = []
        while name and name not in names:
            names.append(name)
            style = self._style(family, name)
            name = (style.get_attribute("style:parent-style-name") or "") if style is not None else ""
        return names

    def _look(self, family: str, name: str, around: _Look = _USUAL) -> _Look:
        """How text of a style looks; what the style does not say is as around it."""
        bold: bool | None = None
        size: float | None = None
        for one in self._names(family, name):
            properties = self._style(family, one)
            found = properties.get_element("style:text-properties") if properties is not None else None
            if found is None:
                continue
            weight, written = (
                found.get_attribute("fo:font-weight"),
                _SIZE.match(found.get_attribute("fo:font-size") or ""),
            )
            bold = weight in _BOLD if bold is None and weight else bold
            size = float(written[1]) * _POINTS[written[2]] if size is None and written else size
        return _Look(around.bold if bold is None else bold, around.size if size is None else size)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in _SECTIONS:
            yield from _rows(child)


def _levels_of(style: Any) -> dict[int, Numbering]:
    """How each level of a list or outline style counts."""
    levels: dict[int, Numbering] = {}
    for child in style.children:
        level = child.get_attribute("text:level")
        if level is None:
            continue
        form = child.get_attribute("style:num-format") or ""
        shown = int(child.get_attribute("text:display-levels") or 1)
        places = ".".join(f"%{number}" for number in range(int(level) - shown + 1, int(level) + 1))
        before, after = child.get_attribute("style:num-prefix") or "", child.get_attribute("style:num-suffix") or ""
        start = int(child.get_attribute("text:start-value") or 1)
        levels[int(level) - 1] = Numbering(form, f"{before}{places}{after}", start)
    return levels


def _own(text: str | None) -> str:
    """Text as OpenDocument shows it: any white space is one space."""
    return re.sub(r"\s+", " ", text or "")
