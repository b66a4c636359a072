"""Headings that Markdown writes as lines in bold, and bold that converters write with its spaces inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_LOOSE_BOLD = re.compile(r"\*\*(\s*)([^\s*](?:[^`]*?[^\s*])?)(\s*)\*\*")
_TEXT_LINES = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BOLD_HEADING_LEVEL = 8  # below every real heading; the heading tree closes the gap
_STRONGER = 7  # the level of one that is underlined or in capitals too
_BOLD_HEADING_WORDS = 25


def tightened(text: str) -> str:
    """The text with bold that every parser takes for bold; nothing gets longer, and lines keep their numbers."""
    return _TEXT_LINES.sub(_with_tight_bold, text)


def _with_tight_bold(lines: re.Match[str]) -> str:
    """Lines with the white space inside bold put outside it, as converters leave it where no parser takes it for bold.

    Nothing gets longer or shorter, and lines keep their numbers.
    """
    text = lines.group()
    if text.count("**") % 2 or "***" in text or "`" in text:
        return text
    return _LOOSE_BOLD.sub(lambda bold: f"{bold[1]}**{bold[2]}**{bold[3]}", text)


def parts_of(children: Sequence[Token]) -> Iterator[list[Token]]:
    """A paragraph parted where a line of it is all bold: a heading that no blank line sets apart."""
    held: list[Token] = []
    for line in _lines(children):
        if not bold_level(line):
            held.extend(line)
            continue
        if _has_words(held):
            yield held
        held = []
        yield line
    if _has_words(held) or not children:
        yield held


def _lines(children: Sequence[Token]) -> Iterator[list[Token]]:
    """The lines of a paragraph, each with its break, none parted inside bold or a link."""
    held: list[Token] = []
    depth = 0
    for child in children:
        held.append(child)
        depth += child.nesting
        if depth == 0 and child.type in {"softbreak", "hardbreak"}:
            yield held
            held = []
    if held:
        yield held


def _has_words(children: Sequence[Token]) -> bool:
    return any(child.content.strip() for child in children)


def bold_level(children: Sequence[Token]) -> int:
    """The level of a line that is all bold and short and no sentence; 0 for any other."""
    depth = 0
    inside = ""
    for child in children:
        depth += child.nesting if child.tag == "strong" else 0
        if depth == 0 and child.type != "strong_close" and child.content.strip():
            return 0
        if child.type != "html_inline":
            inside += child.content or " "
    if len(inside.split()) > _BOLD_HEADING_WORDS or not any(letter.isalnum() for letter in inside):
        return 0
    if inside.rstrip().endswith((".", ";", ",")):
        return 0
    underlined = any(child.type == "html_inline" and child.content.casefold() == "<u>" for child in children)
    return _STRONGER if underlined or inside.isupper() else _BOLD_HEADING_LEVEL
