"""The sections of documents on their way into a generation: kept in a file, so that memory does not grow with them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from corpus.types import Section


class _Place(NamedTuple):
    start: int
    length: int


class SectionSpool(MutableMapping[str, Sequence[Section]]):
    """Sections by the id of their document, in the order in which the documents came. The file is gone when it is."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the file is made: a temporary folder may be memory."""
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the spool
        self._places: dict[str, _Place] = {}

    def __setitem__(self, document: str, sections: Sequence[Section]) -> None:
        start = self._file.seek(0, 2)
        length = self._file.write(pickle.dumps(tuple(sections), pickle.HIGHEST_PROTOCOL))
        self._places[document] = _Place(start, length)

    def __getitem__(self, document: str) -> Sequence[Section]:
        place = self._places[document]
        self._file.seek(place.start)
        sections: Sequence[Section] = pickle.loads(self._file.read(place.length))
        return sections

    def __delitem__(self, document: str) -> None:
        del self._places[document]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
