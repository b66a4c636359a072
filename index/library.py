"""What one generation of the index holds: documents, sections, passages. Knows nothing of searching."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from corpus.types import Passage, Section
from index import generations
from index.catalogue import Catalogue
from index.generations import DocumentRecord
from index.passages import indexed_text
from index.types import SearchError

_REMEMBERED = 8192  # sections; a small library is held whole after it was read once

T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """All that is indexed, in reading order; `passages` are in the order of the keyword index, a passage's place."""

    records: tuple[DocumentRecord, ...]
    sections: Sequence[Section]
    passages: Sequence[Passage]

    @classmethod
    def open(cls, generation: Path) -> Library:
        """A published generation; its sections are read from its files when they are asked for.

        Raises:
            SearchError: it is damaged.
        """
        return cls.of(generation, generations.read_manifest(generation).documents)

    @classmethod
    def of(cls, generation: Path, records: tuple[DocumentRecord, ...], *, remembered: int = _REMEMBERED) -> Library:
        """A generation of these documents, published or not, of which so many sections are remembered; else as `open`.

        Raises:
            SearchError: it is damaged.
        """
        return _kept(generation, records, remembered)

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

    def place(self, passage: str) -> int:
        """The place of a passage by its id.

        Raises:
            KeyError: it is not in the library.
        """
        return self._places[passage]

    def sections_of(self, document: str) -> Sequence[Section]:
        """The sections of the document with this id, in reading order."""
        return [section for section in self.sections if section.document.id == document]

    def held_by(self, documents: Sequence[str]) -> npt.NDArray[np.bool_]:
        """For each passage whether it is of one of these documents, shape (passages,)."""
        return np.array([passage.section.document.id in documents for passage in self.passages], dtype=np.bool_)

    def words(self) -> Iterable[str]:
        """Texts that hold every word of the passages and their headings."""
        return map(indexed_text, self.passages)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {passage.id: place for place, passage in enumerate(self.passages)}


@dataclass(frozen=True)
class _KeptLibrary(Library):
    """One that reads its sections when they are asked for."""

    catalogue: Catalogue

    def place(self, passage: str) -> int:
        for place in self.catalogue.places_of(passage):
            if self.passages[place].id == passage:
                return place
        raise KeyError(passage)

    def sections_of(self, document: str) -> Sequence[Section]:
        place = [record.id for record in self.records].index(document)
        return [self.sections[inside] for inside in self.catalogue.sections_of(place)]

    def held_by(self, documents: Sequence[str]) -> npt.NDArray[np.bool_]:
        return self.catalogue.passages_of(documents)

    def words(self) -> Iterable[str]:
        return self.catalogue.words()


def _kept(generation: Path, records: tuple[DocumentRecord, ...], remembered: int) -> _KeptLibrary:
    catalogue = _catalogue(generation, records)
    section = lru_cache(remembered)(catalogue.section)

    def passage(place: int) -> Passage:
        held, start, end = catalogue.cut(place)
        return Passage(section(held), start, end)

    sections, passages = _Read(catalogue.section_count, section), _Read(catalogue.passage_count, passage)
    return _KeptLibrary(records, sections, passages, catalogue)


def _catalogue(generation: Path, records: Sequence[DocumentRecord]) -> Catalogue:
    try:
        return Catalogue(generation, [record.document() for record in records])
    except (OSError, ValueError, LookupError, TypeError, EOFError) as error:
        raise generations.damaged(generation, error) from error


class SectionsByDocument(Mapping[str, Sequence[Section]]):
    """The sections of a published generation's documents by id, read when they are asked for."""

    def __init__(self, generation: Path) -> None:
        """Open the generation.

        Raises:
            SearchError: it is damaged.
        """
        records = generations.read_manifest(generation).documents
        self._places = {record.id: place for place, record in enumerate(records)}
        self._catalogue = _catalogue(generation, records)

    def __getitem__(self, document: str) -> Sequence[Section]:
        return [self._catalogue.section(place) for place in self._catalogue.sections_of(self._places[document])]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Read(Sequence[T], Generic[T]):
    """A sequence whose members are made when they are asked for."""

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self._make(inside) for inside in range(*place.indices(self._count))]
        return self._make(range(self._count)[place])
