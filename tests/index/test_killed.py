"""Killed at any moment, an ingest leaves what can be searched whole: every quote is in its file, nothing half in."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.killed import faults_of
from index import generations
from index.build import Recipe
from index.ingest import ingest

pytestmark = pytest.mark.slow

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["index.search", "llama_index.vector_stores.chroma"])
INGEST = """
import sys
sys.path.insert(0, tests)
from conftest import WordEmbedder
from index.build import Recipe
from index.ingest import ingest
pipe.send("ready")
ingest(folder, Recipe(WordEmbedder()), sources)
"""
KILLS = 10
SUBJECTS = "harbours orchards bridges quarries ferries archives forests canals markets lighthouses".split()


@pytest.fixture
def sources(write) -> list[Path]:
    """Twenty documents of three sections each, no two alike."""
    return [write(f"plan-{number:02}.md", _plan(number)) for number in range(20)]


def _plan(number: int) -> str:
    words = random.Random(number)
    sections = [
        f"## {words.choice(SUBJECTS).title()} {part}\n\n"
        + "\n\n".join(
            f"The board of {words.choice(SUBJECTS)} spends {words.randrange(10_000)} on {words.choice(SUBJECTS)}."
            for _ in range(5)
        )
        for part in range(3)
    ]
    return f"# Plan {number}\n\n" + "\n\n".join(sections) + "\n"


def _started(folder: Path, sources: list[Path]) -> Any:
    """A process that has begun to ingest; what it imports is loaded by then."""
    pipe, its_end = FORKS.Pipe()
    known = {"tests": str(Path(__file__).parents[1]), "folder": folder, "sources": sources, "pipe": its_end}
    process = FORKS.Process(target=exec, args=(INGEST, known))
    process.start()
    its_end.close()
    assert pipe.poll(120), "the child did not come up"
    return process


def test_an_ingest_killed_at_ten_random_moments_never_leaves_half_a_document(
    tmp_path: Path, recipe: Recipe, sources: list[Path]
) -> None:
    folder, moments, killed = tmp_path / "index", random.Random(20261124), 0
    took = _seconds_left_alone(tmp_path / "whole", sources)

    for number in range(1, KILLS + 1):
        offered, before = sources[: 2 * number], _held(folder)
        child = _started(folder, offered)
        child.join(moments.uniform(0, took * number / KILLS))
        child.kill()
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        assert faults_of(folder, recipe, SUBJECTS) == []
        assert _held(folder) in (before, offered)
    ingest(folder, recipe, sources)

    assert killed >= KILLS // 2, "most of them ended before they were killed"
    assert _held(folder) == sources
    assert faults_of(folder, recipe, SUBJECTS) == []


def test_the_check_sees_words_that_are_not_in_the_file(tmp_path: Path, recipe: Recipe, sources: list[Path]) -> None:
    ingest(tmp_path, recipe, sources[:2])
    sources[0].write_text(_plan(7), encoding="utf-8")

    assert any("its words are not there" in fault for fault in faults_of(tmp_path, recipe, SUBJECTS))


def test_the_check_sees_a_document_that_is_half_in(tmp_path: Path, recipe: Recipe, sources: list[Path]) -> None:
    ingest(tmp_path, recipe, sources[:2])
    with sources[0].open("a", encoding="utf-8") as file:
        file.write("\nOne more paragraph.\n")

    assert any("words are in" in fault for fault in faults_of(tmp_path, recipe, SUBJECTS))


def _seconds_left_alone(folder: Path, sources: list[Path]) -> float:
    child = _started(folder, sources)
    begun = time.monotonic()
    child.join(120)
    assert child.exitcode == 0
    return time.monotonic() - begun


def _held(folder: Path) -> list[Path]:
    """The files of the documents that can be searched, in order."""
    generation = generations.current(folder)
    records = generations.read_manifest(generation).documents if generation else ()
    return sorted(Path(record.source) for record in records)
