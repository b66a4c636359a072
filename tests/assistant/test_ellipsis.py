"""A follow-up that leaves out what was said before is filled in from it."""

from __future__ import annotations

import pytest

from assistant.ellipsis import asked_of, resumed, with_time


@pytest.mark.parametrize(
    ("earlier", "last", "asked"),
    [
        ("When was the last talk on whaling?", "And the 3rd Reed Forum?", "When was the 3rd Reed Forum?"),
        ("When was the 3rd Reed Forum?", "And the salmon one?", "When was the salmon Forum?"),
        ("When did the whaling talks happen?", "What about the salmon ones?", "When did the salmon talks happen?"),
        ("When was the harbour treaty signed?", "And the Tolls Act?", "When was the Tolls Act signed?"),
        ("How long is the old bridge?", "ok, and the new one then?", "How long is the new bridge?"),
        ("When will the bill be introduced?", "And the Weir Bill?", "When will the Weir Bill be introduced?"),
        ("How is the work on harbours going?", "And on bridges?", "How is the work on bridges going?"),
        ("Which groups do they use for salmon?", "and for eels", "Which groups do they use for eels?"),
    ],
)  # fmt: skip
def test_the_new_part_stands_where_the_old_one_stood(earlier: str, last: str, asked: str) -> None:
    assert asked_of(earlier, last) == asked


@pytest.mark.parametrize(
    ("earlier", "last"),
    [
        ("When was the treaty signed?", "And why?"),
        ("When was the treaty signed?", "And now?"),
        ("When was the treaty signed?", "And ratified?"),
        ("When was the treaty signed?", "And who signed it?"),
        ("When was the treaty signed?", "And the other one?"),
        ("When did the Reed Board meet the Salt Council?", "And the Trade Fair?"),
        ("When is the next meeting?", "And the venue?"),
        ("When was the Act passed?", "What about the cost?"),
        ("How much is the fine?", "And the appeal period?"),
        ("When was the bridge opened by the King?", "And the Tunnel?"),
        ("When did the board approve the plan published last year?", "And the Budget?"),
        ("When was the last review of the policy published?", "And the next?"),
        ("When was the Act passed?", "And Norway?"),
        ("Who pays for the scheme?", "And for businesses?"),
        ("What is said on eels?", "And on paper?"),
        ("What is the bridge made of?", "And the weir?"),
        ("When will there be another talk after this one?", "In which city?"),
        ("What have they agreed on salmon, and on eels?", "And on bridges?"),
        ("What have they agreed on the use of rivers?", "And on bridges?"),
        ("What have they agreed on salmon?", "And on salmon?"),
        ("What is set aside for ports?", "And for 2027?"),
    ],
)
def test_nothing_is_filled_in_where_it_is_not_plain_what(earlier: str, last: str) -> None:
    assert asked_of(earlier, last) == ""


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("And the June sessions, what did they discuss in those?", "What did they discuss in the June sessions?"),
        ("The Weir Act, when does it come into force?", "When does the Weir Act come into force?"),
        ("And Reed Essentials, who brought that up?", "Who brought Reed Essentials up?"),
        ("Norwegian boats at the fair, what did they do there?", "What did Norwegian boats at the fair do there?"),
        ("STC, what is their part?", "What is STC's part?"),
        ("The treaty, when did they sign it?", "When did they sign the treaty?"),
        ("The Board, what did it say on this?", "What did the Board say on this?"),
        ("The boards, when did they read it?", "When did the boards read it?"),
    ],
)  # fmt: skip
def test_what_a_question_opens_with_stands_in_its_place(question: str, whole: str) -> None:
    assert resumed(question) == whole


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        (
            "Got it, thanks. Now chips. Who do they talk to in Oslo about those?",
            "Who do they talk to in Oslo about chips?",
        ),
        ("now, the mills: how far apart were they?", "About the mills: how far apart were they?"),
        ("On to chips: in what areas do they help?", "About chips: in what areas do they help?"),
        ("Let's talk about the weir – what is its height?", "What is the weir's height?"),
        ("Moving on to eels: when was the last fair?", "About eels: when was the last fair?"),
        ("Next question. Who signed it?", "Next question. Who signed it?"),
        ("Now tell me: who signed it?", "Now tell me: who signed it?"),
        ("Thanks. Who signed it?", "Thanks. Who signed it?"),
    ],
)
def test_what_a_question_is_said_to_turn_to_is_what_it_is_about(question: str, whole: str) -> None:
    assert resumed(question) == whole


@pytest.mark.parametrize(
    "question",
    [
        "In 2024, what did they do?",
        "Minister, what is that?",
        "The treaty, which was signed in 2022, what does it say?",
        "The plan, what does that board say?",
        "The weir, who built the bridge?",
        "Apart from the weir, what did they build?",
        "What is it?",
    ],
)
def test_any_other_question_stays_as_it_is(question: str) -> None:
    assert resumed(question) == question


def test_a_long_question_before_is_gone_through_once() -> None:
    # With alternatives that overlap this would never end.
    assert asked_of(f"When was the x{' signed' * 300} by y?", "And the cyber one?") == ""


@pytest.mark.parametrize(
    ("question", "said", "dated"),
    [
        ("What did they sign that same month?", ["It met in May 2024."], "What did they sign in May 2024?"),
        ("And in that year?", ["Why?", "It opened on 3 May 2021."], "And in 2021?"),
        ("Who spoke on the same day?", ["On 3 May 2021 it opened."], "Who spoke on 3 May 2021?"),
        ("How many came that year?", ["The Tolls Act 2019 led to this in 2021."], "How many came in 2021?"),
        ("and on eels that month?", ["did anything happen in november?"], "and on eels in november?"),
    ],
)
def test_that_month_is_the_one_that_was_spoken_of(question: str, said: list[str], dated: str) -> None:
    assert with_time(question, said) == dated


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did they sign that same month?", ["It met in May and June 2024.", "It opened in March."]),
        ("What did they sign that same month?", ["They may march on."]),
        ("What did they sign that same month?", ["The May Report says so."]),
        ("How many came that year?", ["The Tolls Act 2019 applies."]),
        ("Do tax years end on the same day each year?", ["It was on 3 May 2021."]),
        ("Must both be filed in the same month?", ["It was on 3 May 2021."]),
        ("What happened since that year?", ["It was on 3 May 2021."]),
        ("Can a boat be fined twice in the same year?", ["It was on 3 May 2021."]),
        ("Does the same day rule apply?", ["It was on 3 May 2021."]),
        ("Does it say that day centres will close?", ["It was on 3 May 2021."]),
        ("What did they sign that week?", ["It met in May 2024."]),
        ("What did they sign in May?", ["It met in June 2024."]),
    ],
)
def test_a_question_stays_as_it_is_where_the_time_is_not_plain(question: str, said: list[str]) -> None:
    assert with_time(question, said) == question
