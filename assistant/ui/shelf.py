"""The documents as they are read on the page: opened at a place, by a link, or beside the answer that quotes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.types import Citation
from assistant.ui.entries import answer_of
from assistant.ui.events import Changes, words_of
from assistant.ui.library import Library
from assistant.ui.reader import reader
from assistant.ui.visit import Place, Visit
from assistant.ui.words import Words

ASK_TAB, TEXT_TAB, EVALS_TAB = "ask", "text", "evals"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The events of the reading tab, whose documents are those of the library."""

    library: Library
    tabs: gr.Tabs
    tab: gr.Tab
    text: gr.HTML

    def open(self, visit: Visit, event: gr.EventData, request: gr.Request) -> Changes:
        """The text at the place that was chosen, with the quotes of the exchange it was chosen in."""
        turn = event.turn if isinstance(event.turn, int) else 0
        visit.place = Place(str(event.doc), str(event.p), turn)
        return self._at(visit, words_of(request))

    def arrive(self, visit: Visit, request: gr.Request) -> Changes:
        """The text where a link names a place in it, else nothing."""
        asked = request.query_params
        if "doc" not in asked or not self.library.standing().is_open:
            return {self.text: gr.skip()}
        visit.place = Place(str(asked["doc"]), str(asked.get("p", "")))
        return self._at(visit, words_of(request))

    def look(self, visit: Visit, request: gr.Request) -> Changes:
        """The text where it was last open, with the quotes of the last answer if no other exchange was chosen."""
        return {self.text: self._html(visit, words_of(request))}

    def _at(self, visit: Visit, words: Words) -> Changes:
        return {self.tabs: gr.update(selected=TEXT_TAB), self.text: self._html(visit, words)}

    def _html(self, visit: Visit, words: Words) -> str:
        return reader(self.library.stock().sections, visit.place.document, words, _quoted(visit), visit.place.paragraph)


def connect_shelf(page: gr.Blocks, shelf: Shelf, visit: gr.State, panels: Sequence[gr.HTML], opened: gr.JSON) -> None:
    """Wire the reading tab to the panels whose cards open it, and to `opened`, which changes once the library is open.

    Call it inside the page's `with`.
    """
    events: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    outputs = [shelf.tabs, shelf.text]
    for panel in (*panels, shelf.text):
        panel.open(shelf.open, inputs=[visit], outputs=outputs, **events)
    shelf.tab.select(shelf.look, inputs=[visit], outputs=outputs, **events)
    gr.on([page.load, opened.change], shelf.arrive, inputs=[visit], outputs=outputs, **events)


def _quoted(visit: Visit) -> tuple[Citation, ...]:
    chosen = visit.entries[visit.place.turn - 1] if 0 < visit.place.turn <= len(visit.entries) else visit.current
    answer = answer_of(chosen) if chosen else None
    return answer.citations if answer else ()
