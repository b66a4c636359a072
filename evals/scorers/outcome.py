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


def refusal_precision(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether a refusal was due; nothing to say of an answer, nor of a case that accepts both."""
    if answer.has_answer or not (case.must_refuse or case.must_answer):
        return Score(None, "answered, or both are right")
    return Score(float(case.must_refuse), "" if case.must_refuse else "the text answers it")


def refusal_recall(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether a due refusal was made; nothing to say of a case that may be answered."""
    if not case.must_refuse:
        return Score(None, "it may be answered")
    return Score(float(not answer.has_answer), "answered what the text does not" if answer.has_answer else "")


def confidence(case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """How well the reader's confidence fits whether the text answers: 1 less the squared distance (Brier 1950)."""
    if answer.confidence is None or not (case.must_refuse or case.must_answer):
        return Score(None, "the reader was not asked, or both are right")
    return Score(1 - (answer.confidence - float(case.must_answer)) ** 2, f"confidence {answer.confidence:.2f}")


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
