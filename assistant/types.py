"""What an answer is. The promises live here: an answer without evidence cannot be constructed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from corpus.types import Passage, Section
from index.types import Hit, Vectors


class AssistantError(Exception):
    """Something the user must mend, said in one line: what, where, and what to do."""


class TooLongError(AssistantError):
    """A question of more characters than are taken."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(length, most)
        self.length, self.most = length, most

    def __str__(self) -> str:
        return f"The question has {self.length:,} characters; the most is {self.most:,}. Please ask a shorter one."


class NoWordsError(AssistantError):
    """A question with nothing in it that could be looked for."""


class NoDocumentError(AssistantError):
    """A question while there is no document to ask."""


class Status(StrEnum):
    """How a question ended. Everything but ANSWERED and PARTIAL is a refusal, and a refusal is not an error."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"

    @property
    def has_answer(self) -> bool:
        """Whether the text answers at least a part."""
        return self in {Status.ANSWERED, Status.PARTIAL}


@dataclass(frozen=True, slots=True)
class Citation:
    """Whole sentences of a section, `section.text[start:end]`, shown under a number from 1.

    `passage` is the passage they were read in.
    """

    number: int
    passage: Passage
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.section.text):
            raise ValueError(f"a citation outside its section: {self.start} to {self.end} of {self.section.id}")

    @property
    def section(self) -> Section:
        """The section the words stand in."""
        return self.passage.section

    @property
    def quote(self) -> str:
        """The words: a slice of the source, so they cannot drift from it."""
        return self.section.text[self.start : self.end]

    @property
    def paragraph(self) -> int:
        """The number, from 1, of the paragraph in its section."""
        return self.section.paragraph_at(self.start)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and what it rests on."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError(f"a sentence without words or without a citation: {self.text!r}")

    @property
    def is_quote(self) -> bool:
        """Whether it is what one of its citations says, word for word."""
        return any(self.text == citation.quote for citation in self.citations)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was drafted and not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question.

    `message` is what is said instead of sentences in a refusal; `note` whatever else the assistant says in its own
    voice; `notice` the part of that on a language model that gave no reply of use; `nearest` the closest passages, as
    context and never as evidence; `seconds` the time of each step and the `total`; `confidence` the reader's, 0 to 1,
    that the text answers, None where it was not asked.

    Raises:
        ValueError: an answer without sentences, or a refusal with them or without a message.
    """

    question: str
    standalone_question: str
    status: Status
    sentences: tuple[Sentence, ...] = ()
    message: str = ""
    note: str = ""
    notice: str = ""
    nearest: tuple[Hit, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    generator: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.status.has_answer and not self.sentences:
            raise ValueError(f"status {self.status} without sentences")
        if not self.status.has_answer and (self.sentences or not self.message):
            raise ValueError(f"status {self.status} must have a message and no sentences")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Each citation once, by number."""
        found = {citation.number: citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(found[number] for number in sorted(found))

    @property
    def text(self) -> str:
        """The sentences with their markers, `… [1]`, or the message of a refusal."""
        if not self.sentences:
            return self.message
        return " ".join(
            f"{sentence.text} {''.join(f'[{citation.number}]' for citation in sentence.citations)}"
            for sentence in self.sentences
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation."""

    question: str
    answer: Answer


class Searcher(Protocol):
    """Finds passages: `index.search.Search`, or a fake in the tests."""

    def search(
        self,
        question: str,
        count: int = 10,
        documents: Sequence[str] = (),
        context: Sequence[str] = (),
        *,
        leans: bool = True,
    ) -> tuple[Hit, ...]: ...

    def corrected(self, text: str) -> str: ...

    def frequency(self, word: str) -> int: ...

    def passages(self, documents: Sequence[str] = ()) -> Sequence[Passage]: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class Rewriter(Protocol):
    """Makes a question stand alone, given the earlier ones, oldest first; the empty text where it cannot."""

    def rewrite(self, earlier: Sequence[str], question: str) -> str: ...


class Splitter(Protocol):
    """Makes two questions of one that asks for two things; none where it cannot."""

    def split(self, question: str) -> tuple[str, ...]: ...


class Rephraser(Protocol):
    """Puts a question into other words; the empty text where it cannot, or should not."""

    def rephrase(self, question: str) -> str: ...


class Translator(Protocol):
    """Puts a question into English; the empty text where it cannot. It `works` unless it is known not to."""

    @property
    def works(self) -> bool: ...

    def translate(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """What is done to the words of a question, where there is a language model that can.

    Without a `translator` questions must be in English; without a `rewriter` a follow-up is joined to the question
    before it; without a `splitter` only the plain forms of a question for two things are known; without a `rephraser` a
    question is read only in the words it was asked in.
    """

    translator: Translator | None = None
    rewriter: Rewriter | None = None
    splitter: Splitter | None = None
    rephraser: Rephraser | None = None
