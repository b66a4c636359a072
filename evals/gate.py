"""Holds a run against its baseline: a drop fails, and so does a rise that nobody recorded.

The rule. Every measure that is a share, over all cases, and the share right of each kind and each split, is paired
case by case with the baseline. It has changed if its test (`figures.difference`) finds that beyond noise and the mean
moved by `LEAST` or more: numbers that differ a little from machine to machine flip a case now and then, and move many
shares by a hair, but do neither of these. What no such number can bring about, a quote, number, date, name, doer or
strength that is not the source's, fails on the first case. So does a prompt that is not the one recorded, whatever it
brings about in the sample: the default reader is trained on the words of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.changes import CaseChange
from evals.compare import compare_scores
from evals.figures import Difference
from evals.run import RunOptions
from evals.scorers import MEASURES
from evals.summary import Scored
from evals.types import Case, EvalError

LEAST = 0.02
_FIRM = tuple(measure.name for measure in MEASURES if measure.promise and measure.name != "not_forbidden")


@dataclass(frozen=True, slots=True)
class Gate:
    """A run that is repeated and held against the baseline of its name."""

    name: str
    title: str
    options: RunOptions


STATEMENT = "statement"
GATES = (
    Gate("statement", "The statement, without a language model", RunOptions(llm="none")),
    Gate("statement-llm", "The statement, with the embedded language model", RunOptions(llm="embedded", limit=48)),
    Gate("callow", "A made-up action plan, without one", RunOptions("callow", llm="none")),
    Gate("trio", "Three made-up documents, without one", RunOptions("trio", llm="none")),
)
"""Without a language model all of a set is asked. The made-up documents show what suits the statement alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A measure over a group of cases that moved beyond noise."""

    what: str
    difference: Difference

    @property
    def is_drop(self) -> bool:
        """Whether it fell."""
        return self.difference.change < 0

    @property
    def shown(self) -> str:
        """For a reader."""
        found = self.difference
        return (
            f"{'drop' if self.is_drop else 'rise'}: {self.what}: {found.before:.3f} to {found.after:.3f} "
            f"(n={found.count}, p={found.p:.4f}, {found.test})"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What moved, the cases that newly break a promise (`case: measure: why`), every case that flipped, and the prompts
    that are others than was recorded."""

    name: str
    changes: tuple[Change, ...]
    broken: tuple[str, ...]
    flips: tuple[CaseChange, ...]
    prompts: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing moved and nothing broke, and language models were told what they were told then."""
        return not self.changes and not self.broken and not self.prompts

    @property
    def shown(self) -> str:
        """For a reader: the outcome, what to do, and the cases."""
        lines = [f"{self.name}: {'as its baseline' if self.passes else 'not as its baseline'}"]
        lines += [f"  {change.shown}" for change in self.changes]
        lines += [f"  broken promise: {case}" for case in self.broken]
        if self.prompts:
            lines.append(f"  another prompt for {', '.join(self.prompts)}: if that is meant, record it: make baseline")
        if self.changes and not self.broken and not any(change.is_drop for change in self.changes):
            lines.append("  nothing fell; record the rise: make baseline")
        for flip in self.flips:
            lines.append(f"  {'now right' if flip.won else 'now wrong'}: {flip.case.id} ({flip.case.kind}): {flip.why}")
        return "\n".join(lines)


def gate_named(name: str) -> Gate:
    """The gate of that name.

    Raises:
        EvalError: there is none.
    """
    for gate in GATES:
        if gate.name == name:
            return gate
    raise EvalError(f"{name}: no such gate; there is: {', '.join(gate.name for gate in GATES)}")


def judge(name: str, recorded: Sequence[Scored], scored: Sequence[Scored]) -> Verdict:
    """Hold the scores of a run against those recorded.

    Raises:
        EvalError: other cases were asked.
    """
    if {one.case.id for one in recorded} != {one.case.id for one in scored}:
        raise EvalError(f"{name}: its baseline is of other cases than were asked; record it: make baseline")
    whole = compare_scores("the baseline", recorded, "now", scored)
    changes = [
        Change(measure.title, found)
        for measure, found in whole.differences.items()
        if not measure.unit and _moved(found)
    ]
    right = MEASURES[0]
    for group, belongs in _groups(scored):
        part = compare_scores("the baseline", _of(recorded, belongs), "now", _of(scored, belongs))
        if _moved(part.differences[right]):
            changes.append(Change(f"{right.title}, {group}", part.differences[right]))
    return Verdict(name, tuple(changes), _newly_broken(recorded, scored), whole.flips)


def _moved(found: Difference) -> bool:
    return not found.is_noise and abs(found.change) >= LEAST


def _groups(scored: Sequence[Scored]) -> list[tuple[str, Callable[[Case], bool]]]:
    kinds = sorted({one.case.kind for one in scored})
    splits = sorted({one.case.split for one in scored})
    return [
        *((f"kind {kind}", lambda case, kind=kind: case.kind == kind) for kind in kinds),
        *((f"split {split}", lambda case, split=split: case.split == split) for split in splits),
    ]


def _of(scored: Sequence[Scored], belongs: Callable[[Case], bool]) -> list[Scored]:
    return [one for one in scored if belongs(one.case)]


def _newly_broken(recorded: Sequence[Scored], scored: Sequence[Scored]) -> tuple[str, ...]:
    already = {one.case.id: one.broken_promises for one in recorded}
    return tuple(
        f"{one.case.id}: {name}: {one.scores[name].why}"
        for one in scored
        for name in one.broken_promises
        if name in _FIRM and name not in already[one.case.id]
    )
