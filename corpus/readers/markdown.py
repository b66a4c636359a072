"""Markdown to blocks. markdown-it-py parses; this file finds where each visible word stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.canonical import SourceText, TextBuilder
from corpus.readers import Reading
from corpus.types import Block, BlockKind, CorpusError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_BOLD_HEADING_LEVEL = 7  # below every real heading; the heading tree closes the gap
_BOLD_HEADING_WORDS = 20


def read_markdown(content: bytes) -> Reading:
    """Headings, paragraphs, list items, table rows and code of a CommonMark file with pipe tables.

    Raises:
        CorpusError: the bytes are not UTF-8 text.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"not UTF-8 text (byte {error.start}); save it as UTF-8 and try again") from error
    if "\0" in text:
        raise CorpusError("not text: it holds NUL bytes")
    source = SourceText(text)
    blanked, title = _without_front_matter(text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text)
    tokens = MarkdownIt("commonmark").enable("table").parse(blanked)
    return Reading(tuple(_blocks(tokens, source)), title)


def _without_front_matter(text: str) -> tuple[str, str]:
    """The text with YAML front matter blanked, so that places stay, and the title it names."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return text, ""
    try:
        fields = yaml.safe_load(match.group(1))
    except yaml.YAMLError:
        fields = None
    if not isinstance(fields, dict):
        return text, ""
    return re.sub(r"[^\n]", " ", match.group()) + text[match.end() :], str(fields.get("title") or "")


def _blocks(tokens: Sequence[Token], source: SourceText) -> Iterator[Block]:
    lines = [0, *accumulate(len(line) + 1 for line in source.text.split("\n"))]
    row: list[Token] | None = None
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield _block(BlockKind.PARAGRAPH, row, source, lines)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(token)
        elif token.type == "inline":
            yield _inline_block(tokens[position - 1], token, source, lines)
        elif token.type in {"fence", "code_block", "html_block"}:
            yield _block(BlockKind.PARAGRAPH, [token], source, lines)


def _inline_block(opening: Token, token: Token, source: SourceText, lines: list[int]) -> Block:
    if opening.type == "heading_open":
        return _block(BlockKind.HEADING, [token], source, lines, level=int(opening.tag[1:]))
    if opening.level > 1 and opening.type == "paragraph_open":  # inside a list item or a block quotation
        return _block(BlockKind.ITEM, [token], source, lines)
    if _is_bold_line(token):
        return _block(BlockKind.HEADING, [token], source, lines, level=_BOLD_HEADING_LEVEL)
    return _block(BlockKind.PARAGRAPH, [token], source, lines)


def _is_bold_line(token: Token) -> bool:
    shown = [child for child in token.children or [] if child.type not in {"text", "softbreak"} or child.content.strip()]
    inside = "".join(child.content for child in shown)
    return (
        len(shown) >= 3
        and shown[0].type == "strong_open"
        and [child.type for child in shown].index("strong_close") == len(shown) - 1
        and len(inside.split()) <= _BOLD_HEADING_WORDS
        and not inside.rstrip().endswith((".", ";", ","))
    )


def _block(
    kind: BlockKind, tokens: Sequence[Token], source: SourceText, lines: list[int], *, level: int = 0
) -> Block:
    builder = TextBuilder(source)
    start = lines[tokens[0].map[0]] if tokens and tokens[0].map else 0
    for number, token in enumerate(tokens):
        if number:
            builder.add(" | ")
        if token.type == "inline":
            start = _add_children(builder, token.children or [], source.text, start)
        elif token.type == "html_block":
            start = _add_html(builder, token, source.text, start)
        else:
            start = _add_found(builder, token.content.strip("\n"), source.text, start)
    return Block(kind, builder.text(), builder.runs(), level)


def _add_children(builder: TextBuilder, children: Sequence[Token], source: str, place: int) -> int:
    """Add the visible words of inline tokens, each looked up from where the last one ended."""
    for child in children:
        if child.type in {"text", "code_inline"}:
            place = _add_found(builder, child.content, source, place)
        elif child.type == "text_special":  # an escape or an entity: what is shown is not what is written
            found = source.find(child.markup, place)
            shown_as_written = child.markup.endswith(child.content)
            builder.add(child.content, found + len(child.markup) - len(child.content) if shown_as_written else None)
            place = found + len(child.markup)
        elif child.type in {"softbreak", "hardbreak"}:
            builder.add("\n")
            place = source.find("\n", place) + 1
        elif child.type == "html_inline":
            place = source.find(child.content, place) + len(child.content)
        elif child.type in {"link_close", "image"}:
            place = _past_link(source, place)
    return place


def _past_link(source: str, place: int) -> int:
    """Past `](address "title")` or `][label]`, so that words in an address are not taken for the text."""
    match = re.compile(r"[^\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])?|>").match(source, place)
    return match.end() if match else place


def _add_html(builder: TextBuilder, token: Token, source: str, place: int) -> int:
    start = 0
    for match in _TAG.finditer(token.content):
        place = _add_found(builder, token.content[start : match.start()], source, place)
        place = source.find(match.group(), place) + len(match.group())
        start = match.end()
    return _add_found(builder, token.content[start:], source, place)


def _add_found(builder: TextBuilder, text: str, source: str, place: int) -> int:
    """Add `text` with its place at or after `place`; line by line where the lines do not stand together."""
    found = source.find(text, place)
    if found >= 0:
        builder.add(text, found)
        return found + len(text)
    for number, line in enumerate(text.split("\n")):
        if number:
            builder.add("\n")
        found = source.find(line, place)
        builder.add(line, found if found >= 0 else None)
        place = found + len(line) if found >= 0 else place
    return place
