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
from assistant.rewrite import first_pointing, pointing, without_opening, without_pointed
from index.keyword import tokens

SYSTEM = (
    "Rewrite the last question so that it can be understood by itself. Keep its words and what it asks; only put the "
    "names of things for words that point back. Never ask an earlier question again. Reply with the question only."
)
EXAMPLES = (
    (("When was the harbour treaty signed?",), "Who signed it?", "Who signed the harbour treaty?"),
    (("Which ministry runs the seed bank?",), "And in Norway?", "Which ministry runs the seed bank in Norway?"),
    (("What did Peru commit to on fisheries?",), "What about the other side?",
     "What did the other side commit to on fisheries?"),
    (("Does the accord mention the Rail Forum?",), "When did they last meet?", "When did the Rail Forum last meet?"),
    (("What is the Coral Fund?", "How much did Fiji pay into the Coral Fund?"), "And what has it paid for?",
     "What has the Coral Fund paid for?"),
    (("What do they say about coal?",), "And wind power?", "What do they say about wind power?"),
    (("When was the last talk on bridges?", "When was the 4th Tunnel Forum?"), "And the ferries one?",
     "When was the last talk on ferries?"),
    (("Is there a report on otters?",), "Have they published it?", "Have they published the report on otters?"),
    (("How is the work on roads going?",), "Who's paying for it?", "Who is paying for the work on roads?"),
)  # fmt: skip
_HAPPENING = frozenset({"take_place", "took_place", "taken_place"})  # light words, but for the verifier
_EARLIER = 2  # questions shown
_LONGEST = 48  # tokens
_BOTH = frozenset({"they", "their"})
_SUBJECT = 2  # words
_PLURAL = re.compile(
    r"\b(?<!who )(?<!which )(?<!that )(?<!it )(?!(?:does|this|his|its|was|has|as|is|us|says|means|news)\b)"
    r"[a-z]{2,}(?<!s)(?<!u)(?<!i)s\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:else|others?)\b", re.IGNORECASE)  # than was said before
_NAMES_ANOTHER = re.compile(r"^(?:and|what about|how about)\b(?!.*\b(?:who|what|when|where|which|why|how)\b)", re.I)


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
            Empty where the model does not reply, or no reply of it can be a rewriting. The question itself where it
            leans on nothing but who "they" are, and the model leaves it as it is.
        """
        bare = without_opening(question)
        rewritten = self._reply(earlier, question, "")
        if can_be_one(rewritten, earlier, question):
            return rewritten
        stands = _is_same(rewritten, bare) and _means_both(bare)
        if stands and not _names_several(earlier[-1:]) and not _MORE.search(bare):
            return bare
        if opening := _opening(bare):
            rewritten = self._reply(earlier, question, opening)
            if can_be_one(rewritten, earlier, question):
                return rewritten
        return ""

    def _reply(self, earlier: Sequence[str], question: str, opening: str) -> str:
        examples = ((_asked(before, last), whole) for before, last, whole in EXAMPLES)
        asked = _asked(earlier[-_EARLIER:], question)
        return " ".join(replied(self._llm, SYSTEM, examples, asked, longest=_LONGEST, opening=opening).split())


def can_be_one(rewritten: str, earlier: Sequence[str], question: str) -> bool:
    """Whether a text may be the question standing alone.

    It keeps what the question asks for and its words, adds some that were said before and no others but light ones
    ("take place"), points at less than it did, and is not one of the earlier questions again, nor asks for both.
    """
    new, last = Question(rewritten), Question(question)
    said = " ".join((*earlier, question))
    return (
        bool(earlier)
        and bool(frozenset(tokens(rewritten)) - frozenset(tokens(question)))
        and not any(_is_same(text, rewritten) for text in earlier)
        and _points_at_less(rewritten, earlier, question)
        and Question(without_pointed(question)).words <= new.words
        and numbers(rewritten) <= numbers(said)
        and not any(unsupported(readable(rewritten), readable(said), _HAPPENING))
        and last.names <= new.names
        and new.is_yes_no == last.is_yes_no
        and last.wants in {new.wants, AnswerKind.OTHER}
        and not (_NAMES_ANOTHER.match(question) and any(Question(text).words <= new.words for text in earlier[-1:]))
    )


def _points_at_less(rewritten: str, earlier: Sequence[str], question: str) -> bool:
    """Whether fewer words point back than in the question, those aside that an earlier question had too."""
    said = " ".join(earlier).casefold()
    had = set(pointing(said)) & _BOTH
    left = [word for word in pointing(_without_said(rewritten, said)) if word not in had]
    return len(left) < max(1, len(pointing(question)))


def _without_said(rewritten: str, said: str) -> str:
    """A rewriting without the relative clauses that an earlier question had: no "that sets" of "paper that sets"."""
    relative = re.findall(r"\b[a-z]+ that [a-z]+\b", said)
    for clause in relative:
        rewritten = re.sub(re.escape(clause), " ", rewritten, flags=re.IGNORECASE)
    return rewritten


def _opening(question: str) -> str:
    """What a rewriting of the question begins with: its words before the first one that points back, and an article.

    A small model that is to go on from there cannot but name what is meant. Empty where nothing stands before one, or
    the question is none by itself.
    """
    found = first_pointing(question)
    if found is None or not _is_whole(question) or not question[: found.start()].strip():
        return ""
    article = "at the" if found.group().casefold() == "there" else "the"
    return f"{question[: found.start()].strip()} {article}"


def _is_whole(question: str) -> bool:
    """Whether a question asks something by itself; not so "The other one?"."""
    return bool(_asking(question)) or Question(question).is_yes_no


def _means_both(question: str) -> bool:
    """Whether a whole question has a subject and points at nothing but those whom the text is about."""
    return _is_whole(question) and set(pointing(question)) <= _BOTH and len(Question(question).words) >= _SUBJECT


def _names_several(earlier: Sequence[str]) -> bool:
    """Whether the question before names several of something, whom "they" may mean, and does not say "they" itself."""
    text = " ".join(earlier)
    return bool(_PLURAL.search(text)) and not set(pointing(text)) & _BOTH


def _is_same(one: str, other: str) -> bool:
    """Whether two questions ask for the same with the same words."""
    return frozenset(tokens(one)) == frozenset(tokens(other)) and _asking(one) == _asking(other)


def _asking(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b(?:who|whom|what|when|where|which|why|how)\b", text.casefold()))


def _asked(earlier: Sequence[str], question: str) -> str:
    before = "\n".join(f"Earlier question: {text}" for text in earlier)
    return f"{before}\nLast question: {question}"
