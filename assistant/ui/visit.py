"""One open page: its conversations, and which question is being answered. Gradio keeps one for each browser tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.ui.entries import Entry, Pending, Stopped
from assistant.ui.notebook import Notebook


class Place(NamedTuple):
    """Where the text is open: a document's id, a paragraph's key, and the exchange, from 1, whose quotes are marked."""

    document: str = ""
    paragraph: str = ""
    turn: int = 0


@dataclass(slots=True, weakref_slot=True)
class Visit:
    """Changed in place, so that a run that was given up sees that it is no longer wanted.

    `documents` are the ids of those chosen to be asked; all of the page's where none is.
    `came_early` is whether the page was opened before the library was; `is_shown` whether the page has shown what it
    found on arrival, which must not come over a question that is asked meanwhile.
    `praised` are the answers that were said to be helpful, by the conversation's id and the exchange's number from 1:
    what that was kept under, for a note to be added to it.
    """

    notebook: Notebook = field(default_factory=Notebook)
    pending: Pending | None = None
    run: int = 0
    place: Place = field(default_factory=Place)
    documents: tuple[str, ...] = ()
    came_early: bool = False
    is_shown: bool = False
    praised: dict[tuple[str, int], str] = field(default_factory=dict)

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
            self.finish(Stopped(self.pending.question, self.pending.answer))

    def finish(self, entry: Entry) -> None:
        """Put the answered question into the conversation."""
        self.pending = None
        self.notebook.write((*self.entries, entry))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The exchanges of the open conversation that are over."""
        return self.notebook.current.entries

    @property
    def past(self) -> tuple[Entry, ...]:
        """All but what the page shows as its current exchange."""
        return self.entries if self.pending else self.entries[:-1]

    @property
    def liked(self) -> frozenset[int]:
        """The numbers of the exchanges in the open conversation that were said to be helpful."""
        return frozenset(number for conversation, number in self.praised if conversation == self.notebook.current.id)

    def like(self, number: int, row: str) -> None:
        """Note that the answer of an exchange in the open conversation was said to be helpful, and kept as `row`."""
        self.praised[self.notebook.current.id, number] = row

    def praise(self, number: int) -> str | None:
        """What that was kept under; None where it was not said."""
        return self.praised.get((self.notebook.current.id, number))

    @property
    def current(self) -> Entry | Pending | None:
        """The exchange that is under way, or else the last one."""
        return self.pending or (self.entries[-1] if self.entries else None)
