"""A build that ended in the middle leaves the vectors it made to the next one, and nothing that is searched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import generations
from index.build import Recipe
from index.ingest import ingest
from index.pending import PendingVectors
from index.search import Search
from index.types import SearchError

TEXTS = [f"Clause {number} of the river charter" for number in range(6)]


def pending_files(folder: Path) -> list[Path]:
    return list(folder.glob("pending.*"))


def encode_until_killed(folder: Path, embedder, texts: list[str]) -> None:
    with pytest.raises(KeyboardInterrupt), PendingVectors(folder, embedder) as pending:
        pending.encode(texts)
        raise KeyboardInterrupt


def test_what_was_embedded_before_the_end_is_not_embedded_again(tmp_path: Path, embedder) -> None:
    encode_until_killed(tmp_path, embedder, TEXTS[:4])
    embedder.encoded.clear()

    with PendingVectors(tmp_path, embedder) as pending:
        vectors = pending.encode(TEXTS)

    assert [text for text in embedder.encoded if text in TEXTS] == TEXTS[4:]
    assert vectors == pytest.approx(embedder.encode(TEXTS))
    assert not pending_files(tmp_path)


@pytest.mark.parametrize("lost", [1, 16, 17, 200])
def test_a_record_cut_short_is_made_again(tmp_path: Path, embedder, lost: int) -> None:
    encode_until_killed(tmp_path, embedder, TEXTS)
    (file,) = pending_files(tmp_path)
    file.write_bytes(file.read_bytes()[:-lost])
    embedder.encoded.clear()

    with PendingVectors(tmp_path, embedder) as pending:
        vectors = pending.encode(TEXTS)
        again = pending.encode(TEXTS[::-1])

    assert TEXTS[5] in embedder.encoded
    assert TEXTS[0] not in embedder.encoded
    assert vectors == pytest.approx(embedder.encode(TEXTS))
    assert again == pytest.approx(vectors[::-1])


def test_bytes_that_are_no_unit_vector_are_made_again(tmp_path: Path, embedder) -> None:
    encode_until_killed(tmp_path, embedder, TEXTS)
    (file,) = pending_files(tmp_path)
    content = bytearray(file.read_bytes())
    content[16:80] = bytes(64)
    file.write_bytes(content)

    with PendingVectors(tmp_path, embedder) as pending:
        assert pending.encode(TEXTS) == pytest.approx(embedder.encode(TEXTS))


def test_another_models_vectors_are_never_taken(tmp_path: Path, make_embedder) -> None:
    encode_until_killed(tmp_path, make_embedder(), TEXTS)
    other = make_embedder(fingerprint="words-2")

    with PendingVectors(tmp_path, other) as pending:
        assert len(pending_files(tmp_path)) == 1
        pending.encode(TEXTS)

    assert all(text in other.encoded for text in TEXTS)


def test_the_same_text_twice_is_embedded_once(tmp_path: Path, embedder) -> None:
    with PendingVectors(tmp_path, embedder) as pending:
        vectors = pending.encode([TEXTS[0], TEXTS[1], TEXTS[0]])

    assert embedder.encoded == TEXTS[:2]
    assert np.array_equal(vectors[0], vectors[2])


def test_vectors_made_elsewhere_are_taken_once_and_kept(tmp_path: Path, embedder) -> None:
    encode_until_killed(tmp_path, embedder, TEXTS[:2])
    elsewhere = embedder.encode(TEXTS)
    embedder.encoded.clear()

    with pytest.raises(KeyboardInterrupt), PendingVectors(tmp_path, embedder) as pending:
        assert pending.lacking([*TEXTS[:3], TEXTS[2]]) == [TEXTS[2]]
        pending.add(TEXTS[2:4], elsewhere[2:4])
        assert pending.encode(TEXTS[:4]) == pytest.approx(elsewhere[:4])
        raise KeyboardInterrupt

    with PendingVectors(tmp_path, embedder) as pending:
        assert pending.lacking(TEXTS) == TEXTS[4:]
    assert not any(text in embedder.encoded for text in TEXTS)


def test_an_ingest_that_fails_half_way_goes_on_where_it_was(tmp_path: Path, embedder, rivers, forests) -> None:
    def fail_at_the_end(doing: str, done: int, total: int) -> None:
        if doing == "Embedding" and done == total:
            raise SearchError("the power went")

    folder, recipe = tmp_path / "index", Recipe(embedder)
    with pytest.raises(SearchError, match="the power went"):
        ingest(folder, recipe, [rivers, forests], progress=fail_at_the_end)
    assert generations.current(folder) is None
    embedder.encoded.clear()

    ingest(folder, recipe, [rivers, forests])

    assert not any("salmon" in text for text in embedder.encoded)
    assert not pending_files(folder)
    assert Search.open(folder, recipe).search("salmon in the Tamble", 1)[0].passage.section.heading == "Salmon"
