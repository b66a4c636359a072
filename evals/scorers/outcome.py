"""Was it right: the status, the facts it had to carry, what it must not say, its length and time."""

from __future__ import annotations

import re

from evals.scorers.texts import pattern_for, plain
from evals.sources import Sources
from evals.types import Case, Patterns, Score, ScoredAnswer


def status(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether the status is one of those acceptable."""
    fits = answer.status in case.status
    return Score(float(fits), answer.status if fits else f"{answer.status}, not {' or '.join(case.status)}")


def vital(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """The share of vital nuggets that a shown answer carries."""
    return _recall(case.vital, answer)


def nuggets(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """The share of all nuggets, vital and okay, that a shown answer carries."""
    return _recall((*case.vital, *case.okay), answer)


def not_forbidden(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether nothing that must not be said is in the answer, its refusal or its note."""
    if not case.forbidden:
        return Score(None, "nothing is forbidden")
    said = f"{plain(answer.text)}\n{plain(answer.note)}"
    found = [pattern for pattern in case.forbidden if pattern_for(pattern).search(said)]
    return Score(float(not found), f"says {', '.join(found)}" if found else "")


def right(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """The headline: an acceptable status, nothing forbidden and, where an answer is shown, every vital nugget."""
    parts = (status(case, answer, sources), not_forbidden(case, answer, sources), vital(case, answer, sources))
    faults = [part.why for part in parts if part.value is not None and part.value < 1]
    return Score(float(not faults), "; ".join(faults))


def follow_up(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether the last turn of a conversation is right."""
    if len(case.turns) == 1:
        return Score(None, "no earlier turn")
    return right(case, answer, sources)


def words(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """How many words a shown answer has, markers not counted."""
    if not answer.has_answer:
        return Score(None, "refused")
    return Score(float(len(re.findall(r"[\w&/'.-]*\w", plain(answer.text)))))


def seconds(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """How long the last turn took."""
    return Score(answer.seconds.get("total"))


def _recall(wanted: tuple[Patterns, ...], answer: ScoredAnswer) -> Score:
    if not answer.has_answer:
        return Score(None, "refused")
    if not wanted:
        return Score(None, "nothing to carry")
    shown = plain(answer.text)
    missing = [
        alternatives[0]
        for alternatives in wanted
        if not any(pattern_for(pattern).search(shown) for pattern in alternatives)
    ]
    return Score(1 - len(missing) / len(wanted), f"lacks {', '.join(missing)}" if missing else "")
