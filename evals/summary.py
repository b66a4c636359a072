"""From the scores of every case to the figures of a run: over all, by kind, by split, by length of conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from evals.figures import Figure, figure
from evals.scorers import MEASURES
from evals.types import Case, Score, ScoredAnswer


@dataclass(frozen=True, slots=True)
class Scored:
    """A case, the answer to it (None if it could not be asked) and its scores by name."""

    case: Case
    answer: ScoredAnswer | None
    scores: Mapping[str, Score]

    @property
    def is_right(self) -> bool:
        """Whether the headline measure holds."""
        return self.scores["right"].value == 1.0

    @property
    def is_shown(self) -> bool:
        """Whether an answer is shown, not a refusal or nothing."""
        return self.answer is not None and self.answer.has_answer

    @property
    def broken_promises(self) -> tuple[str, ...]:
        """The measures that must hold of every answer and do not."""
        return tuple(measure.name for measure in MEASURES if measure.promise and self.scores[measure.name].value == 0)

    @property
    def is_suspect(self) -> bool:
        """Whether it cites all that it should and yet carries nothing of what is expected: the case may be at fault."""
        return self.scores["citation_recall"].value == 1 and self.scores["vital"].value == 0

    @property
    def badness(self) -> tuple[int, int, int, int, float, str]:
        """Sorts worst first: broken promises, suspects, what is wrong, what is wrong and shown, then the mean share."""
        shares = [
            value for measure in MEASURES if not measure.unit and (value := self.scores[measure.name].value) is not None
        ]
        mean = sum(shares) / len(shares) if shares else 1.0
        wrong = int(self.is_right), -int(self.is_shown), mean
        return -len(self.broken_promises), -int(self.is_suspect), *wrong, self.case.id


@dataclass(frozen=True, slots=True)
class Table:
    """One row of figures for each group of cases."""

    title: str
    rows: Mapping[str, Mapping[str, Figure]]


def figures_of(scored: Iterable[Scored]) -> dict[str, Figure]:
    """Each measure's figure."""
    kept = list(scored)
    return {
        measure.name: figure([value for one in kept if (value := one.scores[measure.name].value) is not None])
        for measure in MEASURES
    }


def tables_of(scored: Sequence[Scored], turns: Sequence[Scored] = ()) -> tuple[Table, ...]:
    """The figures of each kind, each split, each length of a conversation and, if `turns` are given, each turn."""
    tables = (
        _table("By kind", scored, lambda case: case.kind),
        _table("By split", scored, lambda case: case.split),
        _table("By turns in the conversation", scored, lambda case: str(len(case.turns))),
    )
    if not turns:
        return tables
    last = [one for one in scored if one.case.earlier]
    return (*tables, _table("Conversations by turn", (*turns, *last), lambda case: f"turn {len(case.turns)}"))


def step_times(scored: Iterable[Scored]) -> dict[str, list[float]]:
    """The seconds of each step, of every answer that went through it."""
    steps: dict[str, list[float]] = {}
    for one in scored:
        for step, taken in (one.answer.seconds if one.answer else {}).items():
            steps.setdefault(step, []).append(taken)
    return steps


def step_figures(scored: Iterable[Scored]) -> dict[str, Figure]:
    """The mean seconds of each step, over the answers that went through it."""
    return {step: figure(taken) for step, taken in step_times(scored).items()}


def summary_of(set_name: str, wanted: int, scored: Sequence[Scored], turns: Sequence[Scored]) -> dict[str, object]:
    """What `summary.json` holds: how many cases were wanted and scored, all figures, and the seconds of each step."""
    return {
        "set": set_name,
        "cases": wanted,
        "scored": len(scored),
        "figures": {name: asdict(found) for name, found in figures_of(scored).items()},
        "steps": {step: asdict(found) for step, found in step_figures(scored).items()},
        "tables": {
            table.title: {group: {name: asdict(one) for name, one in row.items()} for group, row in table.rows.items()}
            for table in tables_of(scored, turns)
        },
    }


def _table(title: str, scored: Sequence[Scored], group_of: Callable[[Case], str]) -> Table:
    groups = sorted({group_of(one.case) for one in scored})
    return Table(title, {group: figures_of(one for one in scored if group_of(one.case) == group) for group in groups})
