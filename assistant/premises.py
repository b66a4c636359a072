"""What a question takes for granted and the text says otherwise: how many there are of something.

"Which of the three pillars …" of a text with four pillars is answered, and told so. Rules about English, never about a
document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.claims.amounts import amounts
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.types import Citation, Sentence
from corpus.sentences import sentence_spans
from corpus.types import Passage
from index.keyword import tokens

_NUMBER = r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}"
_NOUN = r"(?:(?:main|key|core|strategic|different) )?(?P<noun>[a-z][a-z-]{2,}s)"
_PRESUPPOSED = re.compile(rf"\b(?:the|these|those|its|their|all) (?P<number>{_NUMBER}) {_NOUN}\b", re.IGNORECASE)
# Only what is said of all there are: not "the first two goals", "at least two goals", "Section 4 goals".
_COUNTED = re.compile(
    r"\b(?<!first )(?<!last )(?<!next )(?<!other )(?:the|our|its|their|has|have|these|following|all|sets out|"
    rf"consists of|comprises|comprising) (?P<number>two|{_NUMBER}) {_NOUN}\b",
    re.IGNORECASE,
)
_OF_A_WHOLE = r"pillar|goal|objective|priority|principle|theme|chapter|commitment|workstream|strand|mission|pledge"
_ORDINAL = re.compile(
    rf"\b(?P<number>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?P<noun>{_OF_A_WHOLE})\b", re.IGNORECASE
)
# Of these a text may count others elsewhere.
_LOOSE = frozenset(
    tokens(
        "days weeks months years hours minutes times countries nations sides parties governments things ones points "
        "examples cases questions sentences lines words people persons others areas ways kinds types parts"
    )
)


class Count(NamedTuple):
    """How many there are of something in the text: the words for it, and the first sentence that says so."""

    shown: str
    evidence: Evidence


def miscounted(
    question: Question, documents: Collection[str], passages_of: Callable[[Sequence[str]], Sequence[Passage]]
) -> Count | None:
    """What the text counts otherwise than the question takes for granted; None where it does not, or not alike.

    Args:
        question: the question, in English.
        documents: the ids of those that are spoken of; of several, nothing is told.
        passages_of: all passages of documents, in reading order; not asked for a question that counts nothing.
    """
    asked = [(*_read(match), False) for match in _PRESUPPOSED.finditer(question.text)]
    asked += [(*_read(match), True) for match in _ORDINAL.finditer(question.text)]
    asked = [(number, noun, is_ordinal) for number, noun, is_ordinal in asked if noun and noun not in _LOOSE]
    passages = passages_of(tuple(documents)) if asked and len(documents) == 1 else ()
    for number, noun, is_ordinal in asked:
        counts = list(_counts(noun, passages))
        numbers = {count for count, _ in counts}
        if len(numbers) == 1 and _is_more(number, *numbers, is_ordinal=is_ordinal) and _is_only(noun, number, passages):
            return counts[0][1]
    return None


def with_count(sentences: Sequence[Sentence], count: Count) -> tuple[Sentence, ...]:
    """An answer with the sentence that tells how many there are, unless it is there."""
    found = count.evidence
    cited = [citation for sentence in sentences for citation in sentence.citations]
    if any(one.section.id == found.passage.section.id and one.start == found.start for one in cited):
        return tuple(sentences)
    number = max((citation.number for citation in cited), default=0) + 1
    return (*sentences, Sentence(found.text, (Citation(number, found.passage, found.start, found.end),)))


def _is_more(asked: int, counted: int, *, is_ordinal: bool) -> bool:
    """Whether there cannot be as many: another number, or one past the last."""
    return asked > counted if is_ordinal else asked != counted


def _is_only(noun: str, asked: int, passages: Iterable[Passage]) -> bool:
    """Whether the text never speaks of the asked one by its ordinal, nor of so many beside such things: "17 of the 22
    goals were met, three are delayed"."""
    return not any(
        any(_read(match) == (asked, noun) for match in _ORDINAL.finditer(passage.text))
        or (noun in tokens(passage.text) and any(amount.value == asked for amount in amounts(passage.text)))
        for passage in passages
    )


def _counts(noun: str, passages: Iterable[Passage]) -> Iterator[tuple[int, Count]]:
    for passage in passages:
        for start, end in sentence_spans(passage.text):
            for match in _COUNTED.finditer(passage.text[start:end]):
                number, held = _read(match)
                if held == noun:
                    evidence = Evidence(passage, passage.start + start, passage.start + end, 1.0)
                    yield number, Count(match.group()[match.start("number") - match.start() :], evidence)


def _read(match: re.Match[str]) -> tuple[int, str]:
    """The number and the stemmed noun, empty for one that is a stop word."""
    found = amounts(match["number"])
    stems = tokens(match["noun"])
    return (int(found[0].value) if found else 0), (stems[0] if stems else "")
