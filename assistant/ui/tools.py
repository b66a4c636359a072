"""Below an answer: how it was read; it can be copied, taken away, and said to be good or bad. As HTML."""

from __future__ import annotations

from html import escape

from assistant.render import answer_to_text, makers
from assistant.types import Answer
from assistant.ui.forms import FORMS
from assistant.ui.tool_words import ToolWords, tool_words
from assistant.ui.words import Words


def colophon(answer: Answer, words: Words) -> str:
    """What wrote an answer, if it was written, what read the text for it or for a refusal, and in how many seconds."""
    said = tool_words(words.language)
    parts = []
    if answer.generator:
        writer, reader = makers(answer.generator)
        if writer:
            parts.append(said.written_by.format(writer=escape(writer)))
        parts.append(said.read_by.format(reader=escape(reader)) if reader else said.read_without)
    if "total" in answer.seconds:
        total = answer.seconds["total"]
        parts.append(f"{total:.1f} s" if total >= 0.05 else "&lt; 0.1 s")
    return f"<p class='colophon'>{' · '.join(parts)}</p>" if parts else ""


def tools(turn: int, answer: Answer, words: Words, *, is_liked: bool = False) -> str:
    """The row of tools below an answer; `turn` is its number, from 1; `is_liked` if it was said to be helpful."""
    said = tool_words(words.language)
    whole = said.whole if turn > 1 else ""
    return (
        "<div class='tools'>"
        f"<button type='button' data-done='{words.copied}' data-copy='{escape(answer_to_text(answer, named=True))}'>"
        f"{said.copy_answer}</button>"
        f"{export(turn, said.export, whole)}{_rating(turn, answer, said, is_liked=is_liked)}</div>"
    )


def export(turn: int, label: str, whole: str = "") -> str:
    """The choice of forms; `turn` 0 is the whole conversation, offered beside an answer too where `whole` names it."""
    beside = f"<h3>{whole}</h3><div role='group' aria-label='{whole}'>{_forms(0)}</div>" if whole else ""
    return f"<details class='take'><summary>{label}</summary><div class='menu'>{_forms(turn)}{beside}</div></details>"


def _forms(turn: int) -> str:
    return "".join(
        f"<button type='button' data-take='{form}' data-turn='{turn}'>{kind.label}</button>"
        for form, kind in FORMS.items()
    )


def _rating(turn: int, answer: Answer, words: ToolWords, *, is_liked: bool) -> str:
    # Once it is pressed, it opens and closes the note on it.
    pressed, opens = ("true", " aria-expanded='false'") if is_liked else ("false", "")
    numbers = sorted({citation.number for citation in answer.citations})
    boxes = "".join(
        f"<label class='check'><input type='checkbox' name='wrong' value='{number}'> <span>[{number}]</span></label>"
        for number in numbers
    )
    wrong = f"<fieldset><legend>{words.wrong}</legend>{boxes}</fieldset>" if numbers else ""
    return (
        f"<span class='rating'>"
        f"<button type='button' data-rate='good' aria-pressed='{pressed}' data-turn='{turn}'{opens}>"
        f"{words.good}</button>"
        f"<button type='button' data-rate='bad' aria-expanded='false'>{words.bad}</button></span>"
        f"<p class='thanks' role='status'></p>"
        f"{_remark(turn, 'bad', wrong, words.note, words)}{_remark(turn, 'good', '', words.praise, words)}"
    )


def _remark(turn: int, verdict: str, before: str, label: str, words: ToolWords) -> str:
    return (
        f"<form class='remark' data-verdict='{verdict}' data-turn='{turn}' hidden>{before}"
        f"<label><span>{label}</span><textarea name='note' rows='2' maxlength='2000'></textarea></label>"
        f"<button type='submit'>{words.send}</button></form>"
    )
