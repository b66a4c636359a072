"""What cannot be read or written leaves the index as it was, and whoever reads it undisturbed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from index import generations
from index.build import Recipe
from index.ingest import ingest, is_stale, remove
from index.search import Search
from index.spool import SectionSpool
from index.types import SearchError
from index.workers import Asked, Outcome, Workers, read_here

Write = Callable[..., Path]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"bees\0", b"# Only a heading\n"])
def test_a_bad_file_is_left_out_and_the_good_ones_go_in(folder, recipe, rivers, write: Write, content: bytes) -> None:
    bad = write("bad.md", content)

    report = ingest(folder, recipe, [bad, rivers])

    assert report.added == ("rivers",)
    assert [missed.source for missed in report.left_out] == [bad]
    assert str(bad) in report.left_out[0].reason


def test_a_document_that_became_bad_is_kept_as_it_was_read(folder, recipe, rivers, forests, best) -> None:
    ingest(folder, recipe, [rivers, forests])
    rivers.write_bytes(b"\xff\xfe")

    report = ingest(folder, recipe, [])

    assert "not text in an encoding" in report.left_out[0].reason
    assert best("salmon in the Tamble") == "Salmon"


def test_nothing_that_can_be_read_is_an_error_and_leaves_the_index_alone(folder, recipe, write: Write) -> None:
    with pytest.raises(SearchError, match="it holds no text"):
        ingest(folder, recipe, [write("empty.md", "")])

    assert generations.current(folder) is None


def test_a_build_that_fails_changes_nothing_and_the_next_one_cleans_up(
    folder, recipe, make_embedder, rivers, forests, best
) -> None:
    class Broken(make_embedder):
        def encode(self, texts):
            raise SearchError("the model broke")

    ingest(folder, recipe, [rivers])
    before = generations.current(folder)

    with pytest.raises(SearchError, match="the model broke"):
        ingest(folder, Recipe(Broken()), [forests])

    assert generations.current(folder) == before
    assert best("salmon in the Tamble") == "Salmon"
    ingest(folder, recipe, [forests])
    made = [path.name for path in (folder / "generations").iterdir()]
    assert len(made) == 2
    assert all((folder / "generations" / name / "manifest.json").is_file() for name in made)


def test_a_full_disk_is_one_line_and_leaves_the_index_whole(
    folder, recipe, make_embedder, rivers, forests, best
) -> None:
    class Full(make_embedder):
        def encode(self, texts):
            raise OSError(28, "No space left on device")

    ingest(folder, recipe, [rivers])

    with pytest.raises(SearchError, match=r"cannot be written \(No space left on device\); nothing was changed"):
        ingest(folder, Recipe(Full()), [forests])

    assert best("salmon in the Tamble") == "Salmon"


def test_an_index_folder_that_cannot_be_made_is_one_line(recipe, rivers, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SearchError, match="cannot be written") as caught:
        ingest(tmp_path / "file" / "index", recipe, [rivers])

    assert "\n" not in str(caught.value)


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


def _read_then(do: Callable[[Path], object]) -> Workers:
    """Read files, and do something to each as soon as it was read."""

    def read(files: Sequence[Asked]) -> Iterator[Outcome]:
        for asked, outcome in zip(files, read_here(files), strict=True):
            do(asked.source)
            yield outcome

    return Workers(read)


def test_a_file_that_is_deleted_once_it_was_read_is_in(folder, recipe, rivers, forests, held) -> None:
    report = ingest(folder, recipe, [rivers, forests], workers=_read_then(Path.unlink))

    assert sorted(report.added) == sorted(held()) == ["forests", "rivers"]


def test_a_file_that_is_written_while_it_is_read_is_seen_to_have_changed(folder, recipe, rivers, best) -> None:
    text = rivers.read_text().replace("salmon", "sturgeon")
    ingest(folder, recipe, [rivers], workers=_read_then(lambda source: source.write_text(text)))

    assert is_stale(folder, recipe, [])
    assert ingest(folder, recipe, []).replaced == ("rivers",)
    assert not is_stale(folder, recipe, [])


def test_a_disk_that_fills_while_files_are_read_or_taken_out_is_one_line(
    folder, recipe, rivers, forests, held, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    ingest(folder, recipe, [rivers, forests])
    monkeypatch.setattr(SectionSpool, "__setitem__", full)

    with pytest.raises(SearchError, match=r"cannot be written \(No space left on device\); nothing was changed"):
        ingest(folder, recipe, [], rebuild=True)
    with pytest.raises(SearchError, match=r"cannot be written \(No space left on device\); nothing was changed"):
        remove(folder, recipe, ["rivers"])

    assert sorted(held()) == ["forests", "rivers"]


def test_a_document_in_a_folder_that_may_not_be_looked_into_is_not_taken_for_gone(
    folder, recipe, rivers, forests, held, monkeypatch
) -> None:
    ingest(folder, recipe, [rivers, forests])
    stat = Path.stat

    def refuse(path: Path, **options: bool) -> os.stat_result:
        if path.name == rivers.name:
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    ingest(folder, recipe, [], prune=True)

    assert sorted(held()) == ["forests", "rivers"]
