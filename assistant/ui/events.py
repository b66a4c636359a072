"""What happens when someone asks: the question is shown at once, then what was found, then the answer as it grows.

Each browser tab has its own visit. A new question, or Stop, gives up the one that is being answered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, NamedTuple, Protocol

import gradio as gr

from assistant.inquiry import Found
from assistant.types import Answer, AssistantError, Turn
from assistant.ui.cards import current_sources, past_sources
from assistant.ui.entries import Entry, Pending, Problem, numbered, turns_of
from assistant.ui.keeping import kept
from assistant.ui.listing import conversations
from assistant.ui.rendering import announcement, exchange, exchanges
from assistant.ui.visit import Visit
from assistant.ui.words import Words, words_for
from corpus.types import CorpusError
from index.types import SearchError

Changes = dict[Any, Any]
"""New values for components of the page."""

logger = logging.getLogger(__name__)


class Asker(Protocol):
    """Answers one question step by step. What it raises is meant for the user and said in one line."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]: ...


class Parts(NamedTuple):
    """The page's components that a question changes."""

    past: gr.HTML
    current: gr.HTML
    past_sources: gr.HTML
    sources: gr.HTML
    status: gr.HTML
    welcome: gr.Column
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    fresh: gr.Button
    list: gr.HTML
    kept: gr.BrowserState


@dataclass(frozen=True, slots=True)
class Chat:
    """The page's events. `documents` are the ids of those it speaks from. One step of one answer is made at a time."""

    assistant: Asker
    documents: tuple[str, ...]
    parts: Parts
    one_at_a_time: Lock = field(default_factory=Lock)

    def reply(self, question: str, visit: Visit, request: gr.Request) -> Iterator[Changes]:
        """The page while the question is being answered, then with its answer or the line that says why not."""
        words = words_of(request)
        run = visit.begin(question)
        earlier = visit.entries
        yield self.everything(visit, words)
        for step in self._steps(question, earlier, visit.documents, words, lambda: visit.run == run):
            if visit.run != run:
                break
            if isinstance(step, Pending):
                visit.pending = step
                yield self._current(visit, words)
            else:
                visit.finish(step)
                yield self._current(visit, words) | self._controls(visit) | self.listed(visit, words)
        if visit.run != run:
            yield {}  # gradio sends the last changes once more at the end: those of a run that was given up are stale

    def replies(self, questions: Sequence[str], visit: Visit, request: gr.Request) -> Iterator[Changes]:
        """The page while one question after another is answered; what is given up takes the rest with it."""
        for question in questions:
            asked = visit.run + 1
            yield from self.reply(question, visit, request)
            if visit.run != asked:
                return

    def stop(self, visit: Visit, request: gr.Request) -> Changes:
        """The page with the question given up."""
        visit.give_up()
        return self._current(visit, words_of(request)) | self._controls(visit)

    def listed(self, visit: Visit, words: Words) -> Changes:
        """The list of conversations, on the page and as the browser keeps it."""
        return {self.parts.list: conversations(visit.notebook, words), self.parts.kept: kept(visit.notebook)}

    def everything(self, visit: Visit, words: Words) -> Changes:
        """The whole page as the visit stands, but for what is kept."""
        changes = self._current(visit, words) | self._controls(visit)
        changes[self.parts.list] = conversations(visit.notebook, words)
        changes[self.parts.past] = exchanges(visit.past, words)
        changes[self.parts.past_sources] = past_sources(visit.past, words)
        if visit.pending:
            changes[self.parts.question] = gr.update(value="")
        return changes

    def _steps(
        self,
        question: str,
        earlier: Sequence[Entry],
        chosen: tuple[str, ...],
        words: Words,
        is_wanted: Callable[[], bool],
    ) -> Iterator[Pending | Entry]:
        """What is to be shown of the answer, the whole of it last; it ends early where it is no longer wanted."""
        pending = Pending(question)
        steps = self.assistant.stream(question, turns_of(earlier), chosen or self.documents)
        try:
            while (step := self._next(steps, is_wanted)) is not None:
                if isinstance(step, Found):
                    pending = replace(pending, found=step.hits)
                else:
                    pending = replace(pending, answer=numbered(step, earlier))
                yield pending
            if is_wanted() and pending.answer:
                yield Turn(question, pending.answer)
        except (AssistantError, SearchError, CorpusError) as error:
            yield Problem(question, str(error))
        except Exception:
            # Left to gradio, the page would stay busy for good.
            logger.exception("The question could not be answered")
            yield Problem(question, words.failed)

    def _next(self, steps: Iterator[Found | Answer], is_wanted: Callable[[], bool]) -> Found | Answer | None:
        # Held for a step only: a run that is given up must not keep others waiting, nor begin another step.
        with self.one_at_a_time:
            return next(steps, None) if is_wanted() else None

    def _current(self, visit: Visit, words: Words) -> Changes:
        current, number = visit.current, len(visit.past) + 1
        return {
            self.parts.current: exchange(number, current, words) if current else "",
            self.parts.sources: current_sources(number, current, words),
            self.parts.status: announcement(current, words),
        }

    def _controls(self, visit: Visit) -> Changes:
        busy = visit.pending is not None
        return {
            self.parts.welcome: gr.update(visible=visit.current is None),
            self.parts.ask: gr.update(visible=not busy),
            self.parts.stop: gr.update(visible=busy),
            self.parts.fresh: gr.update(visible=visit.current is not None),
        }


def words_of(request: gr.Request) -> Words:
    """The words in the language that the browser asks for."""
    return words_for(request.headers.get("accept-language", ""))


def _asking(chat: Chat, questions: Sequence[str]) -> Callable[[Visit, gr.Request], Iterator[Changes]]:
    def ask_them(visit: Visit, request: gr.Request) -> Iterator[Changes]:
        yield from chat.replies(questions, visit, request)

    return ask_them


def connect(chat: Chat, visit: gr.State, examples: Mapping[gr.Button, Sequence[str]]) -> None:
    """Wire the components to the events; call it inside the page's `Blocks`."""
    parts = chat.parts
    # `multiple`: a question asked while another is answered takes its place. No limit on how many wait, so that
    # whoever waits for another's answer is shown at once that the question is in hand.
    asking: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "outputs": list(parts)}
    streaming = asking | {"trigger_mode": "multiple", "concurrency_limit": None}
    gr.on([parts.question.submit, parts.ask.click], chat.reply, inputs=[parts.question, visit], **streaming)
    for button, questions in examples.items():
        button.click(_asking(chat, questions), inputs=[visit], **streaming)

    def ask_shown(visit: Visit, event: gr.EventData, request: gr.Request) -> Iterator[Changes]:
        """A question that stands in the page: the one understood, as changed, or a better-aimed one."""
        yield from chat.reply(str(event.question), visit, request)

    parts.current.ask(ask_shown, inputs=[visit], **streaming)
    parts.past.ask(ask_shown, inputs=[visit], **streaming)
    parts.stop.click(chat.stop, inputs=[visit], queue=False, **asking)
