"""What happens at the head of the page: it follows the library while that is made ready, and takes documents in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import time_ns
from typing import Any, NamedTuple

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.types import AssistantError
from assistant.ui.events import Changes, Chat, words_of
from assistant.ui.library import Library
from assistant.ui.picking import choices, chosen_of
from assistant.ui.premises import adding, brought, first_line, starters, under_way
from assistant.ui.rendering import masthead
from assistant.ui.visit import Visit
from assistant.ui.words import Words
from assistant.uploads import Brought, Refused, Upload
from corpus.types import CorpusError
from index.types import SearchError

_MOST_TOGETHER = 5  # questions asked one after another by one button

SECONDS = 0.5
"""How often a page asks how far the work is, while there is any."""


class Head(NamedTuple):
    """The components at the head of the page; `clock` runs while there is work, `opened` changes at its end."""

    masthead: gr.HTML
    under_way: gr.HTML
    adding: gr.HTML
    brought: gr.HTML
    starters: gr.HTML
    clock: gr.Timer
    opened: gr.JSON
    picker: gr.Dropdown


@dataclass(frozen=True, slots=True)
class Front:
    """The events of the head."""

    library: Library
    head: Head

    def arrive(self, visit: Visit, request: gr.Request) -> Changes:
        """The head as things stand when the page is opened."""
        visit.came_early = not self.library.standing().is_open
        return self._everything(visit, words_of(request))

    def tick(self, visit: Visit, request: gr.Request) -> Changes:
        """How far the work is; the whole head once it is done."""
        words, standing = words_of(request), self.library.standing()
        if standing.library or standing.model:
            return {self.head.under_way: under_way(standing, words)}
        changes = self._everything(visit, words)
        if visit.came_early and standing.is_open:
            visit.came_early = False
            changes[self.head.opened] = {"at": time_ns()}
        return changes

    def bring(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Iterator[Changes]:
        """The library with the files that were sent, and a line on each of them."""
        words = words_of(request)
        files, refused = _sent(event.files), _refused(event.refused)
        yield {self.head.brought: "", self.head.clock: gr.Timer(active=True)}
        found, problem = self._brought(files)
        whole = replace(found, refused=(*refused, *found.refused))
        yield {**self._everything(visit, words), self.head.brought: brought(whole, words, problem)}

    def _brought(self, files: Sequence[Upload]) -> tuple[Brought, str]:
        try:
            return self.library.bring(files) if files else Brought(), ""
        except (AssistantError, SearchError, CorpusError) as error:
            return Brought(), str(error)
        finally:
            for file in files:
                file.path.unlink(missing_ok=True)

    def _everything(self, visit: Visit, words: Words) -> Changes:
        stock, standing = self.library.stock(), self.library.standing()
        takes = bool(self.library.most_bytes)
        line = first_line(stock, standing, words, takes_uploads=takes)
        is_empty = standing.is_open and not stock.documents
        return {
            self.head.masthead: masthead([document.title for document in chosen_of(stock, visit)], line, words),
            self.head.picker: gr.update(**choices(stock)),
            self.head.under_way: under_way(standing, words),
            self.head.adding: adding(self.library.most_bytes, words, is_open=is_empty),
            self.head.starters: starters(stock, chosen_of(stock, visit), words),
            self.head.clock: gr.Timer(active=bool(standing.library or standing.model)),
        }


def connect_front(
    page: gr.Blocks, front: Front, visit: gr.State, reread: Callable[..., Changes], text: gr.HTML
) -> None:
    """Wire the head; `reread` gives the text as it is to be read, which changes with the library."""
    head = front.head
    events: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page.load(front.arrive, inputs=[visit], outputs=list(head), queue=False, **events)
    head.clock.tick(front.tick, inputs=[visit], outputs=list(head), queue=False, **events)
    taken = head.adding.bring(front.bring, inputs=[visit], outputs=list(head), concurrency_limit=None, **events)
    taken.then(reread, inputs=[visit], outputs=[text], queue=False, **events)


def connect_starters(chat: Chat, shown: gr.HTML, visit: gr.State) -> None:
    """Wire the questions to start with: each is one, or several to be asked one after another."""

    def ask_them(visit: Visit, event: gr.EventData, request: gr.Request) -> Iterator[Changes]:
        asked = event.questions if isinstance(event.questions, list) else []
        yield from chat.replies([str(question) for question in asked][:_MOST_TOGETHER], visit, request)

    shown.example(ask_them, inputs=[visit], **chat.streaming)


def _sent(files: object) -> list[Upload]:
    """The files that came through gradio's own door; anything else that is named is not looked at."""
    door = Path(get_upload_folder()).resolve()
    named = [Upload(name, Path(path).resolve()) for name, path in _pairs(files, "path")]
    return [one for one in named if one.path.is_relative_to(door) and one.path.is_file()]


def _refused(files: object) -> tuple[Refused, ...]:
    return tuple(Refused(name, reason) for name, reason in _pairs(files, "reason"))


def _pairs(given: object, key: str) -> list[tuple[str, str]]:
    rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    return [(str(row.get("name", "")), str(row.get(key, ""))) for row in rows]
