"""The head of the page as HTML: what it is, what it speaks from, what is under way, and how documents are added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from assistant.starters import offered
from assistant.stock import Named, Standing, Stock, Work
from assistant.ui.language import lang
from assistant.ui.library_words import library_words
from assistant.ui.troubles import not_taken_in, without_model
from assistant.ui.words import Words
from assistant.uploads import Brought
from corpus.readers import READERS

_MEGABYTE = 1_000_000
_MEBIBYTE = 1024 * 1024
_THEN = " → "


def first_line(stock: Stock, standing: Standing, words: Words, *, takes_uploads: bool) -> str:
    """The line below the title: what can be done here now."""
    if stock.documents or not standing.is_open or standing.failed:
        return words.line
    said = library_words(words.language)
    return said.empty_here if takes_uploads else said.empty


def under_way(standing: Standing, words: Words) -> str:
    """What the reader is waiting for, or cannot have; empty where all is well."""
    said = library_words(words.language)
    parts = []
    if standing.failed:
        parts.append(
            f"<div class='state state-failed' role='alert'><h2>{said.failed}</h2>"
            f"<p{lang(standing.failed)}>{escape(standing.failed)}</p>"
            f"<p class='hint'>{said.failed_hint}</p></div>"
        )
    elif standing.library and not standing.is_open:
        parts.append(_waiting(said.opening, said.opening_hint, standing.library, said.steps, 1))
    elif standing.library:
        parts.append(_waiting(said.taking_in, "", standing.library, said.steps, 1))
    if standing.model:
        parts.append(_waiting(said.fetching, said.fetching_hint, standing.model, said.megabytes, _MEGABYTE))
    return "".join(parts)


def adding(most_bytes: int, words: Words, *, is_open: bool) -> str:
    """Where files are chosen; nothing where the library takes none in."""
    if not most_bytes:
        return ""
    said = library_words(words.language)
    megabytes = most_bytes // _MEBIBYTE
    about = said.add_hint.format(megabytes=megabytes)
    return (
        f"<details class='add'{' open' if is_open else ''}><summary>{said.add}</summary>"
        f"<p class='hint' id='add-hint'>{about}</p><label><span>{said.choose}</span>"
        f"<input type='file' multiple accept='{','.join(READERS)}' aria-describedby='add-hint'"
        f" data-most='{most_bytes}' data-too-large='{escape(said.too_large.format(megabytes=megabytes))}'"
        f" data-sending='{escape(said.sending)}' data-not-sent='{escape(said.not_sent)}'></label>"
        "<p class='sending' role='status'></p></details>"
    )


def brought(found: Brought, words: Words, problem: str = "") -> str:
    """What became of the files that were sent, a line each, and what went wrong with all of them; it can be hidden."""
    said = library_words(words.language)
    lines = [
        f"<li class='is-in'>{escape(said.added.format(name=one.name, title=one.title))}</li>" for one in found.added
    ]
    lines += [
        f"<li class='is-out'>{_in_words(said.refused, name=one.name, reason=not_taken_in(one, words))}</li>"
        for one in found.refused
    ]
    told = f"<div role='status'><ul class='brought'>{''.join(lines)}</ul></div>" if lines else ""
    told += f"<p class='brought is-out' role='alert'>{_in_words(said.none, reason=problem)}</p>" if problem else ""
    return f"<div class='results'>{told}<button type='button' data-hide>{said.hide}</button></div>" if told else ""


def starters(stock: Stock, documents: Sequence[Named], words: Words) -> str:
    """Questions to start with on these documents, each a button, and what a reader should know before asking."""
    ids = [document.id for document in documents]
    shown = offered(stock.starters, ids, words.language, translates=stock.translates)
    buttons = "".join(
        f"<button type='button' dir='auto'{lang(_THEN.join(questions))} data-example='{escape(json.dumps(questions))}'>"
        f"{escape(_THEN.join(questions))}</button>"
        for questions in shown
    )
    listed = f"<h2 id='starters'>{words.starters}</h2><div id='examples'>{buttons}</div>" if shown else ""
    notices = [words.only_english] if documents and words.language != "en" and not stock.translates else []
    notices += [without_model(stock.notice, words)] if stock.notice else []
    return listed + "".join(f"<p class='notice'{lang(notice)}>{escape(notice)}</p>" for notice in notices)


def _in_words(said: str, *, reason: str, name: str = "") -> str:
    """A line of the page's with a reason in it, which may be in another language."""
    return escape(said).format(name=escape(name), reason=f"<span{lang(reason)}>{escape(reason)}</span>")


def _waiting(heading: str, hint: str, work: Work, counted: str, unit: int) -> str:
    far = ""
    measure = ""
    if work.total:
        far = f" <span>{counted.format(done=work.done // unit, total=work.total // unit)}</span>"
        measure = f" max='{work.total}' value='{min(work.done, work.total)}'"
    said = f"<p class='hint'>{hint}</p>" if hint else ""
    return (
        f"<div class='state'><div role='status'><h2>{heading}</h2></div>"
        f"<p class='far'><progress aria-label='{heading}'{measure}></progress>{far}</p>{said}</div>"
    )
