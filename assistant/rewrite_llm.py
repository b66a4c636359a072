"""A follow-up put into one question by a language model, and checked: it may only say again what was said.

A small model often hands back the earlier question, or adds things; what cannot be a rewriting is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer_kind import AnswerKind
from assistant.claims.words import readable, unsupported
from assistant.few_shot import replied
from assistant.llm import LLM
from assistant.question import Question, numbers
from assistant.rewrite import points_back
from index.keyword import tokens

_SYSTEM = (
    "Rewrite the last question so that it can be understood by itself. Keep its words and what it asks; only put the "
    "names of things for words that point back. Reply with the question only."
)
_EXAMPLES = (
    (("When was the harbour treaty signed?",), "Who signed it?", "Who signed the harbour treaty?"),
    (("Which ministry runs the seed bank?",), "And in Norway?", "Which ministry runs the seed bank in Norway?"),
    (("What did Peru commit to on fisheries?",), "What about the other side?",
     "What did the other side commit to on fisheries?"),
    (("Does the accord mention the Rail Forum?",), "When did they last meet?", "When did the Rail Forum last meet?"),
    (("What is the Coral Fund?", "How much did Fiji pay into the Coral Fund?"), "And what has it paid for?",
     "What has the Coral Fund paid for?"),
)  # fmt: skip
_HAPPENING = frozenset({"take_place", "took_place", "taken_place"})  # light words, but for the verifier
_EARLIER = 2  # questions shown
_LONGEST = 48  # tokens


class LLMRewriter:
    """Rewrites follow-ups with an LLM."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    def rewrite(self, earlier: Sequence[str], question: str) -> str:
        """The question standing alone.

        Args:
            earlier: the user's questions before it, standing alone, oldest first.
            question: the last one.

        Returns:
            Empty where the model does not reply, or its reply cannot be a rewriting.
        """
        examples = ((_asked(before, last), whole) for before, last, whole in _EXAMPLES)
        reply = replied(self._llm, _SYSTEM, examples, _asked(earlier[-_EARLIER:], question), longest=_LONGEST)
        rewritten = " ".join(reply.split())
        return rewritten if can_be_one(rewritten, earlier, question) else ""


def can_be_one(rewritten: str, earlier: Sequence[str], question: str) -> bool:
    """Whether a text may be the question standing alone.

    It keeps what the question asks for and its words, adds some that were said before and no others but light ones
    ("take place"), points at nothing any more, and is not one of the earlier questions again.
    """
    new, last = Question(rewritten), Question(question)
    said = " ".join((*earlier, question))
    return (
        bool(new.words - last.words)
        and not any(_is_same(text, rewritten) for text in earlier)
        and not points_back(rewritten)
        and last.words <= new.words
        and numbers(rewritten) <= numbers(said)
        and not any(unsupported(readable(rewritten), readable(said), _HAPPENING))
        and last.names <= new.names
        and new.is_yes_no == last.is_yes_no
        and last.wants in {new.wants, AnswerKind.OTHER}
    )


def _is_same(one: str, other: str) -> bool:
    """Whether two questions ask for the same with the same words."""
    return frozenset(tokens(one)) == frozenset(tokens(other)) and _asking(one) == _asking(other)


def _asking(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b(?:who|whom|what|when|where|which|why|how)\b", text.casefold()))


def _asked(earlier: Sequence[str], question: str) -> str:
    before = "\n".join(f"Earlier question: {text}" for text in earlier)
    return f"{before}\nLast question: {question}"
