"""A conversation as HTML: its exchanges with their status and numbered markers.

Every word of a question, answer or document is escaped; knows nothing of gradio.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape
from time import time_ns

from assistant.question import Question, is_otherwise
from assistant.starters import key_points
from assistant.types import Answer, Sentence, Turn
from assistant.ui.cards import card_id, place
from assistant.ui.entries import Entry, Pending, Problem, answer_of
from assistant.ui.language import lang
from assistant.ui.tools import colophon, tools
from assistant.ui.troubles import note_of
from assistant.ui.words import Words

_LONGEST_TAIL = 20  # characters; text without blanks between words must be free to break
_MOST_AIMED = 3
_LONGEST_QUESTION = 300  # characters of one that was not taken: it may be that it is too long


def masthead(titles: Sequence[str], line: str, words: Words) -> str:
    """What the page is, and the documents it speaks from."""
    cited = [f"<cite{lang(title)}><bdi>{escape(title)}</bdi></cite>" for title in titles]
    about = "".join(cited) if len(cited) == 1 else ""
    if len(cited) > 1:
        items = "".join(f"<li>{title}</li>" for title in cited)
        about = f"<details><summary>{words.documents.format(count=len(cited))}</summary><ul>{items}</ul></details>"
    return f"<header lang='{words.language}'><h1>Communiqué</h1><div class='from'>{about}</div><p>{line}</p></header>"


def exchanges(entries: Sequence[Entry], words: Words, liked: Container[int] = ()) -> str:
    """The exchanges that are over, in order; `liked` are the numbers of those that were said to be helpful."""
    return "".join(exchange(number, entry, words, liked) for number, entry in enumerate(entries, start=1))


def log(kind: str, items: str) -> str:
    """Items in a container into which the page itself puts more; never twice the same, so that it is shown anew."""
    return f"<div class='{kind}' data-at='{time_ns()}'>{items}</div>"


def exchange(number: int, entry: Entry | Pending, words: Words, liked: Container[int] = ()) -> str:
    """One exchange; `number` is its place in the conversation, from 1; `liked` as for `exchanges`."""
    if isinstance(entry, Problem):
        inside = (
            f"<p class='status status-problem'>{words.problem}</p>"
            f"<p class='sentence' dir='auto'{lang(entry.line)}>{escape(entry.line)}</p>"
        )
        return _article("turn-problem", _shortened(entry.question), inside)
    answer = answer_of(entry)
    if isinstance(entry, Turn):
        return _article("", entry.question, _answer(number, entry.answer, words, liked))
    said = _said(number, answer, words) if answer else ""
    if isinstance(entry, Pending):
        return _article("turn-pending", entry.question, said + _waiting(entry, words))
    return _article("turn-stopped", entry.question, f"<p class='status status-stopped'>{words.stopped}</p>{said}")


def announcement(current: Entry | Pending | None, words: Words) -> str:
    """What a screen reader is told when it changes."""
    said = ""
    if isinstance(current, Pending):
        said = _progress(current, words)
    elif isinstance(current, Problem):
        said = f"{words.problem}. {current.line}"
    elif isinstance(current, Turn):
        count = len(current.answer.citations)
        counted = words.one_source if count == 1 else words.source_count.format(count=count)
        said = ", ".join((words.status(current.answer.status), *((counted,) if count else ())))
    elif current:
        said = words.stopped
    return said_aloud(said)


def said_aloud(line: str) -> str:
    """A line for a screen reader alone."""
    return f"<p role='status' aria-live='polite'>{escape(line)}</p>"


def aimed_questions(answer: Answer) -> list[str]:
    """Questions that the text does answer, made from the headings nearest to one that it does not, in its language."""
    headings = dict.fromkeys(hit.passage.section.heading for hit in answer.nearest)
    both = [key_points(heading) for heading in headings][:_MOST_AIMED]
    return [japanese if Question(answer.question).is_japanese else english for english, japanese in both]


def _answer(number: int, answer: Answer, words: Words, liked: Container[int]) -> str:
    parts = [
        _standalone(answer, words),
        f"<p class='status status-{answer.status}'>{words.status(answer.status)}</p>",
        _said(number, answer, words),
        f"<p class='note' dir='auto'{lang(note)}>{escape(note)}</p>" if (note := note_of(answer, words)) else "",
        _aimed(answer, words),
        colophon(answer, words),
        tools(number, answer, words, is_liked=number in liked),
    ]
    return "".join(parts)


def _said(number: int, answer: Answer, words: Words) -> str:
    if answer.sentences:
        said = "".join(_sentence(number, sentence, words) for sentence in answer.sentences)
    else:
        said = f"<p class='sentence' dir='auto'{lang(answer.message)}>{escape(answer.message)}</p>"
    return f"<div class='answer'>{said}</div>"


def _shortened(question: str) -> str:
    return question if len(question) <= _LONGEST_QUESTION else question[:_LONGEST_QUESTION] + "…"


def _article(kind: str, question: str, inside: str) -> str:
    heading = f"<h2 class='question' dir='auto'{lang(question)}>{escape(question)}</h2>" if question.strip() else ""
    return f"<article class='turn {kind}'>{heading}{inside}</article>"


def _progress(pending: Pending, words: Words) -> str:
    if pending.answer:
        return words.growing
    return words.reading if pending.found else words.searching


def _waiting(pending: Pending, words: Words) -> str:
    return f"<p class='waiting'><i></i><i></i><i></i>{_progress(pending, words)}</p>"


def _sentence(turn: int, sentence: Sentence, words: Words) -> str:
    markers = "".join(
        f"<button type='button' class='marker' lang='{words.language}' data-source='{card_id(turn, citation.number)}'"
        f" aria-controls='{card_id(turn, citation.number)}' aria-label='"
        + escape(
            words.source.format(number=citation.number, place=place(citation.section, citation.paragraph, words)),
            quote=True,
        )
        + f"'>[{citation.number}]</button>"
        for citation in sentence.citations
    )
    opened = f"<p class='sentence' dir='auto'{lang(sentence.text)}>"
    *_, last = sentence.text.split()
    if len(last) > _LONGEST_TAIL:
        return f"{opened}<bdi>{escape(sentence.text)}</bdi>{markers}</p>"
    # A marker never stands at the start of a line, away from the word it follows.
    head, tail = escape(sentence.text.rstrip()[: -len(last)]), escape(last)
    return f"{opened}<bdi>{head}</bdi><span class='tail'><bdi>{tail}</bdi>{markers}</span></p>"


def _standalone(answer: Answer, words: Words) -> str:
    """The question as it was understood, where that differs, to be changed and asked again."""
    if not is_otherwise(answer.standalone_question, answer.question):
        return ""
    return (
        f"<form class='standalone' data-ask><label><span>{words.understood}</span>"
        f"<textarea name='question' rows='1' autocomplete='off' dir='auto'{lang(answer.standalone_question)}>"
        f"{escape(answer.standalone_question)}</textarea></label>"
        f"<button type='submit'>{words.ask_again}</button></form>"
    )


def _aimed(answer: Answer, words: Words) -> str:
    asked = aimed_questions(answer)
    buttons = "".join(
        f"<li><button type='button' data-question='{escape(question)}' dir='auto'{lang(question)}>"
        f"{escape(question)}</button></li>"
        for question in asked
    )
    return f"<div class='aimed'><h3>{words.aimed}</h3><ul>{buttons}</ul></div>" if asked else ""
