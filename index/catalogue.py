"""Where each section and passage of a generation stands in its files, so that opening it reads none of them.

    <generation>/sections.jsonl          a line a section, in reading order
    <generation>/catalogue/sections.npy  (sections, 2): where its line ends in bytes, the place of its document
    <generation>/catalogue/passages.npy  (passages, 3): the place of its section, its first and past its last character
    <generation>/catalogue/names.npy     (passages, 2): hashes of the passages' ids in order, and whose they are
    <generation>/catalogue/words.txt     every word of the passages and their headings, once

All but the words are mapped into memory, not read.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Document, Run, Section
from index.passages import PassageSize, indexed_text, passages_of
from index.spelling import words_of
from index.types import SearchError

_FOLDER = "catalogue"
_SECTIONS = "sections.jsonl"
_Table = npt.NDArray[np.int64]


def write_catalogue(generation: Path, documents: Iterable[Sequence[Section]], size: PassageSize) -> None:
    """Write the sections of documents, one document after the other, and where they and their passages stand."""
    ends, cuts, names, words = array("q"), array("q"), array("q"), set[str]()
    with (generation / _SECTIONS).open("wb") as file:
        for place, sections in enumerate(documents):
            for section in sections:
                file.write(_line(section))
                for passage in passages_of(section, size):
                    cuts.extend((len(ends) // 2, passage.start, passage.end))
                    names.append(_hash(passage.id))
                    words.update(words_of(indexed_text(passage)))
                ends.extend((file.tell(), place))
    folder = generation / _FOLDER
    folder.mkdir()
    np.save(folder / "sections.npy", _table(ends, 2))
    np.save(folder / "passages.npy", _table(cuts, 3))
    hashes = np.asarray(names, dtype=np.int64)
    order = np.argsort(hashes, kind="stable")
    np.save(folder / "names.npy", np.stack([hashes[order], order], axis=1))
    (folder / "words.txt").write_text("\n".join(sorted(words)), encoding="utf-8")


class Catalogue:
    """The sections and passages of a generation by their places. Threads may share it."""

    def __init__(self, generation: Path, documents: Sequence[Document]) -> None:
        """`documents` are those of the generation, in its order.

        Raises:
            OSError, ValueError: a file is gone or damaged.
        """
        self._generation = generation
        self._documents = documents
        folder = generation / _FOLDER
        self._sections, self._passages, self._names = (
            np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("sections", "passages", "names")
        )
        with (generation / _SECTIONS).open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._passages) != len(self._names) or len(self._lines) != self._end(len(self._sections) - 1):
            raise ValueError("its catalogue is of other sections")

    @property
    def section_count(self) -> int:
        """How many sections there are."""
        return len(self._sections)

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self._passages)

    def section(self, place: int) -> Section:
        """The section at a place.

        Raises:
            SearchError: its line is damaged.
        """
        line = self._lines[self._end(place - 1) : self._end(place)]
        try:
            return _section(json.loads(line), self._documents[self._sections[place, 1]])
        except (ValueError, LookupError, TypeError) as error:
            raise SearchError(
                f"{self._generation}: the index is damaged (section {place}); run communique ingest --rebuild"
            ) from error

    def cut(self, place: int) -> tuple[int, int, int]:
        """Of a passage: the place of its section, its first and past its last character there."""
        section, start, end = self._passages[place].tolist()
        return section, start, end

    def places_of(self, passage: str) -> list[int]:
        """The places of passages whose ids have the same hash as this id: nearly always one, or none."""
        key = _hash(passage)
        hashes = self._names[:, 0]
        first, last = np.searchsorted(hashes, key, "left"), np.searchsorted(hashes, key, "right")
        places: list[int] = self._names[first:last, 1].tolist()
        return places

    def passages_of(self, documents: Sequence[str]) -> npt.NDArray[np.bool_]:
        """For each passage whether it is of one of these documents, named by id."""
        wanted = np.array([document.id in documents for document in self._documents], dtype=np.bool_)
        held: npt.NDArray[np.bool_] = wanted[self._sections[:, 1]][self._passages[:, 0]]
        return held

    def sections_of(self, place: int) -> range:
        """The places of the sections of the document at a place."""
        first, last = np.searchsorted(self._sections[:, 1], [place, place + 1])
        return range(int(first), int(last))

    def words(self) -> list[str]:
        """Every word of the passages and their headings, in order."""
        return (self._generation / _FOLDER / "words.txt").read_text(encoding="utf-8").split("\n")

    def _end(self, place: int) -> int:
        return int(self._sections[place, 0]) if place >= 0 else 0


def _line(section: Section) -> bytes:
    row = {
        "path": section.path,
        "anchor": section.anchor,
        "text": section.text,
        "page": section.page,
        "runs": section.runs,
    }
    return json.dumps({"document": section.document.id, **row}, ensure_ascii=False).encode() + b"\n"


def _section(row: dict[str, Any], document: Document) -> Section:
    if row["document"] != document.id:
        raise ValueError("a section of another document")
    runs = tuple(Run(*run) for run in row["runs"])
    return Section(document, tuple(row["path"]), row["anchor"], row["text"], row["page"], runs)


def _table(values: array[int], columns: int) -> _Table:
    return np.asarray(values, dtype=np.int64).reshape(-1, columns)


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)
