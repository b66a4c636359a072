"""The figures that are published: a report for each baseline in `docs/evals`, and the README's block made from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evals.baseline import BASELINES, Baseline, read_baseline
from evals.cases import CaseSet, load_cases, set_path
from evals.figures import Figure
from evals.gate import GATES, Gate
from evals.showing import counted, measure_title, measure_unit, shown
from evals.sources import read_sources
from evals.summary import figures_of, tables_of
from evals.types import EvalError

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "docs" / "evals"
_BLOCK = re.compile(r"(?<=<!-- figures: made by `make baseline` -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
HEADLINE = (
    "right", "vital", "citation_precision", "citation_recall", "refusal_precision", "refusal_recall", "turns",
    "conversation", "found_sentences", "words",
)  # fmt: skip


def figures_block() -> str:
    """The README's block: a table of the headline and of each half, a column for each baseline."""
    columns = {gate: _figures(gate) for gate in GATES if (BASELINES / f"{gate.name}.json").is_file()}
    if not columns:
        raise EvalError("no baseline is recorded; record them: make baseline")
    lines = [
        f"| {' | '.join(['', *(f'[{gate.title}]({_report(gate)})' for gate in columns)])} |",
        f"| --- |{' --- |' * len(columns)}",
    ]
    names = dict.fromkeys(name for figures in columns.values() for name in figures)
    for name in names:
        cells = [_cell(figures.get(name), name) for figures in columns.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def with_figures(readme: str) -> str:
    """The README with its block as the baselines have it now.

    Raises:
        EvalError: it has no such block.
    """
    changed, found = _BLOCK.subn(lambda _: figures_block(), readme)
    if found != 1:
        raise EvalError("README.md: the marks around the figures are missing")
    return changed


def publish_readme(path: Path = ROOT / "README.md") -> None:
    """Write the block into the README."""
    path.write_text(with_figures(path.read_text(encoding="utf-8")), encoding="utf-8")


def figure_lines(baseline: Baseline) -> list[str]:
    """The lines of a Markdown report that a baseline alone gives: each measure over all cases, but for seconds."""
    figures = figures_of(baseline.scored(set_of(baseline)))
    return [
        f"| {measure_title(name)} | {found.count} | {shown(found, measure_unit(name))} |"
        for name, found in figures.items()
        if found.count
    ]


def _figures(gate: Gate) -> Mapping[str, Figure]:
    baseline = read_baseline(gate.name)
    scored = baseline.scored(set_of(baseline))
    figures = figures_of(scored)
    headline = {measure_title(name): figures[name] for name in HEADLINE}
    by_split = next(table for table in tables_of(scored) if table.title == "By split").rows
    splits = {f"Right, {split} half": row["right"] for split, row in sorted(by_split.items(), reverse=True)}
    return headline | splits


def set_of(baseline: Baseline) -> CaseSet:
    """The cases that a baseline scored."""
    sources = read_sources([Path(source) for source in baseline.options["sources"]])
    return load_cases(set_path(baseline.options["set_name"]), sources)


def _report(gate: Gate) -> str:
    return (REPORTS / f"{gate.name}.md").relative_to(ROOT).as_posix()


def _cell(figure: Figure | None, title: str) -> str:
    if figure is None or not figure.count:
        return "–"
    unit = next((measure_unit(name) for name in HEADLINE if measure_title(name) == title), "")
    return counted(figure, unit)
