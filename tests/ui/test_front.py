"""What the head of the page does with what a browser sends, without one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio.utils import get_upload_folder

from assistant.types import AssistantError
from assistant.ui.front import Front, Head
from assistant.ui.visit import Visit
from assistant.uploads import Upload

_NAMES: Any = Head._fields  # in the place of components: what is changed is told by its name
_HEAD = Head(*_NAMES)
_REQUEST: Any = SimpleNamespace(headers={"accept-language": "en"})


def _bring(library, files, refused=()) -> dict[str, object]:
    library.gate.set()
    event: Any = SimpleNamespace(files=files, refused=list(refused))
    *_, last = Front(library, _HEAD).bring(Visit(), event, _REQUEST)
    return last


@pytest.fixture
def sent() -> Path:
    folder = Path(get_upload_folder()) / "test-front"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "good.md"
    path.write_text("# Good\n", encoding="utf-8")
    return path


def test_a_file_that_came_through_the_door_is_brought(library, sent):
    assert "added as" in str(_bring(library, [{"name": "good.md", "path": str(sent)}])["brought"])
    assert [file.name for file in library.brought] == ["good.md"]


def test_any_other_path_is_not_looked_at(library, sent, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n", encoding="utf-8")
    around = f"{sent.parent}/../../{secret.relative_to('/')}"
    for path in (str(secret), around, str(sent.parent), "", 3):
        assert _bring(library, [{"name": "secret.md", "path": path}])["brought"] == ""
    assert library.brought == []
    assert secret.exists()


@pytest.mark.parametrize("files", [None, 3, "good.md", [3], [{}], {"name": "good.md"}])
def test_what_is_no_list_of_files_is_none(library, files):
    assert _bring(library, files)["brought"] == ""


def test_what_goes_wrong_is_one_line_and_the_file_does_not_stay(library, sent):
    def refuse(files: list[Upload]) -> None:
        raise AssistantError("The documents cannot be kept <here>.")

    library.bring = refuse
    said = str(_bring(library, [{"name": "good.md", "path": str(sent)}])["brought"])
    assert "The documents cannot be kept &lt;here&gt;." in said
    assert not sent.exists()
