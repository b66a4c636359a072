"""What in a document speaks to a program that reads it rather than to people: orders, fake turns of a conversation,
claims that it answers whatever is asked. It stays in the document, but it is no evidence of what the document says.

Told by a logistic regression on single words and pairs of them, fitted on texts that have nothing to do with any
document (`python -m evals addressed`), and by the tokens of chat templates. docs/decisions/0036-addressed.md says how
much of it is found, and what else is taken for it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from assistant.fitted import load_fitted
from corpus.sentences import sentence_spans
from corpus.types import Passage
from index.types import Hit

_HALF = 0.5  # of a paragraph's sentences; where so many are orders the others belong to them
_REMEMBERED = 2**14  # sentences
_PIECE = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_TOKENS = re.compile(
    r"<\|[\w-]{2,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|"
    r"^\W*(?:SYSTEM|ASSISTANT|USER|HUMAN|DEVELOPER)(?: (?:MESSAGE|PROMPT|NOTE|OVERRIDE|UPDATE))?\s*:",
    re.MULTILINE,
)
# The orders that everybody knows; in quotation marks they are spoken of, not given.
_KNOWN = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|discard) (?:(?:all|any|of|the|your|these|those|my) ){0,4}"
    r"(?:previous|prior|preceding|earlier|above|former|other|your)\b[^.?!]{0,20}\b(?:instructions?|prompts?)\b|"
    r"\b(?:print|reveal|repeat|output|show|disclose|recite|dump|leak)\b[^.?!]{0,25}"
    r"\b(?:system prompt|your (?:instructions|prompt))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"‘][^“”\"‘’]{2,200}[”\"’](?!\w)")
# Who is spoken to and what is wanted: without such a word the rule is not asked, since few words tell it little.
_SPOKEN_OF = re.compile(
    r"\b(?:assistants?|AIs?|artificial intelligence|models?|(?:chat ?)?bots?|LLMs?|agents?|copilots?|crawlers?|"
    r"summari[sz]\w+|answer\w*|repl(?:y|ies|ied)|respon[ds]\w*|questions?|quer(?:y|ies)|prompts?|instructions?|"
    r"cit(?:e|es|ing|ations?)|quot(?:e|es|ing|ations?)|outputs?|ignore|disregard|refuse|users?|asked)\b",
    re.IGNORECASE,
)
_FEW = 4  # words
_ABOUT_THEM = re.compile(
    r"\b(?:instructions?|prompts?|injections?|assistants?|chat ?bots?|language models?|LLMs?|jailbreak\w*|hostile)\b",
    re.IGNORECASE,
)


class AddressedRule(BaseModel):
    """A logistic regression on the words and pairs of words of a text, and the log-odds from which it is addressed.

    `fitted_on` says on what; `weights` are of a text's words and pairs, each counted once, over the root of their
    number, so that a long text weighs as much as a short one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fitted_on: str
    intercept: float
    threshold: float
    weights: dict[str, float]

    def log_odds(self, text: str) -> float:
        """How likely a text speaks to a program that reads it."""
        found = set(features(text))
        weight = sum(self.weights.get(one, 0.0) for one in found) / math.sqrt(max(1, len(found)))
        return self.intercept + weight

    def finds(self, text: str) -> bool:
        """Whether that is likely enough, or the text has a known order or what only chat templates have."""
        if _TOKENS.search(text) or _KNOWN.search(_QUOTED.sub(" ", text)):
            return True
        may_be = len(text.split()) >= _FEW and bool(_SPOKEN_OF.search(text))
        return may_be and self.log_odds(text) >= self.threshold


def features(text: str) -> Iterator[str]:
    """The words and marks of a text in small letters, and each two that follow each other."""
    pieces = _PIECE.findall(text.casefold().replace("’", "'"))
    yield from pieces
    yield from (f"{one} {other}" for one, other in pairwise(pieces))


@lru_cache(maxsize=_REMEMBERED)
def speaks_to_a_machine(text: str) -> bool:
    """Whether a sentence is meant for a program that reads or answers."""
    return _rule().finds(text)


def asks_about_machines(question: str) -> bool:
    """Whether a question may be about such sentences themselves, as in a text on attacks by them."""
    return bool(_ABOUT_THEM.search(question))


def without_addressed(passages: Iterable[Passage]) -> list[Passage]:
    """The passages without such sentences, and without the paragraphs of which half is such."""
    return [part for passage in passages for part in _parts(passage)]


def hits_without_addressed(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits likewise; what is left of a passage keeps its place and its scores."""
    return tuple(replace(hit, passage=part) for hit in hits for part in _parts(hit.passage))


def is_addressed(passage: Passage, start: int) -> bool:
    """Whether the sentence that begins at a place of the section is left out of a passage so."""
    return not any(part.start <= start < part.end for part in _parts(passage))


def _parts(passage: Passage) -> Iterator[Passage]:
    """What of a passage stands between such sentences and paragraphs."""
    spans = [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
    numbers = [passage.section.paragraph_at(start) for start, _ in spans]
    spoken = [speaks_to_a_machine(passage.section.text[slice(*span)]) for span in spans]
    of_all, of_spoken = Counter(numbers), Counter(number for number, one in zip(numbers, spoken, strict=True) if one)
    left_out = {number for number, count in of_all.items() if of_spoken[number] >= _HALF * count}
    if not any(spoken):
        yield passage
        return
    kept: list[tuple[int, int]] = []
    for span, number, one in zip(spans, numbers, spoken, strict=True):
        if one or number in left_out:
            yield from _run(passage, kept)
            kept = []
        else:
            kept.append(span)
    yield from _run(passage, kept)


def _run(passage: Passage, spans: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The part of a passage from the first to the last of these sentences; none of none."""
    if spans:
        yield replace(passage, start=spans[0][0], end=spans[-1][1])


@lru_cache(maxsize=1)
def _rule() -> AddressedRule:
    return load_fitted("addressed", AddressedRule, "addressed")
