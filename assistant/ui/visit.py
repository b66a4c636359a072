"""One open page: its conversation, and which question is being answered. Gradio keeps one for each browser tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.ui.entries import Entry, Pending, Stopped


class Place(NamedTuple):
    """Where the text is open: a document's id, a paragraph's key, and the exchange, from 1, whose quotes are marked."""

    document: str = ""
    paragraph: str = ""
    turn: int = 0


@dataclass(slots=True)
class Visit:
    """Changed in place, so that a run that was given up sees that it is no longer wanted."""

    entries: tuple[Entry, ...] = ()
    pending: Pending | None = None
    run: int = 0
    place: Place = field(default_factory=Place)

    def begin(self, question: str) -> int:
        """Take a question in hand, giving up the one before it; returns the number of the run."""
        self.give_up()
        self.pending = Pending(question)
        self.place = self.place._replace(turn=0)
        return self.run

    def give_up(self) -> None:
        """End what is being answered, keeping what there is of it."""
        self.run += 1
        if self.pending:
            self.entries = (*self.entries, Stopped(self.pending.question, self.pending.answer))
        self.pending = None

    def finish(self, entry: Entry) -> None:
        """Put the answered question into the conversation."""
        self.pending = None
        self.entries = (*self.entries, entry)

    def begin_anew(self) -> None:
        """An empty conversation."""
        self.give_up()
        self.entries = ()

    @property
    def past(self) -> tuple[Entry, ...]:
        """All but what the page shows as its current exchange."""
        return self.entries if self.pending else self.entries[:-1]

    @property
    def current(self) -> Entry | Pending | None:
        """The exchange that is under way, or else the last one."""
        return self.pending or (self.entries[-1] if self.entries else None)
