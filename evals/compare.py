"""Two runs of one set, case by case: what changed, what is noise, which cases flipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.figures import LEVEL, Difference, difference
from evals.folder import RunFolder
from evals.score import saved_scores
from evals.scorers import MEASURES, Measure
from evals.summary import Scored
from evals.types import Case, EvalError


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that is right in one run only, and why it is wrong in the other."""

    case: Case
    won: bool
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What B does otherwise than A, over the `pairs` cases that both asked."""

    before: str
    after: str
    pairs: int
    only_before: int
    only_after: int
    differences: Mapping[Measure, Difference]
    flips: tuple[Flip, ...]

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
    sets = before.settings()["set"], after.settings()["set"]
    if sets[0]["name"] != sets[1]["name"]:
        raise EvalError(
            f"{before.name} is of the set {sets[0]['name']}, {after.name} of {sets[1]['name']}: nothing to compare"
        )
    if sets[0]["sha256"] != sets[1]["sha256"]:
        raise EvalError(
            f"{before.name} and {after.name} were scored with different versions of the set {sets[0]['name']}; "
            "score both again with python -m evals score RUN"
        )
    return compare_scores(before.name, saved_scores(before), after.name, saved_scores(after))


def compare_scores(before: str, old: Sequence[Scored], after: str, new: Sequence[Scored]) -> Comparison:
    """Pair scored cases by id.

    Raises:
        EvalError: they share no case.
    """
    earlier = {one.case.id: one for one in old}
    later = {one.case.id: one for one in new}
    pairs = [(earlier[name], later[name]) for name in earlier if name in later]
    if not pairs:
        raise EvalError(f"{before} and {after} asked no case in common")
    return Comparison(
        before,
        after,
        len(pairs),
        len(earlier) - len(pairs),
        len(later) - len(pairs),
        _differences(pairs),
        tuple(_flip(one, other) for one, other in pairs if one.is_right != other.is_right),
    )


def as_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown that also reads well in a terminal."""
    lines = [
        f"# {comparison.before} (A) and {comparison.after} (B)",
        "",
        f"{comparison.pairs} cases in both; {comparison.only_before} only in A, {comparison.only_after} only in B.",
        "",
        "| measure | n | A | B | change | 95 % interval and p | verdict |",
        "| --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for measure, found in comparison.differences.items():
        lines.append(
            f"| {measure.title} | {found.count} | {found.before:.3f} | {found.after:.3f} | {found.change:+.3f} "
            f"| {_evidence(found)} | {comparison.verdict(measure)} |"
        )
    lines += [
        "",
        f"Of {len(comparison.differences)} measures about one in {1 / LEVEL:.0f} passes for more than noise by chance.",
    ]
    for won, title in ((False, "Right in A, wrong in B"), (True, "Wrong in A, right in B")):
        flips = [flip for flip in comparison.flips if flip.won == won]
        lines += ["", f"## {title}: {len(flips)}", ""]
        lines += [f"- `{flip.case.id}` ({flip.case.kind}) {' → '.join(flip.case.turns)} — {flip.why}" for flip in flips]
    return "\n".join(lines).rstrip() + "\n"


def _differences(pairs: Sequence[tuple[Scored, Scored]]) -> dict[Measure, Difference]:
    found: dict[Measure, Difference] = {}
    for measure in MEASURES:
        values = [
            (old, new)
            for one, other in pairs
            if (old := one.scores[measure.name].value) is not None
            and (new := other.scores[measure.name].value) is not None
        ]
        if values:
            found[measure] = difference([old for old, _ in values], [new for _, new in values])
    return found


def _flip(one: Scored, other: Scored) -> Flip:
    wrong = one if other.is_right else other
    return Flip(one.case, other.is_right, wrong.scores["right"].why)


def _evidence(found: Difference) -> str:
    interval = "" if found.low is None or found.high is None else f"{found.low:+.3f} to {found.high:+.3f}, "
    return f"{interval}p = {found.p:.3f} ({found.test})"
