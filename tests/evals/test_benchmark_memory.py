"""What a third-party benchmark measures is the product's own search, held in memory, with vectors that are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.benchmark.beir import QueryRow, read_collection
from evals.benchmark.memory import FUSED, LEGS, ExactNeighbours, Parts, searches
from evals.benchmark.retrieval import BEIR, measure
from evals.benchmark.types import Options
from evals.types import EvalError
from index.build import Recipe
from index.ingest import ingest
from index.passages import PassageSize
from index.search import Search


def test_what_is_measured_is_the_search_of_the_product(make_folder, parts: Parts, tmp_path: Path, write) -> None:
    """The same text, indexed by the product into Chroma, gives the same hits with the same scores."""
    rows = read_collection(make_folder(), QueryRow).corpus
    files = [write(f"{row.id}.md", f"# {row.title}\n\n{row.text}\n") for row in rows if row.text]
    recipe = Recipe(parts.embedder)
    ingest(tmp_path / "index", recipe, files)
    product, measured = Search.open(tmp_path / "index", recipe), searches(rows, "", parts)[FUSED]

    def found(search: Search) -> list[tuple[str, float]]:
        hits = search.search("Who restores salmon?", 4, (), ("Who opened the Ottery bridge?",))
        return [(hit.passage.text, round(hit.score, 4)) for hit in hits]

    assert found(product) == found(measured)
    assert LEGS[FUSED] == measured._dense_weight


def test_two_rows_of_one_id_count_as_one_text(make_folder, parts: Parts) -> None:
    twin = {"_id": "salmon", "title": "Annex", "text": "Salmon ladders stand at three weirs."}
    folder = make_folder(
        [{"_id": "q", "text": "Where do salmon ladders stand?"}], [("q", "salmon", 1)], more={"corpus": [twin]}
    )

    assert measure(BEIR, folder, Options(), parts).headline["mrr_at_10"].value == 1.0


def test_vectors_are_made_once(make_folder, parts: Parts) -> None:
    folder = make_folder()
    first = measure(BEIR, folder, Options(), parts)
    encoded = parts.embedder.encoded
    assert any("restore salmon" in text for text in encoded)
    encoded.clear()

    assert measure(BEIR, folder, Options(), parts).headline == first.headline
    assert sorted(encoded) == sorted(query.text for query in read_collection(folder, QueryRow).queries)


def test_vectors_of_anything_else_are_not_taken_for_these(
    make_folder, make_embedder, parts: Parts, corpus_rows
) -> None:
    two = {"_id": "two", "title": "", "text": f"{corpus_rows[0]['text']} {corpus_rows[1]['text']}"}
    corpus = [*corpus_rows, two]
    measure(BEIR, make_folder(corpus=corpus), Options(), parts)

    def made(folder: Path, embedder, size: PassageSize = parts.size) -> bool:
        measure(BEIR, folder, Options(), Parts(embedder, size, parts.folder))
        return any("counts squirrels" in text for text in embedder.encoded)

    assert not made(make_folder(corpus=corpus), make_embedder())
    assert made(make_folder(corpus=corpus), make_embedder(fingerprint="words-2"))
    assert made(make_folder(corpus=corpus), make_embedder(), PassageSize(12, 1))
    assert made(make_folder(corpus=corpus[::-1]), make_embedder())


@pytest.mark.parametrize("damage", ["cut", "flipped", "replaced"])
def test_damaged_vectors_are_made_again(make_folder, parts: Parts, damage: str) -> None:
    first = measure(BEIR, make_folder(), Options(), parts)
    (kept,) = parts.folder.iterdir()
    whole = kept.read_bytes()
    middle = len(whole) // 2
    broken = {
        "cut": whole[:middle],
        "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "replaced": b"not vectors",
    }
    kept.write_bytes(broken[damage])

    assert measure(BEIR, make_folder(), Options(), parts).headline == first.headline
    assert kept.read_bytes() == whole
    assert list(parts.folder.iterdir()) == [kept]


def test_a_folder_that_cannot_be_written_is_named(make_folder, embedder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(EvalError, match="the vectors cannot be kept"):
        measure(BEIR, make_folder(), Options(), Parts(embedder, PassageSize(), tmp_path / "file" / "benchmarks"))


def test_the_nearest_are_exact_and_only_of_the_documents_named(make_hit) -> None:
    passages = [make_hit(name, document=name).passage for name in ("a", "b", "c")]
    store = ExactNeighbours(passages, np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32))
    asked = np.array([0, 1], dtype=np.float32)

    assert [neighbour.passage[0] for neighbour in store.nearest(asked, 2)] == ["c", "b"]
    assert [round(neighbour.cosine, 3) for neighbour in store.nearest(asked, 5, ["a", "b"])] == [0.8, 0.0]
