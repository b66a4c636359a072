"""The folder for documents that readers bring."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.types import AssistantError
from assistant.uploads import Added, Refused, Upload, UploadFolder, safe_name
from corpus.types import Refusal
from index.intake import LeftOut, Report


@pytest.fixture
def folder(tmp_path: Path) -> UploadFolder:
    return UploadFolder(tmp_path / "documents", 1000)


def _sent(tmp_path: Path, name: str, content: str = "words") -> Upload:
    path = tmp_path / f"sent-{len(list(tmp_path.iterdir()))}"
    path.write_text(content, encoding="utf-8")
    return Upload(name, path)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/cron.d/evil.md", "evil.md"),
        ("C:\\Users\\me\\plan.DOCX", "plan.DOCX"),
        (".hidden.md", "hidden.md"),
        ("~$lock.docx", "lock.docx"),
        ("two\nlines\x1b[31m.txt", "two lines [31m.txt"),
        ("", "document"),
        ("..", "document"),
        (".md", "document.md"),
        ("共同声明.pdf", "共同声明.pdf"),
        ("x" * 300 + ".md", "x" * 150 + ".md"),
        ("table.xlsx", "table.xlsx"),
    ],
)
def test_a_name_is_made_harmless_and_kept_recognisable(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_long_name_is_cut_to_what_a_folder_takes(folder: UploadFolder, tmp_path: Path) -> None:
    (placed,) = folder.place([Upload("川" * 90 + ".md", _sent(tmp_path, "a.md").path)])
    assert placed.place.read_text(encoding="utf-8") == "words"
    assert placed.place.name.startswith("川" * 40) and placed.place.suffix == ".md"


def test_a_file_never_takes_the_place_of_another(folder: UploadFolder, tmp_path: Path) -> None:
    first, second = folder.place([_sent(tmp_path, "a.md", "one"), _sent(tmp_path, "a.md", "two")])
    assert (first.place.name, second.place.name) == ("a.md", "a-2.md")
    assert [one.place.read_text(encoding="utf-8") for one in (first, second)] == ["one", "two"]


def test_what_was_refused_leaves_the_folder_and_is_named_without_it(folder: UploadFolder, tmp_path: Path) -> None:
    good, bad, twin = folder.place([_sent(tmp_path, name) for name in ("good.md", "bad.pdf", "twin.md")])
    report = Report(
        added=("good",), left_out=(LeftOut(bad.place, f"{bad.place}: it has no text", Refusal.NO_TEXT),), built=True
    )
    held = SimpleNamespace(title="The good one", source=str(good.place))
    brought = folder.settle([good, bad, twin], report, [held])
    assert brought.added == (Added("good.md", "The good one"),)
    assert brought.refused == (
        Refused("bad.pdf", "it has no text", Refusal.NO_TEXT),
        Refused("twin.md", "the same text is already in", Refusal.ALREADY_IN),
    )
    assert [path.name for path in good.place.parent.iterdir()] == ["good.md"]


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file", encoding="utf-8")
    with pytest.raises(AssistantError, match=r"^The documents cannot be kept on the server \("):
        UploadFolder(tmp_path / "documents", 1000).place([Upload("a.md", tmp_path / "a.md")])


def test_where_one_file_cannot_be_copied_none_is_kept(folder: UploadFolder, tmp_path: Path) -> None:
    with pytest.raises(AssistantError):
        folder.place([_sent(tmp_path, "a.md"), Upload("b.md", tmp_path / "gone")])
    assert list((tmp_path / "documents").iterdir()) == []
