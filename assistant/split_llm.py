"""A question about two things put into one for each by a language model, and checked: it may only say what was said.

Rules (`assistant.parts`) know the plain forms of such questions; this is for the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.words import readable, unsupported
from assistant.few_shot import replied
from assistant.llm import LLM
from assistant.question import Question, numbers
from assistant.rewrite import points_back

SYSTEM = (
    "Split a question about two things into two simple questions, one a line, each to be understood by itself. Keep "
    "its words. Reply with the two questions only."
)
EXAMPLES = (
    ("How do the fishing quotas of Norway and Iceland differ?",
     "What are the fishing quotas of Norway?\nWhat are the fishing quotas of Iceland?"),
    ("Who runs the ferry to Skye, and is it the same company as for Mull?",
     "Which company runs the ferry to Skye?\nWhich company runs the ferry to Mull?"),
    ("Two bridges were closed, one for repairs and one for good. When was each closed?",
     "When was the bridge closed for repairs?\nWhen was the bridge closed for good?"),
    ("Which came first, the rail strike or the toll reform?",
     "When was the rail strike?\nWhen was the toll reform?"),
    ("Set the aims of the school reform next to those of the hospital plan.",
     "What are the aims of the school reform?\nWhat are the aims of the hospital plan?"),
    ("Is the promise on wolves firmer than the one on bears?",
     "What is the promise on wolves?\nWhat is the promise on bears?"),
    ("At the harbour talks, did the mayor and the council see the tram the same way?",
     "How did the mayor see the tram at the harbour talks?\nHow did the council see the tram at the harbour talks?"),
)  # fmt: skip
# A question that compares, or asks twice, may ask for two things.
_COMPARING = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ\w*|versus|vs|alike|similar\w*|in common|respectively|next to|side by side|"
    r"beside|(?:set|put|weigh|hold)\b.{3,80}\bagainst|the same (?:angle|way|view|one|thing)|same\b.{0,30}\bas|"
    r"(?<!no )(?:more|less|fewer|(?!rather\b|other\b|whether\b)[a-z]{3,}er)(?: \w+){0,3} than|"
    r"\w+ and (?!wh\w+\b|how\b)\w+.{0,60}\beach\b|"
    r"\beach of\b.{2,60}\band\b|(?:which|who|what)\b.{0,40}\b(?:first|earlier|later|firmer|newer|older|"
    r"more|less|bigger|larger|longer|sooner)\b.{0,60}\bor|one for\b.{1,60}\bone for|(?:mix|tell|keep)\w*\b.{1,30}"
    r"\b(?:up|apart))\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\w.{8,}\band (?:who|whom|what|when|where|which|why|how|is it|was it|did|does|do)\b", re.IGNORECASE
)
_LEFT_TO_COMPARE = re.compile(
    r"\b(?:compar\w+|differ\w*|earlier|later|first|second|older|newer|firmer|than|same|in common|both|each)\b",
    re.IGNORECASE,
)
_HAPPENING = frozenset({"take_place", "took_place", "taken_place"})  # light words, but for the verifier
_KEPT = 0.5  # of the question's words, by the two together
_PARTS = 2
_LONGEST = 80  # tokens


class LLMSplitter:
    """Splits questions with an LLM."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    def split(self, question: str) -> tuple[str, ...]:
        """The two questions that a question consists of.

        Returns:
            None of them where it asks for one thing, the model does not reply, or its reply cannot be a splitting.
        """
        if not asks_for_two(Question(question)):
            return ()
        reply = replied(self._llm, SYSTEM, EXAMPLES, question, longest=_LONGEST, stop="\n\n")
        halves = tuple(" ".join(line.split()) for line in reply.splitlines() if line.strip())
        return halves if can_be_parts(halves, question) else ()


def asks_for_two(question: Question) -> bool:
    """Whether a question may be one for two things; a list of several kinds is better read as one."""
    twice = _TWICE.search(question.text) and not question.asks_for_all
    return bool(twice or _COMPARING.search(question.text) or question.wants_two)


def can_be_parts(halves: Sequence[str], question: str) -> bool:
    """Whether texts may be the two questions that one consists of.

    Each asks for something of its own, stands alone, says nothing that the whole does not, and no longer compares;
    together they keep most of the whole.
    """
    if len(halves) != _PARTS:
        return False
    one, other = (Question(half) for half in halves)
    whole = Question(_LEFT_TO_COMPARE.sub(" ", question)).words
    return (
        bool(one.words - other.words)
        and bool(other.words - one.words)
        and len((one.words | other.words) & whole) >= _KEPT * len(whole)
        and all(_is_from(half, question) for half in (one, other))
    )


def _is_from(half: Question, question: str) -> bool:
    return (
        not points_back(half.text)
        and not (_LEFT_TO_COMPARE.search(half.text) and not half.is_yes_no)
        and numbers(half.text) <= numbers(question)
        and not any(unsupported(readable(half.text), readable(question), _HAPPENING))
    )
