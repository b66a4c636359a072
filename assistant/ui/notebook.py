"""One reader's conversations: several, one of them open; renamed, deleted, begun anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from assistant.ui.entries import Entry

_LONGEST_TITLE = 80


def _new_id() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges under a title, which is empty until it is named or something is asked."""

    id: str = field(default_factory=_new_id)
    title: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Notebook:
    """The conversations in the order they were begun. There is always an open one; it is kept once it has an entry."""

    conversations: tuple[Conversation, ...] = ()
    current: Conversation = field(default_factory=Conversation)

    @classmethod
    def of(cls, conversations: Sequence[Conversation], current: str) -> Notebook:
        """With the conversation of the id `current` open, if there is such a one."""
        opened = next((one for one in conversations if one.id == current), None)
        return cls(tuple(conversations), opened or Conversation())

    def write(self, entries: tuple[Entry, ...]) -> None:
        """Put these exchanges into the open conversation; the first question is its title until it is renamed."""
        title = self.current.title or (_short(entries[0].question) if entries else "")
        self._put(replace(self.current, title=title, entries=entries))

    def begin(self) -> None:
        """Open a new conversation."""
        self.current = Conversation()

    def open(self, conversation: str) -> None:
        """Open the one of this id, if it is there."""
        self.current = self._found(conversation) or self.current

    def rename(self, conversation: str, title: str) -> None:
        """Give it a title; a blank one changes nothing."""
        found = self._found(conversation)
        if found and title.strip():
            self._put(replace(found, title=_short(title)))

    def delete(self, conversation: str) -> None:
        """Take it out; where it was open, a new one is."""
        self.conversations = tuple(one for one in self.conversations if one.id != conversation)
        if self.current.id == conversation:
            self.begin()

    def _found(self, conversation: str) -> Conversation | None:
        return next((one for one in self.conversations if one.id == conversation), None)

    def _put(self, changed: Conversation) -> None:
        if self._found(changed.id):
            self.conversations = tuple(changed if one.id == changed.id else one for one in self.conversations)
        else:
            self.conversations = (*self.conversations, changed)
        if self.current.id == changed.id:
            self.current = changed


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
