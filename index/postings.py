"""The columns of a BM25 index written to disk in memory that does not grow with the passages, only with the vocabulary.

    <folder>/data.csc.index.npy      for each word, the passages that hold it: what the word adds to their score
    <folder>/indices.csc.index.npy   and their places
    <folder>/indptr.csc.index.npy    where the passages of a word begin; one more at the end
    <folder>/words.npy               (words, 2): a hash of each word, in order, and the word's place

The first three are as bm25s maps them. Sorted runs on disk, then merged (sort-based inversion; Witten, Moffat and Bell,
Managing Gigabytes, 1999).
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

K1, B = 1.2, 0.75
_RUN = 2**18  # postings sorted in memory at once, 12 bytes each and as much again while they are sorted
_LOOK = 4096  # postings of a run read at once, to find where a word ends

_Places = npt.NDArray[np.int32]
_Words = npt.NDArray[np.int64]


class Postings(NamedTuple):
    """For each time that a word stands in a passage: the word, the passage, and how often; shape (postings,) each."""

    words: _Places
    passages: _Places
    counts: _Places


def write_columns(folder: Path, passages: Iterable[Sequence[str]], run: int = _RUN) -> int:
    """Write the columns of passages, each given by its words; returns how many passages there were.

    `run` is how many postings are held in memory at once.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary: dict[str, int] = {}
    lengths = array("i")
    with TemporaryFile(dir=folder) as file:
        runs = _Runs(file, run)
        for place, words in enumerate(passages):
            lengths.append(len(words))
            for word, count in Counter(words).items():
                runs.add(vocabulary.setdefault(word, len(vocabulary)), place, count)
        frequencies = runs.finish(len(vocabulary))
        bounds = np.concatenate([[0], np.cumsum(frequencies)])
        np.save(folder / "indptr.csc.index.npy", bounds)
        _write_scores(folder, runs.merged(bounds), bounds, np.asarray(lengths, dtype=np.int32))
    _write_words(folder, vocabulary)
    return len(lengths)


def open_words(folder: Path) -> _Words:
    """The hashes of words and their places, shape (words, 2), mapped.

    Raises:
        OSError, ValueError: the file is gone or damaged.
    """
    words: _Words = np.load(folder / "words.npy", mmap_mode="r")
    return words


def place_of(words: _Words, word: str) -> int | None:
    """The place of a word, or None where no passage holds it; of words with one hash (never seen) that of the first."""
    key = _hash(word)
    row = int(np.searchsorted(words[:, 0], key))
    return int(words[row, 1]) if row < len(words) and words[row, 0] == key else None


class _Runs:
    """Postings in a file: run after run, each sorted by word, and in a word by passage."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size
        self._waiting = array("i"), array("i"), array("i")
        self._runs: list[_Run] = []
        self._frequencies = np.zeros(0, dtype=np.int64)

    def add(self, word: int, passage: int, count: int) -> None:
        """Keep one; passages come in order."""
        words, passages, counts = self._waiting
        words.append(word)
        passages.append(passage)
        counts.append(count)
        if len(words) >= self._size:
            self._sort()

    def finish(self, words: int) -> npt.NDArray[np.int64]:
        """In how many passages each word stands, shape (words,); nothing can be added any more."""
        self._sort()
        return np.pad(self._frequencies, (0, words - len(self._frequencies)))

    def merged(self, bounds: npt.NDArray[np.int64]) -> Iterator[Postings]:
        """All postings by word and passage, some whole words at a time; `bounds` are where the words begin."""
        first = 0
        while first < len(bounds) - 1:
            last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + self._size, "right")) - 1)
            parts = [part for run in self._runs for part in run.upto(self._file, last)]
            joined = Postings(*(np.concatenate(column) for column in zip(*parts, strict=True)))
            order = np.argsort(joined.words, kind="stable")  # runs are in the order of their passages
            yield Postings(*(column[order] for column in joined))
            first = last

    def _sort(self) -> None:
        waiting = Postings(*(np.frombuffer(column, dtype=np.int32) for column in self._waiting))
        order = np.argsort(waiting.words, kind="stable")
        self._runs.append(_Run(self._file.seek(0, 2), len(order)))
        for column in waiting:
            self._file.write(column[order].tobytes())
        found = np.bincount(waiting.words, minlength=len(self._frequencies))
        found[: len(self._frequencies)] += self._frequencies
        self._frequencies = found
        self._waiting = array("i"), array("i"), array("i")


@dataclass(slots=True)
class _Run:
    start: int
    length: int
    taken: int = 0

    def upto(self, file: IO[bytes], word: int) -> Iterator[Postings]:
        """What was not taken before of the words before `word`."""
        while self.taken < self.length:
            words = self._read(file, 0, _LOOK)
            count = int(np.searchsorted(words, word))
            yield Postings(words[:count], self._read(file, 1, count), self._read(file, 2, count))
            self.taken += count
            if count < len(words):
                return

    def _read(self, file: IO[bytes], column: int, count: int) -> _Places:
        count = min(count, self.length - self.taken)
        file.seek(self.start + 4 * (column * self.length + self.taken))
        return np.frombuffer(file.read(4 * count), dtype=np.int32)


def _write_scores(folder: Path, merged: Iterable[Postings], bounds: npt.NDArray[np.int64], lengths: _Places) -> None:
    """What each word adds to the score of each passage that holds it, by Lucene's variant, in 64 bits as bm25s does."""
    count = int(bounds[-1])
    frequencies = np.diff(bounds)
    rarities = np.log(1 + (len(lengths) - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    mean = lengths.mean()
    with (
        (folder / "data.csc.index.npy").open("wb") as scores,
        (folder / "indices.csc.index.npy").open("wb") as places,
    ):
        _write_header(scores, "<f4", count)
        _write_header(places, "<i4", count)
        for words, passages, counts in merged:
            often = counts.astype(np.float64)
            share = often / (K1 * ((1 - B) + B * lengths[passages] / mean) + often)
            scores.write((rarities[words] * share).astype("<f4").tobytes())
            places.write(passages.astype("<i4").tobytes())


def _write_header(file: IO[bytes], kind: str, count: int) -> None:
    np.lib.format.write_array_header_1_0(file, {"descr": kind, "fortran_order": False, "shape": (count,)})


def _write_words(folder: Path, vocabulary: dict[str, int]) -> None:
    hashes = np.fromiter(map(_hash, vocabulary), dtype=np.int64, count=len(vocabulary))
    order = np.argsort(hashes, kind="stable")
    np.save(folder / "words.npy", np.stack([hashes[order], order], axis=1))


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little", signed=True)
