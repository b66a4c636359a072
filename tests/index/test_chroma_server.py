"""A Chroma server in place of the folder: the same hits, and one line when it is down."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import Recipe
from index.ingest import ingest
from index.search import Search
from index.store import VectorStore
from index.types import SearchError

pytestmark = pytest.mark.slow


QUESTIONS = ("salmon in the Tamble", "What did the bridge cost?", "oaks", "Who counts squirrels in April?")


def test_a_server_gives_the_same_hits_as_the_folder_and_a_line_when_it_goes_down(
    server, free_port: int, tmp_path: Path, embedder, rivers: Path, forests: Path
) -> None:
    local, remote = Recipe(embedder), Recipe(embedder, chroma=f"http://127.0.0.1:{free_port}")
    ingest(tmp_path / "local", local, [rivers, forests])
    ingest(tmp_path / "remote", remote, [rivers, forests])
    searches = [Search.open(tmp_path / "local", local), Search.open(tmp_path / "remote", remote)]

    for question in QUESTIONS:
        for documents in ((), ("forests",)):
            own, served = (search.search(question, 4, documents) for search in searches)
            assert [hit.passage.id for hit in own] == [hit.passage.id for hit in served]
            assert [hit.score for hit in own] == pytest.approx([hit.score for hit in served], abs=1e-5)
    assert not (tmp_path / "remote" / "generations" / "000001" / "chroma").exists()

    server.terminate()
    server.wait(20)

    with pytest.raises(SearchError) as searching:
        searches[1].search("salmon")
    assert "\n" not in str(searching.value)
    with pytest.raises(SearchError, match=r"the Chroma server cannot be used .*start it \(chroma run\)"):
        Search.open(tmp_path / "remote", remote)
    with pytest.raises(SearchError, match="the Chroma server cannot be used"):
        ingest(tmp_path / "remote", remote, [rivers], rebuild=True)


def test_old_generations_and_those_of_killed_builds_are_removed_from_the_server(
    server, free_port: int, tmp_path: Path, embedder, rivers: Path
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    recipe = Recipe(embedder, chroma=url)
    folder = tmp_path / "index"
    ingest(folder, recipe, [rivers])
    killed = folder / "generations" / "000002-deadbeef"
    killed.mkdir()
    VectorStore.create(url, f"communique-{killed.name}")

    for _ in range(3):
        ingest(folder, recipe, [rivers], rebuild=True)

    for made in (folder / "generations").iterdir():
        assert VectorStore.open(url, f"communique-{made.name}").count() == 2
    with pytest.raises(SearchError, match="does not exist"):
        VectorStore.open(url, f"communique-{killed.name}")


def test_a_server_that_was_never_there_is_one_line(free_port: int, tmp_path: Path, embedder, rivers: Path) -> None:
    recipe = Recipe(embedder, chroma=f"http://127.0.0.1:{free_port}")

    with pytest.raises(SearchError, match="the Chroma server cannot be used") as caught:
        ingest(tmp_path / "index", recipe, [rivers])

    assert "\n" not in str(caught.value)
    assert "COMMUNIQUE_CHROMA" in str(caught.value)
