"""A damaged index is one line that names the mending command, and that command mends it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import generations
from index.build import Recipe, store_of
from index.ingest import ingest, is_stale
from index.integrity import check_files
from index.search import Search
from index.types import SearchError
from index.weights import check_sha256

PARTS = [
    "current",
    "manifest.json",
    "sections.jsonl",
    "keyword/about.json",
    "keyword/words.npy",
    "keyword/data.csc.index.npy",
    "keyword/indptr.csc.index.npy",
    "chroma/chroma.sqlite3",
    "chroma/*/data_level0.bin",
]
DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda content: None,
    "empty": lambda content: b"",
    "cut short": lambda content: content[: len(content) // 2],
    "garbage": lambda content: b"\x00\xffgarbage\n" * (1 + len(content) // 10),
    "other JSON": lambda content: b"[]\n",
    "some other bytes": lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
}
CASES = [
    (part, damage)
    for part in PARTS
    for damage in DAMAGES
    # Chroma changes the bytes of its vector file by itself, and in a small collection has no use for them.
    if (part, damage) != ("chroma/*/data_level0.bin", "some other bytes")
]


@pytest.fixture
def folder(tmp_path: Path, recipe: Recipe, rivers: Path, forests: Path) -> Path:
    """An index that this process has not opened: Chroma keeps files it opened, damaged or not."""
    ingest(tmp_path / "made", recipe, [rivers, forests])
    return Path(shutil.copytree(tmp_path / "made", tmp_path / "index"))


def ask(folder: Path, recipe: Recipe) -> str:
    return Search.open(folder, recipe).search("salmon in the Tamble", 1)[0].passage.section.heading


@pytest.mark.parametrize(("part", "damage"), CASES)
def test_damage_is_one_line_and_a_rebuild_mends_it(
    folder: Path, recipe: Recipe, rivers, part: str, damage: str
) -> None:
    (path,) = folder.glob(part) if part == "current" else generations.existing(folder).glob(part)
    content = DAMAGES[damage](path.read_bytes())
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SearchError) as caught:
        is_stale(folder, recipe, [rivers])
        ask(folder, recipe)

    assert "\n" not in str(caught.value)
    assert "communique ingest" in str(caught.value)
    ingest(folder, recipe, [rivers], rebuild=True)
    assert ask(folder, recipe) == "Salmon"


def test_a_rebuild_after_damage_keeps_the_documents_of_an_earlier_generation(folder, recipe, rivers, forests) -> None:
    ingest(folder, recipe, [], rebuild=True)
    (generations.existing(folder) / "manifest.json").write_text("{")

    ingest(folder, recipe, [rivers], rebuild=True)

    held = {section.document.id for section in Search.open(folder, recipe).library.sections}
    assert held == {"rivers", "forests"}


@pytest.mark.parametrize("damage", [lambda text: "{", lambda text: text.replace("2031", "2032")])
def test_without_a_rebuild_a_damaged_index_is_not_written_over(folder, recipe, rivers, forests, damage) -> None:
    sections = generations.existing(folder) / "sections.jsonl"
    sections.write_text(damage(sections.read_text(encoding="utf-8")), encoding="utf-8")
    forests.write_text(forests.read_text() + "\nMore.\n")
    before = sorted(folder.rglob("*"))

    with pytest.raises(SearchError, match="communique ingest --rebuild"):
        ingest(folder, recipe, [rivers])

    assert sorted(folder.rglob("*")) == before


def test_a_rebuild_takes_no_vector_from_the_store_it_mends(folder, recipe, embedder, rivers) -> None:
    embedder.encoded.clear()

    ingest(folder, recipe, [rivers], rebuild=True)

    assert any("salmon" in text for text in embedder.encoded)


def test_asking_changes_nothing_that_is_checked(folder, recipe) -> None:
    for _ in range(2):
        Search.open(folder, recipe).search("salmon in the Tamble")
        assert store_of(generations.existing(folder), recipe).ids()

    check_files(generations.existing(folder))


def test_a_model_file_with_other_bytes_is_named_with_both_hashes(tmp_path: Path) -> None:
    model = tmp_path / "model.safetensors"
    model.write_bytes(b"weights")
    right = hashlib.sha256(b"weights").hexdigest()

    check_sha256(model, right)
    model.write_bytes(b"weight5")

    with pytest.raises(SearchError) as caught:
        check_sha256(model, right)
    assert str(model) in str(caught.value)
    assert right[:12] in str(caught.value)
    assert "make setup" in str(caught.value)


def test_a_model_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"gone\.safetensors: the model file cannot be read"):
        check_sha256(tmp_path / "gone.safetensors", "0" * 64)
