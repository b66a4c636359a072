from __future__ import annotations

from pathlib import Path

import pytest

from assistant.int8.convert import adapter_of, make
from assistant.int8.folder import EightBitFolder
from assistant.llm import LLMUnavailable
from tests.assistant.int8.conftest import LAYERS, write_model


def test_it_is_made_once_and_again_for_another_file(tmp_path: Path) -> None:
    file = write_model(tmp_path / "m.gguf")
    steps: list[tuple[str, int, int]] = []
    folder = make(file, lambda *step: steps.append(step))
    assert steps[0] == ("making m-int8", 0, LAYERS + 2)
    assert steps[-1] == ("making m-int8", LAYERS + 2, LAYERS + 2)
    assert folder.is_made_from(file)
    before = folder.shard().stat().st_mtime_ns

    make(file, lambda *step: pytest.fail("made twice"))
    file.touch()

    assert not folder.is_made_from(file)
    assert make(file).shard().stat().st_mtime_ns > before
    assert folder.is_made_from(file)


def test_what_was_not_finished_is_no_folder_and_is_made_anew(tmp_path: Path) -> None:
    file = write_model(tmp_path / "m.gguf")

    def stop(doing: str, done: int, steps: int) -> None:
        if done == LAYERS:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(file, stop)

    assert not EightBitFolder.beside(file).path.exists()
    assert make(file).is_made_from(file)


@pytest.mark.parametrize("kind", ["llama", "broken"])
def test_another_model_or_a_broken_file_is_refused_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    file = write_model(tmp_path / "m.gguf", architecture=kind)
    if kind == "broken":
        file.write_bytes(file.read_bytes()[:5000])

    with pytest.raises(LLMUnavailable, match="cannot be made"):
        make(file)

    assert {path.name for path in tmp_path.iterdir()} <= {"m.gguf", ".m-int8.lock"}


def test_a_folder_of_another_version_does_not_count(tmp_path: Path) -> None:
    file = write_model(tmp_path / "m.gguf")
    about = make(file).path / "about.json"
    about.write_text(about.read_text().replace('"format": 1', '"format": 0'))

    assert not EightBitFolder.beside(file).is_made_from(file)
    with pytest.raises(LLMUnavailable, match="models fetch"):
        EightBitFolder.beside(file).shape()


def test_an_adapter_for_another_model_or_none_is_refused(model_file: Path, adapter_file: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    shape = make(model_file).shape()
    invocation, scale, matrices = adapter_of(adapter_file, shape)
    assert len(invocation) == 2
    assert scale == 2.0
    assert len(matrices) == 8

    with pytest.raises(LLMUnavailable, match="another model"):
        adapter_of(adapter_file, replace(shape, width=128))
    (tmp_path / "none.gguf").write_bytes(b"GGUF")
    with pytest.raises(LLMUnavailable, match="cannot be read"):
        adapter_of(tmp_path / "none.gguf", shape)
