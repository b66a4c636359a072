"""How figures, scores and texts are shown: in tables, with what matters marked, and safe for Markdown."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from evals.figures import Figure
from evals.scorers import MEASURES
from evals.scorers.texts import pattern_for
from evals.summary import Scored
from evals.types import Case, Score

TITLES = {measure.name: measure.title for measure in MEASURES}
UNITS = {measure.name: measure.unit for measure in MEASURES}


def rank_of(one: Scored) -> str:
    """Where the search put the first passage with a gold sentence, if it was asked and there is one."""
    score, hits = one.scores["sentence_rank"], one.answer.hits if one.answer else None
    return "" if score.value is None else f"Gold sentence among the {len(hits or ())} passages found: {score.why}."


def measure_title(name: str) -> str:
    """A measure's name for a reader."""
    return TITLES[name]


def measure_unit(name: str) -> str:
    """A measure's unit; empty for a share."""
    return UNITS[name]


def verdicts(one: Scored) -> list[tuple[str, Score]]:
    """The measures that say something of a case, failures first."""
    said = [(TITLES[measure.name], one.scores[measure.name], measure.unit) for measure in MEASURES]
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


def counted(figure: Figure, unit: str = "") -> str:
    """A figure with its interval and how many cases it is of, `91.2 % (87.3–94.0), n=48`."""
    return f"{shown(figure, unit)}, n={figure.count}" if figure.count else "–"


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
