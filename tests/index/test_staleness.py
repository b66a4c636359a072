"""When an index has to be brought up to date, and when not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from index import generations
from index.build import Recipe
from index.ingest import ingest, is_stale
from index.passages import PassageSize

Write = Callable[..., Path]


def test_a_missing_index_is_stale_and_a_fresh_one_is_not(folder, recipe, rivers) -> None:
    assert is_stale(folder, recipe, [rivers])

    ingest(folder, recipe, [rivers])

    assert not is_stale(folder, recipe, [rivers])


def test_another_model_passage_size_or_store_makes_the_index_stale(folder, recipe, make_embedder, rivers) -> None:
    ingest(folder, recipe, [rivers])

    assert is_stale(folder, Recipe(make_embedder(fingerprint="words-2")), [rivers])
    assert is_stale(folder, replace(recipe, size=PassageSize(most=40)), [rivers])
    assert is_stale(folder, replace(recipe, size=PassageSize(least=1)), [rivers])
    assert is_stale(folder, replace(recipe, chroma="http://127.0.0.1:1"), [rivers])


def test_another_format_makes_the_index_stale_and_every_file_is_read_again(folder, recipe, rivers) -> None:
    ingest(folder, recipe, [rivers])
    manifest = generations.existing(folder) / "manifest.json"
    fields = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(fields | {"format": fields["format"] - 1}))

    assert is_stale(folder, recipe, [rivers])
    assert ingest(folder, recipe, [rivers]).replaced == ("rivers",)
    assert not is_stale(folder, recipe, [rivers])


def test_a_changed_file_and_a_source_that_is_not_in_make_the_index_stale(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers])

    assert is_stale(folder, recipe, [rivers, forests])
    rivers.write_text(rivers.read_text() + "\nMore.\n")
    assert is_stale(folder, recipe, [rivers])


def test_a_copy_of_a_document_that_is_in_does_not_make_the_index_stale(folder, recipe, rivers, write: Write) -> None:
    ingest(folder, recipe, [rivers])

    assert not is_stale(folder, recipe, [write("second-checkout/rivers.md", rivers.read_bytes())])


def test_a_changed_recipe_makes_the_whole_index_again(folder, recipe, make_embedder, rivers, best) -> None:
    ingest(folder, recipe, [rivers])
    other = Recipe(make_embedder(fingerprint="words-2", dimensions=48), PassageSize(most=40))

    assert ingest(folder, other, []).built
    assert best("salmon in the Tamble", other) == "Salmon"
