"""Taking answers away as files, and saying what one thinks of them. Nothing of a file is kept on the server."""

from __future__ import annotations

import re
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

_NAMING_WORDS = 7
_LONGEST_NAME = 60  # characters


class Box(Protocol):
    """Where feedback goes: `assistant.feedback.Feedback`, or a fake in the tests."""

    def add(
        self, turns: Sequence[Turn], verdict: Literal["good", "bad"], note: str, *, wrong_citations: Sequence[int] = ()
    ) -> str: ...

    def remark(self, row: str, note: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Taking:
    """The events of the tools. Without a `box` there is no feedback.

    To the browser `parcel` carries a file, and `liked` the numbers of the exchanges that were said to be helpful, with
    the line that is said below the one that has just been rated, and whether a note on it is waited for there.
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
        return {"name": f"{_file_name(turns, event)}.{form.suffix}", "type": form.media_type, "content": content}

    def rate(self, visit: Visit, event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        """Keep what a reader thinks of an answer: "helpful" once, then notes on that. What is helpful now."""
        rated = self._turns(visit, event) if event.turn else ()
        is_good = event.verdict == "good"
        praise = visit.praise(event.turn) if is_good and rated else None
        if self.box is None or not rated or (praise is not None and not str(event.note).strip()):
            return {"liked": sorted(visit.liked), "turn": 0, "line": "", "noting": False}
        said = tool_words(words_of(request).language)
        try:
            if praise is not None:
                self.box.remark(praise, str(event.note))
            else:
                self._add(self.box, visit, event, rated[0])
            noting = is_good and praise is None
            line = said.thanks_to_note if noting else said.thanks
        except AssistantError as error:
            line, noting = said.not_kept.format(problem=error), praise is not None
        return {"liked": sorted(visit.liked), "turn": event.turn, "line": line, "noting": noting}

    def _add(self, box: Box, visit: Visit, event: gr.EventData, rated: Turn) -> None:
        """Keep it with the questions before it."""
        before, wrong = turns_of(visit.entries[: event.turn - 1]), _numbers(event.wrong, rated)
        verdict: Literal["good", "bad"] = "good" if event.verdict == "good" else "bad"
        row = box.add((*before, rated), verdict, str(event.note), wrong_citations=wrong)
        if verdict == "good":
            visit.like(event.turn, row)

    def _turns(self, visit: Visit, event: gr.EventData) -> tuple[Turn, ...]:
        number = event.turn if isinstance(event.turn, int) else 0
        if number == 0:
            return turns_of(visit.entries)
        return turns_of(visit.entries[number - 1 : number]) if number > 0 else ()


def _numbers(given: object, rated: Turn) -> tuple[int, ...]:
    """Those of what the browser sent that are numbers of citations of the answer."""
    sent = given if isinstance(given, list) else []
    return tuple(sorted({cited.number for cited in rated.answer.citations if cited.number in sent}))


def _file_name(turns: Sequence[Turn], event: gr.EventData) -> str:
    """By what was asked, so that several files can be told apart: `communique-when-did-it-meet`."""
    words = re.findall(r"\w+", turns[0].question.casefold())
    told = "-".join(("communique", *(() if event.turn else ("conversation",)), *words[:_NAMING_WORDS]))
    return told[:_LONGEST_NAME].rstrip("-")


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
