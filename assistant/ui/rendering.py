"""A conversation as HTML: its turns with numbered markers, and the cards those point to.

Every word of a question, answer or document is escaped; knows nothing of gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.types import Answer, Sentence, Status, Turn
from assistant.ui.cards import card_id, place, sources

STATUS_WORDS = {
    Status.ANSWERED: "Answered",
    Status.PARTIAL: "Partly",
    Status.NOT_STATED: "Not in the text",
    Status.OFF_TOPIC: "Another subject",
    Status.UNCLEAR: "Please clarify",
}
PROBLEM_WORDS = "Not answered"

_LONGEST_TAIL = 20  # characters; text without blanks between words must be free to break


@dataclass(frozen=True, slots=True)
class Problem:
    """A question that could not be asked, and the one line that says why. It is shown, and no part of the history."""

    question: str
    line: str


Entry = Turn | Problem


def masthead(titles: Sequence[str]) -> str:
    """What the page is, and the documents it speaks from."""
    cited = [f"<cite><bdi>{escape(title)}</bdi></cite>" for title in titles]
    text, listed = cited[0] if len(cited) == 1 else f"{len(cited)} documents", ""
    if len(cited) > 1:
        items = "".join(f"<li>{title}</li>" for title in cited)
        listed = f"<details><summary>Which documents</summary><ul>{items}</ul></details>"
    return (
        f"<header><h1>Communiqué</h1><p>Answers from the text of {text}, each sentence with its source.</p>"
        f"{listed}</header>"
    )


def conversation(entries: Sequence[Entry], pending: str = "") -> str:
    """The exchanges in order and, while one is being answered, its question."""
    shown = [
        _turn(number, entry) if isinstance(entry, Turn) else _problem(entry)
        for number, entry in enumerate(entries, start=1)
    ]
    if pending:
        shown.append(_article("turn-pending", pending, "<p class='waiting'><i></i><i></i><i></i>Reading the text</p>"))
    return f"<section aria-label='Conversation'>{''.join(shown)}</section>"


def source_panel(entries: Sequence[Entry]) -> str:
    """The cards of every turn, those of all but the last one hidden until one of their markers is used."""
    last = len(entries)
    groups = [
        sources(number, entry.answer, hidden=number != last)
        for number, entry in enumerate(entries, start=1)
        if isinstance(entry, Turn)
    ]
    empty = not entries or not isinstance(entries[-1], Turn) or not _has_cards(entries[-1].answer)
    hint = "Each answer’s sources are shown here, with the words it rests on highlighted."
    if entries and empty:
        hint = "No sources: the last reply makes no statement about the text."
    return f"<section aria-label='Sources'>{''.join(groups)}{_hint(hint) if empty else ''}</section>"


def announcement(entries: Sequence[Entry], pending: str = "") -> str:
    """What a screen reader is told when it changes."""
    if pending:
        words = "Reading the text"
    elif not entries:
        words = ""
    elif isinstance(entries[-1], Problem):
        words = f"{PROBLEM_WORDS}. {entries[-1].line}"
    else:
        answer = entries[-1].answer
        words = STATUS_WORDS[answer.status]
        if answer.citations:
            words += f", {_counted(len(answer.citations), 'source')}"
    return f"<p role='status' aria-live='polite'>{escape(words)}</p>"


def _turn(number: int, turn: Turn) -> str:
    answer = turn.answer
    if answer.sentences:
        said = "".join(_sentence(number, sentence) for sentence in answer.sentences)
    else:
        said = f"<p class='sentence' dir='auto'>{escape(answer.message)}</p>"
    parts = [
        _standalone(answer),
        f"<p class='status status-{answer.status}'>{STATUS_WORDS[answer.status]}</p>",
        f"<div class='answer'>{said}</div>",
        f"<p class='note' dir='auto'>{escape(answer.note)}</p>" if answer.note else "",
        _colophon(answer),
    ]
    return _article("", turn.question, "".join(parts))


def _problem(problem: Problem) -> str:
    words = (
        f"<p class='status status-problem'>{PROBLEM_WORDS}</p><p class='sentence' dir='auto'>{escape(problem.line)}</p>"
    )
    return _article("turn-problem", problem.question, words)


def _article(kind: str, question: str, inside: str) -> str:
    heading = f"<h2 class='question' dir='auto'>{escape(question)}</h2>" if question.strip() else ""
    return f"<article class='turn {kind}'>{heading}{inside}</article>"


def _sentence(turn: int, sentence: Sentence) -> str:
    markers = "".join(
        f"<button type='button' class='marker' data-source='{card_id(turn, citation.number)}'"
        f" aria-controls='{card_id(turn, citation.number)}'"
        f" aria-label='{escape(f'Source {citation.number}: {place(citation.section, citation.paragraph)}')}'>"
        f"[{citation.number}]</button>"
        for citation in sentence.citations
    )
    *_, last = sentence.text.split()
    if len(last) > _LONGEST_TAIL:
        return f"<p class='sentence' dir='auto'><bdi>{escape(sentence.text)}</bdi>{markers}</p>"
    # A marker never stands at the start of a line, away from the word it follows.
    head, tail = escape(sentence.text.rstrip()[: -len(last)]), escape(last)
    return f"<p class='sentence' dir='auto'><bdi>{head}</bdi><span class='tail'><bdi>{tail}</bdi>{markers}</span></p>"


def _standalone(answer: Answer) -> str:
    if answer.standalone_question.strip() in ("", answer.question.strip()):
        return ""
    return f"<p class='standalone' dir='auto'>Understood as: {escape(answer.standalone_question)}</p>"


def _colophon(answer: Answer) -> str:
    parts = [escape(answer.generator)] if answer.generator else []
    if "total" in answer.seconds:
        parts.append(f"{answer.seconds['total']:.1f} s")
    return f"<p class='colophon'>{' · '.join(parts)}</p>" if parts else ""


def _has_cards(answer: Answer) -> bool:
    return bool(answer.citations or answer.nearest)


def _hint(words: str) -> str:
    return f"<div class='alone'><h2>Sources</h2><p class='hint'>{words}</p></div>"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
