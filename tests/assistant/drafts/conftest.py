"""A document on a river, what reading found of it, and an assistant whose writer says what it is told to."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.drafts.write import Writer
from assistant.evidence import Evidence, Reading
from assistant.types import Answer
from corpus.sentences import sentence_spans
from index.generations import DocumentRecord
from index.types import Hit

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre."
SALMON = "The River Board will restore salmon by 2031. Both parties agreed to explore a fish pass."


@pytest.fixture
def reply() -> Callable[..., str]:
    """The JSON of sentences, each given as its numbers and its text."""

    def make(*sentences: tuple[Sequence[int], str]) -> str:
        return json.dumps({"sentences": [{"ids": list(ids), "text": text} for ids, text in sentences]})

    return make


@pytest.fixture
def record() -> Callable[..., DocumentRecord]:
    def make(document: str, title: str = "") -> DocumentRecord:
        return DocumentRecord(
            id=document, title=title or document.title(), source="", fingerprint="0", added="", modified=0, size=0
        )

    return make


@pytest.fixture
def stated() -> Callable[..., Reading]:
    """A reading that found every sentence of some hits, the first ones best."""

    def make(*hits: Hit, **given: Any) -> Reading:
        places = [
            (hit.passage, hit.passage.start + start, hit.passage.start + end)
            for hit in hits
            for start, end in sentence_spans(hit.passage.text)
        ]
        found = (Evidence(*place, 1.0 - 0.2 * number) for number, place in enumerate(places))
        return Reading(tuple(found), 0.9, 0.5, **given)

    return make


@pytest.fixture
def hits(make_hit) -> tuple[Hit, ...]:
    return make_hit(BRIDGE, "Part One", "Bridges", document="rivers"), make_hit(SALMON, "Salmon", document="rivers")


@pytest.fixture
def ask(hits, record, make_search, make_reader, make_llm) -> Callable[..., Answer]:
    """Ask the river's text, with a reader that finds sentences by the words given."""

    def run(
        question: str, *words: str, says: str = "", down: bool = False, verdict: float = 0.0, **given: Any
    ) -> Answer:
        run.llm = make_llm(copied=says, down=down, name="scribe")
        reader = make_reader(words, name="tiny", verdict=verdict)
        return Assistant(make_search(hits), reader, [record("rivers")], drafter=Writer(run.llm)).ask(question, **given)

    return run
