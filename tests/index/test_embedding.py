"""The real model: two ways to run it give the same vectors, and it finds what people ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.read import read_document
from corpus.sentences import sentence_spans
from index.build import Recipe
from index.embed import SentenceEmbedder
from index.forward import ForwardEmbedder
from index.ingest import ingest
from index.search import Search
from index.types import SearchError

pytestmark = pytest.mark.model

ODD = ["", " ", "?", "日本と英国", "😀", "a" * 5000, "word " * 2000, "R&D £82.50 8th", "Ärger\u0301 \t\n x"]


@pytest.fixture(scope="module")
def reference() -> SentenceEmbedder:
    return SentenceEmbedder()


@pytest.fixture(scope="module")
def forward() -> ForwardEmbedder:
    return ForwardEmbedder()


def test_the_numpy_model_gives_the_vectors_of_sentence_transformers(reference, forward, statement: Path) -> None:
    sections = read_document(statement)
    texts = [section.text[start:end] for section in sections for start, end in sentence_spans(section.text)] + ODD

    assert np.abs(forward.encode(texts) - reference.encode(texts)).max() < 1e-5
    assert (forward.name, forward.fingerprint) == (reference.name, reference.fingerprint)


@pytest.mark.parametrize("model", ["reference", "forward"])
def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(model: str, request) -> None:
    embedder = request.getfixturevalue(model)
    together = embedder.encode(["salmon", "a much longer sentence about bridges and their cost", "oaks"])

    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert np.abs(together[0] - embedder.encode(["salmon"])[0]).max() < 1e-5


def test_no_texts_have_no_vectors(reference, forward) -> None:
    assert len(forward.encode([])) == len(reference.encode([])) == 0


def test_the_flagship_question_finds_data_infrastructure(reference, forward, statement: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "index", Recipe(reference), [statement])

    question = "Which group ran the experiment that connected two data centres over an optical network?"
    hit = Search.open(tmp_path / "index", Recipe(forward)).search(question, 1)[0]

    assert hit.passage.section.path == ("Pillar Two: Data", "Data Infrastructure")
    assert hit.passage.section.page == 6
    assert "NTT DATA Group" in hit.passage.text


def test_a_folder_that_holds_no_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="the embedding model cannot be loaded") as caught:
        SentenceEmbedder(str(tmp_path)).encode(["salmon"])

    assert "\n" not in str(caught.value)
