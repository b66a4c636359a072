"""Web pages to blocks: the main content without the site around it. selectolax parses as browsers do.

The only file that imports selectolax.
"""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from corpus.canonical import visible
from corpus.layout.page import raised, superscript
from corpus.markers import is_part
from corpus.readers import Metadata, Reading
from corpus.readers.chrome import content_root, is_chrome
from corpus.readers.decoding import decoded
from corpus.readers.links import notes_of
from corpus.readers.nodes import HEADINGS, level_of, span_of
from corpus.rows import Cell, filled, row_text
from corpus.styled import Piece, Styled, blocks_of
from corpus.types import BlockKind, CorpusError, Refusal

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr td "
    "th ul caption".split()
)
_BOLD = frozenset("b strong".split())
_SILENT = frozenset(
    "script style noscript template svg math button select input textarea iframe object head rp rt".split()
)
_TITLE_CLASS = re.compile(r"(?:^|[-_\s])(?:s?ti(?:tle)?|stitle|heading|headline|hd)(?:$|[-_\s\d])", re.IGNORECASE)
_ENUMERATOR = re.compile(r"^[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)）]$|^[—–•-]$")
_TAG = re.compile(rb"<(?:!doctype|html|head|body|p|div|h[1-6]|table|article|section)\b", re.IGNORECASE)
_LONGEST_TITLE = 40  # words
_DEEPEST = 400  # tags inside each other


def read_html(content: bytes) -> Reading:
    """Headings, paragraphs, list items, table rows and notes of a web page's main content.

    Raises:
        CorpusError: the bytes are no web page.
    """
    if not _TAG.search(content.replace(b"\0", b"")):
        raise CorpusError("it is damaged or not a web page: it has no tags", Refusal.DAMAGED)
    tree = LexborHTMLParser(decoded(content, markup=True).replace("\0", ""))
    metadata = _metadata(tree)
    walk = _Walk(tree)
    walk.take(content_root(tree), 0)
    blocks, title = blocks_of(walk.finished())
    return Reading(blocks, _title(tree, metadata) or title, metadata)


def _metadata(tree: Any) -> Metadata:
    named: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = (meta.attributes.get("property") or meta.attributes.get("name") or "").casefold()
        named.setdefault(key, " ".join(visible(meta.attributes.get("content") or "").split()))
    root = tree.css_first("html")
    dates = (
        "article:published_time",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "citation_date",
        "date",
    )
    publishers = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "author")
    date = re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", next((named[key] for key in dates if named.get(key)), ""))
    return Metadata(
        title=next((named[key] for key in ("og:title", "dcterms.title") if named.get(key)), ""),
        date=date.group() if date else "",
        publisher=next((named[key] for key in publishers if named.get(key)), ""),
        language=((root.attributes.get("lang") if root else "") or named.get("dc.language") or "").casefold(),
    )


def _title(tree: Any, metadata: Metadata) -> str:
    """The page's only main heading, else what its head calls it without the site's name."""
    mains = [_plain(heading) for heading in tree.css("h1")]
    named = tree.css_first("title")
    whole = metadata.title or (_plain(named) if named else "")
    if len(mains) == 1 and sum(letter.isalpha() for letter in mains[0]) > len(mains[0]) / 2 and mains[0] in whole:
        return mains[0]
    head, parted, site = whole.rpartition(" - ") if " - " in whole else whole.rpartition(" | ")
    is_site = bool(parted) and len(site.split()) <= 3 and not is_part(site)
    return head if is_site and any(letter.islower() for letter in head) else whole


def _plain(node: Any) -> str:
    return " ".join(visible(node.text(deep=True)).split())


class _Walk:
    """Goes through the content once and gathers paragraphs; notes are put behind the paragraph that has their mark."""

    def __init__(self, tree: Any) -> None:
        self._notes, self._marks = notes_of(tree)
        self._done: list[Styled] = []
        self._pieces: list[Piece] = []
        self._held: list[str] = []
        self._count = 0

    def finished(self) -> list[Styled]:
        """All paragraphs, in order."""
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
            elif (child.tag in _SILENT and not _is_folded(child)) or child.mem_id in self._notes or is_chrome(child):
                continue
            elif child.mem_id in self._marks:
                self._mark(self._marks[child.mem_id], bold)
            elif child.tag == "sup" and self._is_raised(child):
                self._pieces.append(Piece(raised(_spaced(child.text(deep=True))), bold))
            elif child.tag == "br":
                self._pieces.append(Piece("\n", bold))
            elif child.tag == "table" and _is_data(child):
                self._flush(kind, level)
                self._table(child)
            elif child.tag in _BLOCKS and level and self._is_of_title(child):  # all of a heading is one line
                self._pieces.append(Piece(" ", bold))
                self.take(child, depth + 1, bold, kind, level)
                self._pieces.append(Piece(" ", bold))
            elif child.tag in _BLOCKS or level_of(child):
                self._flush(kind, level)
                inner, inner_level = _kind_of(child, kind), level_of(child)
                self.take(child, depth + 1, bold or _is_titled(child), inner, inner_level)
                self._flush(inner, inner_level)
            else:
                self.take(child, depth + 1, bold or child.tag in _BOLD or _is_heavy(child), kind, level)

    def _flush(self, kind: BlockKind, level: int) -> None:
        """End the paragraph begun."""
        while self._pieces and not self._pieces[-1].text.strip():
            self._pieces.pop()
        if self._pieces:
            self._done.append(Styled(tuple(self._pieces), kind, level, notes=tuple(self._held)))
            self._held = []
        self._pieces = []

    def _is_of_title(self, node: Any) -> bool:
        """Whether a block inside a heading is of its words; where a tag was left open, the text below stands in it."""
        begun = any(piece.text.strip() for piece in self._pieces)
        fits = len(_plain(node).split()) <= _LONGEST_TITLE
        return fits and not level_of(node) and (node.tag == "div" or not begun)

    def _is_raised(self, node: Any) -> bool:
        """Whether a node is raised figures, and not the mark of a note."""
        shown = _plain(node)
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
        self.take(cell, 1)
        self._flush(BlockKind.PARAGRAPH, 0)
        taken, self._done, self._held = self._done, before, held
        return Cell(taken, span_of(cell, "colspan"), span_of(cell, "rowspan"))


def _kind_of(node: Any, around: BlockKind) -> BlockKind:
    if node.tag in {"li", "dd"}:
        return BlockKind.ITEM
    return BlockKind.CODE if node.tag == "pre" else around


def _is_folded(node: Any) -> bool:
    """Whether a button holds all the words of a heading, which it folds the text of."""
    above = node.parent
    while node.tag == "button" and above is not None and not level_of(above):
        above = above.parent
    return node.tag == "button" and above is not None and bool(_plain(node)) and _plain(node) == _plain(above)


def _is_data(table: Any) -> bool:
    """Whether a table holds data; one with headings in it, or one cell a row, only arranges the page."""
    widest = max((sum(cell.tag in {"td", "th"} for cell in row.iter()) for row in table.css("tr")), default=0)
    return widest > 1 and len(table.css("table")) < 2 and table.css_first(HEADINGS) is None


def _is_titled(node: Any) -> bool:
    """Whether a paragraph's class calls it a title, as in law gazettes, whose headings are styled paragraphs."""
    if node.tag not in {"p", "div", "span"} or not _TITLE_CLASS.search(node.attributes.get("class") or ""):
        return False
    return (
        len(node.text(deep=True).split()) <= _LONGEST_TITLE
        and node.css_first("p p, div p, table, ul, h1, h2, h3") is None
    )


def _is_heavy(node: Any) -> bool:
    style = node.attributes.get("style") or ""
    return bool(re.search(r"font-weight:\s*(?:bold|[6-9]00)", style)) or bool(
        re.search(r"(?:^|[-_\s])bold(?:$|[-_\s])", node.attributes.get("class") or "")
    )


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)
