"""Which files a folder stands for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.files import files_in
from index.types import SearchError

Write = Callable[..., Path]


def test_a_folder_stands_for_its_readable_files_but_not_for_hidden_ones(rivers, write: Write) -> None:
    deep = write("deep/er/plan.markdown", "text")
    write(".git/notes.md", "text")
    write("picture.png", "text")
    root = rivers.parent

    assert files_in([root]) == [deep, rivers]
    assert files_in([root / "gone.md"]) == [root / "gone.md"]


def test_the_lock_files_of_word_processors_are_passed_over(rivers, write: Write) -> None:
    write("~$plan.docx", "lock")

    assert files_in([rivers.parent]) == [rivers]


def test_a_readme_is_about_its_folder_unless_it_is_named(rivers: Path, write) -> None:
    readme = write("README.md", "# About these files\n\nThey are on rivers.\n")

    assert files_in([rivers.parent]) == [rivers]
    assert files_in([readme]) == [readme]


def test_a_folder_that_may_not_be_looked_into_is_one_line(rivers: Path, monkeypatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)

    with pytest.raises(SearchError, match="cannot be listed; check its permissions"):
        files_in([rivers.parent])
