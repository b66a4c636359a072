"""A set nobody has seen, on a document of its own, goes through the commands from `run` to `report`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.folder import RUNS

pytestmark = pytest.mark.model
CHARTER = """# Harbour Charter

## Dredging

The Harbour Trust dredges the Selwick channel every March. It removed 41,000 tonnes of silt in 2021.

## Ferries

The Selwick ferry carries 90 passengers and runs until 9 pm in summer.
"""


def command(environment: dict[str, str], module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, timeout=300, check=False,
        env=environment,
    )  # fmt: skip


@pytest.fixture
def charter(tmp_path: Path) -> Path:
    path = tmp_path / "harbour-charter.md"
    path.write_text(CHARTER, encoding="utf-8")
    return path


@pytest.fixture
def unseen(tmp_path: Path, charter: Path, child_environment: dict[str, str]) -> Path:
    """A fact, a conversation whose first turn is judged too, and a question that is to be refused."""
    listed = command(child_environment, "evals", "sentences", "--source", str(charter))
    assert listed.returncode == 0, listed.stderr
    named = {gold["text"]: gold for gold in map(json.loads, listed.stdout.splitlines())}
    assert len(named) == 3
    silt, ferry = (next(gold for text, gold in named.items() if word in text) for word in ("tonnes", "ferry"))
    rows = [
        {"id": "silt", "kind": "fact", "split": "report", "turns": ["How much silt was removed in 2021?"],
         "status": ["answered"], "gold": [silt], "vital": [["41,000"]]},
        {"id": "ferry", "kind": "follow_up", "split": "report",
         "turns": ["How many passengers does the ferry carry?", "Until when does it run in summer?"],
         "status": ["answered"], "gold": [ferry], "vital": [["9 pm"]],
         "earlier": [{"status": ["answered"], "gold": [ferry], "vital": [["90 passengers"]]}]},
        {"id": "moon", "kind": "off_topic", "split": "report", "turns": ["Who first walked on the moon?"],
         "status": ["off_topic", "not_stated"]},
    ]  # fmt: skip
    path = tmp_path / "unseen.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def run_name() -> Iterator[str]:
    """A name for runs whose folders are gone after the test, however it ends."""
    name = f"test-{os.getpid()}"
    yield name
    for folder in RUNS.glob(f"*-{name}"):
        shutil.rmtree(folder)


@pytest.fixture
def run(charter: Path, unseen: Path, child_environment: dict[str, str], run_name: str) -> Path:
    """The folder of a run of it."""
    given = ("--set", str(unseen), "--source", str(charter), "--llm", "none", "--name", run_name)
    done = command(child_environment, "evals", "run", *given)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_it_is_run_scored_and_reported_with_nothing_but_its_path_and_its_document(
    run: Path, child_environment: dict[str, str]
) -> None:
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    assert (summary["cases"], summary["scored"]) == (3, 3)
    assert summary["figures"]["right"]["value"] >= 2 / 3
    assert summary["figures"]["found_sentences"]["value"] == 1
    assert summary["figures"]["turns"]["count"] == 1
    assert summary["figures"]["quotes"]["value"] == 1
    for arguments in (("score", str(run)), ("compare", str(run), str(run)), ("report", str(run))):
        done = command(child_environment, "evals", *arguments)
        assert done.returncode == 0, done.stderr
    assert "How much silt was removed in 2021?" in (run / "report.html").read_text(encoding="utf-8")


def test_a_run_that_is_killed_outright_goes_on_with_the_answers_it_has(
    child_environment: dict[str, str], run_name: str
) -> None:
    begin = [sys.executable, "-m", "evals", "run", "--limit", "40", "--llm", "none", "--name", run_name]
    with subprocess.Popen(
        begin, env=child_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        answers = _with_an_answer(run_name, running)
        running.kill()
    had = answers.read_bytes().splitlines(keepends=True)
    done = command(child_environment, "evals", "run", "--resume", run_name)
    assert done.returncode == 0, done.stderr
    rows = answers.read_bytes().splitlines(keepends=True)
    whole = [line for line in had if line.endswith(b"\n")]
    assert 0 < len(whole) < 40
    assert len(rows) == 40 and rows[: len(whole)] == whole
    assert "right" in done.stderr and "of 40 cases" in done.stderr


def _with_an_answer(name: str, running: subprocess.Popen[bytes]) -> Path:
    """The answers of a run, as soon as there is one."""
    while running.poll() is None:
        for answers in RUNS.glob(f"*-{name}/answers.jsonl"):
            if answers.stat().st_size:
                return answers
        time.sleep(0.005)
    raise AssertionError("the run ended before it could be killed")
