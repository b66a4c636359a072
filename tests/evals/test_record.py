"""A run made before becomes a baseline only if it asked what its gate asks now, of the same documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from evals.baseline import read_baseline
from evals.check import record_run
from evals.folder import RunFolder
from evals.gate import Gate
from evals.run import RunOptions, begin_run, plan_run
from evals.score import score_run
from evals.types import EvalError

Maker = Callable[..., Any]
Rows = list[dict[str, Any]]


@pytest.fixture
def document(tmp_path: Path, document_file: Path) -> Path:
    """A copy of the document that may be changed."""
    path = tmp_path / document_file.name
    path.write_bytes(document_file.read_bytes())
    return path


@pytest.fixture
def gate(set_file: Path, document: Path) -> Gate:
    return Gate("small", "Small", RunOptions(str(set_file), llm="none", sources=(str(document),)))


@pytest.fixture
def run(tmp_path: Path, gate: Gate, make_answer: Maker) -> RunFolder:
    """A finished run of the gate, made by what quotes the same two sentences whatever it is asked."""
    plan = plan_run(gate.options)
    settings = {"llm": "none", "draft": "auto"}
    folder = begin_run(tmp_path / "runs", "small", gate.options, plan, settings, used={})
    for case in plan.cases:
        *earlier, last = [
            make_answer((None, "telecoms:1.1"), (None, "data:1.2"), name=case.turn_id(number), question=turn)
            for number, turn in enumerate(case.turns, start=1)
        ]
        folder.append_answer(asdict(replace(last, confidence=0.7, earlier=tuple(earlier))))
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder


@pytest.fixture
def record(tmp_path: Path, gate: Gate, run: RunFolder) -> Callable[[], Path]:
    return lambda: record_run(gate, run, baselines=tmp_path / "baselines", reports=tmp_path / "reports")


def change(set_file: Path, how: Callable[[Rows], object]) -> None:
    rows = [json.loads(line) for line in set_file.read_text(encoding="utf-8").splitlines()]
    how(rows)
    set_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_it_is_recorded_as_the_gates_set_scores_it_now_wherever_it_was_made(
    record: Callable[[], Path], gate: Gate, run: RunFolder, set_file: Path, tmp_path: Path
) -> None:
    made = run.settings()
    run.write_settings(made | {"set": made["set"] | {"path": str(tmp_path / "other checkout" / "small.jsonl")}})
    record()
    before = read_baseline("small", tmp_path / "baselines")
    change(set_file, lambda rows: rows[0].update(vital=[["nowhere"]]))

    assert record() == tmp_path / "baselines" / "small.json"

    after = read_baseline("small", tmp_path / "baselines")
    assert [one.cases["when"]["right"] for one in (before, after)] == [1, 0]
    assert after.set["sha256"] == plan_run(gate.options).case_set.fingerprint != before.set["sha256"]
    assert RunFolder(run.path).settings()["set"]["path"] == str(set_file.resolve())
    assert "Telecoms Dialogue?" in (tmp_path / "reports" / "small.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        (lambda rows: rows.append(rows[0] | {"id": "later"}), "it has no answer to later"),
        (lambda rows: rows.pop(0), "it asked besides when"),
        (lambda rows: rows[1].update(turns=["Who paid?"]), "it asked in other words host"),
        (lambda rows: rows[2]["turns"].__setitem__(0, "Is there none?"), "it asked in other words then"),
        (lambda rows: [row.update(id=f"new-{row['id']}") for row in rows], "no answer to new-cost, .*besides cost, "),
        (lambda rows: rows.extend(rows[0] | {"id": f"x{n}"} for n in range(7)), "to x0, x1, x2, x3, x4 and 2 more;"),
    ],
)
def test_it_is_refused_where_the_gate_asks_something_else_now(
    how: Callable[[Rows], object], fault: str, record: Callable[[], Path], run: RunFolder, set_file: Path
) -> None:
    kept = {path.name: path.read_bytes() for path in run.path.iterdir()}
    change(set_file, how)

    with pytest.raises(EvalError, match=rf"not what small asks now: .*{fault}.*evals baseline small"):
        record()

    assert {path.name: path.read_bytes() for path in run.path.iterdir()} == kept


def test_scoring_it_again_does_not_make_a_changed_question_its_own(
    record: Callable[[], Path], run: RunFolder, gate: Gate, set_file: Path
) -> None:
    change(set_file, lambda rows: rows[1].update(turns=["Who paid?"]))
    run.write_cases(plan_run(gate.options).cases)

    with pytest.raises(EvalError, match="it asked in other words host"):
        record()


def test_it_is_refused_where_its_document_changed(record: Callable[[], Path], document: Path) -> None:
    document.write_text(document.read_text(encoding="utf-8") + "\n## More\n\nA line.\n", encoding="utf-8")

    with pytest.raises(EvalError, match="not what small asks now: the document statement is another now"):
        record()


def test_a_document_that_it_is_not_about_may_change(record: Callable[[], Path], run: RunFolder) -> None:
    made = run.settings()
    others = {name: "0" * 64 for name in made["documents"] if name != "statement"}
    assert others
    run.write_settings(made | {"documents": made["documents"] | others})

    assert record().is_file()
