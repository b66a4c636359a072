"""Follow-ups rewritten by a language model: what it is shown, and which of its replies are used."""

from __future__ import annotations

import pytest

from assistant.rewrite_llm import LLMRewriter, can_be_one

EARLIER = ("Who runs the salmon hatchery?",)


def test_a_follow_up_names_its_subject(make_llm) -> None:
    rewriter = LLMRewriter(make_llm(copied="When did the salmon hatchery open?"))

    assert rewriter.rewrite(EARLIER, "When did it open?") == "When did the salmon hatchery open?"


def test_only_questions_are_shown_never_an_answer(make_llm) -> None:
    llm = make_llm(copied="When did the salmon hatchery open?")

    LLMRewriter(llm).rewrite(EARLIER, "When did it open?")

    assert llm.prompts == ["Earlier question: Who runs the salmon hatchery?\nLast question: When did it open?"]


def test_without_a_reply_there_is_no_rewriting(make_llm) -> None:
    assert LLMRewriter(make_llm(down=True)).rewrite(EARLIER, "When did it open?") == ""


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("", "nothing"),
        ("Who runs the salmon hatchery?", "the earlier question again"),
        ("When did it open?", "it still points back"),
        ("When did the salmon hatchery in Brindle open?", "a name nobody said"),
        ("Who runs the hatchery that did open?", "it asks for something else"),
        ("When was the salmon hatchery?", "a word of the question is gone"),
        ("Did the salmon hatchery open?", "a yes or no question now"),
    ],
)
def test_what_cannot_be_a_rewriting_is_not_used(reply: str, why: str) -> None:
    assert not can_be_one(reply, EARLIER, "When did it open?"), why


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("When does the salmon hatchery take place?", "When?"),
        ("Why does the salmon hatchery run?", "Why?"),
        ("Where did the salmon hatchery run?", "Where?"),
        ("When is the salmon hatchery run?", "When is it?"),
    ],
)
def test_a_bare_word_may_become_a_whole_question(reply: str, question: str) -> None:
    assert can_be_one(reply, EARLIER, question)


def test_no_number_may_be_made_up() -> None:
    assert not can_be_one("Who runs the salmon hatchery in 2014?", EARLIER, "In which year?")
