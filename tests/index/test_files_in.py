"""Which files a folder stands for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.intake import files_in

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
