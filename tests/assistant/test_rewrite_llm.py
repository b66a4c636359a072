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


def test_a_model_that_leaves_the_pointing_word_is_made_to_go_on_from_before_it(make_llm) -> None:
    llm = make_llm(copied="And when did it open?", opened={"When did the": "When did the salmon hatchery open?"})

    assert LLMRewriter(llm).rewrite(EARLIER, "And when did it open?") == "When did the salmon hatchery open?"


def test_they_are_those_of_the_question_before_where_it_names_several(make_llm) -> None:
    llm = make_llm(copied="Are they allowed to keep fish?", opened={"Are the": "Are the anglers allowed to keep fish?"})

    assert LLMRewriter(llm).rewrite(("What must anglers tell?",), "Are they allowed to keep fish?") == (
        "Are the anglers allowed to keep fish?"
    )


def test_without_a_question_before_nothing_is_one(make_llm) -> None:
    assert not can_be_one("And do eels take place?", (), "And do eels?")


def test_a_model_that_cannot_go_on_is_not_believed(make_llm) -> None:
    assert LLMRewriter(make_llm(copied="When did it open?")).rewrite(EARLIER, "When did it open?") == ""


def test_a_question_about_those_whom_the_text_is_about_stays_as_the_model_leaves_it(make_llm) -> None:
    kept = "Why do they care about eels?"

    assert LLMRewriter(make_llm(copied=kept)).rewrite(EARLIER, f"And {kept[:1].lower()}{kept[1:]}") == kept


def test_what_asks_for_more_than_was_said_leans_on_it_even_if_the_model_leaves_it(make_llm) -> None:
    assert (
        LLMRewriter(make_llm(copied="What else do they care about?")).rewrite(EARLIER, "What else do they care about?")
        == ""
    )


@pytest.mark.parametrize(
    ("earlier", "reply", "question"),
    [
        ("Who runs the salmon hatchery?", "Who else runs the salmon hatchery?", "Who else?"),
        ("What do they say about salmon?", "What do they say about eels?", "and eels?"),
        ("Is there a report that sets out what anglers want?",
         "Where can I read the report that sets out what anglers want?", "Where can I read it?"),
        ("What is the salmon hatchery?", "What did the salmon hatchery achieve in its first year?",
         "What did it achieve in its first year?"),
        ("Did anything happen on salmon in June?", "Did anything happen on eels in June?",
         "and did anything happen on eels that month?"),
    ],
)  # fmt: skip
def test_a_rewriting_may_keep_what_the_earlier_question_said(earlier: str, reply: str, question: str) -> None:
    assert can_be_one(reply, (earlier,), question)


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("Who runs the salmon hatchery and the weir?", "And the weir?"),
        ("Who runs the other side of the salmon hatchery?", "And the other side?"),
        ("Did they open it?", "Did they open it?"),
        ("How does it run the salmon hatchery in May?", "How does it run in May?"),
    ],
)
def test_what_still_asks_for_the_earlier_thing_or_points_back_is_not_used(reply: str, question: str) -> None:
    assert not can_be_one(reply, EARLIER, question)
