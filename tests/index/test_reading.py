"""Files are read in a process of their own: one that hangs is ended, and the next is read as if nothing had been."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers import Limits
from corpus.types import CorpusError, Refusal
from index.reading import ReadingProcess, ReadingProcesses
from index.workers import Asked, read_here

Write = Callable[..., Path]


def test_what_the_process_reads_is_what_is_read_here(rivers: Path) -> None:
    with ReadingProcess(Limits(), seconds=60) as read:
        assert [read(rivers)] == list(read_here([Asked(rivers)]))
        assert read(rivers, "other")[0].document.id == "other"


def test_a_refusal_comes_back_in_its_own_words(write: Write) -> None:
    with (
        ReadingProcess(Limits(file=10), seconds=60) as read,
        pytest.raises(CorpusError, match="COMMUNIQUE_FILE_MEG") as caught,
    ):
        read(write("large.md", "words " * 10))
    assert caught.value.why is Refusal.TOO_LARGE


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


def test_several_processes_give_the_outcomes_in_the_order_of_the_files(write: Write) -> None:
    good = [write(f"plan-{number}.md", f"# Plan {number}\n\nIt has {number} oaks.\n" * 9) for number in range(20)]
    bad = write("picture.png", b"\x89PNG")
    files = [Asked(good[0], "first"), Asked(bad), *map(Asked, good[1:])]

    with ReadingProcesses(Limits(), seconds=60, count=3) as read:
        outcomes = list(read(files))

    assert isinstance(outcomes[1], CorpusError)
    names = [outcome[0].document.id for outcome in outcomes if not isinstance(outcome, CorpusError)]
    assert names == ["first", *(path.stem for path in good[1:])]


def test_files_that_nobody_waits_for_any_more_are_not_read_to_their_end(write: Write) -> None:
    slow = [write(f"slow-{number}.md", "[" * 20_000 + "\n" + "*a " * 60_000) for number in range(4)]
    begun = time.monotonic()

    with ReadingProcesses(Limits(), seconds=3600, count=2) as read:
        waiting = read([Asked(write("quick.md", "# Quick\n\nOne oak.\n")), *map(Asked, slow)])
        assert not isinstance(next(waiting), CorpusError)

    assert time.monotonic() - begun < 60


def test_python_files_of_the_current_folder_are_not_run(
    write: Write, rivers: Path, tmp_path: Path, monkeypatch
) -> None:
    run = tmp_path / "run"
    folder = write("elsewhere/pickle.py", f"open({str(run)!r}, 'w')").parent
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep)

    with ReadingProcess(Limits(), seconds=60) as read:
        assert read(rivers)

    assert not run.exists()


@pytest.mark.parametrize("answer", [AttributeError("no such class"), ModuleNotFoundError("gone"), 3, (3,)])
def test_an_answer_that_is_none_is_said_of_its_file(rivers: Path, monkeypatch, answer: object) -> None:
    def load(_: object) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("index.reading.pickle.load", load)

    with ReadingProcess(Limits(), seconds=60) as read, pytest.raises(CorpusError, match="it broke its reader"):
        read(rivers)
