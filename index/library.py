"""What one generation of the index holds, in memory: documents, sections, passages. Knows nothing of searching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Passage, Section
from index import generations
from index.generations import DocumentRecord
from index.passages import PassageSize, passages_of
from index.types import SearchError


@dataclass(frozen=True, slots=True)
class Library:
    """All that is indexed, in reading order; `passages` are in the order of the keyword index."""

    records: tuple[DocumentRecord, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]

    @classmethod
    def open(cls, generation: Path, size: PassageSize) -> Library:
        """Read a published generation.

        Raises:
            SearchError: it is damaged.
        """
        records = generations.read_manifest(generation).documents
        sections = tuple(generations.read_sections(generation, records))
        return cls(records, sections, tuple(passage for section in sections for passage in passages_of(section, size)))

    def ids(self, documents: Sequence[str]) -> tuple[str, ...]:
        """The given ids, each known.

        Raises:
            SearchError: one is not in the library.
        """
        held = [record.id for record in self.records]
        for document in documents:
            if document not in held:
                raise SearchError(f"there is no document {document!r}; there is: {', '.join(held)}")
        return tuple(documents)
