"""What a language model that judged a run thought of its answers, and how far that agrees with the scorers.

Kept and shown beside the scores, never among them: no gate reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ConfigDict, TypeAdapter, with_config
from sklearn.metrics import cohen_kappa_score

from evals.figures import Figure, figure
from evals.folder import RunFolder
from evals.rows import read_object, read_rows
from evals.summary import Scored

_STRICT = ConfigDict(extra="forbid")
_SUPPORT = ("quotes", "numbers", "dates", "names", "strength", "actor")


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class JudgedBy:
    """The model that judged, the SHA-256 of its prompts, and that of its file (or the URL it is behind)."""

    model: str
    prompts_sha256: str
    model_sha256: str = ""


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether the quotes bear out the answer, whether answer and quotes fit the question, and the model's words."""

    id: str
    faithful: bool
    relevant: bool
    said: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A question put to the judge: how often it said yes, and how often a scorer says the same of the same answers.

    `kappa` is Cohen's, agreement beyond chance; None where one of the two never changes its mind.
    """

    asked: str
    compared_with: str
    yes: Figure
    same: Figure
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Opinions:
    """All of them for one run."""

    by: JudgedBy
    by_case: Mapping[str, Opinion]
    agreements: tuple[Agreement, ...]


def read_opinions(folder: RunFolder, scored: Sequence[Scored]) -> Opinions | None:
    """What `python -m evals judge` left in a run; None if it never ran.

    Raises:
        EvalError: its files are damaged.
    """
    if not folder.file("judge.json").exists():
        return None
    by = TypeAdapter(JudgedBy).validate_python(read_object(folder.file("judge.json")))
    by_case = {row.id: row for row in read_rows(folder.file("opinions.jsonl"), Opinion, whole_lines=True).rows}
    pairs = [(by_case[one.case.id], one) for one in scored if one.case.id in by_case]
    return Opinions(
        by,
        by_case,
        (
            _agreement("The quotes bear out the answer", "all support scorers", pairs, _is_faithful, _is_supported),
            _agreement("The answer fits the question", "right", pairs, _is_relevant, _is_right),
        ),
    )


def _agreement(
    asked: str,
    compared_with: str,
    pairs: Sequence[tuple[Opinion, Scored]],
    opinion: Callable[[Opinion], bool],
    verdict: Callable[[Scored], bool],
) -> Agreement:
    said = [opinion(one) for one, _ in pairs]
    found = [verdict(scored) for _, scored in pairs]
    both_change = len(set(said)) == len(set(found)) == 2
    return Agreement(
        asked,
        compared_with,
        figure([float(yes) for yes in said]),
        figure([float(one == other) for one, other in zip(said, found, strict=True)]),
        float(cohen_kappa_score(said, found)) if both_change else None,
    )


def _is_faithful(opinion: Opinion) -> bool:
    return opinion.faithful


def _is_relevant(opinion: Opinion) -> bool:
    return opinion.relevant


def _is_supported(scored: Scored) -> bool:
    return all(scored.scores[name].value != 0 for name in _SUPPORT)


def _is_right(scored: Scored) -> bool:
    return scored.is_right
