"""An index in a folder of its own, made with words for vectors, and what it holds; and a Chroma server."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from index import generations
from index.build import Recipe
from index.library import Library
from index.search import Search


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def recipe(embedder) -> Recipe:
    return Recipe(embedder)


@pytest.fixture
def best(folder: Path, recipe: Recipe) -> Callable[..., str]:
    """The heading of the best hit of a question, searched with the recipe or with another."""

    def heading(question: str, by: Recipe = recipe) -> str:
        return Search.open(folder, by).search(question, 1)[0].passage.section.heading

    return heading


@pytest.fixture
def held(folder: Path) -> Callable[[], list[str]]:
    """The ids of the documents in the index."""
    return lambda: [record.id for record in Library.open(generations.existing(folder)).records]


@pytest.fixture(scope="module")
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def server(free_port: int, tmp_path: Path, child_environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = ["chroma", "run", "--host", "127.0.0.1", "--port", str(free_port), "--path", str(tmp_path / "server")]
    child = subprocess.Popen(command, env=child_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begun = time.monotonic()
        while not _answers(free_port):
            assert child.poll() is None, "the server ended"
            assert time.monotonic() - begun < 180, "the server did not start"
            time.sleep(0.1)
        yield child
    finally:
        child.terminate()
        child.wait(20)


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=5).close()
    except (URLError, OSError):
        return False
    return True
