"""Conversations as they are kept in the browser. What comes back from there is checked, word by word, against the text.

Nothing of them stays on the server once the page is closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.types import Answer, Citation, Dropped, Sentence, Status, Turn
from assistant.ui.entries import Entry, Problem
from assistant.ui.notebook import Conversation, Notebook
from corpus.types import Passage, Section
from index.types import Hit

_Words = Annotated[str, Field(max_length=20_000)]
_Count = Annotated[int, Field(ge=0, le=10_000_000)]
_MOST_CONVERSATIONS = 200
_MOST_TURNS = 2000


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Place(_Kept):
    """Characters of a section; `passage` is the range of the passage they were read in."""

    section: _Words
    fingerprint: _Words
    start: _Count
    end: _Count
    passage: tuple[_Count, _Count]
    number: _Count = 0
    quote: _Words = ""


class _Sentence(_Kept):
    text: _Words
    citations: Annotated[list[_Place], Field(min_length=1, max_length=50)]


class _Turn(_Kept):
    question: _Words
    standalone: _Words
    status: Status
    sentences: Annotated[list[_Sentence], Field(max_length=200)] = []
    message: _Words = ""
    note: _Words = ""
    notice: _Words = ""
    nearest: Annotated[list[_Place], Field(max_length=20)] = []
    dropped: Annotated[list[tuple[_Words, _Words]], Field(max_length=200)] = []
    generator: _Words = ""
    seconds: dict[str, float] = {}


class _Conversation(_Kept):
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{1,32}$")]
    title: _Words
    begun: float = 0
    changed: float = 0
    turns: Annotated[list[_Turn], Field(max_length=_MOST_TURNS)]


def kept(conversation: Conversation, since: int = 0) -> dict[str, Any]:
    """A conversation as JSON, with its answered exchanges from the one that has `since` of them before it."""
    turns = [_kept_turn(entry) for entry in _answered(conversation.entries)[since:]]
    return {
        "id": conversation.id,
        "title": conversation.title,
        "since": since,
        "turns": [turn.model_dump(mode="json") for turn in turns],
    }


def answered(conversation: Conversation) -> int:
    """How many exchanges of a conversation are kept: those that were answered."""
    return len(_answered(conversation.entries))


def restored(given: object, sections: Mapping[str, Section], outdated: str) -> Notebook:
    """The conversations that a browser kept, in the order they were begun; what is not as `kept` made it is left out.

    Args:
        given: from the browser, so it may be anything: `{"open": id, "conversations": […]}` if all is well.
        sections: of the documents as they are now, by their ids.
        outdated: what is said in place of an answer that quotes words which are no longer there.
    """
    rows = given.get("conversations") if isinstance(given, dict) else None
    found = [one for row in (rows if isinstance(rows, list) else [])[:_MOST_CONVERSATIONS] if (one := _read(row))]
    conversations = [
        Conversation(one.id, one.title, tuple(_restored_turn(turn, sections, outdated) for turn in one.turns))
        for one in sorted(found, key=lambda one: one.begun)
    ]
    return Notebook.of(conversations, str(given.get("open")) if isinstance(given, dict) else "")


def _read(row: object) -> _Conversation | None:
    try:
        return _Conversation.model_validate(row)
    except ValidationError:
        return None


def _answered(entries: Sequence[Entry]) -> list[Turn | _Turn]:
    """What is kept of a conversation: exchanges that were answered, and those that came back and cannot be shown."""
    found: list[Turn | _Turn] = []
    for entry in entries:
        if isinstance(entry, Turn):
            found.append(entry)
        elif isinstance(entry, Problem) and isinstance(entry.kept, _Turn):
            found.append(entry.kept)
    return found


def _kept_turn(turn: Turn | _Turn) -> _Turn:
    if isinstance(turn, _Turn):
        return turn
    answer = turn.answer
    return _Turn(
        question=turn.question,
        standalone=answer.standalone_question,
        status=answer.status,
        sentences=[
            _Sentence(text=one.text, citations=[_kept_citation(cited) for cited in one.citations])
            for one in answer.sentences
        ],
        message=answer.message,
        note=answer.note,
        notice=answer.notice,
        nearest=[_kept_passage(hit.passage) for hit in answer.nearest],
        dropped=[(dropped.text, dropped.reason) for dropped in answer.dropped],
        generator=answer.generator,
        seconds=dict(answer.seconds),
    )


def _kept_citation(cited: Citation) -> _Place:
    place = _kept_passage(cited.passage)
    return place.model_copy(
        update={"start": cited.start, "end": cited.end, "number": cited.number, "quote": cited.quote}
    )


def _kept_passage(passage: Passage) -> _Place:
    return _Place(
        section=passage.section.id,
        fingerprint=passage.section.document.fingerprint,
        start=passage.start,
        end=passage.end,
        passage=(passage.start, passage.end),
    )


def _restored_turn(turn: _Turn, sections: Mapping[str, Section], outdated: str) -> Entry:
    try:
        sentences = tuple(
            Sentence(one.text, tuple(_citation(place, sections) for place in one.citations)) for one in turn.sentences
        )
        nearest = tuple(Hit(_passage(place, sections), 0.0, 0.0, 0.0) for place in turn.nearest)
        answer = Answer(
            turn.question,
            turn.standalone,
            turn.status,
            sentences,
            message=turn.message,
            note=turn.note,
            notice=turn.notice,
            nearest=nearest,
            dropped=tuple(Dropped(text, reason) for text, reason in turn.dropped),
            generator=turn.generator,
            seconds=turn.seconds,
        )
    except (LookupError, ValueError):
        return Problem(turn.question, outdated, turn)
    return Turn(turn.question, answer)


def _citation(place: _Place, sections: Mapping[str, Section]) -> Citation:
    cited = Citation(place.number, _passage(place, sections), place.start, place.end)
    if cited.quote != place.quote:
        raise LookupError(f"{place.section}: the words are no longer there")
    return cited


def _passage(place: _Place, sections: Mapping[str, Section]) -> Passage:
    section = sections[place.section]
    start, end = place.passage
    if section.document.fingerprint != place.fingerprint or not start < end <= len(section.text):
        raise LookupError(f"{place.section}: the document has changed")
    return Passage(section, start, end)
