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
_MOST_TURNS = 500
_MOST_CHARACTERS = 1_500_000  # a browser keeps about five million of a site, and gradio's encryption makes two of one


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
    nearest: Annotated[list[_Place], Field(max_length=20)] = []
    dropped: Annotated[list[tuple[_Words, _Words]], Field(max_length=200)] = []
    generator: _Words = ""
    seconds: dict[str, float] = {}


class _Conversation(_Kept):
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{1,32}$")]
    title: _Words
    turns: Annotated[list[_Turn], Field(max_length=_MOST_TURNS)]


class _Notebook(_Kept):
    current: str
    conversations: Annotated[list[_Conversation], Field(max_length=_MOST_CONVERSATIONS)]


def kept(notebook: Notebook) -> dict[str, Any]:
    """The conversations as JSON; what was not answered is left out, and the oldest once there are too many."""
    conversations: list[_Conversation] = []
    size = 0
    for one in reversed(notebook.conversations):
        turns = _kept_turns(one.entries)[-_MOST_TURNS:]
        conversation = _Conversation(id=one.id, title=one.title, turns=turns)
        size += len(conversation.model_dump_json()) if turns else 0
        if turns and size <= _MOST_CHARACTERS and len(conversations) < _MOST_CONVERSATIONS:
            conversations.insert(0, conversation)
    return _Notebook(current=notebook.current.id, conversations=conversations).model_dump(mode="json")


def restored(given: object, sections: Mapping[str, Section], outdated: str) -> Notebook:
    """The conversations that JSON of `kept` holds, or an empty notebook where it is not such JSON.

    Args:
        given: from the browser, so it may be anything.
        sections: of the documents as they are now, by their ids.
        outdated: what is said in place of an answer that quotes words which are no longer there.
    """
    try:
        found = _Notebook.model_validate(given)
    except ValidationError:
        return Notebook()
    conversations = [
        Conversation(one.id, one.title, tuple(_restored_turn(turn, sections, outdated) for turn in one.turns))
        for one in found.conversations
    ]
    return Notebook.of(conversations, found.current)


def _kept_turns(entries: Sequence[Entry]) -> list[_Turn]:
    turns: list[_Turn] = []
    for entry in entries:
        if isinstance(entry, Turn):
            turns.append(_kept_turn(entry))
        elif isinstance(entry, Problem) and isinstance(entry.kept, _Turn):
            turns.append(entry.kept)
    return turns


def _kept_turn(turn: Turn) -> _Turn:
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
