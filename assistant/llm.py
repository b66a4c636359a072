"""What the assistant asks of a language model, whichever it is. It knows nothing of passages, answers or servers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from assistant.types import AssistantError


class LLMUnavailable(AssistantError):  # noqa: N818 - says what it is to whoever catches it
    """An LLM that cannot be started or reached, or whose reply is none. The caller goes on without it."""


class Message(NamedTuple):
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


class LLM(Protocol):
    """Writes, and reads. Safe to call from several threads.

    Every method may raise `LLMUnavailable`, and before each prompt `assistant.wanted.NoLongerWantedError`.
    """

    @property
    def name(self) -> str: ...

    @property
    def failed(self) -> bool:
        """Whether it is known not to reply: it was not loaded, or its last reply did not come."""
        ...

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        """The most likely reply. With a JSON `schema` it is a whole JSON text, held to it where the server can.

        With an `opening` the reply begins with it; it is empty where the server cannot be made to go on from one.
        """
        ...

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """P(yes) / (P(yes) + P(no)) of the reply's first word. The passage comes first, so its tokens stay cached."""
        ...

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        """The same for several passages, at once where that is faster."""
        ...

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Get passages read ahead of any question, in the background. Returns at once and never fails."""
        ...

    def close(self) -> None:
        """Stop whatever runs. May be called twice."""
        ...


def reading_prompt(system: str, passage_part: str, question_part: str) -> tuple[Message, ...]:
    """What is sent to read one passage: everything up to the question is the same for every question."""
    return (Message("system", system), Message("user", passage_part + question_part))
