"""A question for two things split by a language model: when it is asked to, and which of its replies are used."""

from __future__ import annotations

import pytest

from assistant.question import Question
from assistant.split_llm import LLMSplitter, asks_for_two, can_be_parts

WHOLE = "Two mills were closed, one for repairs and one for good. How did the reasons differ?"
HALVES = ("What was the reason the mill was closed for repairs?", "What was the reason the mill was closed for good?")


def test_a_comparison_becomes_two_questions(make_llm) -> None:
    assert LLMSplitter(make_llm(copied="\n".join(HALVES))).split(WHOLE) == HALVES


def test_a_plain_question_is_not_shown_to_the_model(make_llm) -> None:
    llm = make_llm(copied="\n".join(HALVES))

    assert LLMSplitter(llm).split("Why was the mill closed?") == ()
    assert not llm.prompts


def test_without_a_reply_the_question_stays_whole(make_llm) -> None:
    assert LLMSplitter(make_llm(down=True)).split(WHOLE) == ()


@pytest.mark.parametrize(
    ("halves", "why"),
    [
        ((), "nothing"),
        (HALVES[:1], "one question"),
        ((HALVES[0], HALVES[0]), "the same twice"),
        ((HALVES[0], "Was it the same mill?"), "it points back"),
        ((HALVES[0], "What was the reason the Brindle mill was closed for good?"), "a name nobody said"),
        ((HALVES[0], "How did the reason for good differ?"), "it still compares"),
        (("What is a mill?", "What are repairs?"), "most of the question is gone"),
        ((HALVES[0], "What was the reason 7 mills were closed for good?"), "a number nobody said"),
    ],
)
def test_what_cannot_be_a_splitting_is_not_used(halves: tuple[str, ...], why: str) -> None:
    assert not can_be_parts(halves, WHOLE), why


@pytest.mark.parametrize(
    ("asked", "two"),
    [
        ("Who runs the ferry to Orla, and is it the same firm as for Hithe?", True),
        ("Which came first, the toll or the bridge?", True),
        ("Is the promise on otters firmer than the one on oaks?", True),
        ("Who built the weir and when was it opened?", True),
        ("And when was it opened?", False),
        ("Who built the weir?", False),
        ("List all weirs and who built each.", False),
        ("What did Norway and Sweden each promise?", True),
        ("Is the weir any further along than the bridge?", True),
        ("Is there more on salt than on sugar?", True),
        ("Where do anglers come into it rather than the board?", False),
        ("Is it open to boats other than ferries?", False),
        ("Must it be built no later than 2027?", False),
    ],
)
def test_which_questions_may_be_two(asked: str, two: bool) -> None:
    assert asks_for_two(Question(asked)) is two
