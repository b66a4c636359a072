"""What stops `python -m evals train-reader` is said in one line, before any training."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals.__main__ import main
from evals.types import EvalError


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path / "home"))


def told(*arguments: str, code: int) -> str:
    done: Result = CliRunner().invoke(main, ["train-reader", "--documents", str(Path(__file__).parent), *arguments])
    assert done.exit_code == code
    assert not done.stdout
    return done.stderr


def test_a_try_does_not_replace_the_adapter() -> None:
    assert "--questions is for a try" in told("--questions", "200", code=2)


def test_something_must_be_trained_on() -> None:
    done: Result = CliRunner().invoke(main, ["train-reader", "--out", "a.gguf"])
    assert done.exit_code == 2
    assert "give --documents, --invented or both" in done.stderr


def test_too_few_questions_are_refused(tmp_path: Path) -> None:
    assert "99 is not in the range x>=100" in told("--questions", "99", "--out", str(tmp_path / "a.gguf"), code=2)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = told("--out", str(tmp_path / "none" / "a.gguf"), code=1)
    assert said == f"{tmp_path / 'none'}: no such folder; make it, or name another with --out\n"


def test_a_folder_cannot_be_written_over(tmp_path: Path) -> None:
    assert "is a directory" in told("--out", str(tmp_path), code=2)


def test_a_missing_model_says_what_brings_it(tmp_path: Path) -> None:
    said = told("--out", str(tmp_path / "a.gguf"), code=1)
    assert said.startswith("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf is not in ")
    assert said.endswith("; communique models fetch brings it\n") and said.count("\n") == 1
    assert not (tmp_path / "a.gguf").exists()


def test_another_file_under_the_models_name_is_refused(tmp_path: Path) -> None:
    models = tmp_path / "home" / "models"
    models.mkdir(parents=True)
    (models / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").write_bytes(b"GGUF")
    assert "is not the published file" in told("--out", str(tmp_path / "a.gguf"), code=1)


@pytest.mark.parametrize("missing", ["accelerate", "gguf"])
def test_a_missing_extra_is_named(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evals.reader.base import load

    for name in ("accelerate", "gguf"):
        monkeypatch.setitem(sys.modules, name, None if name == missing else sys)
    with pytest.raises(EvalError) as raised:
        load(tmp_path / "a.gguf")
    assert str(raised.value) == f"train-reader needs {missing}; run pip install 'communique[train]'"
