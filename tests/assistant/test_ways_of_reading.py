"""The ways in which a question is read, from outside: in parts, with the one before, with what it takes for granted."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.evidence import Evidence, Reading
from assistant.types import Status, Turn
from index.generations import DocumentRecord

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre."
RIVERS = DocumentRecord(id="rivers", title="Rivers", source="/rivers.md", fingerprint="0", added="", modified=0, size=0)


def test_of_two_things_asked_the_one_that_is_not_stated_is_named(make_search, make_hit) -> None:
    class ReadsDates:
        name = ""

        def read(self, question, hits):
            evidence = (Evidence(hits[0].passage, hits[0].passage.start, hits[0].passage.start + 10, 1.0),)
            return Reading(evidence, 0.9 if question.text.startswith("When") else 0.1, 0.5)

        def prepare(self, passages): ...

    search = make_search((make_hit(BRIDGE, "Bridges"),))
    answer = Assistant(search, ReadsDates(), [RIVERS]).ask("When and where was the bridge opened?")

    assert answer.status is Status.PARTIAL
    assert answer.note == "The text does not say: “Where was the bridge opened?”"


@pytest.mark.parametrize(
    ("text", "status"), [("The Tolls Act 2019 stands.", Status.ANSWERED), ("Tolls rise.", Status.PARTIAL)]
)
def test_of_two_things_compared_by_time_a_name_may_hold_the_date(make_search, make_hit, text, status) -> None:
    bridge, tolls = make_hit("The bridge opened in 2021.", "Bridges"), make_hit(text, "Tolls")

    class ReadsOpenly:
        name = ""

        def read(self, question, hits):
            passage = (tolls if "toll" in question.text.casefold() else bridge).passage
            sure = passage is bridge.passage or question.text.startswith("What does the text say")
            evidence = (Evidence(passage, passage.start, passage.start + len(passage.text), 1.0),)
            return Reading(evidence, 0.9 if sure else 0.1, 0.5)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((bridge, tolls)), ReadsOpenly(), [RIVERS])

    assert assistant.ask("Is the bridge older than the tolls law?").status is status


@pytest.mark.parametrize(("alone", "status"), [(0.9, Status.ANSWERED), (0.2, Status.NOT_STATED)])
def test_what_answered_the_question_before_must_answer_this_one_by_itself(make_search, make_hit, alone, status) -> None:
    bridge = make_hit(BRIDGE, "Bridges")

    class ReadsTogether:
        name = "fake-llm"

        def read(self, question, hits):
            evidence = (Evidence(bridge.passage, 0, BRIDGE.index(" It cost"), 1.0),)
            return Reading(evidence, 0.9 if "Who opened" in question.text else alone, 0.5, reader=self.name)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((bridge,)), ReadsTogether(), [RIVERS])
    first = assistant.ask("Who opened the Ottery bridge?")

    assert assistant.ask("And are they planning another one?", [Turn(first.question, first)]).status is status


def test_how_many_there_are_is_told_where_the_question_takes_another_number_for_granted(make_search, make_hit) -> None:
    plan = make_hit("The plan has four goals. The weir is the first goal.", "Goals", document="rivers")

    class ReadsWeirs:
        name = ""

        def read(self, question, hits):
            evidence = (Evidence(plan.passage, 25, 52, 1.0),)
            return Reading(evidence, 0.9 if "weir" in question.text else 0.1, 0.5)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((plan,)), ReadsWeirs(), [RIVERS])
    told = assistant.ask("Which of the three goals is the weir?")
    refused = assistant.ask("What is the fifth goal?")

    assert (told.sentences[-1].text, told.note) == ("The plan has four goals.", "The text speaks of “four goals”.")
    assert told.sentences[-1].citations[0].quote == "The plan has four goals."
    assert (refused.status, refused.message) == (
        Status.NOT_STATED,
        "The text does not say. The text speaks of “four goals”.",
    )
