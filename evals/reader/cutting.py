"""The passages that were asked about, cut again from the documents.

The public ones do not come with the project, those made up for it do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.read import read_document
from corpus.sentences import sentence_spans
from corpus.types import CorpusError, Passage
from evals.reader.rows import FOLDER, PassageRow
from evals.types import EvalError
from index.passages import PassageSize, passages_of

_LEAST, _MOST = 30, 130  # words
_SENTENCES = 8


def cut_shipped(part: str) -> Mapping[str, PassageRow]:
    """All passages of the documents of a shipped part of the set, by id: the document's name and their place."""
    rows = (row for file in sorted((FOLDER / part).glob("*.md")) for row in _rows(file.stem, _passages(file)))
    return {row.id: row for row in rows}


def cut(documents: Path) -> Mapping[str, PassageRow]:
    """The passages of a folder's documents by id: the document's name and their place among those that could be asked.

    Raises:
        EvalError: a document is not there, is not the one that was asked about, or cannot be read.
    """
    named = json.loads((FOLDER / "documents.json").read_text(encoding="utf-8"))
    cut_ones = (row for name, about in named.items() for row in _cut(name, documents / about["file"], about["sha256"]))
    return {row.id: row for row in cut_ones}


def _cut(name: str, file: Path, sha256: str) -> Iterator[PassageRow]:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise EvalError(f"{file}: {error.strerror}; the card, reader.md, says where it can be had") from error
    if found != sha256:
        raise EvalError(f"{file}: not the file that was asked about; the card, reader.md, says which that was")
    fitting = [
        passage
        for passage in _passages(file)
        if _LEAST <= len(passage.text.split()) <= _MOST and len(sentence_spans(passage.text)) <= _SENTENCES
    ]
    yield from _rows(name, fitting)


def _passages(file: Path) -> list[Passage]:
    try:
        sections = read_document(file)
    except CorpusError as error:
        raise EvalError(str(error)) from error
    return [passage for section in sections for passage in passages_of(section, PassageSize())]


def _rows(name: str, passages: Iterable[Passage]) -> Iterator[PassageRow]:
    for place, passage in enumerate(passages):
        starts = [span.start for span in sentence_spans(passage.text)]
        ends = [*starts[1:], len(passage.text)]
        sentences = tuple(passage.text[start:end] for start, end in zip(starts, ends, strict=True))
        yield PassageRow(f"{name}#{place}", name, passage.section.heading, sentences)
