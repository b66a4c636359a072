"""Is a conversation right, turn by turn and as a whole? Nothing to say of single questions."""

from __future__ import annotations

from collections.abc import Iterator

from evals.scorers.outcome import right
from evals.sources import Sources
from evals.types import Case, Score, ScoredAnswer


def follow_up(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether the last turn of a conversation is right."""
    if len(case.turns) == 1:
        return Score(None, "no earlier turn")
    return right(case, answer, sources)


def turns(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """The share of a conversation's turns that are right."""
    judged = list(_judged(case, answer, sources))
    if not judged:
        return Score(None, "no earlier turn, or none with anything expected of it")
    return Score(sum(score.value or 0.0 for score in judged) / len(judged), _faults(judged))


def conversation(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether every turn of a conversation is right."""
    judged = list(_judged(case, answer, sources))
    if not judged:
        return Score(None, "no earlier turn, or none with anything expected of it")
    return Score(float(all(score.value == 1 for score in judged)), _faults(judged))


def openings(case: Case, answer: ScoredAnswer) -> Iterator[tuple[Case, ScoredAnswer]]:
    """Each earlier turn that something is expected of, as a case, with its answer."""
    if len(answer.earlier) == len(case.earlier):
        for number, earlier in enumerate(answer.earlier, start=1):
            yield case.opening(number), earlier


def _judged(case: Case, answer: ScoredAnswer, sources: Sources) -> Iterator[Score]:
    for number, (opening, earlier) in enumerate(openings(case, answer), start=1):
        score = right(opening, earlier, sources)
        yield Score(score.value, f"turn {number}: {score.why}" if score.why else "")
        if number == len(case.earlier):
            yield right(case, answer, sources)


def _faults(judged: list[Score]) -> str:
    return "; ".join(score.why for score in judged if score.why)
