"""How often answers are right, as HTML: figures with their intervals drawn as SVG. Knows nothing of how they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.measured import Measured, MeasuredRun
from assistant.ui.measuring_words import MeasuringWords, measuring_words
from assistant.ui.words import Words

Group = Mapping[str, Measured]


def measuring(runs: Sequence[MeasuredRun], words: Words) -> str:
    """The headline of each run side by side, then the share right by kind of question, then where the reports are."""
    said = measuring_words(words.language)
    if not runs:
        return f"<section class='evals'><h2>{said.heading}</h2><p class='hint'>{said.absent}</p></section>"
    names = {**said.measures, **{f"half {half}": name for half, name in said.halves.items()}}
    headline = _table(said.measure, [_headline(run) for run in runs], names, runs, said)
    kinds = _table(said.kind, [run.kinds for run in runs], said.kinds, runs, said)
    about = said.about.format(cases=max(run.cases for run in runs))
    return (
        f"<section class='evals'><h2>{said.heading}</h2><p class='hint'>{about}</p>{headline}"
        f"<h3>{said.by_kind}</h3>{kinds}<ul class='origins'>{_origins(runs, said)}</ul></section>"
    )


def _headline(run: MeasuredRun) -> Group:
    """The measures, with the halves of the set behind the first, which they are parts of."""
    halves = {f"half {half}": found for half, found in sorted(run.halves.items(), reverse=True)}
    (first, whole), *others = run.measures.items()
    return {first: whole, **halves, **dict(others)}


def _table(
    corner: str, groups: Sequence[Group], names: Mapping[str, str], runs: Sequence[MeasuredRun], said: MeasuringWords
) -> str:
    # The roles, because a table whose rows are stacked on a phone is no table to a screen reader.
    columns = [said.with_llm if run.llm else said.without_llm for run in runs]
    heads = "".join(f"<th role='columnheader' scope='col'>{column}</th>" for column in (corner, *columns))
    rows = "".join(
        f"<tr role='row'><th role='rowheader' scope='row'>{escape(names.get(name, name.replace('_', ' ')))}</th>"
        f"{_cells(name, groups, columns, said)}</tr>"
        for name in dict.fromkeys(name for group in groups for name in group)
    )
    return (
        f"<table role='table'><thead role='rowgroup'><tr role='row'>{heads}</tr></thead>"
        f"<tbody role='rowgroup'>{rows}</tbody></table>"
    )


def _cells(name: str, groups: Iterable[Group], columns: Iterable[str], said: MeasuringWords) -> str:
    cells = ((column, group.get(name)) for column, group in zip(columns, groups, strict=True))
    return "".join(
        f"<td role='cell' data-column='{escape(column)}'>{_figure(found, said) if found else '–'}</td>"
        for column, found in cells
    )


def _figure(found: Measured, said: MeasuringWords) -> str:
    if found.value is None:
        return "–"
    low, high = (_number(end, found.unit) for end in (found.low, found.high))
    between = said.interval.format(low=low, high=high, count=found.count) if low and high else f"n={found.count}"
    return f"<strong>{_number(found.value, found.unit)}</strong> <span class='interval'>{between}</span>{_plot(found)}"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.1f}" if unit else f"{value * 100:.1f} %"


def _plot(found: Measured) -> str:
    """A share on a line from 0 to 100 %, its interval as a bar; nothing for what is no share."""
    if found.unit or found.value is None:
        return ""
    low, high = (found.value if end is None else end for end in (found.low, found.high))
    return (
        "<svg class='plot' viewBox='0 0 100 8' preserveAspectRatio='none' aria-hidden='true' focusable='false'>"
        "<line class='scale' x1='0' y1='4' x2='100' y2='4'/>"
        f"<rect class='range' x='{low * 100:.1f}' y='2' width='{max(0.8, (high - low) * 100):.1f}' height='4'/>"
        f"<rect class='mean' x='{min(98.8, max(0.0, found.value * 100 - 0.6)):.1f}' y='0' width='1.2' height='8'/>"
        "</svg>"
    )


def _origins(runs: Iterable[MeasuredRun], said: MeasuringWords) -> str:
    return "".join(_origin(run, said) for run in runs)


def _origin(run: MeasuredRun, said: MeasuringWords) -> str:
    column = said.with_llm if run.llm else said.without_llm
    release = said.release.format(column=column, version=run.version, commit=run.commit[:10])
    place = said.report_here if run.has_report else said.report_elsewhere
    report = place.format(report=f"<code>{escape(run.report)}</code>")
    return f"<li>{escape(release)} {report}</li>"
