"""Web pages to blocks: the main content without the site around it. selectolax parses as browsers do.

The only file that imports selectolax.
"""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from corpus.layout.page import raised, superscript
from corpus.readers import Reading
from corpus.readers.chrome import Chrome
from corpus.readers.decoding import decoded
from corpus.readers.links import notes_of
from corpus.readers.listed import item_labels
from corpus.readers.nodes import (
    LONGEST_TITLE,
    is_data,
    is_folded,
    is_heavy,
    is_struck,
    is_titled,
    level_of,
    plain,
    span_of,
)
from corpus.readers.page_head import metadata_of, title_of
from corpus.readers.text import typed_blocks
from corpus.rows import Cell, filled, row_text
from corpus.styled import Piece, Styled, blocks_of
from corpus.types import Block, BlockKind, CorpusError, Refusal

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr td "
    "th ul caption".split()
)
_BOLD = frozenset("b strong u".split())  # an underlined line heads what is below as a bold one does
_SILENT = frozenset(
    "script style noscript template svg math button select input textarea iframe object head rp rt del s strike".split()
)
_ENUMERATOR = re.compile(r"^[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)）]$|^[—–•-]$")
_NUMBER_ALONE = re.compile(r"\s*(?:\d{1,3}[A-Z]{0,2}|[(\[]?(?:\d{1,3}[A-Z]{0,2}|[A-Za-z]|[ivxlc]{1,6})[)\].])")
_WORD = re.compile(r"[“‘(]?[A-Z][a-z]")
_TAG = re.compile(rb"<(?:!doctype|html|head|body|p|div|h[1-6]|table|article|section)\b", re.IGNORECASE)
_DEEPEST = 400  # tags inside each other


def read_html(content: bytes) -> Reading:
    """Headings, paragraphs, list items, table rows and notes of a web page's main content.

    Raises:
        CorpusError: the bytes are no web page.
    """
    if not _TAG.search(content.replace(b"\0", b"")):
        raise CorpusError("it is damaged or not a web page: it has no tags", Refusal.DAMAGED)
    tree = LexborHTMLParser(decoded(content, markup=True).replace("\0", ""))
    metadata = metadata_of(tree)
    walk = _Walk(tree)
    blocks, title = blocks_of(walk.finished())
    return Reading(blocks, title_of(tree, walk.mains, metadata) or title, metadata)


class _Walk:
    """Goes through the content once and gathers paragraphs; notes are put behind the paragraph that has their mark."""

    def __init__(self, tree: Any) -> None:
        self._chrome = Chrome(tree)
        self._notes, self._marks = notes_of(tree)
        self.mains: list[str] = []  # the main headings of the content
        self._labels: dict[int, str] = {}  # of items of ordered lists, by their ids in memory
        self._label = ""  # of the paragraph begun
        self._done: list[Styled] = []
        self._pieces: list[Piece] = []
        self._held: list[str] = []
        self._count = 0

    def finished(self) -> list[Styled]:
        """All paragraphs of the content, in order."""
        self.take(self._chrome.content_root(), 0)
        self._flush(BlockKind.PARAGRAPH, 0)
        return self._done

    def take(
        self, node: Any, depth: int, bold: bool = False, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0
    ) -> None:
        """Take in what stands in `node`; `kind` and `level` are of the block around it."""
        if depth > _DEEPEST:
            self._pieces.append(Piece(_spaced(node.text(deep=True)), bold))
            return
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self._pieces.append(Piece(_spaced(child.text_content or ""), bold))
            elif self._is_left_out(child):
                continue
            elif child.mem_id in self._marks:
                self._mark(self._marks[child.mem_id], bold)
            elif child.tag == "sup" and self._is_raised(child):
                self._pieces.append(Piece(raised(_spaced(child.text(deep=True))), bold))
            elif child.tag == "br":
                self._break(bold, kind, level)
            elif child.tag == "table" and is_data(child):
                self._flush(kind, level)
                self._table(child)
            elif child.tag == "pre" and self._chrome.is_most(child):  # a typed text that was put on a page
                self._flush(kind, level)
                self._done.extend(map(_typed, typed_blocks(child.text(deep=True))))
            elif child.tag in _BLOCKS and level and self._is_of_title(child):  # all of a heading is one line
                self._pieces.append(Piece(" ", bold))
                self.take(child, depth + 1, bold, kind, level)
                self._pieces.append(Piece(" ", bold))
            elif child.tag in _BLOCKS or level_of(child) or (child.tag == "button" and not level):
                self._flush(kind, level)
                self._block(child, depth, bold, kind)
            else:
                self.take(child, depth + 1, bold or child.tag in _BOLD or is_heavy(child), kind, level)

    def _block(self, node: Any, depth: int, bold: bool, around: BlockKind) -> None:
        """Take in what stands in a block, which ends with it."""
        if node.tag == "ol":
            self._labels |= item_labels(node)
        elif node.tag == "li":
            self._label = f"{self._label} {self._labels.pop(node.mem_id, '')}".strip()
        inner, level = _kind_of(node, around), level_of(node)
        self.take(node, depth + 1, bold or is_titled(node) or node.tag == "button", inner, level)
        self._flush(inner, level)
        if node.tag == "h1" and self._done:
            self.mains.append(self._done[-1].text)
        elif node.tag == "li":
            self._label = ""

    def _is_left_out(self, node: Any) -> bool:
        """Whether a node is no text, or stands elsewhere as a note."""
        if node.tag in _SILENT and not (node.tag == "button" and (is_folded(node) or self._chrome.is_head(node))):
            return True
        return node.mem_id in self._notes or is_struck(node) or self._chrome.is_chrome(node)

    def _break(self, bold: bool, kind: BlockKind, level: int) -> None:
        """A line break; two with nothing between part paragraphs."""
        before = next((piece.text for piece in reversed(self._pieces) if piece.text.strip(" ")), "")
        if before == "\n" and not level:
            self._flush(kind, level)
        else:
            self._pieces.append(Piece("\n", bold))

    def _flush(self, kind: BlockKind, level: int) -> None:
        """End the paragraph begun."""
        while self._pieces and not self._pieces[-1].text.strip():
            self._pieces.pop()
        if self._pieces:
            _part_number(self._pieces)
            label = "" if level else self._label
            self._done.append(Styled(tuple(self._pieces), kind, level, label, tuple(self._held)))
            self._held, self._label = [], ""
        self._pieces = []

    def _is_of_title(self, node: Any) -> bool:
        """Whether a block inside a heading is of its words; where a tag was left open, the text below stands in it."""
        begun = any(piece.text.strip() for piece in self._pieces)
        fits = len(plain(node).split()) <= LONGEST_TITLE
        return fits and not level_of(node) and (node.tag == "div" or not begun)

    def _is_raised(self, node: Any) -> bool:
        """Whether a node is raised figures, and not the mark of a note."""
        shown = plain(node)
        return raised(shown) != shown and not any(link.mem_id in self._marks for link in node.css("a"))

    def _mark(self, text: str, bold: bool) -> None:
        self._count += 1
        mark = superscript(str(self._count))
        self._pieces.append(Piece(mark, bold))
        self._held.append(f"{mark} {text}")

    def _table(self, table: Any) -> None:
        for caption in map(self._cell, table.css("caption")):
            self._held.extend(caption.notes)
            self._pieces = [Piece(caption.text)]
            self._flush(BlockKind.PARAGRAPH, 0)
        rows = [[self._cell(cell) for cell in row.iter() if cell.tag in {"td", "th"}] for row in table.css("tr")]
        for row, texts in zip(rows, filled(rows), strict=True):
            self._held.extend(note for cell in row for note in cell.notes)
            if not any(cell.text for cell in row):
                continue
            numbered = len(texts) == 2 and all(texts) and _ENUMERATOR.match(texts[0])
            self._pieces = [Piece(" ".join(texts) if numbered else row_text(texts))]
            said = BlockKind.ROW if any(texts[1:]) else BlockKind.PARAGRAPH
            self._flush(BlockKind.ITEM if numbered else said, 0)

    def _cell(self, cell: Any) -> Cell:
        before, self._done = self._done, []
        held, self._held = self._held, []
        label, self._label = self._label, ""  # of an item around the table
        self.take(cell, 1)
        self._flush(BlockKind.PARAGRAPH, 0)
        taken, self._done, self._held, self._label = self._done, before, held, label
        return Cell(taken, span_of(cell, "colspan"), span_of(cell, "rowspan"))


def _typed(block: Block) -> Styled:
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind
    return Styled((Piece(block.text),), kind, block.level)


def _part_number(pieces: list[Piece]) -> None:
    """Put a space behind a number that stands before its text in an element of its own, as styles set them apart."""
    first = next((at for at, piece in enumerate(pieces) if piece.text.strip()), len(pieces))
    if first + 1 < len(pieces) and _NUMBER_ALONE.fullmatch(pieces[first].text):
        following = pieces[first + 1].text
        if following[:1].isupper() if pieces[first].text.endswith((")", "]", ".")) else _WORD.match(following):
            pieces.insert(first + 1, Piece(" ", pieces[first].bold))


def _kind_of(node: Any, around: BlockKind) -> BlockKind:
    if node.tag in {"li", "dd"}:
        return BlockKind.ITEM
    return BlockKind.CODE if node.tag == "pre" else around


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)
