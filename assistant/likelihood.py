"""How likely a language model finds that passages state the answer to one question; nothing is asked twice."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.llm import LLM
from assistant.prompts import STATED, passage_part, stated_part
from assistant.question import Question
from corpus.types import Passage

_SURE = 0.999


class Likelihood:
    """Asks an LLM about one question, and keeps what it said."""

    def __init__(self, llm: LLM, question: Question) -> None:
        self._llm = llm
        self._part = stated_part(question.text)
        self._known: dict[str, float] = {}

    def of(self, passages: Sequence[tuple[Passage, str]]) -> tuple[float, ...]:
        """Probabilities, 0 to 1, in the order given; of each passage the text that is to be read, whole if empty.

        Raises:
            LLMUnavailable: the model does not reply.
        """
        parts = [passage_part(passage, text) for passage, text in passages]
        new = [part for part in dict.fromkeys(parts) if part not in self._known]
        if new:
            self._known |= zip(new, self._llm.probabilities_of_yes(STATED, new, self._part), strict=True)
        return tuple(self._known[part] for part in parts)


def log_odds(probability: float) -> float:
    """The logarithm of the odds of a probability, which is kept away from 0 and 1."""
    bounded = min(max(probability, 1 - _SURE), _SURE)
    return math.log(bounded / (1 - bounded))
