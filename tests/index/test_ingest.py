"""Files go in, change, move and vanish; the index follows, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import generations
from index.build import Recipe
from index.ingest import ingest, is_stale, remove
from index.intake import Report, files_in
from index.library import Library
from index.passages import PassageSize
from index.search import Search
from index.types import SearchError

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def recipe(embedder) -> Recipe:
    return Recipe(embedder)


def best(folder: Path, recipe: Recipe, question: str) -> str:
    return Search.open(folder, recipe).search(question, 1)[0].passage.section.heading


def held(folder: Path, recipe: Recipe) -> list[str]:
    return [record.id for record in Library.open(generations.existing(folder)).records]


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file but Chroma's, which opening it writes to."""
    files = [path for path in folder.rglob("*") if path.is_file() and "chroma" not in path.parts]
    return {str(path): path.read_bytes() for path in files}


def test_a_new_document_is_added_and_found(folder: Path, recipe: Recipe, rivers: Path) -> None:
    report = ingest(folder, recipe, [rivers])

    assert report == Report(added=("rivers",), built=True)
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"


def test_a_document_that_is_in_stays_when_another_comes(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers])

    report = ingest(folder, recipe, [forests])

    assert (report.added, report.unchanged) == (("forests",), ("rivers",))
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    assert best(folder, recipe, "oaks near Brindle") == "Oaks"


def test_vectors_of_an_unchanged_document_are_not_made_again(folder, recipe, embedder, rivers, forests) -> None:
    ingest(folder, recipe, [rivers])
    embedder.encoded.clear()

    ingest(folder, recipe, [forests])

    assert not any("salmon" in text.casefold() for text in embedder.encoded)
    assert any("oaks" in text for text in embedder.encoded)
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"


def test_a_changed_document_replaces_what_was_there(folder, recipe, rivers) -> None:
    ingest(folder, recipe, [rivers])
    rivers.write_text(rivers.read_text().replace("salmon", "sturgeon"))

    report = ingest(folder, recipe, [])

    assert report.replaced == ("rivers",)
    texts = [section.text for section in Search.open(folder, recipe).library.sections]
    assert any("sturgeon" in text for text in texts)
    assert not any("salmon" in text for text in texts)


def test_a_changed_passage_in_the_same_place_gets_a_new_vector(folder, recipe, embedder, rivers) -> None:
    ingest(folder, recipe, [rivers])
    rivers.write_text(rivers.read_text().replace("salmon to", "otters to"))
    embedder.encoded.clear()

    ingest(folder, recipe, [])

    assert any("otters" in text for text in embedder.encoded)


def test_nothing_new_builds_nothing(folder, recipe, rivers) -> None:
    ingest(folder, recipe, [rivers])
    before = state_of(folder)

    report = ingest(folder, recipe, [rivers])

    assert report == Report(unchanged=("rivers",), built=False)
    assert state_of(folder) == before


def test_a_document_whose_file_is_gone_is_kept_even_by_a_rebuild(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.unlink()

    ingest(folder, recipe, [], rebuild=True)

    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"


def test_the_same_text_under_another_name_is_left_out(folder, recipe, rivers, write: Write) -> None:
    copy = write("copy.md", rivers.read_bytes())

    report = ingest(folder, recipe, [rivers, copy])

    assert len(held(folder, recipe)) == 1
    assert "the same text is already in" in report.left_out[0].reason


def test_the_same_document_in_a_second_checkout_is_the_one_that_is_in(folder, recipe, rivers, write: Write) -> None:
    other = write("checkout/rivers.md", rivers.read_bytes())
    ingest(folder, recipe, [rivers])

    report = ingest(folder, recipe, [other])

    assert report == Report(unchanged=("rivers",), built=False)
    assert not is_stale(folder, recipe, [other])
    assert not is_stale(folder, recipe, [rivers])


def test_a_file_that_moved_keeps_its_id_and_is_followed(folder, recipe, rivers) -> None:
    ingest(folder, recipe, [rivers])
    moved = rivers.rename(rivers.with_name("moved.md"))

    report = ingest(folder, recipe, [moved])

    assert (report.replaced, report.left_out) == (("rivers",), ())
    assert held(folder, recipe) == ["rivers"]
    assert not is_stale(folder, recipe, [moved])
    moved.write_text(moved.read_text() + "\nMore.\n")
    assert is_stale(folder, recipe, [])


def test_two_files_of_one_name_get_ids_of_their_own(folder, recipe, rivers, write: Write) -> None:
    other = write("elsewhere/rivers.md", "# Other\n\nOther rivers flood.\n")

    ingest(folder, recipe, [rivers, other])

    assert sorted(held(folder, recipe)) == ["rivers", "rivers-2"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"bees\0", b"# Only a heading\n"])
def test_a_bad_file_is_left_out_and_the_good_ones_go_in(folder, recipe, rivers, write: Write, content: bytes) -> None:
    bad = write("bad.md", content)

    report = ingest(folder, recipe, [bad, rivers])

    assert report.added == ("rivers",)
    assert [missed.source for missed in report.left_out] == [bad]
    assert str(bad) in report.left_out[0].reason


def test_a_document_that_became_bad_is_kept_as_it_was_read(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.write_bytes(b"\xff\xfe")

    report = ingest(folder, recipe, [])

    assert "not UTF-8" in report.left_out[0].reason
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"


def test_nothing_that_can_be_read_is_an_error_and_leaves_the_index_alone(folder, recipe, write: Write) -> None:
    with pytest.raises(SearchError, match="it holds no text"):
        ingest(folder, recipe, [write("empty.md", "")])

    assert generations.current(folder) is None


def test_a_build_that_fails_changes_nothing_and_the_next_one_cleans_up(folder, recipe, make_embedder, rivers, forests):
    class Broken(make_embedder):
        def encode(self, texts):
            raise SearchError("the model broke")

    ingest(folder, recipe, [rivers])
    before = generations.current(folder)

    with pytest.raises(SearchError, match="the model broke"):
        ingest(folder, Recipe(Broken()), [forests])

    assert generations.current(folder) == before
    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"
    ingest(folder, recipe, [forests])
    made = [path.name for path in (folder / "generations").iterdir()]
    assert len(made) == 2
    assert all((folder / "generations" / name / "manifest.json").is_file() for name in made)


def test_a_full_disk_is_one_line_and_leaves_the_index_whole(folder, recipe, make_embedder, rivers, forests) -> None:
    class Full(make_embedder):
        def encode(self, texts):
            raise OSError(28, "No space left on device")

    ingest(folder, recipe, [rivers])

    with pytest.raises(SearchError, match=r"cannot be written \(No space left on device\); nothing was changed"):
        ingest(folder, Recipe(Full()), [forests])

    assert best(folder, recipe, "salmon in the Tamble") == "Salmon"


def test_an_index_folder_that_cannot_be_made_is_one_line(recipe, rivers, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SearchError, match="cannot be written") as caught:
        ingest(tmp_path / "file" / "index", recipe, [rivers])

    assert "\n" not in str(caught.value)


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


def test_a_changed_recipe_makes_the_whole_index_again(folder, recipe, make_embedder, rivers) -> None:
    ingest(folder, recipe, [rivers])
    other = Recipe(make_embedder(fingerprint="words-2", dimensions=48), PassageSize(most=40))

    assert ingest(folder, other, []).built
    assert best(folder, other, "salmon in the Tamble") == "Salmon"


def test_only_the_current_generation_and_the_one_before_are_kept(folder, recipe, rivers) -> None:
    for _ in range(4):
        ingest(folder, recipe, [rivers], rebuild=True)

    assert len(list((folder / "generations").iterdir())) == 2
    assert generations.current(folder) == max((folder / "generations").iterdir())


def test_a_reader_of_the_generation_before_can_finish(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers])
    opened = Search.open(folder, recipe)

    ingest(folder, recipe, [forests])

    assert opened.search("salmon in the Tamble", 1)[0].passage.section.heading == "Salmon"


def test_a_folder_stands_for_its_readable_files_but_not_for_hidden_ones(rivers, write: Write) -> None:
    deep = write("deep/er/plan.markdown", "text")
    write(".git/notes.md", "text")
    write("picture.png", "text")
    root = rivers.parent

    assert files_in([root]) == [deep, rivers]
    assert files_in([root / "gone.md"]) == [root / "gone.md"]


def test_progress_is_told_from_the_first_file_to_the_last_passage(folder, recipe, rivers) -> None:
    told: list[tuple[str, int, int]] = []

    ingest(folder, recipe, [rivers], progress=lambda *step: told.append(step))

    assert told[0] == ("Reading", 0, 1)
    assert told[-1] == ("Embedding", 2, 2)


def test_prune_takes_out_a_document_whose_file_is_gone(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.unlink()

    report = ingest(folder, recipe, [], prune=True)

    assert (report.removed, report.unchanged) == (("rivers",), ("forests",))
    assert held(folder, recipe) == ["forests"]


def test_prune_keeps_a_document_that_only_moved(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    moved = rivers.rename(rivers.with_name("moved.md"))

    report = ingest(folder, recipe, [moved], prune=True)

    assert (report.replaced, report.removed) == (("rivers",), ())


def test_a_removed_document_is_gone_and_its_file_is_not(folder, recipe, embedder, rivers, forests) -> None:
    ingest(folder, recipe, [rivers, forests])
    embedder.encoded.clear()

    remove(folder, recipe, ["rivers"])

    assert held(folder, recipe) == ["forests"]
    assert rivers.exists()
    assert embedder.encoded == []


def test_a_removed_document_that_comes_with_the_program_stays_out_until_it_is_named(folder, recipe, rivers, forests):
    ingest(folder, recipe, [forests], standing=[rivers])
    remove(folder, recipe, ["rivers"])

    assert not is_stale(folder, recipe, [rivers])
    ingest(folder, recipe, [], standing=[rivers], rebuild=True)
    assert held(folder, recipe) == ["forests"]

    ingest(folder, recipe, [rivers], standing=[rivers])
    assert sorted(held(folder, recipe)) == ["forests", "rivers"]


@pytest.mark.parametrize(
    ("documents", "words"), [(["gone"], "there is no document 'gone'"), (["rivers"], "would be left")]
)
def test_what_cannot_be_removed_is_said_in_one_line(folder, recipe, rivers, documents, words) -> None:
    ingest(folder, recipe, [rivers])

    with pytest.raises(SearchError, match=words):
        remove(folder, recipe, documents)


def test_the_lock_files_of_word_processors_are_passed_over(rivers, write: Write) -> None:
    write("~$plan.docx", "lock")

    assert files_in([rivers.parent]) == [rivers]


def test_a_readme_is_about_its_folder_unless_it_is_named(rivers: Path, write) -> None:
    readme = write("README.md", "# About these files\n\nThey are on rivers.\n")

    assert files_in([rivers.parent]) == [rivers]
    assert files_in([readme]) == [readme]


def test_what_a_document_says_of_itself_is_kept_in_the_index(folder, recipe, write: Write) -> None:
    ingest(
        folder, recipe, [write("dated.md", "---\ntitle: Ferries\ndate: 2024-05-06\nlang: en\n---\n\nFerries leave.\n")]
    )

    record = Library.open(generations.existing(folder)).records[0]

    assert (record.title, record.date, record.language) == ("Ferries", "2024-05-06", "en")
