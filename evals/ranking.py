"""In what order a report shows its cases, and what it says of each beside its question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evals.baseline import right_before
from evals.changes import CaseChange
from evals.compare import check_same_set, paired
from evals.folder import RunFolder
from evals.made_by import Differs, differing
from evals.score import saved_scores
from evals.summary import Scored
from evals.types import EvalError

CHECK = "cites what it should and yet lacks what is expected: check the case"


class Note(NamedTuple):
    """What is said of a case, and whether it is bad news."""

    text: str
    is_bad: bool = True


@dataclass(frozen=True, slots=True)
class Earlier:
    """The run that a report is held against: the cases of both by id, and the settings in which it differs."""

    name: str
    changes: Mapping[str, CaseChange]
    settings: tuple[Differs, ...]

    @property
    def worse(self) -> int:
        """How many cases got worse."""
        return sum(change.is_worse for change in self.changes.values())

    @property
    def better(self) -> int:
        """How many got better and in nothing worse."""
        better = (
            change.won or change.moves or change.mended for change in self.changes.values() if not change.is_worse
        )
        return sum(map(bool, better))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The cases of a run, those to look at first; what is said of each by id; the run it is held against, if any."""

    scored: Sequence[Scored]
    notes: Mapping[str, Sequence[Note]] = field(default_factory=dict)
    earlier: Earlier | None = None

    def change_of(self, one: Scored) -> CaseChange | None:
        """What a case does otherwise than in the earlier run; None without one, or where it did not ask the case."""
        return self.earlier.changes.get(one.case.id) if self.earlier else None

    def is_to_be_seen(self, one: Scored) -> bool:
        """Whether a case is wrong, breaks a promise, or does worse than in the earlier run."""
        change = self.change_of(one)
        return not one.is_right or bool(one.broken_promises) or (change is not None and change.is_worse)


def ranked(run: RunFolder, before: RunFolder | None = None) -> Ranking:
    """The cases of a run, what got worse since another run first, or else since the baseline.

    Raises:
        EvalError: a run was never scored, the two are of different sets or share no case, or a baseline is damaged.
    """
    scored = saved_scores(run)
    if before is None:
        were_right = right_before(run)
        return Ranking(worst_first(scored, were_right), {one.case.id: _notes(one, were_right) for one in scored})
    check_same_set(before, run)
    changes = {one.case.id: one for one in paired(saved_scores(before), scored)}
    if not changes:
        raise EvalError(f"{before.name} and {run.name} asked no case in common")
    notes = {one.case.id: [*_notes(one, ()), *_news(changes.get(one.case.id))] for one in scored}
    earlier = Earlier(before.name, changes, differing(before.settings(), run.settings()))
    return Ranking(worsened_first(scored, changes), notes, earlier)


def worst_first(scored: Sequence[Scored], were_right: Collection[str]) -> list[Scored]:
    """Broken promises, suspects, then what was right when the baseline was recorded and is not now, then by badness."""

    def badness(one: Scored) -> tuple[object, ...]:
        broken, suspect, *others = one.badness
        return broken, suspect, not (one.case.id in were_right and not one.is_right), *others

    return sorted(scored, key=badness)


def worsened_first(scored: Sequence[Scored], changes: Mapping[str, CaseChange]) -> list[Scored]:
    """Promises newly broken, then what was right, then how far facts and citations fell; all else by badness."""

    def badness(one: Scored) -> tuple[object, ...]:
        change = changes.get(one.case.id)
        worse = (-len(change.broken), not change.lost, -change.fall) if change else (0, True, 0.0)
        return *worse, *one.badness

    return sorted(scored, key=badness)


def _notes(one: Scored, were_right: Collection[str]) -> list[Note]:
    notes = [Note(CHECK)] if one.is_suspect else []
    return [*notes, Note("right in the baseline")] if not one.is_right and one.case.id in were_right else notes


def _news(change: CaseChange | None) -> Iterator[Note]:
    """What the earlier run gives to say of a case."""
    if change is None:
        return
    yield from (Note(f"newly broken: {promise}") for promise in change.broken)
    if change.is_flip:
        yield Note(f"{'wrong' if change.won else 'right'} before", change.lost)
    yield from (
        Note(f"{one.title} {one.before:.2f} to {one.after:.2f}", one.after < one.before) for one in change.moves
    )
    if change.turned:
        yield Note("refused before" if change.after.is_shown else "answered before", not change.after.is_right)
