"""The words that every form of an export uses."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Status, Turn
from corpus.types import Document

STATUS = {
    Status.ANSWERED: "Answered",
    Status.PARTIAL: "Partly",
    Status.NOT_STATED: "Not in the text",
    Status.OFF_TOPIC: "Another subject",
    Status.UNCLEAR: "Please clarify",
}


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
