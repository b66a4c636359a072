"""Markdown to blocks. markdown-it-py parses; this file finds where each visible word stands in the source."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.canonical import SourceText
from corpus.readers import Metadata, Reading
from corpus.readers.bold import bold_level, parts_of, tightened
from corpus.readers.copier import Copier
from corpus.readers.decoding import decoded
from corpus.readers.footnotes import FootnoteText, without_footnotes
from corpus.readers.numbers import item_numbers
from corpus.types import Block, BlockKind, CorpusError, Refusal, Run

# Unjoined, an escape or entity stays a token of its own, so the words around it are found in the source.
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
_FRONT_MATTER = re.compile(r"\A ?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_ATTRIBUTES = re.compile(r"\s*\{[#.][\w.:-]+(?:\s+[#.]?[\w.:=\"-]+)*\}\s*$|\s*\{-\}\s*$")
_PAGE_MARK = re.compile(
    r"^(?:<!--)?[\W_]*(?:(?:page|seite|頁)[\s:#=-]*(?P<named>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?|\{(?P<set>\d{1,4})\}-{3,})[\W_]*(?:-->)?$",
    re.IGNORECASE,
)


def read_markdown(content: bytes) -> Reading:
    """Headings, paragraphs, list items, table rows and code of a CommonMark file with pipe tables.

    Raises:
        CorpusError: the bytes are not text in an encoding that can be told.
    """
    text = decoded(content)
    if content.startswith(codecs.BOM_UTF8):
        text = "\ufeff" + text  # it has bytes, which places are counted by
    if "\0" in text:
        raise CorpusError("not text: it holds NUL bytes", Refusal.NOT_TEXT)
    is_placed = text.encode() == content  # else it has other bytes than those of UTF-8
    text = re.sub(r"\r(?!\n)", "\n", text)  # the parser takes a lone one for a line's end, and counts lines by it
    source = SourceText(text)
    blanked, metadata = _without_front_matter(text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text)
    blanked, footnotes = without_footnotes(blanked)
    notes: dict[int, list[Block]] = {}
    for note in footnotes:
        notes.setdefault(note.marked, []).extend(_note(note, source))
    blocks = _blocks(_tokens(blanked), source, notes)
    kept = blocks if is_placed else (replace(block, runs=()) for block in blocks)
    return Reading(tuple(kept), metadata.title, metadata)


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
    numbers = item_numbers(tokens)
    for position, token in enumerate(tokens):
        span = token.map or row_map
        copier = Copier(source, lines[span[0]], lines[span[1]], page)
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
            for number in numbers.get(position, ()):
                copier.number(*number)
            yield from _inline_blocks(tokens[position - 1], token, copier)
        elif token.type in {"fence", "code_block"}:
            yield copier.block(BlockKind.CODE, [token])
        elif token.type == "html_block":
            yield from copier.html_blocks(token.content)
        if row is None and token.type in {"inline", "tr_close", "html_block"}:
            for line in range(*span):
                yield from notes.pop(line, ())
    for left in notes.values():
        yield from left


def _without_attributes(heading: Block) -> Block:
    """A heading without the name or class that some converters write behind it: `{#scope .unnumbered}`."""
    match = _ATTRIBUTES.search(heading.text)
    if not match:
        return heading
    runs = (run._replace(length=min(run.length, match.start() - run.start)) for run in heading.runs)
    return replace(heading, text=heading.text[: match.start()], runs=tuple(run for run in runs if run.length > 0))


def _inline_blocks(opening: Token, token: Token, copier: Copier) -> Iterator[Block]:
    if opening.type == "heading_open":
        yield _without_attributes(copier.block(BlockKind.HEADING, [token], level=int(opening.tag[1:]), said=True))
    elif opening.level > 1 and opening.type == "paragraph_open":  # inside a list item
        yield copier.block(BlockKind.ITEM, [token])
    else:
        for children in parts_of(token.children or []):
            part = Token("inline", "", 0, children=children)
            level = bold_level(children)
            yield copier.block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, [part], level=level)
