"""The list of conversations as HTML: each can be opened, renamed and deleted."""

from __future__ import annotations

from html import escape

from assistant.ui.language import lang
from assistant.ui.notebook import Conversation, Notebook
from assistant.ui.tool_words import tool_words
from assistant.ui.tools import export
from assistant.ui.words import Words


def conversations(notebook: Notebook, words: Words) -> str:
    """The kept conversations, the latest first; nothing where there is none."""
    if not notebook.conversations:
        return ""
    items = "".join(
        _item(one, words, is_open=one.id == notebook.current.id) for one in reversed(notebook.conversations)
    )
    count = len(notebook.conversations)
    listed = f"<details class='list'><summary>{words.conversations} ({count})</summary><ul>{items}</ul></details>"
    return listed + (export(0, tool_words(words.language).export_all) if notebook.current.entries else "")


def _item(one: Conversation, words: Words, *, is_open: bool) -> str:
    title = escape(one.title)
    current = " aria-current='true'" if is_open else ""
    return (
        f"<li><button type='button' class='pick' data-pick='{one.id}'{current}>"
        f"<bdi{lang(one.title)}>{title}</bdi></button>"
        f"<button type='button' data-edit aria-label='{words.rename}: {title}'>{words.rename}</button>"
        f"<button type='button' data-delete='{one.id}' data-sure='{words.sure}'"
        f" aria-label='{words.delete}: {title}'>{words.delete}</button>"
        f"<form data-rename='{one.id}' hidden><label><span>{words.title}</span>"
        f"<input type='text' name='title' autocomplete='off' value='{title}'></label>"
        f"<button type='submit'>{words.save}</button></form></li>"
    )
