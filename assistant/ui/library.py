"""The library as the page needs it: what answers come from, how things stand, and bringing documents into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.stock import Standing, Stock
from assistant.types import AssistantError
from assistant.uploads import Brought, Upload


class Library(Protocol):
    """`assistant.librarian.Librarian`, or one that stays as it is."""

    @property
    def most_bytes(self) -> int:
        """The largest file that can be brought in; 0 where none can."""
        ...

    def stock(self) -> Stock:
        """What there is at this moment."""
        ...

    def standing(self) -> Standing:
        """What is under way at this moment."""
        ...

    def bring(self, files: Sequence[Upload]) -> Brought:
        """Put files into it. What it raises is meant for the user and said in one line."""
        ...


@dataclass(frozen=True, slots=True)
class FixedLibrary:
    """One that is open, stays as it is and takes nothing in."""

    held: Stock
    most_bytes: int = 0

    def stock(self) -> Stock:
        """What it was made with."""
        return self.held

    def standing(self) -> Standing:
        """Nothing is under way."""
        return Standing()

    def bring(self, files: Sequence[Upload]) -> Brought:
        """Refuse them all."""
        raise AssistantError(f"This library takes no documents; {len(files)} were sent.")
