"""A comparison as Markdown that also reads well in a terminal: settings, measures, then cases, what broke first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evals.changes import CaseChange, both, brief
from evals.compare import Comparison
from evals.figures import LEVEL, Difference


def as_markdown(comparison: Comparison) -> str:
    """The whole of it."""
    lines = [
        f"# {comparison.before} (A) and {comparison.after} (B)",
        "",
        f"{comparison.pairs} cases in both; {comparison.only_before} only in A, {comparison.only_after} only in B.",
        "",
        *_settings(comparison),
        "",
        *_measures(comparison),
    ]
    for title, belongs, reasons in _SECTIONS:
        found = [change for change in comparison.changes if belongs(change)]
        lines += ["", f"## {title}: {len(found)}", *[""][: len(found)]]
        for change in found:
            lines += _case(change, reasons(change))
    return "\n".join(lines).rstrip() + "\n"


def _settings(comparison: Comparison) -> Iterator[str]:
    if not comparison.settings:
        yield "Their settings do not differ: the same commit, models, documents and options."
        return
    yield from ("| setting that differs | A | B |", "| --- | --- | --- |")
    for one in comparison.settings:
        yield f"| {one.name} | {one.before} | {one.after} |"


def _measures(comparison: Comparison) -> Iterator[str]:
    yield "| measure | n | A | B | change | 95 % interval and p | verdict |"
    yield "| --- | ---: | ---: | ---: | ---: | --- | --- |"
    for measure, found in comparison.differences.items():
        yield (
            f"| {measure.title} | {found.count} | {found.before:.3f} | {found.after:.3f} | {found.change:+.3f} "
            f"| {_evidence(found)} | {comparison.verdict(measure)} |"
        )
    yield ""
    tried = len(comparison.differences)
    yield f"Of {tried} measures about one in {1 / LEVEL:.0f} passes for more than noise by chance."


def _evidence(found: Difference) -> str:
    interval = "" if found.low is None or found.high is None else f"{found.low:+.3f} to {found.high:+.3f}, "
    return f"{interval}p = {found.p:.3f} ({found.test})"


def _case(change: CaseChange, reasons: Sequence[str]) -> Iterator[str]:
    said = f" — {'; '.join(reasons)}" if any(reasons) else ""
    yield f"- `{change.case.id}` ({change.case.kind}) {' → '.join(change.case.turns)}{said}"
    if change.is_shown_otherwise:
        for run, answer in zip("AB", both(change), strict=True):
            yield f"  - {run}: {answer}"
    elif change.after.answer is not None:
        yield f"  - the same answer in both: {brief(change.after)}"


def _why_flipped(change: CaseChange) -> list[str]:
    return [change.why, *_moved(change)]


def _moved(change: CaseChange) -> list[str]:
    return [move.shown for move in change.moves]


def _stays(change: CaseChange) -> bool:
    return not change.is_flip


_SECTIONS: tuple[tuple[str, Callable[[CaseChange], bool], Callable[[CaseChange], Sequence[str]]], ...] = (
    ("Promises that B breaks and A does not", lambda one: bool(one.broken), lambda one: one.broken),
    ("Right in A, wrong in B", lambda one: one.lost, _why_flipped),
    ("Vital facts or citations fell, right or wrong as before", lambda one: _stays(one) and one.fall > 0, _moved),
    (
        "Answered in one, refused in the other, right or wrong as before",
        lambda one: _stays(one) and one.turned,
        lambda one: [one.after.scores["right"].why],
    ),
    ("Promises that A breaks and B does not", lambda one: bool(one.mended), lambda one: one.mended),
    ("Wrong in A, right in B", lambda one: one.won, _why_flipped),
    (
        "Vital facts or citations rose, right or wrong as before",
        lambda one: _stays(one) and bool(one.moves) and not one.fall,
        _moved,
    ),
)
