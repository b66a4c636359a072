"""What can be told without a language model about whether a sentence answers a question: likeness, shared words, names,
numbers, and the kind of answer asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from assistant.answer_kind import AnswerKind, holds
from assistant.claims.lexicon import country_names
from assistant.evidence import Evidence
from assistant.question import Question
from index.keyword import tokens

# With a capital because they open a sentence: no names.
_OPENING = frozenset("show find quote cite check urgent thanks cheers".split())
Frequency = Callable[[str], int]
"""In how many passages of the library a stemmed word stands."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals on one question and what was found for it; each about 0 to 1.

    Attributes:
        passage_cosine: question against the best passage.
        sentence_cosine: question against the best sentence.
        sentence_share: of the question's words, weighted by rarity, how much the best sentence or its heading holds.
        passage_share: the same for the best passage.
        unknown_share: of the question's words, weighted likewise, how much stands nowhere in the library.
        names_missing: the share of the question's names and numbers that are not in the best passage.
        kind_missing: 1 where the kind of answer asked for (a date, a number, a name) is not in the best sentence.
        lead: how far the best passage's fused score is ahead of the next section's.
    """

    passage_cosine: float
    sentence_cosine: float
    sentence_share: float
    passage_share: float
    unknown_share: float
    names_missing: float
    kind_missing: float
    lead: float

    def values(self) -> dict[str, float]:
        """Each signal by name."""
        return asdict(self)


def rarity(word: str, frequency: Frequency) -> float:
    """How much a shared word says: more for a rare one, most for one the library does not hold."""
    return 1 / (1 + math.log1p(frequency(word)))


def share(words: frozenset[str], text_words: frozenset[str], frequency: Frequency) -> float:
    """How much of `words`, weighted by rarity, stands in a text; 0 where there are none."""
    whole = sum(rarity(word, frequency) for word in words)
    return sum(rarity(word, frequency) for word in words & text_words) / whole if whole else 0.0


def missing_names(question: Question, text: str) -> tuple[str, ...]:
    """The question's names and numbers that a text does not hold, in alphabetical order."""
    held = frozenset(tokens(text))
    return tuple(sorted(name for name in question.names if not frozenset(tokens(name)) <= held))


def unknown_words(question: Question, frequency: Frequency) -> tuple[str, ...]:
    """The question's words that stand nowhere in the library, in alphabetical order."""
    return tuple(sorted(word for word in question.words if not frequency(word)))


def unknown_names(question: Question, found: Sequence[str], frequency: Frequency) -> tuple[str, ...]:
    """The question's names that stand nowhere, nor their country under another name (`British` for `UK`), sorted.

    Only what stands nowhere may be said not to be mentioned: the texts `found` are not all of the library.
    """
    known = "".join(text.casefold() for text in found)

    def is_unknown(name: str) -> bool:
        return all(any(not frequency(token) for token in tokens(one)) for one in (name, *country_names(name)))

    named = question.names - _OPENING
    return tuple(sorted(name for name in named if name not in known and is_unknown(name)))


def signals(  # noqa: PLR0917 - what was found and what it is measured by
    question: Question,
    evidence: Sequence[Evidence],
    cosines: Sequence[float],
    passage_cosine: float,
    lead: float,
    frequency: Frequency,
) -> Signals:
    """The signals for evidence that is not empty, best first, and the sentences' cosines in the same order."""
    best = evidence[0]
    heading = " ".join(best.passage.section.path)
    passage_text = f"{heading} {best.passage.text}"
    names = question.names
    unknown = frozenset(unknown_words(question, frequency))
    return Signals(
        passage_cosine=passage_cosine,
        sentence_cosine=max(cosines),
        sentence_share=share(question.words, frozenset(tokens(f"{heading} {best.text}")), frequency),
        passage_share=share(question.words, frozenset(tokens(passage_text)), frequency),
        unknown_share=share(question.words, unknown, frequency),
        names_missing=len(missing_names(question, passage_text)) / len(names) if names else 0.0,
        kind_missing=float(
            question.wants is not AnswerKind.OTHER and not holds(question.wants, best.text, question.text)
        ),
        lead=lead,
    )
