"""Several processes on one index: killed in the middle, building at once, asking at once."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index import generations
from index.ingest import ingest
from index.search import Search

pytestmark = pytest.mark.slow

# Children are forked from a process that has imported all of it: importing takes them longer than what is tested.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["index.search", "llama_index.vector_stores.chroma"])

BEGIN = """
import sys, time
sys.path.insert(0, tests)
from conftest import WordEmbedder
from index.build import Recipe
from index.ingest import ingest
from index.search import Search
"""

BUILD = """
def stop(place):
    if place == stop_at:
        pipe.send("stopped")
        time.sleep(600)

class Stopping(WordEmbedder):
    def encode(self, texts):
        stop("encoding")
        return super().encode(texts)

def progress(doing, done, total):
    stop(f"{doing} {'done' if done == total else 'begun'}")

ingest(folder, Recipe(Stopping()), sources, rebuild=rebuild, progress=progress)
"""

ASK = """
search = Search.open(folder, Recipe(WordEmbedder()))
pipe.send([[hit.passage.id for hit in search.search(f"salmon oaks {number}")] for number in range(50)])
"""


class Child(NamedTuple):
    """A process of its own, and the end of the pipe that what it says comes out of."""

    process: Any
    pipe: Connection

    def says(self, seconds: float = 60) -> Any:
        assert self.pipe.poll(seconds), "the child said nothing"
        return self.pipe.recv()

    def ends_well(self) -> bool:
        self.process.join(60)
        return self.process.exitcode == 0


@pytest.fixture
def start(folder: Path):
    """Start a child process on the index folder; whatever still runs at the end is ended."""
    started: list[Child] = []

    def run(script: str, **names: Any) -> Child:
        pipe, its_end = FORKS.Pipe()
        known = {"tests": str(Path(__file__).parents[1]), "folder": folder, "pipe": its_end, **names}
        # exec itself, since a function of this file could be found by the child under no name.
        process = FORKS.Process(target=exec, args=(BEGIN + script, known))
        process.start()
        its_end.close()
        started.append(Child(process, pipe))
        return started[-1]

    yield run
    for child in started:
        child.process.kill()
        child.process.join()
        child.pipe.close()


@pytest.fixture
def build(start):
    def run(*sources: Path, stop_at: str = "", rebuild: bool = False) -> Child:
        return start(BUILD, sources=sources, stop_at=stop_at, rebuild=rebuild)

    return run


@pytest.mark.parametrize("place", ["Reading begun", "encoding", "Embedding done"])
def test_a_build_killed_in_the_middle_leaves_the_old_index_whole(
    folder, recipe, build, rivers, forests, place, best
) -> None:
    ingest(folder, recipe, [rivers])
    before = generations.current(folder)
    child = build(forests, stop_at=place)
    assert child.says() == "stopped"

    child.process.kill()
    child.process.join()

    assert child.process.exitcode == -signal.SIGKILL
    assert generations.current(folder) == before
    assert best("salmon in the Tamble") == "Salmon"
    assert ingest(folder, recipe, [forests]).added == ("forests",)
    assert best("oaks near Brindle") == "Oaks"
    kept = sorted((folder / "generations").iterdir())
    assert kept == sorted(filter(None, (before, generations.current(folder))))


def test_a_first_build_that_was_killed_leaves_no_index_and_no_lock(folder, recipe, build, rivers, best) -> None:
    child = build(rivers, stop_at="encoding")
    assert child.says() == "stopped"

    child.process.kill()
    child.process.join()

    assert generations.current(folder) is None
    ingest(folder, recipe, [rivers])
    assert best("salmon in the Tamble") == "Salmon"
    assert len(list((folder / "generations").iterdir())) == 1


def test_a_switch_that_was_killed_is_cleared_away(folder, recipe, rivers, best) -> None:
    ingest(folder, recipe, [rivers])
    (folder / "current.000002-deadbeef").write_text("000002-dead")
    (folder / "generations" / "000002-deadbeef").mkdir()

    assert best("salmon in the Tamble") == "Salmon"
    ingest(folder, recipe, [rivers])

    assert not list(folder.glob("current.*"))
    assert len(list((folder / "generations").iterdir())) == 1


def test_two_builds_at_once_end_with_one_index_that_holds_both_documents(
    folder, recipe, build, rivers, forests, best
) -> None:
    builds = [build(source, rebuild=True) for source in (rivers, forests)]

    assert all(child.ends_well() for child in builds)

    assert best("salmon in the Tamble") == "Salmon"
    assert best("oaks near Brindle") == "Oaks"
    assert not list(folder.glob("current.*"))


def test_two_processes_ask_at_once_while_a_third_builds(folder, recipe, start, build, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    asking = [start(ASK) for _ in range(2)]
    building = build(rivers, rebuild=True)

    first, second = (child.says() for child in asking)

    assert all(child.ends_well() for child in (*asking, building))
    search = Search.open(folder, recipe)
    own = [[hit.passage.id for hit in search.search(f"salmon oaks {number}")] for number in range(50)]
    assert first == second == own
