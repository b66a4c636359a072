"""Questions that ask two things: the questions they consist of, and what is shown where only one is stated."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, Reading
from assistant.parts import parts, together
from assistant.question import Question


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("When and where did the fair take place?", "When did the fair take place?", "Where did the fair take place?"),
        ("Who and how many attended the fair?", "Who attended the fair?", "How many attended the fair?"),
        ("Which of two fairs came first, cattle or fish?", "When was the cattle?", "When was the fish?"),
        ("Which came earlier, the fair or the 2nd race?", "When was the fair?", "When was the 2nd race?"),
        ("Is the weir older than the bridge?", "When was the weir?", "When was the bridge?"),
        ("Is the weir older or newer than the bridge?", "When was the weir?", "When was the bridge?"),
        ("Did the race take place before the fair?", "When was the race?", "When was the fair?"),
        (
            "How did the trip of the anglers differ from that of the rowers?",
            "What does the text say about the trip of the anglers?",
            "What does the text say about the trip of the rowers?",
        ),
        ("Salt and sugar: which duty is on each?", "Which duty is on Salt?", "Which duty is on sugar?"),
        (
            "The weir and the bridge, what does each of them cost?",
            "What does The weir cost?",
            "What does the bridge cost?",
        ),
        (
            "Compare what Norway promised with what Sweden promised.",
            "What Norway promised?",
            "What Sweden promised?",
        ),
    ],
)  # fmt: skip
def test_a_question_for_two_things_is_two_questions(question: str, one: str, other: str) -> None:
    assert [part.text for part in parts(Question(question))] == [one, other]


@pytest.mark.parametrize(
    "question",
    [
        "When did the fair take place?",
        "What was discussed and agreed?",
        "Which firms or bodies took part?",
        "Is there more than one fair?",
        "Was it signed before 2023?",
        "Was the weir built before it?",
        "What was announced before the fair?",
        "Who else and when?",
        "What does each of the four parts cover?",
        "Who are the anglers and the rowers, and what does each want?",
        "The county and city talks on oaks, what should they bring to each country?",
        "Supply and demand-side rules, what does each part of the plan say?",
    ],
)
def test_other_questions_are_asked_as_they_are(question: str) -> None:
    assert parts(Question(question)) == ()


def reading(make_hit, text: str, confidence: float) -> Reading:
    passage = make_hit(text, text.split()[1].title()).passage
    return Reading((Evidence(passage, 0, len(text), 1.0),), confidence, 0.5, reader="fake-llm")


def test_what_states_each_part_is_shown_together(make_hit) -> None:
    asked = (Question("When was the weir?"), Question("When was the bridge?"))
    found = (reading(make_hit, "The weir is of 1901.", 0.9), reading(make_hit, "The bridge is of 1950.", 0.7))

    both = together(asked, found)

    assert both is not None
    assert [one.text for one in both.evidence] == ["The weir is of 1901.", "The bridge is of 1950."]
    assert (both.confidence, both.missing, both.is_whole) == (0.7, (), True)


def test_a_part_that_nothing_states_is_missing(make_hit) -> None:
    asked = (Question("When was the fair?"), Question("Where was the fair?"))
    found = (reading(make_hit, "The fair was in May.", 0.9), reading(make_hit, "The fair was in May.", 0.1))

    one = together(asked, found)

    assert one is not None
    assert one.states_answer
    assert one.missing == ("Where was the fair?",)


def test_without_a_stated_part_there_is_nothing_to_show(make_hit) -> None:
    asked = (Question("When was the fair?"), Question("Where was the fair?"))

    assert together(asked, [reading(make_hit, "The fair was in May.", 0.1)] * 2) is None
    assert together((), ()) is None
