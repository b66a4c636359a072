"""Several processes on one index: killed in the middle, building at once, asking at once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import generations
from index.ingest import Recipe, ingest
from index.search import Search

pytestmark = pytest.mark.slow

BUILD = """
import sys, time
from pathlib import Path
from conftest import WordEmbedder
from index.ingest import Recipe, ingest

folder, stop_at, rebuild, *sources = sys.argv[1:]

def stop(place):
    if place == stop_at:
        print("stopped", flush=True)
        time.sleep(600)

class Stopping(WordEmbedder):
    def encode(self, texts):
        stop("encoding")
        return super().encode(texts)

def progress(doing, done, total):
    stop(f"{doing} {'done' if done == total else 'begun'}")

paths = [Path(source) for source in sources]
ingest(Path(folder), Recipe(Stopping()), paths, rebuild=rebuild == "yes", progress=progress)
"""

ASK = """
import json, sys
from pathlib import Path
from conftest import WordEmbedder
from index.ingest import Recipe
from index.search import Search

search = Search.open(Path(sys.argv[1]), Recipe(WordEmbedder()))
print(json.dumps([[hit.passage.id for hit in search.search(f"salmon oaks {number}")] for number in range(50)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def recipe(embedder) -> Recipe:
    return Recipe(embedder)


@pytest.fixture
def start(folder: Path, child_environment: dict[str, str]):
    """Start a child process on the index folder; whatever still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def run(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", script, str(folder), *map(str, arguments)]
        child = subprocess.Popen(command, env=child_environment, stdout=-1, stderr=-1, text=True)
        started.append(child)
        return child

    yield run
    for child in started:
        child.kill()
        child.communicate()


def best(folder: Path, recipe: Recipe, question: str) -> str:
    return Search.open(folder, recipe).search(question, 1)[0].passage.section.heading


@pytest.mark.parametrize("place", ["Reading begun", "encoding", "Embedding done"])
def test_a_build_killed_in_the_middle_leaves_the_old_index_whole(folder, recipe, start, rivers, forests, place) -> None:
    ingest(folder, recipe, [rivers])
    before = generations.current(folder)
    child = start(BUILD, place, "no", forests)
    assert child.stdout.readline() == "stopped\n", child.communicate()[1]

    child.send_signal(signal.SIGKILL)
    child.wait()

    assert generations.current(folder) == before
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    assert ingest(folder, recipe, [forests]).added == ("forests",)
    assert best(folder, recipe, "oaks near Brindle") == "Oaks"
    kept = sorted((folder / "generations").iterdir())
    assert kept == sorted(filter(None, (before, generations.current(folder))))


def test_a_first_build_that_was_killed_leaves_no_index_and_no_lock(folder, recipe, start, rivers) -> None:
    child = start(BUILD, "encoding", "no", rivers)
    assert child.stdout.readline() == "stopped\n", child.communicate()[1]

    child.kill()
    child.wait()

    assert generations.current(folder) is None
    ingest(folder, recipe, [rivers])
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    assert len(list((folder / "generations").iterdir())) == 1


def test_a_switch_that_was_killed_is_cleared_away(folder, recipe, rivers) -> None:
    ingest(folder, recipe, [rivers])
    (folder / "current.000002-deadbeef").write_text("000002-dead")
    (folder / "generations" / "000002-deadbeef").mkdir()

    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    ingest(folder, recipe, [rivers])

    assert not list(folder.glob("current.*"))
    assert len(list((folder / "generations").iterdir())) == 1


def test_two_builds_at_once_end_with_one_index_that_holds_both_documents(
    folder, recipe, start, rivers, forests
) -> None:
    builds = [start(BUILD, "", "yes", source) for source in (rivers, forests)]

    assert [build.communicate()[1] for build in builds] == ["", ""]
    assert [build.returncode for build in builds] == [0, 0]

    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    assert best(folder, recipe, "oaks near Brindle") == "Oaks"
    assert not list(folder.glob("current.*"))


def test_two_processes_ask_at_once_while_a_third_builds(folder, recipe, start, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    asking = [start(ASK) for _ in range(2)]
    building = start(BUILD, "", "yes", rivers)

    answers = [child.communicate() for child in asking]
    building.wait()

    assert [errors for _, errors in answers] == ["", ""]
    first, second = (json.loads(hits) for hits, _ in answers)
    search = Search.open(folder, recipe)
    own = [[hit.passage.id for hit in search.search(f"salmon oaks {number}")] for number in range(50)]
    assert first == second == own
