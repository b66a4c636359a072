"""A follow-up that goes back to an earlier subject is asked of the question that was about it."""

from __future__ import annotations

import pytest

from assistant.going_back import GoneBack, gone_back
from assistant.question import Question
from assistant.rewrite import standalone
from tests.assistant.test_rewrite import frequency, turn

EARLIER = ("Which laws protect the salmon?", "And the oaks?", "Who leads the squirrel board?")


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Back to those laws, from which years are they?", GoneBack("those laws", "From which years are they?", 0)),
        ("ok, going back to the oaks: who planted them?", GoneBack("the oaks", "Who planted them?", 1)),
        ("Can we go back to the board for a moment? Who is on it?", GoneBack("the board", "Who is on it?", 2)),
        ("Let's return to the squirrel board. Who is on it?", GoneBack("the squirrel board", "Who is on it?", 2)),
        ("Back to the ferries: who runs them?", GoneBack("the ferries", "Who runs them?", -1)),
        ("When was the ferry brought back to the harbour, and why?", None),
        ("Back to the harbour", None),
    ],
)
def test_it_is_told_what_is_gone_back_to(text: str, back: GoneBack | None) -> None:
    assert gone_back(text, EARLIER) == back


def test_what_is_asked_then_is_asked_of_that_and_not_of_the_last_question() -> None:
    history = [turn("When was the bridge over the Tamble opened?"), turn("Who counts the squirrels in April?")]

    standing = standalone(Question("Back to the bridge, who planned it?"), history, frequency)

    assert standing.question.text == "When was the bridge over the Tamble opened? Who planned it?"
    assert standing.is_rewritten


def test_what_nobody_asked_about_is_put_into_the_question() -> None:
    standing = standalone(
        Question("Back to the salmon ladder: who planned it?"), [turn("Who counts the squirrels in April?")], frequency
    )

    assert standing.question.text == "Who planned the salmon ladder?"
