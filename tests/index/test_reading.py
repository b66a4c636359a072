"""Files are read in a process of their own: one that hangs is ended, and the next is read as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers import Limits
from corpus.types import CorpusError
from index.reading import ReadingProcess, read_here

Write = Callable[..., Path]


def test_what_the_process_reads_is_what_is_read_here(rivers: Path) -> None:
    with ReadingProcess(Limits(), seconds=60) as read:
        assert read(rivers) == read_here(rivers, None)
        assert read(rivers, "other")[0].document.id == "other"


def test_a_refusal_comes_back_in_its_own_words(write: Write) -> None:
    with ReadingProcess(Limits(file=10), seconds=60) as read, pytest.raises(CorpusError, match="COMMUNIQUE_FILE_MEG"):
        read(write("large.md", "words " * 10))


def test_a_reader_that_takes_too_long_is_ended_and_the_next_file_is_read(write: Write, rivers: Path) -> None:
    slow = write("slow.md", "[" * 20_000 + "\n" + "*a " * 60_000)

    with ReadingProcess(Limits(), seconds=0.05) as read, pytest.raises(CorpusError, match="COMMUNIQUE_READING_SECONDS"):
        read(slow)

    with ReadingProcess(Limits(), seconds=60) as read:
        assert read(rivers)


def test_a_process_that_dies_is_said_and_replaced(rivers: Path) -> None:
    with ReadingProcess(Limits(), seconds=60) as read:
        assert read(rivers)
        assert read._process is not None
        read._process.kill()
        read._process.wait()

        assert read(rivers)
