"""A follow-up made into a question that stands alone, from the user's own earlier questions.

What the assistant said before is not put into the question: it is not evidence, and a mistake in it would breed. It
only guides the search, as part of the conversation. The one exception is a date of the text's own that was quoted for
the question before, where the follow-up says "that same month".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.answer_kind import AnswerKind, kind_wanted
from assistant.claims.lexicon import seats
from assistant.ellipsis import about, asked_of, resumed, says_its_subject, with_time
from assistant.framing import without_framing
from assistant.going_back import gone_back
from assistant.parallel import in_place_of
from assistant.question import Question
from assistant.signals import Frequency
from assistant.types import Rewriter, Searcher, Status, Turn
from index.keyword import tokens

_OPENING = re.compile(
    r"^\s*(?:(?:ok(?:ay)?|thanks|thank you|great|right|sure|yes|no|sorry)[\s,.!]+)*"
    r"(?:and|or|but|so|also|then|what about|how about|which one|who else|what else|anything else|any others?|"
    r"the other|more on|tell me more|go on|same (?:for|question)|i meant?|i was asking about)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(it|its|they|them|their|theirs|he|she|his|her|him|"
    r"this(?! (?:text|document|statement|paper|report|communiqu[eé])\b)|these|those|one|ones|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!will )there(?! (?:is|are|was|were|be|will)\b)|"
    r"(?:(?<=who is )|(?<=who was )|(?<=who were ))there(?= (?:for|from)\b|[?.!]*$)|"
    r"the (?:[a-z]+ )?(?:equivalent|counterpart)s?(?! (?:of|to|for|at|in)\b)|"
    r"that (?!(?:the|a|an|both|all|any|is|are|was|were|has|have|had|will|would|can|could|may|must|do|does|did)\b)|"
    r"that[?.!]*$|"
    r"the (?:other|same|former|latter|second|first|last|next) "
    r"(?:one|side|ministry|country|party|department|two|body|act|law)|"
    r"others?|else|both of them|either|instead)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"^(?:others?|else)$", re.IGNORECASE)
_TIE = re.compile(r"^\s*(?:(?:and|but|so|or|then|also)\b[\s,]*)+", re.IGNORECASE)
_POINTED = re.compile(r"\b(?:(?:that|this|the) (?:very )?same|this|that|these|those|the same) [a-z]+\b", re.IGNORECASE)
_NUMBERS = r"two|three|four|five|six|seven|eight|nine|ten|\d+"
# "Of the four parts, which one is on oaks?", "Which one of the parts …": the question itself says which ones there are.
_OWN_ONE = re.compile(
    rf"^(?:out )?of (?:the|its|their) (?:(?:{_NUMBERS}) )?(?!(?:{_NUMBERS})\b)[a-z]{{3,}}[^,?]*, which ones?\b|"
    rf"^which ones? of (?:the|its|their) (?:(?:{_NUMBERS}) )?(?!(?:{_NUMBERS})\b)[a-z]{{3,}}",
    re.IGNORECASE,
)
# "What is said on subsea cables?", "What do they say on wrecks?" name their subject, and ask for that, even where the
# text has no such word; `they` and `it` are who speaks, whatever was said before.
_SAYING = r"(?:said|stated|written|mentioned)"
_SAYS = r"(?:say|state|mention)(?: anything)?"
_ON = r"(?:on|about|of|regarding|concerning) (?=\w)"
_SPEAKER = (
    r"(?:it|they|(?:the )?(?:two |both )?(?:text|document|statement|paper|report|communiqu[eé]|agreement|"
    r"sides|participants|parties|governments|countries|ministers))"
)
_SAID_OF = re.compile(
    rf"^(?:what(?:'s| is| was)|is (?:there )?anything|was anything) {_SAYING} {_ON}|"
    rf"^(?:what )?(?:do|does|did) {_SPEAKER} {_SAYS} {_ON}",
    re.IGNORECASE,
)
_FEW_WORDS = 2
_ENOUGH_OTHER = 4  # words, after which "which other …" says itself what they are other than
_GENERIC = frozenset(tokens("area part point step way side topic subject issue member place"))  # name no subject
_NO_MORE_THAN_WHY = re.compile(
    r"^(?:(?:and|but|so) )?(?:(?:since|until|from|by|to|for|with|at) )?(?:who|whom|whose|what|when|where|why|which|how)"
    r"(?: (?:exactly|precisely|else|come|so|not|then))*\W*$",
    re.IGNORECASE,
)
_HAPPENING = frozenset(
    tokens(
        "take took taken part place held happen happened attend attended came come total main final exact annual cost "
        "budget deadline result responsible involved present"
    )
)  # nor do these


def as_read(text: str, search: Searcher) -> tuple[str, Question]:
    """A question spelt right, with countries for their capitals; and what is read of it, without what frames it."""
    corrected = with_countries(search.corrected(text), search.frequency)
    return corrected, Question(resumed(without_framing(corrected)))


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
    asked = asked_before(history)
    conversation = tuple(_said(asked))
    if not asked:
        return Standing(question, conversation)
    earlier = [turn.answer.standalone_question or turn.question for turn in asked]
    if back := gone_back(question.text, earlier):
        whole = about(back.thing, back.asked)
        if back.earlier >= 0:
            whole = standalone(
                Question(back.asked), asked[: back.earlier + 1], frequency, rewriter, sides
            ).question.text
        return Standing(Question(whole), conversation, is_rewritten=True)
    dated = with_time(question.text, tuple(_last_said(asked[-1])))
    if replaced := in_place_of(earlier[-1], dated, sides) or asked_of(earlier[-1], dated):
        return Standing(Question(replaced), conversation, is_rewritten=True)
    if not is_follow_up(Question(dated), frequency):
        return Standing(Question(dated), conversation, is_rewritten=dated != question.text)
    if rewritten := rewriter.rewrite(earlier, dated) if rewriter else "":
        return Standing(Question(rewritten), conversation, is_rewritten=True)
    return Standing(Question(f"{earlier[-1].rstrip()} {dated}", is_joined=True), conversation)


def asked_before(history: Sequence[Turn]) -> list[Turn]:
    """The turns in which something was asked of the text: no "thanks"."""
    return [turn for turn in history if turn.answer.status not in {Status.OFF_TOPIC, Status.UNCLEAR}]


def with_countries(text: str, frequency: Frequency) -> str:
    """A question with the country for its capital where the library knows only the country: `Tokyo` is `Japan`.

    Not where the city is meant: what is in, at or near it, and what is measured between two.
    """
    if kind_wanted(text) is AnswerKind.NUMBER:
        return text

    def country(match: re.Match[str]) -> str:
        named = seats()[match.group().casefold()]
        known = any(frequency(token) for token in tokens(match.group())) or not any(map(frequency, tokens(named)))
        is_city = re.search(r"\b(?:in|at|near|outside|around|of) $", text[: match.start()])
        return match.group() if known or is_city or _is_in_a_name(match) else named

    return _seat().sub(country, text)


def _is_in_a_name(match: re.Match[str]) -> bool:
    """Whether another capital stands beside it: "University College London", "the London Stock Exchange"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(re.match(r" [A-Z]", after) or re.search(r"[a-z,] (?:[A-Z][\w-]* )+$", before))


@cache
def _seat() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(seats(), key=len, reverse=True)))})(?!\w)", re.I)


def _said(turns: Sequence[Turn]) -> Iterator[str]:
    """Each question and the text's sentences that answered it; the assistant's own words are no part of it."""
    for turn in turns:
        english = Question(turn.question).is_english
        yield turn.question if english else turn.answer.standalone_question
        yield from dict.fromkeys(citation.quote for citation in turn.answer.citations)


def _last_said(turn: Turn) -> Iterator[str]:
    """A question, and the text's sentences that answered it, together."""
    yield turn.answer.standalone_question or turn.question
    yield " ".join(citation.quote for citation in turn.answer.citations)


def points_back(text: str) -> bool:
    """Whether a text holds words such as `it` or `the other side`, which mean something said before."""
    return bool(_POINTING.search(text))


def first_pointing(text: str) -> re.Match[str] | None:
    """Where in a text the first such word stands that means one thing, not another one: none of `else` or `other`."""
    return next((match for match in _POINTING.finditer(text) if not _ANOTHER.search(match.group())), None)


def pointing(text: str) -> list[str]:
    """Those words, in small letters and in order; `else` and `other` aside, which a question may keep."""
    found = (match.group().casefold().strip(" ?.!") for match in _POINTING.finditer(text))
    return [word for word in found if not _ANOTHER.search(word)]


def without_opening(text: str) -> str:
    """A question without what ties it to the one before: `and`, `so`."""
    bare = _TIE.sub("", text)
    return bare[:1].upper() + bare[1:]


def without_pointed(text: str) -> str:
    """A question without its pointing words and what kind of thing they mean: no `month` of `that same month`."""
    return _POINTED.sub(" ", text)


def leans_on_nothing(question: Question, context: Sequence[str]) -> bool:
    """Whether the question points at something that neither it nor the conversation names, or asks no more than why."""
    if context:
        return False
    left = _POINTING.sub(" ", _OPENING.sub(" ", question.text))
    points_at_nothing = left != question.text and not question.names and not Question(left).words
    return points_at_nothing or bool(_NO_MORE_THAN_WHY.match(question.text))


def is_follow_up(question: Question, frequency: Frequency) -> bool:
    """Whether the question leans on the one before: it points back, opens as a continuation, or names no subject.

    Two words of its own are a subject even where the text has only one of them: "the telecoms talks"; what the text is
    asked to say something on is one even where it has none.
    """
    subject = sum(frequency(word) > 0 for word in question.words)
    own_one = _OWN_ONE.match(question.text) and not points_back(_OWN_ONE.sub(" ", question.text))
    if own_one or says_its_subject(question.text):
        return False
    said = _SAID_OF.match(question.text)
    if said and question.words - _GENERIC and not points_back(question.text[said.end() :]):
        return False
    if _OPENING.search(question.text):
        return subject <= 2 * _FEW_WORDS
    if _POINTING.search(question.text):
        says_enough = first_pointing(question.text) is None and len(question.words - _GENERIC) > _ENOUGH_OTHER
        return subject <= _FEW_WORDS + 1 and not says_enough
    # "Under which Act?" names none.
    names = Question(re.sub(r"\b(which|what) [A-Z][a-z]+\b(?! [A-Z])", r"\1", question.text)).names
    if not question.words - _GENERIC - _HAPPENING:  # "Who took part?"
        return not names
    few = subject < _FEW_WORDS and len(question.words - _GENERIC) < _FEW_WORDS
    return (few or not subject) and not names
