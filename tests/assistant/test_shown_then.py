"""A question that only asks when, after an answer that shows a date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.evidence import Evidence, Reading
from assistant.shown_then import asks_only_when, shown_then
from assistant.types import Citation, Status, Turn
from tests.assistant.test_ways_of_reading import RIVERS

OPENED = "The Ottery bridge was opened by the county in May 2019."
PAINTED = "The Ottery bridge was painted by a firm."


@pytest.mark.parametrize(
    "text",
    [
        "Which month was that in", "what month was it?", "and when did this take place?", "Since which year?",
        "From what month on?", "By when?", "OK. When exactly?", "which month would that be?",
        "Since when does it exist?",
    ],
)  # fmt: skip
def test_a_question_that_names_nothing_asks_only_when(text: str) -> None:
    assert asks_only_when(text)


@pytest.mark.parametrize(
    "text", ["When is the next fair?", "When will they decide?", "Which month did the fair take?", "How long was it?"]
)
def test_one_that_names_something_asks_more(text: str) -> None:
    assert not asks_only_when(text)


def reading(make_hit, text: str, confidence: float) -> Reading:
    passage = make_hit(text, "Bridges").passage
    return Reading((Evidence(passage, 0, len(text), 0.5),), confidence, 0.7, reader="fake-llm")


@pytest.mark.parametrize(
    ("text", "asked", "confidence", "states"),
    [
        (OPENED, "Which month was that?", 0.5, True),
        (OPENED, "Which day was that?", 0.5, False),  # no day stands there
        (PAINTED, "When was that?", 0.5, False),
        (OPENED, "Which month was that?", 0.2, False),  # of that the reader is sure
    ],
)
def test_the_date_beside_what_was_shown_is_the_answer(make_hit, text, asked, confidence, states) -> None:
    found = reading(make_hit, text, confidence)
    quoted = [Citation(1, found.evidence[0].passage, 0, len(text))]
    assert shown_then(found, asked, quoted).states_answer is states
    assert not shown_then(found, asked, []).states_answer


def test_which_month_that_was_is_answered_with_what_was_quoted(make_search, make_hit) -> None:
    hit = make_hit(OPENED, "Bridges")

    class Doubts:
        name = "fake-llm"

        def read(self, question, _):
            found = (Evidence(hit.passage, 0, len(OPENED), 1.0),)
            return Reading(found, 0.5 if "month" in question.text else 0.9, 0.7, reader=self.name)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((hit,)), Doubts(), [RIVERS])
    first = assistant.ask("Who opened the Ottery bridge?")
    history = [Turn(first.question, first)]
    then = assistant.ask("Which month was that in?", history)
    assert then.status is Status.ANSWERED and [one.quote for one in then.citations] == [OPENED]
    refused = replace(first, status=Status.NOT_STATED, sentences=(), message="The text does not say.")
    after_a_refusal = [*history, Turn("Who painted it?", refused)]
    assert assistant.ask("Which month was that in?", after_a_refusal).status is Status.ANSWERED
    assert assistant.ask("Which month was the fair in?", history).status is Status.NOT_STATED


def test_when_that_was_is_not_answered_with_an_undated_sentence_that_answered_the_question_before(
    make_search, make_hit
) -> None:
    hit = make_hit(PAINTED, "Bridges")

    class IsSure:
        name = "fake-llm"

        def read(self, _question, _hits):
            return Reading((Evidence(hit.passage, 0, len(PAINTED), 1.0),), 0.9, 0.7, reader=self.name)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((hit,)), IsSure(), [RIVERS])
    first = assistant.ask("Who painted the Ottery bridge?")
    assert assistant.ask("When was that?", [Turn(first.question, first)]).status is Status.NOT_STATED
