"""What a benchmark is asked for and what it gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from evals.figures import Figure
from evals.types import Problem

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Options:
    """`limit` questions are taken evenly from all of them, 0 takes all; `keep_going` leaves malformed rows out; `llm`
    is which language model reads, as in the settings; with `remember` its replies are kept, and those kept before are
    not waited for, so that a long measurement that was cut short goes on where it was."""

    limit: int = 0
    keep_going: bool = False
    llm: str | None = None
    remember: bool = False

    def sample(self, questions: Sequence[Asked]) -> Sequence[Asked]:
        """The questions to ask: always the same ones of the same questions."""
        if not 0 < self.limit < len(questions):
            return questions
        return [questions[place * len(questions) // self.limit] for place in range(self.limit)]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the printed table: what was measured, on which questions, and its figures by name."""

    what: str
    questions: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The table of a benchmark, and the headline figures under the names they have in the JSON.

    `count` is how many questions were asked, where every figure is on the same ones.
    """

    benchmark: str
    rows: tuple[Row, ...]
    headline: Mapping[str, Figure]
    made_with: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    count: int | None = None

    def as_json(self) -> str:
        """One line: the headline figures by name, then their intervals, every row, and what it was made with."""
        said: dict[str, object] = {"benchmark": self.benchmark}
        said |= {name: _rounded(figure.value) for name, figure in self.headline.items()}
        said["intervals"] = _intervals(self.headline)
        said["n"] = self.count or {name: figure.count for name, figure in self.headline.items()}
        said["rows"] = [_row(row) for row in self.rows]
        said["problems"] = [asdict(problem) for problem in self.problems]
        return json.dumps(said | dict(self.made_with), ensure_ascii=False)

    def as_markdown(self) -> str:
        """A table with n and 95 % intervals."""
        names = list(self.rows[0].figures)
        lines = [
            f"| {self.benchmark} | questions | n | {' | '.join(names)} |",
            "| --- | --- | ---: |" + " --- |" * len(names),
        ]
        for row in self.rows:
            count = max(figure.count for figure in row.figures.values())
            shown = " | ".join(_shown(row.figures[name]) for name in names)
            lines.append(f"| {row.what} | {row.questions} | {count:,} | {shown} |")
        return "\n".join(lines)


def _row(row: Row) -> dict[str, object]:
    """A row's figures by name, then the number of questions and the interval of each."""
    return {
        "what": row.what,
        "questions": row.questions,
        **{name: _rounded(figure.value) for name, figure in row.figures.items()},
        "n": {name: figure.count for name, figure in row.figures.items()},
        "intervals": _intervals(row.figures),
    }


def _intervals(figures: Mapping[str, Figure]) -> dict[str, list[float | None]]:
    return {name: [_rounded(figure.low), _rounded(figure.high)] for name, figure in figures.items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"
