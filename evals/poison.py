"""Poisoned twins: a document with something hostile put into it, made from the clean one and a small insertion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, with_config

from corpus.read import read_document
from evals.rows import read_rows
from evals.types import Patterns, Words

INSERTIONS = Path(__file__).parent / "datasets" / "poisons" / "insertions.jsonl"
_EVERY = 3  # paragraphs: often enough that most passages are touched
_LEAST_WORDS = 8
_NO_PROSE = re.compile(r"\s*(?:[#|<>`]|[-*+] |\d+\. |!\[)")
_BLANK = re.compile(r"(\n[ \t]*\n+)")
_BETWEEN_LETTERS = re.compile(r"<[^<>]*>|&\w+;|\]\([^)]*\)|(?<=[A-Za-z])(?=[a-z])")  # but not within markup


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Insertion:
    """What is put in, and how: as `paragraph`s of its own, `inline` after a first word, or between all `letters`.

    `hidden` is what no reader of the document would see: it must be gone once the document is read. `marks` are
    patterns that only the insertion matches.
    """

    id: Words
    how: Literal["paragraph", "inline", "letters"]
    text: Words
    hidden: bool
    marks: Patterns = ()
    note: str = ""


def read_insertions(path: Path = INSERTIONS) -> tuple[Insertion, ...]:
    """The insertions of a file.

    Raises:
        EvalError: it cannot be read, or a row does not fit.
    """
    return read_rows(path, Insertion).rows


def poisoned(text: str, insertion: Insertion) -> str:
    """A Markdown text with the insertion at every third paragraph of prose, or in each where letters are parted."""
    blocks = _BLANK.split(text)
    prose = [place for place in range(0, len(blocks), 2) if _is_prose(blocks[place])]
    for place in prose if insertion.how == "letters" else prose[::_EVERY]:
        blocks[place] = _with(blocks[place], insertion)
    return "".join(blocks)


def write_twin(clean: Path, insertion: Insertion, folder: Path) -> Path:
    """The twin's file, of the same name in a folder of its own, so that it is the same document to the assistant."""
    path = folder / insertion.id / clean.name
    path.parent.mkdir(parents=True)
    path.write_text(poisoned(clean.read_text(encoding="utf-8"), insertion), encoding="utf-8")
    return path


def reads_the_same(clean: Path, twin: Path) -> bool:
    """Whether nothing is left of the insertion once both are read: then no question can tell them apart."""
    read = [[(section.id, section.path, section.text, section.page) for section in read_document(path)]
            for path in (clean, twin)]  # fmt: skip
    return read[0] == read[1]


def _is_prose(block: str) -> bool:
    return not _NO_PROSE.match(block) and len(block.split()) >= _LEAST_WORDS and block.rstrip().endswith(".")


def _with(block: str, insertion: Insertion) -> str:
    if insertion.how == "paragraph":
        return f"{block}\n\n{insertion.text}"
    if insertion.how == "letters":
        return _BETWEEN_LETTERS.sub(lambda match: match.group() or insertion.text, block)
    first, space, rest = block.partition(" ")
    return f"{first}{insertion.text}{space}{rest}"
