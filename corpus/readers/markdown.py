"""Markdown to blocks. markdown-it-py parses; this file finds where each visible word stands in the source."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.canonical import SourceText, TextBuilder
from corpus.layout.page import raised, superscript
from corpus.readers import Metadata, Reading
from corpus.readers.bold import bold_level, parts_of, tightened
from corpus.readers.footnotes import MARK_TAG, FootnoteText, without_footnotes
from corpus.types import Block, BlockKind, CorpusError, Refusal, Run

# Unjoined, an escape or entity stays a token of its own, so the words around it are found in the source.
_PARSER = MarkdownIt("commonmark").enable("table").disable("text_join")
_FRONT_MATTER = re.compile(r"\A ?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_UNSEEN = r"""(?:display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?=[\s>=]))"""  # a browser would not show it
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)|"
    rf"<([a-z]\w*)\b[^<>]*{_UNSEEN}[^<>]*>.*?</\2\s*>|<[^<>]*>|&#?\w{{1,32}};",
    re.DOTALL | re.IGNORECASE,
)
_INSIDE_WORDS = re.compile(r"<!--|</?(?:a|abbr|b|code|em|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE)
_RAISING = re.compile(r"<(/?)sup\b", re.IGNORECASE)
_PAST_LINK = re.compile(r"[^\]]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])?")
_PAGE_MARK = re.compile(
    r"^(?:<!--)?[\W_]*(?:(?:page|seite|頁)[\s:#=-]*(?P<named>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?|\{(?P<set>\d{1,4})\}-{3,})[\W_]*(?:-->)?$",
    re.IGNORECASE,
)


def read_markdown(content: bytes) -> Reading:
    """Headings, paragraphs, list items, table rows and code of a CommonMark file with pipe tables.

    Raises:
        CorpusError: the bytes are not UTF-8 text.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"not UTF-8 text (byte {error.start}); save it as UTF-8 and try again", Refusal.ENCODING
        ) from error
    if "\0" in text:
        raise CorpusError("not text: it holds NUL bytes", Refusal.NOT_TEXT)
    text = re.sub(r"\r(?!\n)", "\n", text)  # the parser takes a lone one for a line's end, and counts lines by it
    source = SourceText(text)
    blanked, metadata = _without_front_matter(text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text)
    blanked, footnotes = without_footnotes(blanked)
    notes: dict[int, list[Block]] = {}
    for note in footnotes:
        notes.setdefault(note.marked, []).extend(_note(note, source))
    return Reading(tuple(_blocks(_tokens(blanked), source, notes)), metadata.title, metadata)


def _tokens(text: str, first: int = 0) -> list[Token]:
    """The tokens of a text that begins at a line of the file."""
    tokens = _PARSER.parse(tightened(text))
    for token in tokens:
        token.map = [line + first for line in token.map] if token.map else None
    return tokens


def _note(note: FootnoteText, source: SourceText) -> Iterator[Block]:
    """A note as one paragraph, its mark in front."""
    text, runs = note.mark, list[Run]()
    for block in _blocks(_tokens(note.text, note.line), source, {}):
        runs.extend(Run(run.start + len(text) + 1, run.source, run.length) for run in block.runs)
        text += f" {block.text}"
    if text != note.mark:
        yield Block(BlockKind.PARAGRAPH, text, tuple(runs))


def _without_front_matter(text: str) -> tuple[str, Metadata]:
    """The text with YAML front matter blanked, so that places stay, and what it says of the document."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return text, Metadata()
    try:
        fields = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):  # a date such as 2024-13-45 is a ValueError
        fields = None
    if not isinstance(fields, dict):
        return text, Metadata()
    date = _field(fields, "date", "published", "published_time", "issued")
    metadata = Metadata(
        _field(fields, "title"),
        date[:10] if re.match(r"\d{4}", date) else "",
        _field(fields, "publisher", "site", "organisation", "organization"),
        _field(fields, "language", "lang"),
    )
    return re.sub(r"[^\n]", " ", match.group()) + text[match.end() :], metadata


def _field(fields: dict[Any, Any], *names: str) -> str:
    """The first of these fields that holds one value."""
    values = (fields.get(name) for name in names)
    found = next((value for value in values if isinstance(value, str | int | datetime.date) and value), "")
    return " ".join(str(found).split())


def _blocks(tokens: Sequence[Token], source: SourceText, notes: dict[int, list[Block]]) -> Iterator[Block]:
    """The blocks in order; `notes`, by the lines of their marks, each behind the block that has its mark."""
    lines = [0, *accumulate(len(line) + 1 for line in source.text.split("\n"))]
    row: list[Token] | None = None
    row_map = [0, 0]
    page: int | None = None
    for position, token in enumerate(tokens):
        span = token.map or row_map
        copier = _Copier(source, lines[span[0]], lines[span[1]], page)
        mark = _PAGE_MARK.match(token.content.strip()) if token.type in {"inline", "html_block"} else None
        if mark and row is None:
            page = int(mark["named"] or mark["set"])
        elif token.type == "tr_open":
            row, row_map = [], span
        elif token.type == "tr_close" and row is not None:
            yield copier.block(BlockKind.ROW, row)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(token)
        elif token.type == "inline":
            yield from _inline_blocks(tokens[position - 1], token, copier)
        elif token.type in {"fence", "code_block"}:
            yield copier.block(BlockKind.CODE, [token])
        elif token.type == "html_block":
            yield copier.block(BlockKind.PARAGRAPH, [token])
        if row is None and token.type in {"inline", "tr_close", "html_block"}:
            for line in range(*span):
                yield from notes.pop(line, ())
    for left in notes.values():
        yield from left


def _inline_blocks(opening: Token, token: Token, copier: _Copier) -> Iterator[Block]:
    if opening.type == "heading_open":
        yield copier.block(BlockKind.HEADING, [token], level=int(opening.tag[1:]), said=True)
    elif opening.level > 1 and opening.type == "paragraph_open":  # inside a list item
        yield copier.block(BlockKind.ITEM, [token])
    else:
        for children in parts_of(token.children or []):
            part = Token("inline", "", 0, children=children)
            level = bold_level(children)
            yield copier.block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, [part], level=level)


class _Copier:
    """Copies the visible words of blocks that stand in the source between two characters, each with its place."""

    def __init__(self, source: SourceText, place: int, end: int, page: int | None = None) -> None:
        self._text = source
        self._source = source.text
        self._builder = TextBuilder(source)
        self._place = place
        self._end = end
        self._page = page
        self._raised = False  # whether it is inside <sup>

    def block(self, kind: BlockKind, tokens: Sequence[Token], *, level: int = 0, said: bool = False) -> Block:
        """The block that these tokens are; several are the cells of a row."""
        for number, token in enumerate(tokens):
            if number:
                self._builder.add(" | ")
            if token.type == "inline":
                for child in token.children or []:
                    self._add_inline(child)
            elif token.type == "html_block":
                self._add_html(token.content)
            else:
                self._add(token.content.strip("\n"))
        made = self._builder
        self._builder = TextBuilder(self._text)
        return Block(kind, made.text(), made.runs(), level, self._page, said)

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

    def _add_html(self, content: str) -> None:
        start = 0
        for match in _MARKUP.finditer(content):
            self._add(content[start : match.start()])
            self._add_written(match.group(), _shown(match.group()))
            start = match.end()
        self._add(content[start:])

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
