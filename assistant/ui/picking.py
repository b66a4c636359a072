"""Choosing which documents to ask, of several: one, some or, where none is chosen, all. Kept for the visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import gradio as gr

from assistant.ui.events import words_of
from assistant.ui.rendering import masthead
from assistant.ui.visit import Visit


class Listed(Protocol):
    """A document as the picker lists it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


def picker(documents: Sequence[Listed], word: Callable[[str], Any]) -> gr.Dropdown | None:
    """A field to choose documents in by mouse or keyboard, found by typing; none where there is nothing to choose.

    Args:
        documents: what the page speaks from. Those that share a title are told apart by their id.
        word: a word of the page's frame by its name.
    """
    if len(documents) < 2:
        return None
    titles = Counter(document.title for document in documents)
    choices = [
        (document.title if titles[document.title] == 1 else f"{document.title} ({document.id})", document.id)
        for document in documents
    ]
    return gr.Dropdown(
        choices, value=[], multiselect=True, label=word("pick"), info=word("pick_hint"), elem_id="picker"
    )


def connect_picker(field: gr.Dropdown | None, documents: Sequence[Listed], head: gr.HTML, visit: gr.State) -> None:
    """Let the visit and the masthead follow what is chosen; call it inside the page's `Blocks`."""
    if field is None:
        return

    def choose(chosen: list[str], visit: Visit, request: gr.Request) -> str:
        words = words_of(request)
        visit.documents = tuple(document.id for document in documents if document.id in chosen)
        shown = [document.title for document in documents if document.id in chosen or not chosen]
        return masthead(shown, words.line, words)

    field.change(choose, inputs=[field, visit], outputs=[head], show_progress="hidden", api_visibility="private")
