"""A question that nothing clearly answers put into formal words by a language model, to be searched for and read again.

A loosely worded question and the text it is about may share no word, and a small model then fails to see that one
answers the other. What it is put into is only read with, never shown as the user's question.
"""

from __future__ import annotations

import re

from assistant.answer_kind import AnswerKind
from assistant.few_shot import replied
from assistant.llm import LLM
from assistant.question import Question, numbers

SYSTEM = (
    "Put the question into the plain formal words that an official statement would use. Keep names, numbers and what "
    "is asked. Reply with the question only."
)
EXAMPLES = (
    ("Did the bosses say when the new fishing boats turn up?", "When will the new fishing vessels be delivered?"),
    ("Who's paying for those posh new classrooms?",
     "Which organisation funds the construction of the new school buildings?"),
    ("Are they going to let more lorries over the bridge?",
     "Will the limit on freight traffic across the bridge be raised?"),
    ("how come nobody wants to work in care homes any more",
     "What are the reasons for the shortage of staff in the care sector?"),
)  # fmt: skip
_LONGEST = 48  # tokens
# A reason, a manner or a measure that is not there is found too easily in other words.
_NOT_WHAT = re.compile(r"\b(?:why|how|reason|cause)\b", re.IGNORECASE)


class LLMRephraser:
    """Rephrases questions with an LLM."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    def rephrase(self, question: str) -> str:
        """The question in other words.

        Returns:
            Empty where it is not of a kind that is safe to put otherwise, or the model does not reply usefully.
        """
        if not may_be_rephrased(Question(question)):
            return ""
        rephrased = " ".join(replied(self._llm, SYSTEM, EXAMPLES, question, longest=_LONGEST).split())
        return rephrased if can_be_other_words(rephrased, question) else ""


def may_be_rephrased(question: Question) -> bool:
    """Whether other words may be tried: not where a name, date, place or amount is asked for, which near misses are
    made of: other words for "Where was it signed?" find where something else was."""
    return question.wants is AnswerKind.OTHER and not question.asks_for_all and not _NOT_WHAT.search(question.text)


def can_be_other_words(rephrased: str, question: str) -> bool:
    """Whether a text may be the same question in other words, with no name or number that was not said."""
    new, old = Question(rephrased), Question(question)
    return (
        bool(new.words)
        and new.words != old.words
        and new.names <= frozenset(re.findall(r"[\w&’'-]+", question.casefold()))
        and numbers(rephrased) <= numbers(question)
    )
