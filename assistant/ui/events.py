"""What happens when someone asks: the question is shown at once, then its answer. Each browser has its own history."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple, Protocol

import gradio as gr

from assistant.types import Answer, AssistantError, Turn
from assistant.ui.rendering import Entry, Problem, announcement, conversation, source_panel
from corpus.types import CorpusError
from index.types import SearchError

ASK, BUSY = "Ask", "Reading…"

logger = logging.getLogger(__name__)


class Asker(Protocol):
    """Answers one question. What it raises is meant for the user and said in one line."""

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()) -> Answer: ...


class Parts(NamedTuple):
    """The page's components that an event changes, in the order of its outputs."""

    entries: gr.State
    conversation: gr.HTML
    sources: gr.HTML
    status: gr.HTML
    welcome: gr.Column
    question: gr.Textbox
    ask: gr.Button
    fresh: gr.Button


class View(NamedTuple):
    """New values for `Parts`, in the same order."""

    entries: tuple[Entry, ...]
    conversation: str
    sources: str
    status: str
    welcome: dict[str, object]
    question: dict[str, object]
    ask: dict[str, object]
    fresh: dict[str, object]


@dataclass(frozen=True, slots=True)
class Chat:
    """The page's events. `documents` are the ids of those it speaks from. Questions are answered one at a time."""

    assistant: Asker
    documents: tuple[str, ...]
    one_at_a_time: Lock = field(default_factory=Lock)

    def reply(self, question: str, entries: tuple[Entry, ...]) -> Iterator[View]:
        """The page while the question is being answered, then with its answer or the line that says why not."""
        yield _view(entries, pending=question)
        yield _view((*entries, self._entry(question, entries)))

    def _entry(self, question: str, entries: tuple[Entry, ...]) -> Entry:
        history = tuple(entry for entry in entries if isinstance(entry, Turn))
        try:
            with self.one_at_a_time:
                return Turn(question, self.assistant.ask(question, history, self.documents))
        except (AssistantError, SearchError, CorpusError) as error:
            return Problem(question, str(error))
        except Exception:
            # Left to gradio, the page would stay busy for good.
            logger.exception("The question could not be answered")
            return Problem(question, "Something went wrong while answering; the program’s log says what.")


def connect(chat: Chat, parts: Parts, examples: Sequence[gr.Button]) -> None:
    """Wire the components to the events; call it inside the page's `Blocks`."""
    for triggers, asked in (
        ([parts.question.submit, parts.ask.click], parts.question),
        *(([button.click], button) for button in examples),
    ):
        gr.on(
            triggers,
            chat.reply,
            inputs=[asked, parts.entries],
            outputs=list(parts),
            show_progress="hidden",
            # None: whoever waits for another's answer is shown at once that the question is in hand.
            concurrency_limit=None,
            api_visibility="private",
        )
    parts.fresh.click(
        lambda: _view(()), outputs=list(parts), show_progress="hidden", queue=False, api_visibility="private"
    )


def _view(entries: tuple[Entry, ...], pending: str = "") -> View:
    busy = bool(pending)
    return View(
        entries=entries,
        conversation=conversation(entries, pending),
        sources=source_panel(entries),
        status=announcement(entries, pending),
        welcome=gr.update(visible=not entries and not busy),
        question=gr.update(value="", interactive=not busy),
        ask=gr.update(value=BUSY if busy else ASK, interactive=not busy),
        fresh=gr.update(visible=bool(entries), interactive=not busy),
    )
