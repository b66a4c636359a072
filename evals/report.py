"""One page on a run, as HTML that needs nothing else or as Markdown: figures, plots, and every case, worst first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals import plots
from evals.baseline import right_before
from evals.confidence import reliability, risk_coverage, sampled, separation
from evals.figures import Figure
from evals.folder import RunFolder
from evals.opinions import read_opinions
from evals.score import saved_scores, saved_turns
from evals.scorers import MEASURES
from evals.scorers.texts import pattern_for
from evals.summary import Scored, Table, figures_of, step_figures, tables_of
from evals.types import Case, Score

_CAPTIONS = {
    "Risk and coverage": "Only cases whose reader was asked: not small talk, lists or summaries. What a laxer "
    "threshold would have shown is not known, so the share wrong ends at the one in use.",
    "Calibration of the reader": "Cases that accept both an answer and a refusal are left out.",
}
_COLUMNS = ("right", "status", "vital", "citation_precision", "citation_recall", "words", "seconds")
_TITLES = {measure.name: measure.title for measure in MEASURES}
_UNITS = {measure.name: measure.unit for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot under its heading, and what else there is to say of it."""

    title: str
    svg: Markup
    caption: str = ""


def write_report(folder: RunFolder, *, markdown: bool = False, out: Path | None = None) -> Path:
    """Write the report of a scored run beside it, or to `out`, and return where it is.

    Raises:
        EvalError: the run was never scored.
    """
    scored = worst_first(saved_scores(folder), right_before(folder))
    path = out or folder.file("report.md" if markdown else "report.html")
    path.write_text((markdown_page if markdown else html_page)(folder, scored), encoding="utf-8")
    return path


def worst_first(scored: Sequence[Scored], were_right: Collection[str]) -> list[Scored]:
    """Broken promises, then what was right when the baseline was recorded and is not now, then by badness."""

    def badness(one: Scored) -> tuple[object, ...]:
        broken, *others = one.badness
        return broken, not (one.case.id in were_right and not one.is_right), *others

    return sorted(scored, key=badness)


def html_page(folder: RunFolder, scored: Sequence[Scored]) -> str:
    """The report as one HTML file without any outside request."""
    tables = tables_of(scored, saved_turns(folder))
    return _page("report.html.j2", folder, scored, tables, plots=_plots(scored, tables))


def markdown_page(folder: RunFolder, scored: Sequence[Scored]) -> str:
    """The same figures and the cases that are not right, for a pull request."""
    return _page("report.md.j2", folder, scored, tables_of(scored, saved_turns(folder)), plots=())


def _page(
    template: str, folder: RunFolder, scored: Sequence[Scored], tables: Sequence[Table], *, plots: Sequence[Plot]
) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=template.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "marked": marked, "facts_marked": facts_marked, "cell": cell}
    page = environment.get_template(template).render(
        run=folder.name,
        settings=folder.settings(),
        wanted=len(folder.cases()),
        problems=folder.problems(),
        scored=scored,
        figures=figures_of(scored),
        titles=_TITLES,
        units=_UNITS,
        columns=_COLUMNS,
        tables=tables,
        plots=plots,
        risks=sampled(risk_coverage(scored)),
        bins=reliability(scored),
        steps=step_figures(scored),
        separation=separation(scored),
        opinions=read_opinions(folder, scored),
        were_right=right_before(folder),
        verdicts=verdicts,
        rank_of=rank_of,
    )
    return page + "\n"


def _plots(scored: Sequence[Scored], tables: Sequence[Table]) -> list[Plot]:
    drawn: Mapping[str, str | None] = {
        "Right by kind": plots.right_by_kind(tables[0].rows) if scored else None,
        "Risk and coverage": plots.risk_coverage(scored),
        "Calibration of the reader": plots.reliability(scored),
        "Citations": plots.citations(scored),
        "Length of answers": plots.lengths(scored),
        "Time of each step": plots.step_times(scored),
    }
    # The markup is this program's own: no text of a case or an answer goes into a plot, and kinds are escaped there.
    return [Plot(title, Markup(svg), _CAPTIONS.get(title, "")) for title, svg in drawn.items() if svg]


def rank_of(one: Scored) -> str:
    """Where the search put the first passage with a gold sentence, if it was asked and there is one."""
    score, hits = one.scores["sentence_rank"], one.answer.hits if one.answer else None
    return "" if score.value is None else f"Gold sentence among the {len(hits or ())} passages found: {score.why}."


def measure_title(name: str) -> str:
    """A measure's name for a reader."""
    return _TITLES[name]


def measure_unit(name: str) -> str:
    """A measure's unit; empty for a share."""
    return _UNITS[name]


def verdicts(one: Scored) -> list[tuple[str, Score]]:
    """The measures that say something of a case, failures first."""
    said = [(_TITLES[measure.name], one.scores[measure.name], measure.unit) for measure in MEASURES]
    kept = [(title, score, unit) for title, score, unit in said if score.value is not None]
    kept.sort(key=lambda entry: bool(entry[2]) or (entry[1].value or 0.0) >= 1)
    return [(title, score) for title, score, _ in kept]


def shown(figure: Figure, unit: str = "") -> str:
    """A figure with its interval, `91.2 % (87.3–94.0)`."""
    if figure.value is None:
        return "–"
    scale, digits = (100, 1) if not unit else (1, 2 if unit == "s" else 1)
    value = f"{figure.value * scale:.{digits}f}" + ("" if unit == "words" else f" {unit or '%'}")
    if figure.low is None or figure.high is None:
        return value
    return f"{value} ({figure.low * scale:.{digits}f}–{figure.high * scale:.{digits}f})"


def marked(quote: str, case: Case) -> Markup:
    """A quote with the gold sentences in it marked."""
    page = escape(quote)
    for gold in case.gold:
        page = page.replace(escape(gold.text), Markup("<mark>{}</mark>").format(gold.text))
    return page


def facts_marked(text: str, case: Case) -> Markup:
    """A text with the vital facts in it marked."""
    spans = [
        match.span()
        for alternatives in case.vital
        for pattern in alternatives
        for match in pattern_for(pattern).finditer(text)
    ]
    page, end = Markup(), 0
    for first, last in sorted(spans):
        if first >= end:  # two facts may share words
            page += escape(text[end:first]) + Markup("<mark>{}</mark>").format(text[first:last])
            end = last
    return page + escape(text[end:])


def cell(text: Any) -> str:
    """Text made safe for a Markdown table or list: one line, no bars, no markup."""
    plain = " ".join(str(text).split())
    for character in "\\|`*_<>[]":
        plain = plain.replace(character, "\\" + character)
    return plain
