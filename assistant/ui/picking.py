"""Choosing which documents to ask, of several: one, some or, where none is chosen, all. Kept for the visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant.stock import Named, Stock
from assistant.ui.events import words_of
from assistant.ui.library import Library
from assistant.ui.premises import starters
from assistant.ui.rendering import masthead
from assistant.ui.visit import Visit


def picker(stock: Stock, word: Callable[[str], Any]) -> gr.Dropdown:
    """A field to choose documents in by mouse or keyboard, found by typing; hidden where there is nothing to choose.

    Args:
        stock: what the page speaks from.
        word: a word of the page's frame by its name.
    """
    return gr.Dropdown(
        **choices(stock), value=[], multiselect=True, label=word("pick"), info=word("pick_hint"), elem_id="picker"
    )


def choices(stock: Stock) -> dict[str, Any]:
    """What of the field follows the library. Documents that share a title are told apart by their id."""
    titles = Counter(document.title for document in stock.documents)
    named = [
        (document.title if titles[document.title] == 1 else f"{document.title} ({document.id})", document.id)
        for document in stock.documents
    ]
    return {"choices": named, "visible": len(named) > 1}


def chosen_of(stock: Stock, visit: Visit) -> Sequence[Named]:
    """The documents that a visit asks: those it chose, or all."""
    chosen = [document for document in stock.documents if document.id in visit.documents]
    return chosen or stock.documents


def connect_picker(field: gr.Dropdown, library: Library, shown: Sequence[gr.HTML], visit: gr.State) -> None:
    """Let the visit, the masthead and the questions to start with follow what is chosen.

    Call it inside the page's `Blocks`; `shown` are the masthead and those questions.
    """

    def choose(chosen: list[str], visit: Visit, request: gr.Request) -> tuple[str, str]:
        words, stock = words_of(request), library.stock()
        visit.documents = tuple(document.id for document in stock.documents if document.id in chosen)
        asked = chosen_of(stock, visit)
        return masthead([document.title for document in asked], words.line, words), starters(stock, asked, words)

    field.input(choose, inputs=[field, visit], outputs=list(shown), show_progress="hidden", api_visibility="private")
