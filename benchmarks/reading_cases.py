"""Which questions both sides are asked, and whether what each says is right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pydantic import TypeAdapter

from evals.scorers import outcome
from evals.sources import Sources
from evals.types import ANSWERING, Case, ScoredAnswer, StatusName

_ROW = TypeAdapter(ScoredAnswer)
_NO_SOURCES = Sources.of(())  # whether an answer is right is a matter of its words alone
_SAYING = "provide|mention|contain|state|specify|say|include|give|indicate|address|discuss|name|list|disclose|answer"
_SAID = "provided|mentioned|contained|stated|specified|said|included|given|indicated|addressed|discussed|named|listed"
_REFUSING = re.compile(
    rf"\b(?:do|does|did)(?: not|n't)(?: \w+){{0,2}} (?:{_SAYING})\b"
    rf"|\b(?:is|are|was|were|been)(?: not|n't)(?: \w+){{0,2}} (?:{_SAID}|available|known|clear)\b"
    r"|\b(?:no|not enough|insufficient)(?: \w+){0,2} (?:information|mention|details?|indication|reference|sources?)\b"
    r"|\bnone of the(?: \w+){0,2} sources\b"
    r"|\b(?:can ?not|can't|could not|unable to|not possible to) (?:be )?"
    r"(?:answer|determine|find|found|provide|assist|help|fulfil|comply)"
    r"|\bI(?: a|')m sorry\b"
    r"|(?:記載|言及|明記|提供|説明|含まれて|示されて)[^。]{0,8}(?:ません|ない)|情報(?:は|が)[^。]{0,6}(?:ません|ない)",
    re.IGNORECASE,
)


def chosen(cases: Sequence[Case], count: int) -> list[Case]:
    """So many cases of one turn from the half that is only reported on, as even over the kinds as there are cases.

    Within a kind they are taken evenly from first to last; the kinds come in turn, so that a machine whose load drifts
    favours none. Always the same for the same set.
    """
    kinds: dict[str, list[Case]] = {}
    for case in cases:
        if case.split == "report" and len(case.turns) == 1:
            kinds.setdefault(case.kind, []).append(case)
    shares = _shares({kind: len(own) for kind, own in kinds.items()}, count)
    rows = zip_longest(*(evenly(own, shares[kind]) for kind, own in kinds.items()))
    return [case for row in rows for case in row if case is not None]


def evenly(cases: Sequence[Case], count: int) -> list[Case]:
    """So many of them, or all, evenly from first to last."""
    wanted = min(count, len(cases))
    return [cases[place * len(cases) // wanted] for place in range(wanted)]


def _shares(held: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of each kind: one each in turn, until there are so many or none is left."""
    shares = dict.fromkeys(held, 0)
    left = min(count, sum(held.values()))
    while left:
        for kind in [kind for kind in held if shares[kind] < held[kind]][:left]:
            shares[kind] += 1
            left -= 1
    return shares


def is_right(case: Case, answer: Mapping[str, Any]) -> bool:
    """Whether an answer of the assistant, as `--json` prints it, is right by the project's own scorer."""
    return _right(case, _ROW.validate_python({"id": case.id, **answer}))


def is_baseline_right(case: Case, text: str) -> bool:
    """Whether words that come without a status are right: by the same scorer, with the status they seem to have.

    They are a refusal if they say that something is not provided, mentioned, contained or the like and do not carry
    every vital fact all the same; any refusal then passes for the kind that the case accepts. Whatever else they say
    is an answer, passed for full or partial in the same way. So a refusal that goes on to invent is forgiven, and
    citations are not looked at: both in favour of the baseline.
    """
    answering = _status(case, ANSWERING, "answered")
    refusing = _status(case, {"not_stated", "off_topic", "unclear"}, "not_stated")
    answered = _spoken(case, text, answering)
    carries = bool(case.vital) and outcome.vital(case, answered, _NO_SOURCES).value == 1
    return _right(case, answered if carries or not refuses(text) else _spoken(case, text, refusing))


def refuses(text: str) -> bool:
    """Whether words say, in English or Japanese, that what was asked is not there."""
    return not text.strip() or _REFUSING.search(text.replace("’", "'")) is not None


def _right(case: Case, answer: ScoredAnswer) -> bool:
    return outcome.right(case, answer, _NO_SOURCES).value == 1


def _status(case: Case, fitting: set[StatusName] | frozenset[str], otherwise: StatusName) -> StatusName:
    return next((status for status in case.status if status in fitting), otherwise)


def _spoken(case: Case, text: str, status: StatusName) -> ScoredAnswer:
    return ScoredAnswer(case.id, case.question, case.question, status, text, note="", sentences=(), citations=())
