"""Exchanges as Markdown with footnotes. Text of a document or a model stays text: nothing in it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.exports.wording import CLOSEST, STATUS, made_by, titles, understood_as
from assistant.render import place
from assistant.types import Answer, Citation, Turn

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#|~!&$])")
_FIRST = re.compile(r"^(\d*)([-+=.])")  # what begins a list or a rule at the start of a line


def as_markdown(turns: Sequence[Turn]) -> str:
    """A page with a heading for each question; every quote is a footnote under its number in the conversation."""
    parts = [f"# {_plain(titles(turns))}"]
    for turn in turns:
        parts.append(f"## {_plain(turn.question)}")
        if understood := understood_as(turn.answer):
            parts.append(f"*{_plain(understood)}*")
        parts += _answer(turn.answer)
    cited: dict[int, Citation] = {}
    for turn in turns:
        cited |= {citation.number: citation for citation in turn.answer.citations}
    parts += [_footnote(cited[number]) for number in sorted(cited)]
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer) -> list[str]:
    parts = [f"**{STATUS[answer.status]}**"]
    if answer.sentences:
        parts += [
            _plain(sentence.text) + "".join(f"[^{citation.number}]" for citation in sentence.citations)
            for sentence in answer.sentences
        ]
    else:
        parts.append(_plain(answer.message))
    if answer.nearest:
        places = "\n".join(
            f"- {_plain(place(hit.passage.section, hit.passage.paragraph))}: “{_plain(hit.passage.text)}”"
            for hit in answer.nearest
        )
        parts.append(f"{CLOSEST}\n\n{places}")
    parts += [_plain(answer.note)] if answer.note else []
    return [*parts, *([f"*{_plain(made)}*"] if (made := made_by(answer)) else [])]


def _footnote(citation: Citation) -> str:
    where = f"{citation.section.document.title}, {place(citation.section, citation.paragraph)}"
    return f"[^{citation.number}]: {_plain(where)}: “{_plain(citation.quote)}”"


def _plain(text: str) -> str:
    """The text on one line with every character that could be markup escaped."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _FIRST.sub(r"\1\\\2", escaped)
