"""Several conversations on one page: found again when it is opened, begun anew, picked, renamed and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.ui.events import Changes, Chat, words_of
from assistant.ui.keeping import restored
from assistant.ui.visit import Place, Visit
from corpus.types import Section


@dataclass(frozen=True, slots=True)
class Conversations:
    """The events of the list. `sections` are those of all documents the page speaks from, by their ids."""

    chat: Chat
    sections: Mapping[str, Section]

    def arrive(self, visit: Visit, found: object, request: gr.Request) -> Changes:
        """The page as it is when it is opened: in the browser's language, with the conversations the browser kept."""
        words = words_of(request)
        if found and not visit.notebook.conversations:
            visit.notebook = restored(found, self.sections, words.outdated)
        return self.chat.everything(visit, words)

    def begin_anew(self, visit: Visit, request: gr.Request) -> Changes:
        """The page with an empty conversation."""
        self._leave(visit)
        visit.notebook.begin()
        return self._changed(visit, request)

    def pick(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """The page with another conversation."""
        self._leave(visit)
        visit.notebook.open(str(event.conversation))
        return self._changed(visit, request)

    def rename(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """The list with another title in it."""
        visit.notebook.rename(str(event.conversation), str(event.title))
        return self.chat.listed(visit, words_of(request))

    def remove(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """The page without a conversation."""
        if str(event.conversation) == visit.notebook.current.id:
            self._leave(visit)
        visit.notebook.delete(str(event.conversation))
        return self._changed(visit, request)

    def _leave(self, visit: Visit) -> None:
        visit.give_up()
        visit.place = Place()

    def _changed(self, visit: Visit, request: gr.Request) -> Changes:
        words = words_of(request)
        return self.chat.everything(visit, words) | self.chat.listed(visit, words)


def connect_conversations(page: gr.Blocks, kept: Conversations, visit: gr.State) -> None:
    """Wire the list; call it inside the page's `with`."""
    parts = kept.chat.parts
    events: dict[str, Any] = {
        "outputs": list(parts),
        "show_progress": "hidden",
        "api_visibility": "private",
        "queue": False,
    }
    page.load(kept.arrive, inputs=[visit, parts.kept], **events)
    parts.fresh.click(kept.begin_anew, inputs=[visit], **events)
    parts.list.pick(kept.pick, inputs=[visit], **events)
    parts.list.rename(kept.rename, inputs=[visit], **events)
    parts.list.remove(kept.remove, inputs=[visit], **events)
