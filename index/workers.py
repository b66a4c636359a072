"""Who does the work of an ingest that many can share: reading files, embedding texts. This process, unless told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus.read import read_document
from corpus.types import CorpusError, Section
from index.types import Vectors


class Asked(NamedTuple):
    """A file to be read, and the id that its document is to have; without one, it is made from the file's name."""

    source: Path
    document: str | None = None


class Embedded(NamedTuple):
    """Texts, and a unit vector of each, shape (texts, dimensions)."""

    texts: Sequence[str]
    vectors: Vectors


Outcome = tuple[Section, ...] | CorpusError
"""The sections of a file, or why it cannot be read."""

ReadFiles = Callable[[Sequence[Asked]], Iterator[Outcome]]
"""Reads files; the outcomes come in the files' order."""

EmbedTexts = Callable[[Iterable[Sequence[str]]], Iterator[Embedded]]
"""Embeds batches of texts; what was made of each comes in the batches' order. All batches may be asked for first."""


def read_here(files: Sequence[Asked]) -> Iterator[Outcome]:
    """Read files in this process, within the usual limits, each when its outcome is asked for."""
    for source, document in files:
        try:
            yield read_document(source, document_id=document)
        except CorpusError as error:
            yield error


@dataclass(frozen=True, slots=True)
class Workers:
    """Where files are read, and texts embedded; without `embed`, the recipe's own embedder does it here."""

    read: ReadFiles = read_here
    embed: EmbedTexts | None = None
