"""An ingest on a Ray cluster of this machine makes what an ingest in this process makes, and leaves nothing running."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.scale_parts import FreeEmbedder
from corpus.readers import Limits
from corpus.types import CorpusError
from index.build import Recipe
from index.cluster import RayCluster
from index.files import files_in
from index.ingest import ingest
from index.search import Search
from index.types import SearchError
from index.workers import Asked, Workers

pytestmark = pytest.mark.slow

QUESTIONS = ("salmon in the Tamble", "What did the bridge cost?", "oaks", "How many oaks has plan 7?")


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayCluster]:
    with RayCluster(FreeEmbedder, Limits(), 60, processors=2) as running:
        yield running


@pytest.fixture
def folder(write, rivers: Path, forests: Path) -> Path:
    """Twenty-two documents, one of them twice, and two files that cannot be read."""
    for number in range(20):
        write(f"plan-{number:02}.md", f"# Plan {number}\n\n## Oaks\n\nIt has {number} oaks.\n" * 3)
    write("again.md", rivers.read_bytes())
    write("broken.pdf", b"%PDF-1.7 and no more")
    write("empty.docx", b"")
    return rivers.parent


def passages_of(search: Search) -> list[tuple[str, str]]:
    return [(passage.id, passage.text) for passage in search.library.passages]


def test_a_cluster_and_a_chroma_server_give_what_this_process_and_a_folder_give(
    cluster: RayCluster, server, free_port: int, tmp_path: Path, folder: Path
) -> None:
    here, there = Recipe(FreeEmbedder()), Recipe(FreeEmbedder(), chroma=f"http://127.0.0.1:{free_port}")
    files = files_in([folder])
    own = ingest(tmp_path / "here", here, files)
    shared = ingest(tmp_path / "there", there, files, workers=Workers(cluster.read, cluster.embed))

    assert shared == own
    assert [missed.source.name for missed in own.left_out] == ["broken.pdf", "empty.docx", "rivers.md"]
    searches = [Search.open(tmp_path / "here", here), Search.open(tmp_path / "there", there)]
    assert passages_of(searches[0]) == passages_of(searches[1])
    for question in QUESTIONS:
        alone, served = (search.search(question, 5) for search in searches)
        assert [hit.passage.id for hit in alone] == [hit.passage.id for hit in served]
        assert [hit.score for hit in alone] == pytest.approx([hit.score for hit in served], abs=1e-5)


def test_what_is_embedded_already_is_not_sent_to_the_cluster(
    cluster: RayCluster, tmp_path: Path, rivers: Path, forests: Path
) -> None:
    sent: list[str] = []

    def embed(batches):
        for batch in batches:
            sent.extend(batch)
            yield from cluster.embed([batch])

    workers = Workers(cluster.read, embed)
    ingest(tmp_path / "index", Recipe(FreeEmbedder()), [rivers], workers=workers)
    sent.clear()
    ingest(tmp_path / "index", Recipe(FreeEmbedder()), [forests], workers=workers)

    assert len(sent) == 2
    assert not any("salmon" in text for text in sent)


def test_no_file_and_no_text_are_no_work(cluster: RayCluster) -> None:
    assert list(cluster.read([])) == []
    assert [len(made.texts) for made in cluster.embed([[], []])] == [0, 0]


def test_the_limits_hold_on_the_cluster(cluster: RayCluster, write) -> None:
    bad = write("picture.png", b"\x89PNG")

    (outcome,) = cluster.read([Asked(bad)])

    assert isinstance(outcome, CorpusError)
    assert "picture.png" in str(outcome)


def test_a_worker_that_cannot_embed_is_one_line_and_nothing_is_published(
    cluster: RayCluster, tmp_path: Path, rivers: Path
) -> None:
    def broken() -> FreeEmbedder:
        raise SearchError("the weights are not on this machine")

    cluster = RayCluster(broken, Limits(), 60)  # on the Ray that runs

    with pytest.raises(SearchError, match="the weights are not on this machine") as caught:
        ingest(tmp_path / "index", Recipe(FreeEmbedder()), [rivers], workers=Workers(embed=cluster.embed))

    assert "\n" not in str(caught.value)
    assert not (tmp_path / "index" / "current").exists()


ALONE = """
import json
from benchmarks.scale_parts import FreeEmbedder
from corpus.readers import Limits
from index.cluster import RayCluster

with RayCluster(FreeEmbedder, Limits(), 60, processors=2):
    import psutil  # which Ray brings
    started = psutil.Process().children(recursive=True)
    listening = [
        place.laddr.ip for one in started for place in one.net_connections("tcp") if place.status == "LISTEN"
    ]
gone, alive = psutil.wait_procs(started, 20)
print(json.dumps([len(started), sorted(set(listening)), [one.name() for one in alive]]))
"""


def test_ray_listens_to_this_machine_alone_and_is_gone_afterwards(child_environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE], env=child_environment, capture_output=True, text=True, timeout=300, check=True
    )

    started, listening, alive = json.loads(done.stdout.splitlines()[-1])
    assert started > 0
    assert set(listening) <= {"127.0.0.1", "::ffff:127.0.0.1", "::1"}
    assert not alive


def test_without_ray_one_line_says_what_to_install(child_environment: dict[str, str]) -> None:
    command = (
        "import sys; sys.modules['ray'] = None; from assistant.cli import main; main(['ingest', '--workers', 'ray'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", command], env=child_environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr == "communique: --workers ray needs Ray; run pip install 'communique[ray]'\n"
