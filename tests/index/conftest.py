"""An index in a folder of its own, made with words for vectors, and what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import generations
from index.ingest import Recipe
from index.library import Library
from index.search import Search


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def recipe(embedder) -> Recipe:
    return Recipe(embedder)


@pytest.fixture
def best(folder: Path, recipe: Recipe) -> Callable[..., str]:
    """The heading of the best hit of a question, searched with the recipe or with another."""

    def heading(question: str, by: Recipe = recipe) -> str:
        return Search.open(folder, by).search(question, 1)[0].passage.section.heading

    return heading


@pytest.fixture
def held(folder: Path) -> Callable[[], list[str]]:
    """The ids of the documents in the index."""
    return lambda: [record.id for record in Library.open(generations.existing(folder)).records]
