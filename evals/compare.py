"""Two runs of one set, case by case: in what their settings differ, what changed, what is noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evals.changes import CaseChange
from evals.figures import Difference, difference
from evals.folder import RunFolder
from evals.made_by import Differs, differing
from evals.score import saved_scores
from evals.scorers import MEASURES, Measure
from evals.summary import Scored
from evals.types import EvalError


@dataclass(frozen=True, slots=True)
class Comparison:
    """What B does otherwise than A, over the cases that both asked; `settings` are those in which they differ."""

    before: str
    after: str
    only_before: int
    only_after: int
    differences: Mapping[Measure, Difference]
    changes: tuple[CaseChange, ...]
    settings: tuple[Differs, ...] = ()

    @property
    def pairs(self) -> int:
        """How many cases both asked."""
        return len(self.changes)

    @property
    def flips(self) -> tuple[CaseChange, ...]:
        """The cases that are right in one run only."""
        return tuple(change for change in self.changes if change.is_flip)

    def verdict(self, measure: Measure) -> str:
        """The difference in one word; for shares more is better, for seconds less is; for words neither."""
        found = self.differences[measure]
        if found.is_noise or found.change == 0:
            return "same" if found.change == 0 else "noise"
        if measure.unit == "words":
            return "longer" if found.change > 0 else "shorter"
        return "better" if (found.change > 0) == (measure.unit != "s") else "worse"


def compare_runs(before: RunFolder, after: RunFolder) -> Comparison:
    """Pair the cases of two runs.

    Raises:
        EvalError: the runs are of different sets or share no case.
    """
    check_same_set(before, after)
    found = compare_scores(before.name, saved_scores(before), after.name, saved_scores(after))
    return replace(found, settings=differing(before.settings(), after.settings()))


def check_same_set(before: RunFolder, after: RunFolder) -> None:
    """Stop where two runs have nothing to be held against each other by.

    Raises:
        EvalError: they are of different sets, or were scored with different versions of one.
    """
    old, new = before.settings()["set"], after.settings()["set"]
    if old["name"] != new["name"]:
        raise EvalError(f"{before.name} is of the set {old['name']}, {after.name} of {new['name']}: nothing to compare")
    if old["sha256"] == new["sha256"]:
        return
    if old["path"] != new["path"]:
        raise EvalError(
            f"{before.name} and {after.name} are of different sets, though both are called {old['name']}: "
            f"{old['path']} and {new['path']}; compare runs of one of them"
        )
    raise EvalError(
        f"{before.name} and {after.name} were scored with different versions of the set {old['name']}; "
        "score both again with python -m evals score RUN"
    )


def compare_scores(before: str, old: Sequence[Scored], after: str, new: Sequence[Scored]) -> Comparison:
    """Pair scored cases by id.

    Raises:
        EvalError: they share no case.
    """
    changes = paired(old, new)
    if not changes:
        raise EvalError(f"{before} and {after} asked no case in common")
    return Comparison(before, after, len(old) - len(changes), len(new) - len(changes), _differences(changes), changes)


def paired(old: Sequence[Scored], new: Sequence[Scored]) -> tuple[CaseChange, ...]:
    """The cases of both, in the order of the first."""
    later = {one.case.id: one for one in new}
    return tuple(CaseChange(one, later[one.case.id]) for one in old if one.case.id in later)


def _differences(changes: Sequence[CaseChange]) -> dict[Measure, Difference]:
    found: dict[Measure, Difference] = {}
    for measure in MEASURES:
        values = [
            (old, new)
            for one in changes
            if (old := one.before.scores[measure.name].value) is not None
            and (new := one.after.scores[measure.name].value) is not None
        ]
        if values:
            found[measure] = difference([old for old, _ in values], [new for _, new in values])
    return found
