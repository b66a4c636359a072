"""A follow-up made into a question that stands alone, from the user's own earlier questions.

What the assistant said before is never put into the question: it is not evidence, and a mistake in it would breed. It
only guides the search, as part of the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.claims.lexicon import seats
from assistant.parallel import in_place_of
from assistant.question import Question
from assistant.signals import Frequency
from assistant.types import Rewriter, Status, Turn
from index.keyword import tokens

_OPENING = re.compile(
    r"^\s*(?:and|or|but|so|also|then|what about|how about|why|which one|who else|what else|anything else|any others?|"
    r"the other|since when|until when|where exactly|when exactly|more on|tell me more|go on|same (?:for|question))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(it|its|they|them|their|theirs|he|she|his|her|him|this|these|those|one|ones|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!will )there(?! (?:is|are|was|were|be|will)\b)|"
    r"that (?!(?:the|a|an|both|all|any)\b)|that[?.!]*$|"
    r"the (?:other|same|former|latter|second|first|last|next) "
    r"(?:one|side|ministry|country|party|department|two|body|act|law)|"
    r"others?|else|both of them|either|instead)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 2
_GENERIC = frozenset(tokens("area part point step way side topic subject issue member place"))  # name no subject
_HAPPENING = frozenset(
    tokens("take took taken part place held happen happened attend attended came come")
)  # nor do these


class Standing(NamedTuple):
    """A question that stands alone, and what both sides said before it, oldest first, to guide the search.

    `is_rewritten` tells that it is one question, not the earlier one with the last behind it.
    """

    question: Question
    context: tuple[str, ...]
    is_rewritten: bool = False


def standalone(
    question: Question,
    history: Sequence[Turn],
    frequency: Frequency,
    rewriter: Rewriter | None = None,
    sides: Sequence[str] = (),
) -> Standing:
    """The question itself where it stands alone, else rewritten, else the last standing question and this one together.

    The conversation comes with either, since the words of a question do not tell well enough whether it leans on what
    went before; the search weighs it by that (measured in docs/decisions/0008-benchmarks.md).

    Args:
        question: what was asked.
        history: the conversation so far, oldest first.
        frequency: in how many passages a stemmed word stands, to tell a subject from filler.
        rewriter: makes one question of several, where there is one that can.
        sides: the two countries that "the other side" can mean, if there are two.
    """
    asked = [turn for turn in history if turn.answer.status not in {Status.OFF_TOPIC, Status.UNCLEAR}]  # not "thanks"
    conversation = tuple(_said(asked))
    if not asked:
        return Standing(question, conversation)
    earlier = [turn.answer.standalone_question or turn.question for turn in asked]
    if replaced := in_place_of(earlier[-1], question.text, sides):
        return Standing(Question(replaced), conversation, is_rewritten=True)
    if not is_follow_up(question, frequency):
        return Standing(question, conversation)
    if rewritten := rewriter.rewrite(earlier, question.text) if rewriter else "":
        return Standing(Question(rewritten), conversation, is_rewritten=True)
    return Standing(Question(f"{earlier[-1].rstrip()} {question.text}"), conversation)


def with_countries(text: str, frequency: Frequency) -> str:
    """A question with the country for its capital where the library knows only the country: `Tokyo` is `Japan`."""

    def country(match: re.Match[str]) -> str:
        named = seats()[match.group().casefold()]
        known = any(frequency(token) for token in tokens(match.group())) or not any(map(frequency, tokens(named)))
        return match.group() if known else named

    return _seat().sub(country, text)


@cache
def _seat() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(seats(), key=len, reverse=True)))})(?!\w)", re.I)


def _said(turns: Sequence[Turn]) -> Iterator[str]:
    """Each question and the text's sentences that answered it; the assistant's own words are no part of it."""
    for turn in turns:
        english = Question(turn.question).is_english
        yield turn.question if english else turn.answer.standalone_question
        yield from dict.fromkeys(citation.quote for citation in turn.answer.citations)


def points_back(text: str) -> bool:
    """Whether a text holds words such as `it` or `the other side`, which mean something said before."""
    return bool(_POINTING.search(text))


def leans_on_nothing(question: Question, context: Sequence[str]) -> bool:
    """Whether the question points at something that neither it nor the conversation names."""
    left = _POINTING.sub(" ", _OPENING.sub(" ", question.text))
    return left != question.text and not context and not question.names and not Question(left).words


def is_follow_up(question: Question, frequency: Frequency) -> bool:
    """Whether the question leans on the one before: it points back, opens as a continuation, or names no subject.

    Two words of its own are a subject even where the text has only one of them: "the telecoms talks".
    """
    subject = sum(frequency(word) > 0 for word in question.words)
    if _OPENING.search(question.text):
        return subject <= 2 * _FEW_WORDS
    if _POINTING.search(question.text):
        return subject <= _FEW_WORDS + 1
    if not question.words - _GENERIC - _HAPPENING:  # "Who took part?"
        return not question.names
    few = subject < _FEW_WORDS and len(question.words - _GENERIC) < _FEW_WORDS
    return (few or not subject) and not question.names
