"""What the reader's confidence is worth: what answering less would spare, and whether it means what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sklearn.metrics import roc_auc_score

from evals.figures import Figure, figure, figure_of
from evals.summary import Scored

_BINS = 10
_IN_A_BIN = 10


@dataclass(frozen=True, slots=True)
class Point:
    """When only the most confident `coverage` of the questions is answered, `bad` of these `count` answers are bad."""

    coverage: float
    bad: int
    count: int

    @property
    def risk(self) -> float:
        """The share that is bad."""
        return self.bad / self.count

    @property
    def figure(self) -> Figure:
        """The same with its interval."""
        return figure([1.0] * self.bad + [0.0] * (self.count - self.bad))


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases of about one confidence: its mean, and the share that the text answers."""

    confidence: float
    answerable: Figure


def risk_coverage(scored: Sequence[Scored]) -> tuple[Point, ...]:
    """The share wrong among the answers shown, for each threshold from the strictest to the one in use.

    Coverage is of all cases whose reader was asked. What a laxer threshold would show is not known, so it ends there.
    """
    known = list(_confident(scored))
    answered = [
        (confidence, not one.is_right) for confidence, one in known if one.answer is not None and one.answer.has_answer
    ]
    return _curve(answered, len(known))


def risk_of_answering(scored: Sequence[Scored]) -> tuple[Point, ...]:
    """The share that should have been refused among the most confident cases, for every threshold there is.

    Cases that accept both an answer and a refusal are left out.
    """
    decided = [(confidence, one.case.must_refuse) for confidence, one in _decided(scored)]
    return _curve(decided, len(decided))


def sampled(points: Sequence[Point]) -> tuple[Point, ...]:
    """A curve at about each quarter of its coverage, for where it cannot be drawn."""
    quarters = [points[place * len(points) // 4 - 1] for place in (1, 2, 3, 4) if place * len(points) >= 4]
    return tuple(dict.fromkeys(quarters))


def reliability(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """The decided cases in order of confidence, cut into up to ten bins of the same number, ten at least in each.

    Bins of the same width would hold nearly all cases in one, since a reader is seldom undecided.
    """
    decided = sorted((confidence, one.case.must_answer) for confidence, one in _decided(scored))
    if not decided:
        return ()
    count = max(1, min(_BINS, len(decided) // _IN_A_BIN))
    edges = [place * len(decided) // count for place in range(count + 1)]
    return tuple(_bin(decided[low:high]) for low, high in pairwise(edges))


def separation(scored: Sequence[Scored]) -> Figure:
    """How well confidence tells what the text answers from what it does not: the area under the ROC curve.

    0.5 is chance. No value unless there are cases of both sorts.
    """
    decided = [(confidence, one.case.must_answer) for confidence, one in _decided(scored)]
    stated = sorted(confidence for confidence, answerable in decided if answerable)
    silent = sorted(confidence for confidence, answerable in decided if not answerable)
    return figure_of(auroc, stated, silent)


def auroc(stated: Sequence[float], silent: Sequence[float]) -> float:
    """How often a question with an answer is found the likelier to have one."""
    return float(roc_auc_score([1] * len(stated) + [0] * len(silent), [*stated, *silent]))


def _confident(scored: Sequence[Scored]) -> Iterator[tuple[float, Scored]]:
    for one in scored:
        if one.answer is not None and one.answer.confidence is not None:
            yield one.answer.confidence, one


def _decided(scored: Sequence[Scored]) -> Iterator[tuple[float, Scored]]:
    for confidence, one in _confident(scored):
        if one.case.must_answer or one.case.must_refuse:
            yield confidence, one


def _bin(decided: Sequence[tuple[float, bool]]) -> Bin:
    mean = sum(confidence for confidence, _ in decided) / len(decided)
    return Bin(mean, figure([float(answerable) for _, answerable in decided]))


def _curve(judged: Sequence[tuple[float, bool]], whole: int) -> tuple[Point, ...]:
    """A point after each confidence, since no threshold parts cases of the same one."""
    points, count, bad = [], 0, 0
    for _, tied in groupby(sorted(judged, key=lambda entry: -entry[0]), key=lambda entry: entry[0]):
        for _, is_bad in tied:
            count += 1
            bad += is_bad
        points.append(Point(count / whole, bad, count))
    return tuple(points)
