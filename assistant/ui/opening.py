"""What a browser shows of the page until gradio's scripts have run, and the document around it, which gradio fills
with words about itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import gradio as gr

from assistant.ui.library import Library
from assistant.ui.premises import first_line
from assistant.ui.rendering import masthead
from assistant.ui.words import Words

_STATIC = Path(__file__).parent / "static"
TITLE = "Communiqué"
_ABOUT_GRADIO = re.compile(r"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")


def _nothing(_: Words) -> str:
    return ""


class Page(gr.Blocks):
    """The page, which knows what is shown of it before its scripts have run: HTML, in the words of a language."""

    opening: Callable[[Words], str] = staticmethod(_nothing)


def opening(library: Library, words: Words) -> str:
    """The head of the page as it will be, over the place where the page is being made."""
    stock = library.stock()
    line = first_line(stock, library.standing(), words, takes_uploads=bool(library.most_bytes))
    head = masthead([document.title for document in stock.documents], line, words)
    return (
        f"<div id='opening'>{head}<p class='hint' role='status'>{words.opening}</p>"
        f"<noscript><p>{escape(words.no_script)}</p></noscript></div>"
    )


def opened_with(document: str, shown: str, language: str) -> str:
    """The HTML document that gradio serves with `shown` at its beginning; as it was where it has no place for that."""
    styles = "".join((_STATIC / name).read_text(encoding="utf-8") for name in ("base.css", "opening.css"))
    document = _ABOUT_GRADIO.sub("", document)
    document = document.replace('lang="en"', f'lang="{language}"', 1)
    document = document.replace("</head>", f"<title>{TITLE}</title><style>{styles}</style></head>", 1)
    return document.replace("<gradio-app", f"{shown}<gradio-app", 1)
