"""What a conversation on the page is made of: answered questions, and those that ended otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.types import Answer, Citation, Turn
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Problem:
    """A question without an answer, and the one line that says why. It is shown, and no part of the history.

    `kept` is what the browser keeps of an answer that can no longer be shown, to be given back as it came.
    """

    question: str
    line: str
    kept: object = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A question whose answer was given up, with as much of it as was there. No part of the history either."""

    question: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that is being answered, with the closest passages once they are found and the answer as it grows."""

    question: str
    found: tuple[Hit, ...] = ()
    answer: Answer | None = None


Entry = Turn | Problem | Stopped


def answer_of(entry: Entry | Pending) -> Answer | None:
    """What there is of an answer."""
    return None if isinstance(entry, Problem) else entry.answer


def turns_of(entries: Sequence[Entry]) -> tuple[Turn, ...]:
    """The history that the assistant is given."""
    return tuple(entry for entry in entries if isinstance(entry, Turn))


def numbered(answer: Answer, earlier: Sequence[Entry]) -> Answer:
    """The answer with each cited place under the number it had earlier in the conversation, or else the next one."""
    numbers: dict[tuple[str, int, int], int] = {}
    for entry in earlier:
        before = answer_of(entry)
        numbers |= {_place(cited): cited.number for cited in before.citations} if before else {}
    for cited in answer.citations:
        numbers.setdefault(_place(cited), max(numbers.values(), default=0) + 1)
    sentences = tuple(
        replace(one, citations=tuple(replace(cited, number=numbers[_place(cited)]) for cited in one.citations))
        for one in answer.sentences
    )
    return replace(answer, sentences=sentences)


def _place(cited: Citation) -> tuple[str, int, int]:
    return cited.section.id, cited.start, cited.end
