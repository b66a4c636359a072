"""What reading finds: the sentences of the best passages, scored, and how sure it is that they answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.question import Question
from assistant.types import Citation
from corpus.types import Passage
from index.keyword import tokens
from index.types import Hit

_KNOWN = 0.8  # what a sentence that was quoted for the question before is worth against a new one

_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence, `passage.section.text[start:end]`, and how well it answers; higher is better."""

    passage: Passage
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.section.text[self.start : self.end]

    @property
    def words(self) -> frozenset[str]:
        """Its stemmed words, with those of the heading that it stands under."""
        return frozenset(tokens(f"{self.passage.section.heading} {self.text}"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found by reading.

    Attributes:
        evidence: best first; where `is_whole`, all that belongs in the answer, in reading order.
        confidence: the probability, 0 to 1, that the text answers the question at all.
        threshold: the confidence from which an answer is shown.
        is_whole: whether the evidence is to be shown whole rather than chosen from.
        reader: the language model that read, empty for none.
        verdict: the log-odds of yes to a yes-or-no question, as a language model finds from the best sentence alone.
        missing: the parts of the question that nothing states, where it has several.
        notice: what the user should know of how it was read, such as a language model that did not reply.
    """

    evidence: tuple[Evidence, ...]
    confidence: float
    threshold: float
    is_whole: bool = False
    reader: str = ""
    verdict: float = 0.0
    notice: str = ""
    missing: tuple[str, ...] = ()

    @property
    def states_answer(self) -> bool:
        """Whether the evidence is strong enough to show as an answer."""
        return bool(self.evidence) and self.confidence >= self.threshold

    @property
    def is_sure(self) -> bool:
        """Whether it is so even in words that were not the user's: half as far from certain as an answer must be."""
        return self.states_answer and 1 - self.confidence <= _SURE * (1 - self.threshold)

    def rather_than(self, quoted: Sequence[Citation]) -> Reading:
        """The same with what was quoted before put back a little, so that what is as good and new goes first."""
        known = {(citation.section.id, citation.start) for citation in quoted}
        scored = [
            replace(found, score=found.score * _KNOWN) if (found.passage.section.id, found.start) in known else found
            for found in self.evidence
        ]
        return self if self.is_whole else replace(self, evidence=tuple(sorted(scored, key=lambda found: -found.score)))


class Reader(Protocol):
    """Decides whether passages answer a question. `name` says which model reads, empty for none."""

    @property
    def name(self) -> str: ...

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading: ...

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read passages ahead of any question."""
        ...
