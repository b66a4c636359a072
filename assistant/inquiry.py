"""One question on its way to an answer: what each step has made of it so far, and how long each took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from assistant.drafts.draft import Draft
from assistant.evidence import Reading
from assistant.question import Question
from assistant.types import Answer, Turn
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found for a question that stands alone, before anything is read: context, not yet evidence."""

    question: Question
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class Inquiry:
    """What was asked, and what the steps of `Assistant.stream` leave for those after them.

    `question` is the last question in English, `alone` the same standing alone, `context` the turns it leans on. Both
    lose the names of documents once it is known which are meant: `standing` keeps them, and `candidates` are the
    documents that one name can mean. Where `each` is set, every one of `documents` answers for itself, and where
    `differing` too, with what the others do not say as well. `readings` are what is drafted from, several where
    documents are answered from one by one, with a draft each, and `reading` is the surest of them.
    """

    asked: str
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()
    titles: list[str] = field(default_factory=list)
    question: Question = field(default_factory=lambda: Question(""))
    alone: Question = field(default_factory=lambda: Question(""))
    context: tuple[str, ...] = ()
    standing: str = ""
    candidates: tuple[str, ...] = ()
    each: bool = False
    differing: bool = False
    hits: tuple[Hit, ...] = ()
    reading: Reading = field(default_factory=lambda: Reading((), 0.0, 1.0))
    readings: tuple[Reading, ...] = ()
    drafts: tuple[Draft, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        # Half a character, as JSON can hold, could not be shown.
        self.asked = self.asked.encode("utf-8", "replace").decode()

    def of(self, document: str) -> Inquiry:
        """The same, to be answered from one document."""
        return replace(self, documents=(document,), hits=())

    @property
    def leans(self) -> bool:
        """Whether the question is asked together with an earlier one, because it could not be made to stand alone."""
        return self.alone != self.question

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Keep how many seconds a step takes."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = round(time.perf_counter() - started, 4)

    def growing(self, answer: Answer) -> Iterator[Answer]:
        """The answer with its first sentence, its first two, and so on; each with the seconds so far."""
        asked_reader = "read" in self.seconds and not self.reading.is_whole
        answer = replace(answer, confidence=self.reading.confidence if asked_reader else None)
        for count in range(1, len(answer.sentences)):
            yield replace(answer, sentences=answer.sentences[:count], seconds=self._so_far())
        yield replace(answer, seconds=self._so_far())

    def _so_far(self) -> dict[str, float]:
        return {**self.seconds, "total": round(time.perf_counter() - self.started, 4)}
