"""A question put into formal words by a language model: when it is, which replies are used, and what comes of it."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.rephrase_llm import LLMRephraser, can_be_other_words, may_be_rephrased
from assistant.types import Status, Wording
from index.generations import DocumentRecord

LOOSE = "Are they letting more lorries over the bridge?"
FORMAL = "Will the limit on freight across the bridge be raised?"

RECORD = DocumentRecord(
    id="bridges", title="Bridges", source="/bridges.md", fingerprint="0", added="", modified=0, size=0
)


def test_a_loose_question_gets_formal_words(make_llm) -> None:
    assert LLMRephraser(make_llm(copied=FORMAL)).rephrase(LOOSE) == FORMAL


def test_without_a_reply_there_are_no_other_words(make_llm) -> None:
    assert LLMRephraser(make_llm(down=True)).rephrase(LOOSE) == ""


@pytest.mark.parametrize(
    "asked",
    ["Where was it signed?", "Who paid?", "How many otters are there?", "Why was it closed?", "List all the weirs."],
)
def test_what_near_misses_are_made_of_is_not_rephrased(asked: str) -> None:
    assert not may_be_rephrased(Question(asked))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("", "nothing"),
        (LOOSE, "the same again"),
        ("Will the Brindle council raise the limit?", "a name nobody said"),
        ("Will 40 lorries cross the bridge?", "a number nobody said"),
    ],
)
def test_what_cannot_be_the_same_question_is_not_used(other: str, why: str) -> None:
    assert not can_be_other_words(other, LOOSE), why


class _Reader:
    """Is as sure of an answer as it is told to be, by question."""

    name = "reader"

    def __init__(self, confidence: dict[str, float], hit) -> None:
        self.confidence = confidence
        self.hit = hit

    def read(self, question: Question, hits) -> Reading:
        evidence = (Evidence(self.hit.passage, 0, len(self.hit.passage.text), 1.0),)
        return Reading(evidence, self.confidence.get(question.text, 0.0), 0.8, verdict=9.0)

    def prepare(self, passages) -> None:
        """Nothing."""


class _Rephraser:
    def rephrase(self, question: str) -> str:
        return FORMAL if question == LOOSE else ""


@pytest.mark.parametrize(
    ("sure", "status"), [(0.95, Status.ANSWERED), (0.85, Status.NOT_STATED), (0.5, Status.NOT_STATED)]
)
def test_other_words_answer_only_where_they_do_so_surely(make_search, make_hit, sure, status) -> None:
    hit = make_hit("The limit on freight will be raised.", "Bridges")
    assistant = Assistant(
        make_search([hit]), _Reader({LOOSE: 0.2, FORMAL: sure}, hit), [RECORD], wording=Wording(rephraser=_Rephraser())
    )

    answer = assistant.ask(LOOSE)

    assert answer.status == status
    assert answer.standalone_question == LOOSE


def test_yes_is_not_said_to_other_words(make_search, make_hit) -> None:
    hit = make_hit("The limit on freight will be raised.", "Bridges")
    reader = _Reader({FORMAL: 0.99}, hit)
    wording = Wording(rephraser=_Rephraser())

    answer = Assistant(make_search([hit]), reader, [RECORD], wording=wording).ask(LOOSE)

    assert [sentence.text for sentence in answer.sentences] == [hit.passage.text]
