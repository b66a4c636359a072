"""Documents are taken out by name, or where their file is gone; the files themselves stay."""

from __future__ import annotations

import json

import pytest

from index import generations
from index.ingest import ingest, is_stale, remove
from index.types import SearchError


def test_prune_takes_out_a_document_whose_file_is_gone(folder, recipe, rivers, forests, held) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.unlink()

    report = ingest(folder, recipe, [], prune=True)

    assert (report.removed, report.unchanged) == (("rivers",), ("forests",))
    assert held() == ["forests"]


def test_prune_keeps_a_document_that_only_moved(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    moved = rivers.rename(rivers.with_name("moved.md"))

    report = ingest(folder, recipe, [moved], prune=True)

    assert (report.replaced, report.removed) == (("rivers",), ())


def test_a_removed_document_is_gone_and_its_file_is_not(folder, recipe, embedder, rivers, forests, held) -> None:
    ingest(folder, recipe, [rivers, forests])
    embedder.encoded.clear()

    remove(folder, recipe, ["rivers"])

    assert held() == ["forests"]
    assert rivers.exists()
    assert embedder.encoded == []


def test_a_removed_document_that_comes_with_the_program_stays_out_until_it_is_named(
    folder, recipe, rivers, forests, held
) -> None:
    ingest(folder, recipe, [forests], standing=[rivers])
    remove(folder, recipe, ["rivers"])

    assert not is_stale(folder, recipe, [rivers])
    ingest(folder, recipe, [], standing=[rivers], rebuild=True)
    assert held() == ["forests"]

    ingest(folder, recipe, [rivers], standing=[rivers])
    assert sorted(held()) == ["forests", "rivers"]


@pytest.mark.parametrize(
    ("documents", "words"), [(["gone"], "there is no document 'gone'"), (["rivers"], "would be left")]
)
def test_what_cannot_be_removed_is_said_in_one_line(folder, recipe, rivers, documents, words) -> None:
    ingest(folder, recipe, [rivers])

    with pytest.raises(SearchError, match=words):
        remove(folder, recipe, documents)


def test_from_an_index_of_another_format_nothing_is_removed_until_it_is_made_again(
    folder, recipe, rivers, forests, held
) -> None:
    ingest(folder, recipe, [rivers, forests])
    manifest = generations.existing(folder) / "manifest.json"
    fields = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(fields | {"format": fields["format"] - 1}))

    with pytest.raises(SearchError, match=r"another version .+ made the index; run communique ingest, then remove"):
        remove(folder, recipe, ["rivers"])

    ingest(folder, recipe, [])
    remove(folder, recipe, ["rivers"])
    assert held() == ["forests"]
