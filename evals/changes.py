"""What one case does otherwise in a second run than in a first: promises, the verdict, facts and citations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from evals.showing import TITLES
from evals.summary import Scored
from evals.types import Case, CitationRow, ScoredAnswer

_WATCHED = ("vital", "citation_precision", "citation_recall")
_SHOWN = 240  # characters of an answer
_ALIKE = 120  # so many characters that two answers begin with alike are passed over


@dataclass(frozen=True, slots=True)
class Move:
    """A share that both runs have and that differs; `why` is what the lower one lacks."""

    title: str
    before: float
    after: float
    why: str

    @property
    def shown(self) -> str:
        """For a reader."""
        return f"{self.title} {self.before:.2f} to {self.after:.2f}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case with its answers and scores in both runs."""

    before: Scored
    after: Scored

    @property
    def case(self) -> Case:
        """The case."""
        return self.after.case

    @property
    def is_flip(self) -> bool:
        """Whether it is right in one run only."""
        return self.before.is_right != self.after.is_right

    @property
    def won(self) -> bool:
        """Whether it is right in the second run only."""
        return self.is_flip and self.after.is_right

    @property
    def lost(self) -> bool:
        """Whether it is right in the first run only."""
        return self.is_flip and self.before.is_right

    @property
    def why(self) -> str:
        """Why it is wrong in the run in which it is."""
        return (self.before if self.after.is_right else self.after).scores["right"].why

    @property
    def broken(self) -> tuple[str, ...]:
        """The promises that only the second run breaks, each with the reason."""
        return _only(self.after, self.before)

    @property
    def mended(self) -> tuple[str, ...]:
        """The promises that only the first run breaks, each with the reason."""
        return _only(self.before, self.after)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Which of the vital facts, citation precision and recall differ."""
        return tuple(move for name in _WATCHED if (move := _move(name, self.before, self.after)) is not None)

    @property
    def fall(self) -> float:
        """How far they fell together; what rose is not set off against it."""
        return sum(max(0.0, move.before - move.after) for move in self.moves)

    @property
    def is_worse(self) -> bool:
        """Whether anything got worse."""
        return bool(self.broken) or self.lost or self.fall > 0

    @property
    def turned(self) -> bool:
        """Whether one run shows an answer and the other a refusal, or none."""
        return self.before.is_shown != self.after.is_shown

    @property
    def is_shown_otherwise(self) -> bool:
        """Whether what is shown differs: the status, the words or what is cited."""
        return _seen(self.before.answer) != _seen(self.after.answer)


def both(change: CaseChange) -> tuple[str, str]:
    """The two answers, each in one line; a long beginning that they share is left out."""
    old, new = (_words(one.answer) for one in (change.before, change.after))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = old.rfind(" ", 0, alike) + 1 if alike > _ALIKE and old != new else 0
    return brief(change.before, start), brief(change.after, start)


def brief(scored: Scored, start: int = 0) -> str:
    """An answer in one line: its status, its words from `start` on, cut if they are many, and the places it cites."""
    answer = scored.answer
    if answer is None:
        return scored.scores["right"].why or "no answer"
    said = _words(answer)[start:]
    if len(said) > _SHOWN:
        said = f"{said[:_SHOWN].rsplit(' ', maxsplit=1)[0]} …"
    numbers: dict[str, list[str]] = {}
    for one in answer.citations:
        numbers.setdefault(place(one), []).append(f"[{one.number}]")
    cited = "; ".join(f"{''.join(marks)} {where}" for where, marks in numbers.items())
    return f"{answer.status}: {'… ' if start else ''}{said}" + (f" (cites {cited})" if cited else "")


def place(citation: CitationRow) -> str:
    """Where a citation stands, as the command line says it."""
    page = f", page {citation.page}" if citation.page else ""
    return f"{' › '.join(citation.section)}, paragraph {citation.paragraph}{page}"


def _words(answer: ScoredAnswer | None) -> str:
    return " ".join(answer.text.split()) if answer else ""


def _only(one: Scored, other: Scored) -> tuple[str, ...]:
    return tuple(
        f"{TITLES[name]}: {one.scores[name].why or 'no'}"
        for name in one.broken_promises
        if name not in other.broken_promises
    )


def _move(name: str, before: Scored, after: Scored) -> Move | None:
    old, new = before.scores[name], after.scores[name]
    if old.value is None or new.value is None or old.value == new.value:
        return None
    return Move(TITLES[name], old.value, new.value, (old if old.value < new.value else new).why)


def _seen(answer: ScoredAnswer | None) -> object:
    return answer and (answer.status, answer.text, answer.note, answer.citations)
