"""What was measured of reading with a language model, as figures beside their bars. Starts nothing."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from benchmarks.cold import Run
from benchmarks.figures import Figure
from benchmarks.reading_cases import is_baseline_right, is_right
from evals.types import Case

_GIGABYTE = 1024  # MB


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came back: a row of `reading_side` with its bare search, and one of `baseline_cite`."""

    case: Case
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]

    @property
    def is_list(self) -> bool:
        """Whether it may have to be answered from the whole text."""
        return self.case.kind == "list"

    def row(self) -> dict[str, Any]:
        """It as JSON."""
        return {
            "id": self.case.id,
            "question": self.case.question,
            "seconds": {name: self.ours[name] for name in ("search", "evidence", "first", "whole")},
            "status": self.ours["answer"]["status"],
            "text": self.ours["answer"]["text"],
            "note": self.ours["answer"]["note"],
            "right": is_right(self.case, self.ours["answer"]),
            "baseline": {**self.theirs, "right": is_baseline_right(self.case, self.theirs["text"])},
        }


class Together(NamedTuple):
    """Rows of `reading_side` for the same questions: each alone, the first two at once, all at once."""

    alone: Sequence[Mapping[str, Any]]
    two: Sequence[Mapping[str, Any]]
    all: Sequence[Mapping[str, Any]]


def asked_figures(asked: Sequence[Asked]) -> list[Figure]:
    """How fast the assistant is, how much faster than the baseline, and how often each is right."""
    return [*_waiting(asked), *_against(asked), *_right(asked)]


def cold_figures(starts: Sequence[Run], seconds_ahead: float) -> list[Figure]:
    """The median start of a process that answers one question; how long the first reading ahead took, unless 0."""
    seconds, memory = ([getattr(start, what) for start in starts] for what in ("seconds", "memory"))
    what = "communique ask with the language model, disk cache warm"
    figures = [
        Figure(what, statistics.median(seconds), "s", 15.0, len(starts), f"slowest {max(seconds):.1f} s"),
        Figure("its peak memory", max(memory) / _GIGABYTE, "GB", 3.0, len(starts), ""),
    ]
    if seconds_ahead:
        figures.append(Figure("reading the statement ahead, the first time", seconds_ahead, "s", None, 1, ""))
    return figures


def memory_figures(ours: float, theirs: float, questions: int) -> list[Figure]:
    """The peak memory, given in MB, of the processes that were asked all questions."""
    behind = f"the baseline {theirs / _GIGABYTE:.2f} GB"
    return [Figure("peak memory of the process asked them all", ours / _GIGABYTE, "GB", 3.0, questions, behind)]


def together_figures(together: Together) -> list[Figure]:
    """Whether those who ask at once get their own answers, in the order they came."""
    order = sorted(range(len(together.all)), key=lambda place: together.all[place]["ended"])
    in_place = sum(place == came for came, place in enumerate(order))
    slowest = max(row["whole"] for row in together.all)
    return [
        _count("two at once: each the answer it has alone", _same(together.alone, together.two), len(together.two)),
        _count("five at once: each the answer it has alone", _same(together.alone, together.all), len(together.all)),
        _count(
            "five at once: answered in the order they came",
            in_place,
            len(order),
            f"in the order {', '.join(str(place + 1) for place in order)}; the last after {slowest:.1f} s",
        ),
    ]


def _waiting(asked: Sequence[Asked]) -> list[Figure]:
    searched = [one.ours for one in asked if one.ours["evidence"] is not None]
    first = [one.ours["first"] for one in asked if one.ours["first"] is not None]
    short = [one.ours["whole"] for one in asked if not one.is_list]
    lists = [one.ours["whole"] for one in asked if one.is_list]
    timed: tuple[tuple[str, Sequence[float], Callable[[Sequence[float]], float], float], ...] = (
        ("first verified sentence, median of those answered", first, statistics.median, 3.0),
        ("whole answer, median without lists", short, statistics.median, 5.0),
        ("whole answer, p95 without lists", short, _p95, 10.0),
        ("whole answer, p95 of lists", lists, _p95, 15.0),
    )
    return [
        *_evidence(searched),
        *(
            Figure(what, summed(seconds), "s", bar, len(seconds), f"slowest {max(seconds):.1f} s")
            for what, seconds, summed, bar in timed
            if seconds
        ),
    ]


def _evidence(searched: Sequence[Mapping[str, Any]]) -> list[Figure]:
    if not searched:
        return []
    evidence, search = ([row[what] for row in searched] for what in ("evidence", "search"))
    ready, bare = statistics.median(evidence), statistics.median(search)
    behind = f"{1000 * ready:.0f} ms against {1000 * bare:.0f} ms; slowest {max(evidence):.1f} s"
    return [Figure("evidence ready, median, against a bare search", ready / bare, "×", 1.5, len(searched), behind)]


def _against(asked: Sequence[Asked]) -> list[Figure]:
    """The ratio of the means, not the mean of the ratios: a greeting is answered in no time at all."""
    ours, theirs = [one.ours["whole"] for one in asked], [one.theirs["seconds"] for one in asked]
    figures = []
    for name, summed, bar in (("on average", statistics.mean, 8.0), ("in the median", statistics.median, None)):
        mine, other = summed(ours), summed(theirs)
        what, behind = f"faster than CitationQueryEngine {name}", f"{mine:.1f} s against {other:.1f} s"
        figures.append(Figure(what, other / mine, "×", bar, len(asked), behind, at_least=True))
    return figures


def _right(asked: Sequence[Asked]) -> list[Figure]:
    rows = [one.row() for one in asked]
    return [
        _count("right, the assistant", sum(row["right"] for row in rows), len(rows), barred=False),
        _count(
            "right, CitationQueryEngine by its words",
            sum(row["baseline"]["right"] for row in rows),
            len(rows),
            barred=False,
        ),
    ]


def _same(alone: Sequence[Mapping[str, Any]], at_once: Sequence[Mapping[str, Any]]) -> int:
    pairs = zip(alone[: len(at_once)], at_once, strict=True)
    return sum(one["answer"]["text"] == other["answer"]["text"] for one, other in pairs)


def _count(what: str, count: int, of: int, behind: str = "", *, barred: bool = True) -> Figure:
    """How many of so many, which is to be all of them."""
    return Figure(what, count, f"of {of}", float(of) if barred else None, of, behind, at_least=True)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
