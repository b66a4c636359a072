"""What can be done with an answer: copied, taken away as a file, and said to be good or bad. As HTML."""

from __future__ import annotations

from html import escape

from assistant.render import answer_to_text
from assistant.types import Answer
from assistant.ui.forms import FORMS
from assistant.ui.words import Words


def tools(turn: int, answer: Answer, words: Words) -> str:
    """The row of tools below an answer; `turn` is its number, from 1."""
    return (
        "<div class='tools'>"
        f"<button type='button' data-done='{words.copied}' data-copy='{escape(answer_to_text(answer))}'>"
        f"{words.copy_answer}</button>"
        f"{export(turn, words.export)}{_rating(turn, words)}</div>"
    )


def export(turn: int, label: str) -> str:
    """The choice of forms; `turn` 0 is the whole conversation."""
    buttons = "".join(
        f"<button type='button' data-take='{form}' data-turn='{turn}'>{kind.label}</button>"
        for form, kind in FORMS.items()
    )
    return f"<details class='take'><summary>{label}</summary><div>{buttons}</div></details>"


def _rating(turn: int, words: Words) -> str:
    return (
        f"<span class='rating'><button type='button' data-rate='good' data-turn='{turn}'>{words.good}</button>"
        f"<button type='button' data-rate='bad' aria-expanded='false'>{words.bad}</button></span>"
        f"<form class='complaint' data-turn='{turn}' hidden>"
        f"<label class='check'><input type='checkbox' name='wrong'> <span>{words.wrong}</span></label>"
        f"<label><span>{words.note}</span><textarea name='note' rows='2' maxlength='2000'></textarea></label>"
        f"<button type='submit'>{words.send}</button></form>"
    )
