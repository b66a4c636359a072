"""Why there is no language model where one was hoped for: in a line, and in short for those who say it otherwise."""

from __future__ import annotations

from enum import StrEnum

from assistant.types import AssistantError


class Lack(StrEnum):
    """What keeps the language model from being used."""

    MISSING = "missing"
    OTHER_FILE = "other file"
    MEMORY = "memory"


class NoLLMError(AssistantError):
    """There is none, for one of the usual reasons."""

    def __init__(self, said: str, why: Lack) -> None:
        super().__init__(said, why)
        self.said, self.why = said, why

    def __str__(self) -> str:
        return self.said


class Notice(str):
    """A line for the user. `why` is what it says, where that is one of the usual reasons."""

    __slots__ = ("why",)
    why: Lack | None

    @classmethod
    def of(cls, line: str, error: AssistantError) -> Notice:
        """The line that an error became."""
        notice = cls(line)
        notice.why = error.why if isinstance(error, NoLLMError) else None
        return notice
