"""The form of answer that a question wants, told from its wording by what other questions taught: one thing or several,
one thing or two.

Rules with words in them know the plain forms. People ask in others: "I am collecting the deadlines", "what in the one
case and what in the other". So a logistic regression on short runs of words is fitted on questions of all subjects
(`python -m evals forms`). Only words that are common in questions are told apart; the others count as what they look
like, a name, a number or a plural, so that form tells and not the subject.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Set
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from assistant.fitted import load_fitted

_LONGEST = 3  # pieces in a run
_PIECE = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+|[?:,;.!–—\"“”‘]")
_TIE = re.compile(r"^(?:(?:and|but|so|also|then)\b[\s,]*)+", re.IGNORECASE)
_ENDS = ".?!:"
_NAME, _NUMBER, _WORD = "Name", "#", "x"
_ENDINGS = ("ing", "ed", "er", "s")
START, END = "^", "$"
_BOUND = 50.0
# Of the sets' questions that a written rule takes for a list likelier are 107 of 112 for several and 36 of 100 for one.
_HARDLY = 0.1


class FormRule(BaseModel):
    """A logistic regression on the runs of a question, and the probability from which it wants this form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    threshold: float
    weights: dict[str, float]


class FormRules(BaseModel):
    """What was fitted: on which questions, the words that are told apart, and a rule for each form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fitted_on: str
    words: frozenset[str]
    several: FormRule
    two: FormRule

    def probability(self, rule: FormRule, question: str) -> float:
        """How likely a question wants the form of answer that a rule tells, 0 to 1."""
        score = rule.intercept + sum(rule.weights.get(run, 0.0) for run in set(runs(question, self.words)))
        return 1 / (1 + math.exp(-max(-_BOUND, min(_BOUND, score))))

    def wants(self, rule: FormRule, question: str) -> bool:
        """Whether that is likely enough."""
        return self.probability(rule, question) >= rule.threshold


def sounds_like_several(question: str) -> bool:
    """Whether a question sounds like one for several things: a list in whatever words."""
    return _rules().wants(_rules().several, question)


def sounds_like_one(question: str) -> bool:
    """Whether a question hardly sounds like one for several things, whatever word of asking for all is in it."""
    return _rules().probability(_rules().several, question) < _HARDLY


def sounds_like_two(question: str) -> bool:
    """Whether a question sounds like one for two things that stand in different places, such as a comparison."""
    return _rules().wants(_rules().two, question)


def pieces(text: str) -> list[str]:
    """The words, numbers and marks of a question, without what ties it to the one before; one that is shouted as if it
    were not."""
    untied = _TIE.sub("", text.casefold() if text.isupper() else text)
    return _PIECE.findall(untied.replace("’", "'"))


def runs(question: str, words: Set[str]) -> Iterator[str]:
    """Every run of up to three pieces of a question, joined by spaces; a piece that is none of `words` as its kind."""
    shown = [START, *_told_apart(pieces(question), words), END]
    for length in range(1, _LONGEST + 1):
        for start in range(len(shown) - length + 1):
            yield " ".join(shown[start : start + length])


def _told_apart(found: list[str], words: Set[str]) -> Iterator[str]:
    """Each piece as itself or as its kind; of names or plain words in a row, one."""
    last = ""
    for place, piece in enumerate(found):
        shown = _shown(piece, words, opens=place == 0 or found[place - 1] in _ENDS)
        if shown != last or shown not in (_NAME, _WORD):
            yield shown
        last = shown


def _shown(piece: str, words: Set[str], *, opens: bool) -> str:
    lower = piece.casefold()
    if piece.isdigit():
        return _NUMBER
    if piece[0].isupper() and not opens:
        return _NAME
    if lower in words or not piece[0].isalpha():
        return lower
    return next((_WORD + ending for ending in _ENDINGS if lower.endswith(ending)), _WORD)


@lru_cache(maxsize=1)
def _rules() -> FormRules:
    return load_fitted("forms", FormRules, "forms")
