"""The ways in which a question is read, from outside: in parts, with the one before, with what it takes for granted."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.types import Status, Turn, Wording
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


@pytest.mark.parametrize(
    ("asked", "status"),
    [("In which town was that?", Status.NOT_STATED), ("How much did that cost?", Status.ANSWERED)],
)
def test_what_was_quoted_before_is_no_answer_where_it_has_nothing_of_the_kind(
    make_search, make_hit, asked, status
) -> None:
    bridge = make_hit("The Ottery bridge was opened by the county for £2,000.", "Bridges")

    class IsSure:
        name = "fake-llm"

        def read(self, _question, _hits):
            return Reading((Evidence(bridge.passage, 0, 53, 1.0),), 0.9, 0.5, reader=self.name)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((bridge,)), IsSure(), [RIVERS])
    first = assistant.ask("Who opened the Ottery bridge?")
    assert assistant.ask(asked, [Turn(first.question, first)]).status is status


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


class SplitsInTwo:
    """A splitter whose second part nothing answers."""

    def split(self, question):
        return ("When was the bridge opened?", "When were tolls raised?")


@pytest.mark.parametrize(
    ("passages", "status"), [(("bridge", "toll"), Status.ANSWERED), (("bridge", "mill"), Status.PARTIAL)]
)
def test_where_a_part_as_a_model_splits_is_not_found_the_whole_is_read_and_has_to_tell_of_each(
    make_search, make_hit, passages, status
) -> None:
    hits = {
        "bridge": make_hit(BRIDGE, "Bridges"),
        "toll": make_hit("Tolls were raised to £2 in 2020.", "Money"),
        "mill": make_hit("The mill was built in 1890.", "Mills and tolls"),
    }

    class ReadsTheWhole:
        name = "fake-llm"

        def read(self, question, _):
            chosen = [hits[name].passage for name in (passages if "or" in question.text.split() else ("bridge",))]
            evidence = tuple(Evidence(one, one.start, one.start + len(one.text), 1.0) for one in chosen)
            return Reading(evidence, 0.1 if "raised" in question.text else 0.9, 0.5, reader=self.name)

        def prepare(self, passages): ...

    wording = Wording(splitter=SplitsInTwo())
    assistant = Assistant(make_search(tuple(hits.values())), ReadsTheWhole(), [RIVERS], wording=wording)
    answer = assistant.ask("Put these two in order: the bridge, or the dearer tolls.")

    assert answer.status is status
    assert len({citation.passage.id for citation in answer.citations}) == (2 if status is Status.ANSWERED else 1)


@pytest.mark.parametrize(
    ("reader", "question", "searched"),
    [
        ("fake-llm", "Which boats, ferries and nets are named?", [12, 24]),
        ("fake-llm", "Who opened the bridge?", [12]),
        ("", "Which boats, ferries and nets are named?", [12]),
    ],
)
def test_a_list_is_read_from_more_hits_where_a_language_model_reads(
    make_search, make_hit, monkeypatch, reader, question, searched
) -> None:
    class ReadsNothing:
        name = reader

        def read(self, question, hits):
            return Reading((), 0.1, 0.5, reader=self.name)

        def prepare(self, passages): ...

    search, counts = make_search((make_hit(BRIDGE, "Bridges"),)), []
    ask = search.search
    monkeypatch.setattr(
        search, "search", lambda text, k, *rest, **more: counts.append(k) or ask(text, k, *rest, **more)
    )

    Assistant(search, ReadsNothing(), [RIVERS]).ask(question)

    assert counts == searched


def test_parts_that_rules_tell_are_not_split_once_more_by_a_model(make_search, make_hit) -> None:
    asked = []

    class Splits:
        def split(self, question):
            asked.append(question)
            return ()

    class ReadsNothing:
        name = "fake-llm"

        def read(self, question, hits):
            return Reading((), 0.1, 0.5, reader=self.name)

        def prepare(self, passages): ...

    search = make_search((make_hit(BRIDGE, "Bridges"),))
    assistant = Assistant(search, ReadsNothing(), [RIVERS], wording=Wording(splitter=Splits()))
    assistant.ask("Which came first, the bridge or the toll?")
    assert not asked
    assistant.ask("Put these two in order: the bridge, and the toll.")
    assert asked


def test_a_follow_up_that_was_joined_to_the_question_before_is_not_read_as_one_on_two_things(
    make_search, make_hit
) -> None:
    read = []

    class Reads:
        name = "fake-llm"

        def read(self, question, hits):
            read.append(question)
            return Reading((Evidence(hits[0].passage, 0, 10, 1.0),), 0.9, 0.5, reader=self.name)

        def prepare(self, passages): ...

    assistant = Assistant(make_search((make_hit(BRIDGE, "Bridges"),)), Reads(), [RIVERS])
    first = assistant.ask("When was the Ottery bridge opened?")
    assistant.ask("And who paid for painting it?", [Turn(first.question, first)])

    joined = [question for question in read if question.is_joined]
    assert joined and not any(question.wants_list for question in joined)


def test_a_yes_or_no_question_that_a_model_splits_stays_partial_and_shows_no_ranking_whole(
    make_search, make_hit
) -> None:
    bridge, toll = make_hit(BRIDGE, "Bridges"), make_hit("Tolls were raised to £2 in 2020.", "Money")

    class RanksAll:
        name = "fake-llm"

        def read(self, question, _):
            found = tuple(Evidence(one.passage, 0, len(one.passage.text), 1.0) for one in (bridge, toll))
            is_of_tolls_alone = "raised" in question.text and "bridge" not in question.text
            return Reading(found, 0.1 if is_of_tolls_alone else 0.9, 0.5, reader=self.name)

        def prepare(self, passages): ...

    wording = Wording(splitter=SplitsInTwo())
    assistant = Assistant(make_search((bridge, toll)), RanksAll(), [RIVERS], wording=wording)
    question = "Were all the bridges opened and were all tolls raised?"

    assert Question(question).wants_list and not Question(question).is_read_as_list
    assert assistant.ask(question).status is Status.PARTIAL
