"""The figures that the chat page shows: package data of the assistant, made from the baselines. It computes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.baseline import BASELINES, read_baseline
from evals.figures import Figure
from evals.gate import GATES, STATEMENT, Gate
from evals.published import HEADLINE, set_of
from evals.scorers import MEASURES
from evals.summary import figures_of, tables_of
from evals.types import EvalError

PAGE_FIGURES = Path(__file__).parent.parent / "assistant" / "data" / "evals.json"
_DIGITS = 6  # the last bits of a mean are another machine's
_UNITS = {measure.name: measure.unit for measure in MEASURES}


def page_figures() -> dict[str, Any]:
    """The headline of each recorded baseline on the statement, and the share right by kind of question and by half.

    Raises:
        EvalError: no baseline is recorded, or one is of another set.
    """
    shown = [gate for gate in GATES if gate.options.set_name == STATEMENT]  # what its readers ask about
    runs = [_run(gate) for gate in shown if (BASELINES / f"{gate.name}.json").is_file()]
    if not runs:
        raise EvalError("no baseline is recorded; record them: make baseline")
    return {"runs": runs}


def publish_page_figures(path: Path = PAGE_FIGURES) -> None:
    """Write them where the page reads them."""
    path.write_text(json.dumps(page_figures(), indent=1) + "\n", encoding="utf-8")


def _run(gate: Gate) -> dict[str, Any]:
    baseline = read_baseline(gate.name)
    scored = baseline.scored(set_of(baseline))
    tables = {table.title: table.rows for table in tables_of(scored)}
    figures = figures_of(scored)
    return {
        "name": gate.name,
        "llm": gate.options.llm != "none",
        "report": f"docs/evals/{gate.name}.md",
        "set": baseline.set["name"],
        "cases": len(scored),
        "version": baseline.made_by["versions"]["communique"],
        "commit": baseline.made_by["commit"],
        "measures": {name: _as_json(figures[name], _UNITS[name]) for name in HEADLINE},
        "halves": _rights(tables["By split"]),
        "kinds": _rights(tables["By kind"]),
    }


def _rights(rows: Mapping[str, Mapping[str, Figure]]) -> dict[str, Any]:
    return {group: _as_json(row["right"], "") for group, row in rows.items()}


def _as_json(figure: Figure, unit: str) -> dict[str, Any]:
    numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
    rounded = {name: None if number is None else round(number, _DIGITS) for name, number in numbers.items()}
    return {"count": figure.count, "unit": unit, **rounded}
