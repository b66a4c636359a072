"""The page: its head, the conversation with its composer, and the sources beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import gradio as gr

from assistant.measured import FIGURES
from assistant.starters import Starter, kept_by_document
from assistant.stock import Asker, Named, Stock
from assistant.ui.cards import current_sources
from assistant.ui.conversations import Conversations, connect_conversations
from assistant.ui.evals_tab import connect_evals
from assistant.ui.events import Chat, Parts, connect
from assistant.ui.front import SECONDS, Front, Head, connect_front, connect_starters
from assistant.ui.library import FixedLibrary, Library
from assistant.ui.opening import TITLE, Page, opening
from assistant.ui.picking import connect_picker, picker
from assistant.ui.rendering import announcement
from assistant.ui.shelf import ASK_TAB, EVALS_TAB, TEXT_TAB, Shelf, connect_shelf
from assistant.ui.taking import Box, Taking, TakingScripts, connect_taking
from assistant.ui.visit import Visit
from assistant.ui.words import ENGLISH, JAPANESE
from corpus.types import Section

INTERFACE = gr.I18n(en=ENGLISH.fixed(), ja=JAPANESE.fixed())
"""The words of the page's frame, to be served with it."""

_HERE = Path(__file__).parent


def build_page(
    assistant: Asker,
    documents: Sequence[Named] = (),
    starters: Sequence[Starter] = (),
    *,
    sections: Sequence[Section] = (),
    feedback: Box | None = None,
    notice: str = "",
    figures: Path = FIGURES,
    library: Library | None = None,
) -> Page:
    """The chat page.

    Args:
        assistant: answers the questions.
        documents: what it speaks from; answers are sought in no other.
        starters: questions to start with; six are buttons while nothing is asked.
        sections: the text of the documents, to be read in a tab of its own; conversations are found again by it.
        feedback: where readers' thumbs and notes go; without it there are none.
        notice: what a reader should know before asking, such as a language model that is not there.
        figures: how often answers are right, as `assistant.measured` reads it.
        library: what it speaks from where that changes while the page is open; then none of the above is needed for it.
    """
    page: Page
    held = library or _fixed(documents, sections, starters, notice)
    with Page(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        page.opening = partial(opening, held)
        visit = gr.State(Visit())
        shown, under_way, adding, brought, field = _head(held)
        with gr.Tabs(elem_id="views", selected=ASK_TAB) as tabs:
            with gr.Tab(INTERFACE("tab_ask"), id=ASK_TAB):
                parts, offered = _conversation(rated=feedback is not None)
            with gr.Tab(INTERFACE("tab_text"), id=TEXT_TAB) as text_tab:
                text = _html("", "reader", "reading.js")
            with gr.Tab(INTERFACE("tab_evals"), id=EVALS_TAB) as evals_tab:
                evals = _html("", "evals")
        # Hidden, not absent: what is absent cannot hand anything over.
        opened, parcel, liked = (gr.JSON(visible="hidden", elem_id=name) for name in ("opened", "parcel", "liked"))
        chat, shelf = Chat(assistant, held, parts), Shelf(held, tabs, text_tab, text)
        head = Head(shown, under_way, adding, brought, offered, gr.Timer(SECONDS, active=False), opened, field)
        connect(page, chat, visit)
        connect_starters(chat, offered, visit)
        connect_conversations(page, Conversations(chat), visit, opened, _script("finding.js"))
        scripts = TakingScripts(_script("handing.js"), _script("liking.js"))
        connect_taking(Taking(parcel, liked, feedback), visit, (parts.past, parts.current), parts.list, scripts)
        connect_shelf(page, shelf, visit, (parts.past_sources, parts.sources), opened)
        connect_picker(field, held, (shown, offered), visit)
        connect_front(page, Front(held, head), visit, shelf.look, text)
        connect_evals(evals_tab, evals, figures)
    return page


def _fixed(
    documents: Sequence[Named], sections: Sequence[Section], starters: Sequence[Starter], notice: str
) -> Library:
    ids = {document.id for document in documents}
    own = tuple(section for section in sections if section.document.id in ids)
    return FixedLibrary(Stock(tuple(documents), own, kept_by_document(starters), notice))


def _head(held: Library) -> tuple[gr.HTML, gr.HTML, gr.HTML, gr.HTML, gr.Dropdown]:
    """What it is and speaks from, what is under way, where documents are added and chosen, and what became of them."""
    with gr.Column(elem_id="head"):
        shown = _html("", "masthead")  # until it is filled, what `opening` shows stays
        lines = _html("", "under-way"), _html("", "adding", "adding.js"), _html("", "brought")
        return shown, *lines, picker(held.stock(), INTERFACE)


def _conversation(*, rated: bool) -> tuple[Parts, gr.HTML]:
    listed = _html("", "conversations", "listing.js")
    with gr.Row(elem_id="columns", elem_classes=["is-rated"] if rated else None):
        with gr.Column(elem_id="talk", scale=3, min_width=300):
            past = _html("", "past", "asking.js")
            current = _html("", "current", "asking.js")
            with gr.Column(elem_id="welcome") as welcome:
                offered = _html("", "offered", "asking.js")
            question, ask, stop, fresh = _composer()
        with gr.Column(elem_id="side", scale=2, min_width=300):
            past_sources = _html("", "past-sources", "reading.js")
            sources = _html(current_sources(1, None, ENGLISH), "sources", "reading.js")
    status = _html(announcement(None, ENGLISH), "status")
    keeper, over = _html("", "keeper", "keeping.js"), _html("", "over", "shelving.js")
    parts = Parts(
        past, current, past_sources, sources, status, welcome, question, ask, stop, fresh, listed, keeper, over
    )
    return parts, offered


def _html(value: str, name: str, script: str = "") -> gr.HTML:
    """HTML as it is, with a script of this folder that turns what is done in it into events."""
    on_load = _script(script) if script else None
    return gr.HTML(value, apply_default_css=False, elem_id=name, js_on_load=on_load)


def _script(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(
                label=INTERFACE("question"),
                show_label=False,
                placeholder=INTERFACE("placeholder"),
                lines=1,
                max_lines=6,
                autofocus=True,
                container=False,
                elem_id="question",
                scale=1,
                min_width=0,
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )
            ask = gr.Button(INTERFACE("ask"), variant="primary", elem_id="ask", scale=0, min_width=112)
            stop = gr.Button(INTERFACE("stop"), elem_id="stop", visible=False, scale=0, min_width=112)
        fresh = gr.Button(INTERFACE("fresh"), size="sm", visible=False, elem_id="fresh", scale=0, min_width=0)
    return question, ask, stop, fresh
