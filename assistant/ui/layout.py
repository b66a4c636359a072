"""The page: a header, the conversation with its composer, and the sources beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import gradio as gr

from assistant.ui.events import ASK, Asker, Chat, Parts, connect
from assistant.ui.rendering import announcement, conversation, masthead, source_panel

_MOST_EXAMPLES = 6


class Named(Protocol):
    """A document as the page needs it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


def build_page(assistant: Asker, documents: Sequence[Named], examples: Sequence[str] = ()) -> gr.Blocks:
    """The chat page.

    Args:
        assistant: answers the questions.
        documents: what it speaks from; answers are sought in no other.
        examples: questions, of which the first six are offered as buttons while the conversation is empty.
    """
    page: gr.Blocks
    with gr.Blocks(title="Communiqué", analytics_enabled=False, fill_width=True) as page:
        titles = [document.title for document in documents]
        gr.HTML(masthead(titles), apply_default_css=False, elem_id="masthead")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="talk", scale=3, min_width=300):
                talk = gr.HTML(conversation(()), apply_default_css=False, elem_id="conversation")
                with gr.Column(elem_id="welcome") as welcome:
                    buttons = _welcome(examples)
                question, ask, fresh = _composer()
            with gr.Column(elem_id="side", scale=2, min_width=300):
                sources = gr.HTML(source_panel(()), apply_default_css=False, elem_id="sources")
        status = gr.HTML(announcement(()), apply_default_css=False, elem_id="status")
        parts = Parts(gr.State(()), talk, sources, status, welcome, question, ask, fresh)
        connect(Chat(assistant, tuple(document.id for document in documents)), parts, buttons)
    return page


def _welcome(examples: Sequence[str]) -> list[gr.Button]:
    if not examples:
        return []
    gr.HTML("<h2>Questions to start with</h2>", apply_default_css=False)
    with gr.Row(elem_id="examples"):
        return [gr.Button(example, size="sm", min_width=0) for example in examples[:_MOST_EXAMPLES]]


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(
                label="Your question",
                show_label=False,
                placeholder="Ask a question",
                lines=1,
                max_lines=6,
                autofocus=True,
                container=False,
                elem_id="question",
                scale=1,
                min_width=0,
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )
            ask = gr.Button(ASK, variant="primary", elem_id="ask", scale=0, min_width=112)
        fresh = gr.Button("New conversation", size="sm", visible=False, elem_id="fresh", scale=0, min_width=0)
    return question, ask, fresh
