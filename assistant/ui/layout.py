"""The page: a header, the conversation with its composer, and the sources beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Protocol

import gradio as gr

from assistant.measured import FIGURES
from assistant.ui.cards import current_sources
from assistant.ui.conversations import Conversations, connect_conversations
from assistant.ui.evals_tab import connect_evals
from assistant.ui.events import Asker, Chat, Parts, connect
from assistant.ui.rendering import announcement, masthead
from assistant.ui.shelf import ASK_TAB, EVALS_TAB, TEXT_TAB, Shelf, connect_shelf
from assistant.ui.taking import Box, Taking, connect_taking
from assistant.ui.visit import Visit
from assistant.ui.words import ENGLISH, JAPANESE
from corpus.types import Section

INTERFACE = gr.I18n(en=ENGLISH.fixed(), ja=JAPANESE.fixed())
"""The words of the page's frame, to be served with it."""

_HERE = Path(__file__).parent
_MOST_EXAMPLES = 6
_THEN = " → "


class Named(Protocol):
    """A document as the page needs it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


def build_page(
    assistant: Asker,
    documents: Sequence[Named],
    examples: Sequence[tuple[str, ...]] = (),
    *,
    sections: Sequence[Section] = (),
    feedback: Box | None = None,
    notice: str = "",
    figures: Path = FIGURES,
) -> gr.Blocks:
    """The chat page.

    Args:
        assistant: answers the questions.
        documents: what it speaks from; answers are sought in no other.
        examples: questions, or several to be asked one after another; the first six are buttons while nothing is asked.
        sections: the text of the documents, to be read in a tab of its own; conversations are found again by it.
        feedback: where readers' thumbs and notes go; without it there are none.
        notice: what a reader should know before asking, such as a language model that is not there.
        figures: how often answers are right, as `assistant.measured` reads it.
    """
    page: gr.Blocks
    ids = tuple(document.id for document in documents)
    with gr.Blocks(title="Communiqué", analytics_enabled=False, fill_width=True) as page:
        line = str(INTERFACE("line" if documents else "empty_library"))
        _html(masthead([document.title for document in documents], line, ENGLISH), "masthead")
        visit = gr.State(Visit())
        with gr.Tabs(elem_id="views", selected=ASK_TAB) as tabs:
            with gr.Tab(INTERFACE("tab_ask"), id=ASK_TAB):
                parts, buttons = _conversation(examples, notice, rated=feedback is not None)
            with gr.Tab(INTERFACE("tab_text"), id=TEXT_TAB) as text_tab:
                text = _html("", "reader", "reading.js")
            with gr.Tab(INTERFACE("tab_evals"), id=EVALS_TAB) as evals_tab:
                evals = _html("", "evals")
        own = tuple(section for section in sections if section.document.id in ids)
        chat = Chat(assistant, ids, parts)
        connect(chat, visit, dict(zip(buttons, examples, strict=False)))
        connect_conversations(page, Conversations(chat, {section.id: section for section in own}), visit)
        # Hidden, not absent: what is absent cannot hand anything over.
        taking = Taking(gr.JSON(visible="hidden", elem_id="parcel"), feedback)
        connect_taking(taking, visit, (parts.past, parts.current), parts.list, _script("handing.js"))
        connect_shelf(page, Shelf(own, tabs, text), visit, (parts.past_sources, parts.sources), text_tab)
        connect_evals(evals_tab, evals, figures)
    return page


def _conversation(examples: Sequence[tuple[str, ...]], notice: str, *, rated: bool) -> tuple[Parts, list[gr.Button]]:
    listed = _html("", "conversations", "listing.js")
    with gr.Row(elem_id="columns", elem_classes=["is-rated"] if rated else None):
        with gr.Column(elem_id="talk", scale=3, min_width=300):
            past, current = _html("", "past", "asking.js"), _html("", "current", "asking.js")
            with gr.Column(elem_id="welcome") as welcome:
                buttons = _welcome(examples)
                if notice:
                    _html(f"<p class='notice'>{escape(notice)}</p>", "notice")
            question, ask, stop, fresh = _composer()
        with gr.Column(elem_id="side", scale=2, min_width=300):
            past_sources = _html("", "past-sources", "reading.js")
            sources = _html(current_sources(1, None, ENGLISH), "sources", "reading.js")
    status = _html(announcement(None, ENGLISH), "status")
    # What is in the browser is its reader's own; the secret only makes gradio able to read it after a restart.
    kept = gr.BrowserState(None, storage_key="communique-conversations", secret="communique")
    parts = Parts(
        past, current, past_sources, sources, status, welcome, question, ask, stop, fresh, list=listed, kept=kept
    )
    return parts, buttons


def _html(value: str, name: str, script: str = "") -> gr.HTML:
    """HTML as it is, with a script of this folder that turns what is done in it into events."""
    on_load = _script(script) if script else None
    return gr.HTML(value, apply_default_css=False, elem_id=name, js_on_load=on_load)


def _script(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _welcome(examples: Sequence[tuple[str, ...]]) -> list[gr.Button]:
    if not examples:
        return []
    _html(f"<h2>{INTERFACE('starters')}</h2>", "starters")
    with gr.Row(elem_id="examples"):
        return [gr.Button(_THEN.join(example), size="sm", min_width=0) for example in examples[:_MOST_EXAMPLES]]


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
