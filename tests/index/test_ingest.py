"""Files go in, change and move; the index follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index import generations
from index.ingest import ingest, is_stale
from index.intake import Report
from index.library import Library
from index.search import Search

Write = Callable[..., Path]


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file but Chroma's, which opening it writes to."""
    files = [path for path in folder.rglob("*") if path.is_file() and "chroma" not in path.parts]
    return {str(path): path.read_bytes() for path in files}


def test_a_new_document_is_added_and_found(folder, recipe, rivers, best) -> None:
    report = ingest(folder, recipe, [rivers])

    assert report == Report(added=("rivers",), built=True)
    assert best("salmon in the Tamble") == "Salmon"


def test_a_document_that_is_in_stays_when_another_comes(folder, recipe, rivers, forests, best) -> None:
    ingest(folder, recipe, [rivers])

    report = ingest(folder, recipe, [forests])

    assert (report.added, report.unchanged) == (("forests",), ("rivers",))
    assert best("salmon in the Tamble") == "Salmon"
    assert best("oaks near Brindle") == "Oaks"


def test_vectors_of_an_unchanged_document_are_not_made_again(folder, recipe, embedder, rivers, forests, best) -> None:
    ingest(folder, recipe, [rivers])
    embedder.encoded.clear()

    ingest(folder, recipe, [forests])

    assert not any("salmon" in text.casefold() for text in embedder.encoded)
    assert any("oaks" in text for text in embedder.encoded)
    assert best("salmon in the Tamble") == "Salmon"


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


def test_a_document_whose_file_is_gone_is_kept_even_by_a_rebuild(folder, recipe, rivers, forests, best) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.unlink()

    ingest(folder, recipe, [], rebuild=True)

    assert best("salmon in the Tamble") == "Salmon"


def test_the_same_text_under_another_name_is_left_out(folder, recipe, rivers, write, held) -> None:
    copy = write("copy.md", rivers.read_bytes())

    report = ingest(folder, recipe, [rivers, copy])

    assert len(held()) == 1
    assert "the same text is already in" in report.left_out[0].reason


def test_the_same_document_in_a_second_checkout_is_the_one_that_is_in(folder, recipe, rivers, write: Write) -> None:
    other = write("checkout/rivers.md", rivers.read_bytes())
    ingest(folder, recipe, [rivers])

    report = ingest(folder, recipe, [other])

    assert report == Report(unchanged=("rivers",), built=False)
    assert not is_stale(folder, recipe, [other])
    assert not is_stale(folder, recipe, [rivers])


def test_a_file_that_moved_keeps_its_id_and_is_followed(folder, recipe, rivers, held) -> None:
    ingest(folder, recipe, [rivers])
    moved = rivers.rename(rivers.with_name("moved.md"))

    report = ingest(folder, recipe, [moved])

    assert (report.replaced, report.left_out) == (("rivers",), ())
    assert held() == ["rivers"]
    assert not is_stale(folder, recipe, [moved])
    moved.write_text(moved.read_text() + "\nMore.\n")
    assert is_stale(folder, recipe, [])


def test_two_files_of_one_name_get_ids_of_their_own(folder, recipe, rivers, write, held) -> None:
    other = write("elsewhere/rivers.md", "# Other\n\nOther rivers flood.\n")

    ingest(folder, recipe, [rivers, other])

    assert sorted(held()) == ["rivers", "rivers-2"]


def test_progress_is_told_from_the_first_file_to_the_last_passage(folder, recipe, rivers) -> None:
    told: list[tuple[str, int, int]] = []

    ingest(folder, recipe, [rivers], progress=lambda *step: told.append(step))

    assert told[0] == ("Reading", 0, 1)
    assert told[-1] == ("Embedding", 2, 2)


def test_what_a_document_says_of_itself_is_kept_in_the_index(folder, recipe, write: Write) -> None:
    ingest(
        folder, recipe, [write("dated.md", "---\ntitle: Ferries\ndate: 2024-05-06\nlang: en\n---\n\nFerries leave.\n")]
    )

    record = Library.open(generations.existing(folder)).records[0]

    assert (record.title, record.date, record.language) == ("Ferries", "2024-05-06", "en")
