"""Several conversations on one page: found again when it is opened, begun anew, picked, renamed and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.ui.events import Changes, Chat, words_of
from assistant.ui.keeping import answered, restored
from assistant.ui.notebook import Conversation
from assistant.ui.visit import Place, Visit


@dataclass(frozen=True, slots=True)
class Conversations:
    """The events of the list."""

    chat: Chat

    def arrive(self, visit: Visit, found: object, request: gr.Request) -> Changes:
        """The page as it is when it is opened: in the browser's language, with the conversations the browser kept."""
        words = words_of(request)
        if found and not visit.notebook.conversations and self.chat.library.standing().is_open:
            sections = {section.id: section for section in self.chat.library.stock().sections}
            visit.notebook = restored(found, sections, words.outdated)
        if visit.run:  # opened late, with a question in hand: its answer comes by another way, and must stay
            return self.chat.earlier(visit, words)
        return self.chat.everything(visit, words)

    def show(self, visit: Visit) -> None:
        """The page has shown what it found."""
        visit.is_shown = True

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
        return self.chat.listed(visit, words_of(request), self._of(visit, event))

    def whole(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """All of a conversation, for a browser that has missed a part of it."""
        found = self._of(visit, event)
        return self.chat.listed(visit, words_of(request), found, last=max(map(answered, found), default=0))

    def remove(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """The page without a conversation."""
        if str(event.conversation) == visit.notebook.current.id:
            self._leave(visit)
        visit.notebook.delete(str(event.conversation))
        return self._changed(visit, request, gone=str(event.conversation))

    def _of(self, visit: Visit, event: gr.EventData) -> list[Conversation]:
        return [one for one in visit.notebook.conversations if one.id == event.conversation]

    def _leave(self, visit: Visit) -> None:
        visit.give_up()
        visit.place = Place()

    def _changed(self, visit: Visit, request: gr.Request, gone: str = "") -> Changes:
        words = words_of(request)
        return self.chat.everything(visit, words) | self.chat.listed(visit, words, gone=gone)


def connect_conversations(page: gr.Blocks, kept: Conversations, visit: gr.State, opened: gr.JSON, find: str) -> None:
    """Wire the list; call it inside the page's `with`.

    `opened` changes once the library is open; `find` is the script that hands over what the browser keeps.
    """
    parts = kept.chat.parts
    events: dict[str, Any] = {
        "outputs": list(parts),
        "show_progress": "hidden",
        "api_visibility": "private",
        "queue": False,
    }
    found = gr.JSON(visible="hidden", elem_id="found")
    arrived = gr.on([page.load, opened.change], kept.arrive, inputs=[visit, found], js=find, **events)
    arrived.then(kept.show, inputs=[visit], **(events | {"outputs": []}))
    parts.fresh.click(kept.begin_anew, inputs=[visit], **events)
    parts.keeper.whole(kept.whole, inputs=[visit], **events)
    parts.list.pick(kept.pick, inputs=[visit], **events)
    parts.list.rename(kept.rename, inputs=[visit], **events)
    parts.list.remove(kept.remove, inputs=[visit], **events)
