"""Visible words of Markdown's blocks, each with its place in the source, which the parser does not tell."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from corpus.canonical import SourceText, TextBuilder
from corpus.layout.page import raised, superscript
from corpus.readers.footnotes import MARK_TAG
from corpus.types import Block, BlockKind

_UNSEEN = r"""(?:display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?=[\s>=]))"""  # a browser would not show it
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|del|s|strike)\b.*?(?:</\1\s*>|\Z)|"
    rf"<([a-z]\w*)\b[^<>]*{_UNSEEN}[^<>]*>.*?</\2\s*>|<[^<>]*>|&#?\w{{1,32}};",
    re.DOTALL | re.IGNORECASE,
)
_INSIDE_WORDS = re.compile(
    r"<!--|</?(?:a|abbr|b|code|del|em|i|ins|mark|q|s|small|span|strike|strong|sub|sup|u|wbr)\b", re.IGNORECASE
)
_RAISING = re.compile(r"<(/?)sup\b", re.IGNORECASE)
_STRIKING = re.compile(r"<(/?)(?:del|s|strike)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"<(/?)(h[1-6]|p|div|li|tr|td|th|ul|ol|dl|dt|dd|table|caption|blockquote|summary|details|section|article|hr)\b",
    re.IGNORECASE,
)
_KINDS = {**{f"h{level}": BlockKind.HEADING for level in range(1, 7)}, "li": BlockKind.ITEM, "tr": BlockKind.ROW}
_PAST_LINK = re.compile(r"[^\]]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])?")


class Copier:
    """Copies the visible words of blocks that stand in the source between two characters, each with its place."""

    def __init__(self, source: SourceText, place: int, end: int, page: int | None = None) -> None:
        self._text = source
        self._source = source.text
        self._builder = TextBuilder(source)
        self._place = place
        self._end = end
        self._page = page
        self._raised = False  # whether it is inside <sup>
        self._struck = 0  # how many marks of struck text it is inside of

    def number(self, shown: str, written: str) -> None:
        """Begin the next block with the number of a list's item, as it is shown and as it is written."""
        self._add_written(written, shown)
        self._builder.add(" ")

    def block(self, kind: BlockKind, tokens: Sequence[Token], *, level: int = 0, said: bool = False) -> Block:
        """The block that these tokens are; several are the cells of a row."""
        for number, token in enumerate(tokens):
            if number:
                self._builder.add(" | ")
            if token.type == "inline":
                for child in token.children or []:
                    self._add_unstruck(child)
            else:
                self._add(token.content.strip("\n"))
        made = self._builder
        self._builder = TextBuilder(self._text)
        return Block(kind, made.text(), made.runs(), level, self._page, said)

    def _add_unstruck(self, child: Token) -> None:
        """Go past what a child holds, and add it unless it is struck out: the text does not say it any more."""
        tag = _STRIKING.match(child.content) if child.type == "html_inline" else None
        if child.type == "s_open" or (tag and not tag[1]):
            self._struck += 1
        kept = self._builder
        if self._struck:
            self._builder = TextBuilder(self._text)
        self._add_inline(child)
        self._builder = kept
        if child.type == "s_close" or (tag and tag[1]):
            self._struck = max(0, self._struck - 1)

    def _add_inline(self, child: Token) -> None:
        if child.type in {"text", "code_inline"}:
            self._add(child.content)
        elif child.type == "text_special":  # an escape or an entity
            self._add_written(child.markup, child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            self._builder.add("\n")
            self._skip("\n")
        elif child.type == "html_inline":
            self._add_written(child.content, _shown(child.content))
        elif child.type == "link_close" and child.markup == "autolink":
            self._skip(">")
        elif child.type in {"link_close", "image"}:  # past the address, so that its words are not taken for the text
            match = _PAST_LINK.match(self._source, self._place, self._end)
            self._place = match.end() if match else self._place

    def html_blocks(self, content: str) -> Iterator[Block]:
        """The blocks that HTML between the paragraphs of a Markdown file is."""
        kind, level, start = BlockKind.PARAGRAPH, 0, 0
        for match in _MARKUP.finditer(content):
            self._add(content[start : match.start()])
            start = match.end()
            tag = None if match[2] else _BLOCK_TAG.match(match.group())
            if tag is None:
                self._add_written(match.group(), _shown(match.group()))
                continue
            self._skip(match.group())
            name = tag[2].casefold()
            if name in {"td", "th"}:
                self._builder.add(" | " if kind is BlockKind.ROW and not tag[1] and self._builder.length else " ")
                continue
            yield from self._html_block(kind, level)
            kind = _KINDS.get(name[:2], BlockKind.PARAGRAPH) if not tag[1] else BlockKind.PARAGRAPH
            level = int(name[1]) if kind is BlockKind.HEADING else 0
        self._add(content[start:])
        yield from self._html_block(kind, level)

    def _html_block(self, kind: BlockKind, level: int) -> Iterator[Block]:
        made = self.block(kind, [], level=level, said=level > 0)
        if made.text.strip():
            yield made

    def _add_written(self, written: str, shown: str) -> None:
        """Add what is shown for something written otherwise; only the end of an escape is the same in both."""
        self._skip(written)
        if MARK_TAG.match(written):  # stands in no source
            self._builder.add(shown)
            return
        raising = _RAISING.match(written)
        self._raised = not raising[1] if raising else self._raised
        same = shown and written.endswith(shown)
        self._builder.add(shown, self._place - len(shown) if same else None)

    def _skip(self, written: str) -> None:
        found = self._source.find(written, self._place, self._end)
        self._place = found + len(written) if found >= 0 else self._place

    def _add(self, text: str) -> None:
        """Add text that stands ahead in the source; word by word where the parser changed what is between the words."""
        if self._raised and raised(text) != text:
            self._add_written(text, raised(text))
            return
        if self._source.find(text, self._place, self._end) >= 0:
            self._add_found(text)
            return
        for piece in re.split(r"(\s+)", text):
            if piece.isspace() and not self._source.startswith(piece, self._place):
                self._builder.add(piece)
            else:
                self._add_found(piece)

    def _add_found(self, text: str) -> None:
        found = self._source.find(text, self._place, self._end)
        self._builder.add(text, found if found >= 0 else None)
        self._place = found + len(text) if found >= 0 else self._place


def _shown(written: str) -> str:
    """What a reader sees of a tag or an entity: a tag that is not part of a word parts two."""
    mark = MARK_TAG.match(written)
    if mark:
        return superscript(mark[1])
    if written.startswith("&"):
        return html.unescape(written)
    return "" if _INSIDE_WORDS.match(written) else " "
