"""What happens when someone asks: the question is shown at once, then what was found, then the answer as it grows.

Each browser tab has its own visit. A new question, or Stop, gives up the one that is being answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from time import monotonic, sleep, time_ns
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import gradio as gr

from assistant.stock import Asker
from assistant.types import Turn
from assistant.ui.answering import answering
from assistant.ui.cards import current_sources, past_sources, sources_over
from assistant.ui.entries import Entry, Pending, Problem
from assistant.ui.keeping import answered, kept
from assistant.ui.library import Library
from assistant.ui.listing import conversations
from assistant.ui.notebook import Conversation
from assistant.ui.rendering import announcement, exchange, exchanges, log, said_aloud
from assistant.ui.visit import Visit
from assistant.ui.words import Words, words_for

Changes = dict[Any, Any]
"""New values for components of the page."""

_LONGEST_ARRIVAL = 5.0  # seconds; a browser that never says it is there gets its answer all the same


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
    keeper: gr.HTML
    over: gr.HTML


@dataclass(frozen=True, slots=True)
class Chat:
    """The page's events. It speaks from what is in the library."""

    assistant: Asker
    library: Library
    parts: Parts
    visits: WeakValueDictionary[str, Visit] = field(default_factory=WeakValueDictionary)
    """Those in which something was asked, by the session of the browser tab."""

    @property
    def asking(self) -> dict[str, Any]:
        """How the components are wired to what changes the whole of a conversation."""
        return {"show_progress": "hidden", "api_visibility": "private", "outputs": list(self.parts)}

    @property
    def streaming(self) -> dict[str, Any]:
        """How they are wired to what answers."""
        # `multiple`: a question asked while another is answered takes its place. No limit on how many wait, so that
        # whoever waits for another's answer is shown at once that the question is in hand.
        return self.asking | {"trigger_mode": "multiple", "concurrency_limit": None}

    def reply(self, question: str, visit: Visit, request: gr.Request) -> Iterator[Changes]:
        """The page while the question is being answered, then with its answer or the line that says why not."""
        words = words_of(request)
        question = question.encode("utf-8", "replace").decode()  # half a character can be sent, and not be kept
        if not question.strip():
            yield {self.parts.status: said_aloud(words.placeholder)}
            return
        _wait_until_shown(visit)
        self.visits[str(request.session_hash)] = visit
        run = visit.begin(question)
        earlier = visit.entries
        yield self._begun(visit, words)
        for step in answering(
            self.assistant,
            question,
            earlier,
            self._asked_of(visit),
            words=words,
            is_wanted=lambda: visit.run == run,
        ):
            if visit.run != run:
                break
            if isinstance(step, Pending):
                visit.pending = step
                yield self._current(visit, words)
            else:
                given_back = self._given_back(visit.pending, step)
                visit.finish(step)
                yield self._finished(visit, words) | given_back
        if visit.run != run:
            # Gradio sends the last changes once more at the end, and those of a run that was given up are stale. A
            # mapping that is empty would be taken for the value of one component, and end in an error.
            yield {self.parts.status: gr.skip()}

    def replies(self, questions: Sequence[str], visit: Visit, request: gr.Request) -> Iterator[Changes]:
        """The page while one question after another is answered; what is given up takes the rest with it."""
        for question in questions:
            asked = visit.run + 1
            yield from self.reply(question, visit, request)
            if visit.run != asked:
                return

    def leave(self, request: gr.Request) -> None:
        """The tab was closed, or its connection lost: nobody waits for what is being answered."""
        if visit := self.visits.get(str(request.session_hash)):
            visit.give_up()

    def stop(self, visit: Visit, request: gr.Request) -> Changes:
        """The page with the question given up."""
        visit.give_up()
        return self._current(visit, words_of(request)) | self._controls(visit)

    def _asked_of(self, visit: Visit) -> tuple[str, ...]:
        """The ids of the documents that the visit chose, or of all."""
        ids = self.library.stock().ids
        return tuple(document for document in ids if document in visit.documents) or ids

    def _given_back(self, pending: Pending | None, step: Entry) -> Changes:
        """A question that was not taken, such as one that is too long, is put back to be changed."""
        is_refused = isinstance(step, Problem) and pending is not None and not pending.found
        return {self.parts.question: gr.update(value=step.question)} if is_refused and step.question.strip() else {}

    def listed(
        self, visit: Visit, words: Words, changed: Sequence[Conversation] = (), *, gone: str = "", last: int = 0
    ) -> Changes:
        """The list of conversations, and for the browser to keep: those that changed, with their `last` exchanges."""
        change = {
            "open": visit.notebook.current.id,
            "conversations": [kept(one, max(0, answered(one) - last)) for one in changed],
            "gone": [gone] if gone else [],
            "change": time_ns(),  # the same change twice is two
        }
        written = escape(json.dumps(change, ensure_ascii=False))
        return {self.parts.list: conversations(visit.notebook, words), self.parts.keeper: written}

    def everything(self, visit: Visit, words: Words) -> Changes:
        """The whole page as the visit stands, but for what is kept."""
        return self._current(visit, words) | self._controls(visit) | self.earlier(visit, words)

    def earlier(self, visit: Visit, words: Words) -> Changes:
        """What was asked before: the exchanges that are over, and the list of conversations."""
        return {
            self.parts.list: conversations(visit.notebook, words),
            self.parts.past: log("exchanges", exchanges(visit.past, words, visit.liked)),
            self.parts.past_sources: log("groups", past_sources(visit.past, words)),
        }

    def whole(self, visit: Visit, request: gr.Request) -> Changes:
        """The whole page, for a browser that has missed a part of it."""
        return self.everything(visit, words_of(request))

    def _begun(self, visit: Visit, words: Words) -> Changes:
        """The page with a question in hand. Of the exchanges before it only the last is sent: the others are there."""
        changes = self._current(visit, words) | self._controls(visit)
        changes[self.parts.list] = conversations(visit.notebook, words)
        changes[self.parts.question] = gr.update(value="")
        if number := len(visit.past):
            entry = visit.past[-1]
            parts = (exchange(number, entry, words, visit.liked), sources_over(number, entry, words))
            over = "".join(f"<div>{part}</div>" for part in parts)
            changes[self.parts.over] = f"<div data-over='{number}' data-at='{time_ns()}'>{over}</div>"
        return changes

    def _finished(self, visit: Visit, words: Words) -> Changes:
        last = int(isinstance(visit.entries[-1], Turn))
        listed = self.listed(visit, words, [visit.notebook.current], last=last)
        return self._current(visit, words) | self._controls(visit) | listed

    def _current(self, visit: Visit, words: Words) -> Changes:
        current, number = visit.current, len(visit.past) + 1
        return {
            self.parts.current: exchange(number, current, words, visit.liked) if current else "",
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


def _wait_until_shown(visit: Visit) -> None:
    until = monotonic() + _LONGEST_ARRIVAL
    while not visit.is_shown and monotonic() < until:
        sleep(0.02)


def words_of(request: gr.Request) -> Words:
    """The words in the language that the browser asks for."""
    return words_for(request.headers.get("accept-language", ""))


def connect(page: gr.Blocks, chat: Chat, visit: gr.State) -> None:
    """Wire the components to the events; call it inside the page's `with`."""
    parts, streaming = chat.parts, chat.streaming
    gr.on([parts.question.submit, parts.ask.click], chat.reply, inputs=[parts.question, visit], **streaming)

    def ask_shown(visit: Visit, event: gr.EventData, request: gr.Request) -> Iterator[Changes]:
        """A question that stands in the page: the one understood, as changed, or a better-aimed one."""
        yield from chat.reply(str(event.question), visit, request)

    parts.current.ask(ask_shown, inputs=[visit], **streaming)
    parts.past.ask(ask_shown, inputs=[visit], **streaming)
    parts.over.whole(chat.whole, inputs=[visit], queue=False, **chat.asking)
    page.unload(chat.leave)
    parts.stop.click(chat.stop, inputs=[visit], queue=False, **chat.asking)
