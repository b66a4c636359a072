"""The training set: questions asked of passages of public and of invented documents. Its card is datasets/reader.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import ConfigDict, Field, with_config

from evals.rows import Line, read_rows
from evals.types import EvalError, Words

FOLDER = Path(__file__).parents[1] / "datasets" / "reader"
INVENTED = "invented"
ADVERSARIAL = "adversarial"
LOOSE = "loose"
SHIPPED = (INVENTED, ADVERSARIAL, LOOSE)
"""The parts of the set whose documents come with the project: a folder of them, and a file of questions, each."""
DIGITAL = "digital"
"""A part like these, on digital subjects, that nothing that ships is trained on yet."""
UNSEEN = "unseen"
"""A part like these that is not trained on: by another writer, it tells how well a trained reader reads other texts."""

_STRICT = ConfigDict(extra="forbid")
_Numbers = tuple[Annotated[int, Field(ge=1)], ...]
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage. Each of its sentences keeps the white space after it, so that joined they are its text."""

    id: str
    document: str
    heading: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.sentences)

    def sentence(self, number: int) -> str:
        """One sentence, counted from 1, without the white space after it."""
        return self.sentences[number - 1].strip()


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question asked of one passage, and the numbers, from 1, of the sentences that state the answer.

    Each of them states it by itself, or only all `together` do. A near miss is stated by none.
    """

    kind: Literal["fact", "paraphrase", "yes_no", "near_miss"]
    passage: Words
    question: Words
    sentences: _Numbers
    together: bool = False


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class ListRow:
    """A question for all of one kind in a document: the passages, and in each the sentences, that hold some of it."""

    kind: Literal["list"]
    document: Words
    question: Words
    holds: Annotated[dict[Words, Annotated[_Numbers, Field(min_length=1)]], Field(min_length=1)]


QuestionRow = AskedRow | ListRow
_TOLD_APART = Annotated[QuestionRow, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class ReaderSet:
    """Passages by id, and the questions in the order of their file."""

    passages: Mapping[str, PassageRow]
    questions: tuple[QuestionRow, ...]

    @property
    def asked(self) -> tuple[AskedRow, ...]:
        """The questions on one passage."""
        return tuple(row for row in self.questions if isinstance(row, AskedRow))

    @property
    def lists(self) -> tuple[ListRow, ...]:
        """The questions for all of one kind."""
        return tuple(row for row in self.questions if isinstance(row, ListRow))

    def sample(self, count: int) -> ReaderSet:
        """At most so many questions, taken evenly, always the same ones; 0 takes all."""
        if not 0 < count < len(self.questions):
            return self
        places = (place * len(self.questions) // count for place in range(count))
        return ReaderSet(self.passages, tuple(self.questions[place] for place in places))

    def every(self, step: int) -> ReaderSet:
        """One passage in `step`, in the order of their ids, with all its questions, and what lists find in these."""
        kept = {name: self.passages[name] for name in sorted(self.passages)[::step]}
        asked = tuple(row for row in self.asked if row.passage in kept)
        held = ((row, {name: row.holds[name] for name in row.holds if name in kept}) for row in self.lists)
        return ReaderSet(kept, (*asked, *(replace(row, holds=holds) for row, holds in held if holds)))

    def __add__(self, other: ReaderSet) -> ReaderSet:
        """Both, the questions of this one first."""
        return ReaderSet({**self.passages, **other.passages}, (*self.questions, *other.questions))


def load(passages: Mapping[str, PassageRow], file: Path = FOLDER / "questions.jsonl") -> ReaderSet:
    """Read the questions; of the passages those are kept that some of them are about.

    Raises:
        EvalError: the file cannot be read or is empty, or a row does not fit or names what is not there.
    """
    kind = cast("type[QuestionRow]", _TOLD_APART)
    lines = _lines(file, kind, lambda row: next(_faults(row, passages), ""))
    questions = tuple(line.row for line in lines)
    asked = {row.passage for row in questions if isinstance(row, AskedRow)}
    return ReaderSet({name: row for name, row in passages.items() if name in asked}, questions)


def _lines(path: Path, kind: type[_Row], fault: Callable[[Any], str]) -> Iterable[Line[_Row]]:
    """The rows of a file one by one, each checked when those before it have been taken."""
    lines = read_rows(path, kind).lines
    if not lines:
        raise EvalError(f"{path}: no row in it")
    for line in lines:
        if wrong := fault(line.row):
            raise EvalError(f"{path}:{line.number}: {wrong}")
        yield line


def _faults(row: QuestionRow, passages: Mapping[str, PassageRow]) -> Iterator[str]:
    held = row.holds if isinstance(row, ListRow) else {row.passage: row.sentences}
    for name, numbers in held.items():
        passage = passages.get(name)
        if passage is None:
            yield f"there is no passage {name}"
        elif isinstance(row, ListRow) and passage.document != row.document:
            yield f"holds: {name} is not of {row.document}"
        elif wrong := [number for number in numbers if number > len(passage.sentences)]:
            yield f"{name} has {len(passage.sentences)} sentences, so none is number {wrong[0]}"
    if isinstance(row, AskedRow) and (row.kind == "near_miss") == bool(row.sentences):
        yield f"sentences: {'a near miss is stated by none' if row.sentences else f'a {row.kind} is stated by some'}"
