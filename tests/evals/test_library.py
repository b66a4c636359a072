"""A run's own index: the set's documents and nothing else, wherever they come from, and gone at the end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.bundled import bundled_documents
from assistant.settings import load_settings
from evals.cases import CaseSet, load_cases, set_path
from evals.library import files_of, own_library
from evals.sources import Sources, read_sources
from evals.types import Case

ROOT = Path(__file__).parents[2]
TRIO = ["kessary-tarrow-communique", "morvane-cableways-guidance", "velmora-homes-report"]


def names(files: tuple[Path, ...]) -> list[str]:
    return sorted(path.stem for path in files)


def test_a_set_is_asked_of_the_documents_of_its_gold_sentences() -> None:
    sources = read_sources()
    assert names(files_of(load_cases(set_path("callow"), sources), sources)) == ["callow-sea-action-plan"]
    assert names(files_of(load_cases(set_path("statement"), sources), sources)) == ["uk-japan-digital-council-2025-01"]
    assert names(files_of(load_cases(set_path("trio"), sources), sources)) == TRIO


def test_the_indexes_of_evals_that_were_killed_are_cleared_away(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, running = tmp_path / "communique-evals-left", tmp_path / "communique-evals-running"
    for folder in (left, running):
        (folder / "index").mkdir(parents=True)
    os.utime(left, (0, 0))
    with own_library(load_settings(llm="none"), ()):
        assert not left.exists()
        assert running.exists()


def test_a_document_named_beside_the_set_is_held_too_and_once(
    set_file: Path, sources: Sources, document_file: Path, tmp_path: Path
) -> None:
    case_set = load_cases(set_file, sources)
    other = tmp_path / "other.md"
    assert files_of(case_set, sources, [str(document_file)]) == (document_file,)
    assert files_of(case_set, sources, [str(other)]) == (document_file, other)


def test_a_set_without_gold_sentences_is_asked_of_the_documents_that_come_with_the_program() -> None:
    refusal = Case("no", "near_miss", "tune", ("Who?",), ("not_stated",))
    assert files_of(CaseSet("none", Path("none.jsonl"), "", (refusal,)), read_sources()) == bundled_documents()


def test_the_documents_of_the_other_sets_do_not_come_with_the_program() -> None:
    assert not {"callow-sea-action-plan", *TRIO} & set(names(bundled_documents()))


def test_an_own_library_is_in_a_folder_of_its_own_that_goes(tmp_path: Path, document_file: Path) -> None:
    settings = load_settings(home=tmp_path / "home", chroma="http://127.0.0.1:9")

    with own_library(settings, [document_file]) as own:
        folder = own.holdings.folder
        assert folder.is_dir() and tmp_path not in folder.parents
        assert (own.holdings.files, own.settings.chroma) == ((document_file,), "")
        assert own.settings.models_folder == settings.models_folder

    assert not folder.exists()


@pytest.mark.model
def test_a_set_on_another_document_runs_and_leaves_the_user_s_index_alone(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    command = [
        sys.executable,
        "-m",
        "evals",
        "run",
        "--set",
        "callow",
        "--kind",
        "fact",
        "--limit",
        "2",
        "--llm",
        "none",
    ]

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=child_environment, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    run = Path(done.stdout.strip())
    rows = [json.loads(line) for line in (run / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    shutil.rmtree(run)
    assert len(rows) == 2
    assert {row["citations"][0]["document"] for row in rows} == {"callow-sea-action-plan"}
    assert not (tmp_path / "home" / "index").exists()
