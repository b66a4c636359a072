"""What is measured and with what: a case of a set, an answer as `communique batch` writes it, and a score.

Nothing here comes from the assistant: an answer is scored from its JSON, so that a run can be rescored without any
model and a fault in the assistant's own checks stays visible.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, with_config

StatusName = Literal["answered", "partial", "not_stated", "off_topic", "unclear"]
Split = Literal["tune", "report"]
Words = Annotated[str, Field(min_length=1)]
Patterns = tuple[Words, ...]

ANSWERING: frozenset[str] = frozenset({"answered", "partial"})
"""The statuses that show an answer; every other one is a refusal."""

_STRICT = ConfigDict(extra="forbid")


class EvalError(Exception):
    """Something that stops an eval, said in one line: what, where, and what to do."""


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence of the document that answers the case.

    `id` is `<section id>:<paragraph>.<sentence>`, both counted from 1, sentences within their paragraph.
    """

    id: Annotated[str, Field(pattern=r"^[^#]+#.+:[1-9]\d*\.[1-9]\d*$")]
    text: Words


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Expected:
    """What an earlier turn of a conversation is to be answered, as in `Case`."""

    status: Annotated[tuple[StatusName, ...], Field(min_length=1)]
    gold: tuple[Gold, ...] = ()
    vital: tuple[Annotated[Patterns, Field(min_length=1)], ...] = ()
    okay: tuple[Annotated[Patterns, Field(min_length=1)], ...] = ()
    forbidden: Patterns = ()


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Case:
    """A conversation whose last turn is scored.

    `status` lists what is acceptable. A nugget is a fact, given as alternative patterns: an answer must carry all of
    `vital` and may carry `okay`; nothing shown may match `forbidden`. `earlier` may say the same of the turns before.
    """

    id: Words
    kind: Words
    split: Split
    turns: Annotated[tuple[Words, ...], Field(min_length=1)]
    status: Annotated[tuple[StatusName, ...], Field(min_length=1)]
    topic: str = ""
    gold: tuple[Gold, ...] = ()
    vital: tuple[Annotated[Patterns, Field(min_length=1)], ...] = ()
    okay: tuple[Annotated[Patterns, Field(min_length=1)], ...] = ()
    forbidden: Patterns = ()
    note: str = ""
    earlier: tuple[Expected, ...] = ()

    @property
    def question(self) -> str:
        """The turn that is scored."""
        return self.turns[-1]

    def turn_id(self, number: int) -> str:
        """How the answer to a turn is named, counted from 1: the last by the case, `case`, others `case:1`."""
        return self.id if number == len(self.turns) else f"{self.id}:{number}"

    def opening(self, number: int) -> Case:
        """The conversation up to an earlier turn, counted from 1, as a case of its own."""
        wanted = self.earlier[number - 1]
        return replace(
            self,
            id=self.turn_id(number),
            turns=self.turns[:number],
            status=wanted.status,
            gold=wanted.gold,
            vital=wanted.vital,
            okay=wanted.okay,
            forbidden=wanted.forbidden,
            earlier=self.earlier[: number - 1],
        )

    @property
    def must_refuse(self) -> bool:
        """Whether only a refusal is acceptable."""
        return not ANSWERING & set(self.status)

    @property
    def must_answer(self) -> bool:
        """Whether no refusal is acceptable."""
        return set(self.status) <= ANSWERING


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class CitationRow:
    """A citation in an answer: `quote` is said to be characters `start` to `end` of the section named by `section`."""

    number: int
    document: str
    section: tuple[str, ...]
    heading: str
    paragraph: int
    quote: str
    start: int
    end: int
    page: int | None = None


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of an answer and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]


@with_config(ConfigDict(extra="ignore"))
@dataclass(frozen=True, slots=True)
class HitRow:
    """A passage that was found, by its id, `<section id>:<start>-<end>`; whatever else a hit tells is not needed."""

    passage: Annotated[str, Field(pattern=r"^.+:\d+-\d+$")]

    @property
    def section(self) -> str:
        """The id of the section it stands in."""
        return self.passage.rsplit(":", maxsplit=1)[0]


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """An answer as `communique batch` writes it, with what a run may add.

    `hits` are the passages found for the last turn, best first; `confidence` is the assistant's own, from 0 to 1;
    `earlier` are the answers to the turns before.
    """

    id: Words
    question: str
    standalone_question: str
    status: StatusName
    text: str
    note: str
    sentences: tuple[SentenceRow, ...]
    citations: tuple[CitationRow, ...]
    nearest: tuple[dict[str, Any], ...] = ()
    dropped: tuple[dict[str, Any], ...] = ()
    generator: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    hits: tuple[HitRow, ...] | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    earlier: tuple[ScoredAnswer, ...] = ()

    @property
    def has_answer(self) -> bool:
        """Whether an answer is shown, not a refusal."""
        return self.status in ANSWERING

    def cited_by(self, sentence: SentenceRow) -> tuple[CitationRow, ...]:
        """The citations a sentence names, those that exist."""
        return tuple(citation for citation in self.citations if citation.number in sentence.citations)


@dataclass(frozen=True, slots=True)
class Score:
    """What a scorer says of one answer, and why. `value` is None where it has nothing to say: never counted as 0."""

    value: float | None
    why: str = ""


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Problem:
    """Something a run met and went on without: a malformed row, or a question that could not be asked."""

    where: str
    what: str
    case: str = ""
