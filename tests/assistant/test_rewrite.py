"""A follow-up takes its subject from the user's own earlier question, and from nothing else."""

from __future__ import annotations

import pytest

from assistant.question import Question
from assistant.rewrite import is_follow_up, standalone
from assistant.types import Answer, Status, Turn

KNOWN = {"salmon", "bridg", "oak", "tambl", "board", "squirrel", "river", "open", "plant", "april", "count"}


def frequency(word: str) -> int:
    return int(word in KNOWN)


def turn(question: str, status: Status = Status.NOT_STATED, standing: str = "") -> Turn:
    return Turn(question, Answer(question, standing or question, status, message="The text does not say."))


@pytest.mark.parametrize(
    "text",
    [
        "And when was it opened?",
        "Who else?",
        "Why?",
        "What about squirrels?",
        "When?",
        "Who counts them?",
        "In which year?",
        "Tell me more",
        "Where was this?",
        "Which one is the oldest?",
    ],
)
def test_a_question_that_points_back_or_has_no_subject_is_a_follow_up(text: str) -> None:
    assert is_follow_up(Question(text), frequency)


@pytest.mark.parametrize(
    "text",
    [
        "When was the river bridge opened?",
        "Which oaks and squirrels did the board plant in April?",
        "When did IOWN start?",
        "Who planted oaks and opened the bridge for salmon that the board counted?",
    ],
)
def test_a_question_with_a_subject_of_its_own_is_none(text: str) -> None:
    assert not is_follow_up(Question(text), frequency)


def test_a_follow_up_names_its_subject() -> None:
    standing = standalone(Question("And when was it opened?"), [turn("Who built the bridge?")], frequency)

    assert standing.question.text == "Who built the bridge? And when was it opened?"
    assert standing.context == ("Who built the bridge?",)


def test_the_first_question_stands_alone_whatever_it_says() -> None:
    assert standalone(Question("And when was it opened?"), [], frequency).context == ()


def test_a_follow_up_of_a_follow_up_still_knows_the_first_subject() -> None:
    history = [turn("Who built the bridge?"), turn("When?", standing="Who built the bridge? When?")]

    assert "bridge" in standalone(Question("And what did it cost?"), history, frequency).question.text


def test_thanks_and_bad_questions_in_between_are_passed_over() -> None:
    between = [turn("thanks", Status.OFF_TOPIC), turn("x" * 9000, Status.UNCLEAR)]

    standing = standalone(Question("When was it opened?"), [turn("Who built the bridge?"), *between], frequency)

    assert standing.context == ("Who built the bridge?",)
    assert standalone(Question("When was it opened?"), between, frequency).context == ()


def test_what_the_assistant_said_is_never_taken_up() -> None:
    standing = standalone(Question("Why?"), [turn("Who built the bridge?")], frequency)

    assert "does not say" not in standing.question.text
