"""Taking answers away as files, and saying what one thinks of them. Nothing of a file is kept on the server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import gradio as gr

from assistant.types import AssistantError, Turn
from assistant.ui.entries import turns_of
from assistant.ui.events import words_of
from assistant.ui.forms import FORMS
from assistant.ui.tool_words import tool_words
from assistant.ui.visit import Visit


class Box(Protocol):
    """Where feedback goes: `assistant.feedback.Feedback`, or a fake in the tests."""

    def add(
        self, turns: Sequence[Turn], verdict: Literal["good", "bad"], note: str, *, wrong_citation: bool
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Taking:
    """The events of the tools. Without a `box` there is no feedback.

    To the browser `parcel` carries a file, and `liked` the numbers of the exchanges that were said to be helpful.
    """

    parcel: gr.JSON
    liked: gr.JSON
    box: Box | None

    def take(self, visit: Visit, event: gr.EventData) -> dict[str, str] | None:
        """The file of one exchange, or of the whole conversation where the number is 0."""
        form, turns = FORMS.get(str(event.form)), self._turns(visit, event)
        if form is None or not turns:
            return None
        content = b64encode(form.write(turns)).decode("ascii")
        return {"name": f"communique.{form.suffix}", "type": form.media_type, "content": content}

    def rate(self, visit: Visit, event: gr.EventData, request: gr.Request) -> list[int]:
        """Keep what a reader thinks of an answer, with the questions before it; "helpful" once. What is helpful now."""
        rated = self._turns(visit, event) if event.turn else ()
        is_good = event.verdict == "good"
        if self.box is None or not rated or (is_good and event.turn in visit.liked):
            return sorted(visit.liked)
        before = turns_of(visit.entries[: event.turn - 1])
        try:
            self.box.add(
                (*before, *rated),
                "good" if is_good else "bad",
                str(event.note),
                wrong_citation=event.wrong is True,
            )
            if is_good:
                visit.like(event.turn)
            gr.Info(tool_words(words_of(request).language).thanks, duration=4)
        except AssistantError as error:
            gr.Warning(str(error))
        return sorted(visit.liked)

    def _turns(self, visit: Visit, event: gr.EventData) -> tuple[Turn, ...]:
        number = event.turn if isinstance(event.turn, int) else 0
        if number == 0:
            return turns_of(visit.entries)
        return turns_of(visit.entries[number - 1 : number]) if number > 0 else ()


class TakingScripts(NamedTuple):
    """What runs in the browser: saving a file, and showing which answers were said to be helpful."""

    hand_over: str
    show_liked: str


def connect_taking(
    taking: Taking, visit: gr.State, answers: Sequence[gr.HTML], conversation: gr.HTML, scripts: TakingScripts
) -> None:
    """Wire the tools below answers and of the whole conversation."""
    events: dict[str, Any] = {"inputs": [visit], "show_progress": "hidden", "api_visibility": "private"}
    for panel in (*answers, conversation):
        taken = panel.take(taking.take, outputs=[taking.parcel], queue=False, **events)
        taken.then(None, inputs=[taking.parcel], js=scripts.hand_over)
    for panel in answers:
        rated = panel.rate(taking.rate, outputs=[taking.liked], **events)
        rated.then(None, inputs=[taking.liked], js=scripts.show_liked)
