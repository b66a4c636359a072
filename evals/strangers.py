"""Questions that a text cannot answer because they are about other texts: near misses do not teach that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from evals.cases import CaseSet
from evals.types import Case

_MOST = 15  # asked of each text
_SEED = 0
# What could be asked of any text.
_OF_ANY_TEXT = frozenset({"summary", "list", "attack", "off_topic", "ambiguous", "japanese"})


def strangers(asked: CaseSet, before: Sequence[CaseSet], sets: Sequence[CaseSet]) -> list[Case]:
    """Questions to refuse: what other texts answer, asked of this one; none where a set before is on this text too."""
    if any(set(one.documents) & set(asked.documents) for one in before):
        return []
    others = [
        case
        for one in sets
        if not set(one.documents) & set(asked.documents)
        for case in one.cases
        if case.split == "tune" and case.must_answer and len(case.turns) == 1 and case.kind not in _OF_ANY_TEXT
    ]
    drawn = Random(_SEED).sample(others, min(_MOST, len(others)))
    return [replace(case, id=f"stranger-{case.id}", status=("not_stated",), gold=(), vital=()) for case in drawn]
