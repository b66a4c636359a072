"""One page on a run, as HTML that needs nothing else or as Markdown: figures, plots, and every case, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import made_by, plots
from evals.confidence import reliability, risk_coverage, sampled, separation
from evals.folder import RunFolder
from evals.listing import LIMIT, listed
from evals.opinions import read_opinions
from evals.ranking import Ranking, ranked
from evals.score import saved_turns
from evals.showing import TITLES, UNITS, cell, counted, facts_marked, marked, rank_of, shown, verdicts
from evals.summary import Scored, Table, figures_of, step_figures, tables_of

_CAPTIONS = {
    "Risk and coverage": "Only cases whose reader was asked: not small talk, lists or summaries. What a laxer "
    "threshold would have shown is not known, so the share wrong ends at the one in use.",
    "Calibration of the reader": "Cases that accept both an answer and a refusal are left out.",
}
_COLUMNS = ("right", "status", "vital", "citation_precision", "citation_recall", "words", "seconds")
_LINE = 200  # characters of a case that is shown in a line


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot under its heading, and what else there is to say of it."""

    title: str
    svg: Markup
    caption: str = ""


def write_report(
    folder: RunFolder, *, markdown: bool = False, out: Path | None = None, before: RunFolder | None = None
) -> Path:
    """Write the report of a scored run beside it, or to `out`, and return where it is.

    With `before`, what got worse since that run comes first, and a case that changed is shown with both answers.

    Raises:
        EvalError: a run was never scored, or the two are of different sets.
    """
    ranking = ranked(folder, before)
    path = out or folder.file("report.md" if markdown else "report.html")
    path.write_text((markdown_page if markdown else html_page)(folder, ranking), encoding="utf-8")
    return path


def html_page(folder: RunFolder, ranking: Ranking) -> str:
    """The report as one HTML file without any outside request."""
    tables = tables_of(ranking.scored, saved_turns(folder))
    page = _environment(html=True).get_template("report.html.j2")
    drawn = _plots(ranking.scored, tables)
    return page.render(_facts(folder, ranking, tables), plots=drawn, kinds=_by_kind(ranking.scored)) + "\n"


def markdown_page(folder: RunFolder, ranking: Ranking) -> str:
    """The same figures, then the cases that are to be looked at, as much of them as a pull request comment takes."""
    environment = _environment(html=False)
    facts = _facts(folder, ranking, tables_of(ranking.scored, saved_turns(folder)))
    head = environment.get_template("report.md.j2").render(facts) + "\n"
    page, cases = environment.get_template("case.md.j2"), [one for one in ranking.scored if ranking.is_to_be_seen(one)]
    full = [page.render(one=one, ranking=ranking, verdicts=verdicts) for one in cases]
    short = [_line(one, ranking) for one in cases]
    return head + listed(full, short, room=LIMIT - len(head.encode()), run=folder.name)


def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown, "counted": counted, "marked": marked, "facts_marked": facts_marked, "cell": cell,
    }  # fmt: skip
    return environment


def _facts(folder: RunFolder, ranking: Ranking, tables: Sequence[Table]) -> dict[str, Any]:
    """What both pages are made from."""
    settings, scored = folder.settings(), ranking.scored
    return {
        "run": folder.name,
        "settings": settings,
        "model": made_by.language_model(settings),
        "draft": made_by.draft(settings),
        "wanted": len(folder.cases()),
        "problems": folder.problems(),
        "scored": scored,
        "ranking": ranking,
        "figures": figures_of(scored),
        "titles": TITLES,
        "units": UNITS,
        "columns": _COLUMNS,
        "tables": tables,
        "risks": sampled(risk_coverage(scored)),
        "bins": reliability(scored),
        "steps": step_figures(scored),
        "separation": separation(scored),
        "opinions": read_opinions(folder, scored),
        "verdicts": verdicts,
        "rank_of": rank_of,
    }


def _line(one: Scored, ranking: Ranking) -> str:
    """A case in a line of Markdown."""
    notes = [note.text for note in ranking.notes[one.case.id]]
    said = "; ".join([*notes, *(why for why in _reasons(one) if why)])
    about = f"{' → '.join(one.case.turns)}{' — ' if said else ''}{said}"
    short = about if len(about) <= _LINE else f"{about[:_LINE].rsplit(' ', maxsplit=1)[0]} …"
    return f"- **{cell(one.case.id)}** ({cell(one.case.kind)}, {one.case.split}) {cell(short)}\n"


def _reasons(one: Scored) -> Iterator[str]:
    yield from (f"{TITLES[name]}: no" for name in one.broken_promises)
    yield one.scores["right"].why


def _by_kind(scored: Sequence[Scored]) -> dict[str, list[Scored]]:
    """The cases of each kind, in their order."""
    return {
        kind: [one for one in scored if one.case.kind == kind] for kind in sorted({one.case.kind for one in scored})
    }


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
