"""The words that every form of an export uses."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import is_otherwise
from assistant.render import makers
from assistant.types import Answer, Status, Turn
from corpus.types import Document

STATUS = {
    Status.ANSWERED: "Answered",
    Status.PARTIAL: "Partly",
    Status.NOT_STATED: "Not in the text",
    Status.OFF_TOPIC: "Another subject",
    Status.UNCLEAR: "Please clarify",
}

CLOSEST = "Closest passages (they do not answer the question):"


def understood_as(answer: Answer) -> str:
    """The question as it was understood, where that differs from what was asked; else nothing."""
    standing = answer.standalone_question
    return f"Understood as: {standing}" if is_otherwise(standing, answer.question) else ""


def made_by(answer: Answer) -> str:
    """What wrote an answer, if it was written, and what read the text for it; nothing where nothing did."""
    writer, reader = makers(answer.generator)
    parts = [f"Written by {writer}, each sentence checked against the text"] if writer else []
    if answer.generator:
        parts.append(f"Read by {reader}" if reader else "Read without a language model")
    return " · ".join(parts)


def documents(turns: Sequence[Turn]) -> list[Document]:
    """The documents that the exchanges quote or point to, each once."""
    passages = [
        passage
        for turn in turns
        for passage in (
            *(citation.passage for citation in turn.answer.citations),
            *(hit.passage for hit in turn.answer.nearest),
        )
    ]
    return list({passage.section.document.id: passage.section.document for passage in passages}.values())


def titles(turns: Sequence[Turn]) -> str:
    """What the exchanges are about."""
    return "; ".join(document.title for document in documents(turns)) or "Communiqué"
