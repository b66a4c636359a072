"""The collection in Chroma: what llama-index wrote is read without it, and by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.types import Passage
from index.store import VectorStore

QUESTION = np.array([0.6, 0.8, 0.0], dtype=np.float32)
VECTORS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-0.6, -0.8, 0]], dtype=np.float32)
NEAREST = [("Oaks", 0.8), ("Salmon", 0.6), ("Bridges", 0.0), ("Squirrels", -1.0)]


@pytest.fixture
def passages(make_section) -> list[Passage]:
    texts = {"Salmon": "They return.", "Oaks": "They grow.", "Bridges": "They stand.", "Squirrels": "They climb."}
    return [Passage(make_section(text, heading), 0, len(text)) for heading, text in texts.items()]


@pytest.fixture
def store(tmp_path: Path, passages) -> VectorStore:
    store = VectorStore.create(tmp_path / "chroma", "made-up")
    store.add(passages, VECTORS)
    return store


def test_the_nearest_come_first_with_their_cosines_even_the_opposite_one(store, passages) -> None:
    found = store.nearest(QUESTION, 4)

    headings = {passage.id: passage.section.heading for passage in passages}
    assert [headings[neighbour.passage] for neighbour in found] == [heading for heading, _ in NEAREST]
    assert [neighbour.cosine for neighbour in found] == pytest.approx([cosine for _, cosine in NEAREST], abs=1e-6)
    assert [neighbour.passage for neighbour in store.nearest(QUESTION, 2)] == [found[0].passage, found[1].passage]


def test_only_the_named_documents_are_asked(tmp_path: Path, passages, make_section) -> None:
    store = VectorStore.create(tmp_path / "chroma", "two-documents")
    other = Passage(make_section("They swim.", "Salmon", document="rivers"), 0, 10)
    store.add([*passages[1:], other], VECTORS)

    assert [neighbour.passage for neighbour in store.nearest(QUESTION, 4, ["rivers"])] == [other.id]
    assert len(store.nearest(QUESTION, 4, ["rivers", "made-up"])) == 4


def test_llama_index_reads_the_same_from_the_collection(tmp_path: Path, store) -> None:
    import chromadb

    collection = chromadb.PersistentClient(
        str(tmp_path / "chroma"), settings=chromadb.Settings(anonymized_telemetry=False)
    ).get_collection("made-up", embedding_function=None)
    theirs = ChromaVectorStore(chroma_collection=collection).query(
        VectorStoreQuery(query_embedding=QUESTION.tolist(), similarity_top_k=4)
    )

    ours = store.nearest(QUESTION, 4)
    assert theirs.ids == [neighbour.passage for neighbour in ours]
    assert theirs.nodes[0].get_content() == "They grow."
    assert theirs.similarities == pytest.approx([np.exp(neighbour.cosine - 1) for neighbour in ours])


def test_who_only_asks_does_not_wait_for_llama_index(child_environment: dict[str, str]) -> None:
    script = "import sys, index.search; print([name for name in sys.modules if name.startswith('llama_index')])"

    ended = subprocess.run(
        [sys.executable, "-c", script], env=child_environment, capture_output=True, text=True, check=False
    )

    assert (ended.stdout, ended.stderr) == ("[]\n", "")
