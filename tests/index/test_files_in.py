"""Which files a folder stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.files import files_in, of_other_types
from index.ingest import ingest
from index.types import SearchError

Write = Callable[..., Path]


def test_a_folder_stands_for_its_readable_files_but_not_for_hidden_ones(rivers, write: Write) -> None:
    deep = write("deep/er/plan.markdown", "text")
    write(".git/notes.md", "text")
    write("picture.png", "text")
    root = rivers.parent

    assert files_in([root]) == [deep, rivers]
    assert files_in([root / "gone.md"]) == [root / "gone.md"]


def test_files_of_other_types_in_a_folder_are_counted(rivers: Path, write: Write) -> None:
    for name in ("sums.xlsx", "deep/more.XLSX", "LICENCE", ".git/notes.xlsx", "~$plan.xlsx", "README.txt"):
        write(name, "text")

    assert of_other_types([rivers.parent, write("named.xlsx", "text")]) == {".xlsx": 3, "": 1}


def test_the_lock_files_of_word_processors_are_passed_over(rivers, write: Write) -> None:
    write("~$plan.docx", "lock")

    assert files_in([rivers.parent]) == [rivers]


def test_a_readme_is_about_its_folder_unless_it_is_named(rivers: Path, write) -> None:
    readme = write("README.md", "# About these files\n\nThey are on rivers.\n")

    assert files_in([rivers.parent]) == [rivers]
    assert files_in([readme]) == [readme]


def test_folders_are_gone_through_where_links_lead_and_never_in_a_circle(rivers: Path, write: Write, tmp_path) -> None:
    root = rivers.parent
    inner = write("deep/plan.md", "text")
    (root / "deep" / "up").symlink_to("..")
    (root / "deep" / "itself").symlink_to("itself")
    apart = tmp_path.parent / f"{tmp_path.name}-apart"
    apart.mkdir()
    (apart / "lakes.md").write_text("text", encoding="utf-8")
    (root / "linked").symlink_to(apart)

    assert files_in([root]) == [inner, root / "linked" / "lakes.md", rivers]


def test_what_cannot_be_read_in_a_folder_is_named_and_the_rest_goes_in(
    folder, recipe, rivers: Path, monkeypatch
) -> None:
    root = rivers.parent
    (root / "circle.md").symlink_to("circle.md")
    (root / "shut").mkdir()
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)

    report = ingest(folder, recipe, files_in([root]))

    assert report.added == ("rivers",)
    assert [missed.reason for missed in report.left_out] == [
        f"{root}/circle.md: cannot be read (Too many levels of symbolic links); check the path and its permissions",
        f"{root}/shut: the folder cannot be read (Permission denied); check the path and its permissions",
    ]


def test_a_folder_that_may_not_be_looked_into_is_one_line(rivers: Path, monkeypatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)

    with pytest.raises(SearchError, match="cannot be listed; check its permissions"):
        files_in([rivers.parent])
