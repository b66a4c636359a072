"""What a library offers to those who ask, and how things stand with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.inquiry import Found
from assistant.starters import StartersOf, none_of
from assistant.types import Answer, Turn
from corpus.types import Section


class Named(Protocol):
    """A document as readers need it; `source` is the path of the file it was read from."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def source(self) -> str: ...


class Asker(Protocol):
    """Answers one question step by step. What it raises is meant for the user and said in one line."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]: ...


@dataclass(frozen=True, slots=True)
class Stock:
    """What answers come from: documents and their text, questions to start with, and what to know before asking.

    `translates` is whether a question may be in another language than the documents.
    """

    documents: tuple[Named, ...] = ()
    sections: tuple[Section, ...] = ()
    starters: StartersOf = none_of
    notice: str = ""
    translates: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the documents."""
        return tuple(document.id for document in self.documents)


@dataclass(frozen=True, slots=True)
class Work:
    """What is being done, and how much of how much; `total` is 0 where that is not known. Bytes count for a model."""

    doing: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: what is under way with the library and with the model, and why the library is not there."""

    library: Work | None = None
    model: Work | None = None
    failed: str = ""
    is_open: bool = True
