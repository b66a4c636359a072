"""What reading finds: the sentences of the best passages, scored, and how sure it is that they answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Question
from corpus.types import Passage
from index.types import Hit


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


@dataclass(frozen=True, slots=True)
class Reading:
    """`evidence` is best first; `confidence` is the probability, 0 to 1, that the text answers the question at all."""

    evidence: tuple[Evidence, ...]
    confidence: float
    threshold: float

    @property
    def states_answer(self) -> bool:
        """Whether the evidence is strong enough to show as an answer."""
        return bool(self.evidence) and self.confidence >= self.threshold


class Reader(Protocol):
    """Decides whether passages answer a question. `name` says which model reads, empty for none."""

    @property
    def name(self) -> str: ...

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading: ...
