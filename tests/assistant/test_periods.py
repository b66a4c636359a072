"""Dates and periods: which days they cover, and which period a question names."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.periods import Period, asked_period, dates, of_other_periods

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It opened on 22 January 2025.", date(2025, 1, 22), date(2025, 1, 22)),
        ("January 22nd, 2025 was cold.", date(2025, 1, 22), date(2025, 1, 22)),
        ("Held in February 2024, indoors.", date(2024, 2, 1), date(2024, 2, 29)),
        ("The Bridges Act 2023 applies.", date(2023, 1, 1), date(2023, 12, 31)),
        ("In the summer of 2024 it rained.", date(2024, 6, 1), date(2024, 8, 31)),
        ("In the second half of 2024 it dried.", date(2024, 7, 1), date(2024, 12, 31)),
        ("On 31 June 2024, a day there is not.", date(2024, 6, 1), date(2024, 6, 30)),
    ],
)
def test_a_date_covers_its_days(text: str, first: date, last: date) -> None:
    assert dates(text) == (Period(first, last),)


@pytest.mark.parametrize("text", ["They may march on.", "Section 2024b", "phone 12024", "in may and in june"])
def test_what_names_no_year_is_no_date(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened in 2024?", YEAR.first, YEAR.last),
        ("Which deadlines fall in 2024?", YEAR.first, YEAR.last),
        ("What happened in the fall of 2024?", date(2024, 9, 1), date(2024, 11, 30)),
        ("All that is dated between January and June 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("A timeline for summer 2024, July to October, please", date(2024, 7, 1), date(2024, 10, 31)),
        ("What was built in 2024 from March to the end of May?", date(2024, 3, 1), date(2024, 5, 31)),
        ("From March 2023 to May 2024, what was built?", date(2023, 3, 1), date(2024, 5, 31)),
        ("What was built since March 2024?", date(2024, 3, 1), date.max),
        ("What was built after March 2024?", date(2024, 4, 1), date.max),
        ("What was built before March 2024?", date.min, date(2024, 2, 29)),
        ("What must be built by 2030?", date.min, date(2030, 12, 31)),
    ],
)
def test_the_period_a_question_names(question: str, first: date, last: date) -> None:
    assert asked_period(question) == Period(first, last)


@pytest.mark.parametrize(
    "question",
    [
        "What may happen?",
        "Which is older, the act of 2019 or that of 2023?",
        "Between June 2024 and May 2024?",
        "Which tolls come under the Tolls Act 2019?",
    ],
)
def test_a_question_without_one_period_has_none(question: str) -> None:
    assert asked_period(question) is None


def test_a_year_alone_is_not_known_to_lie_in_a_part_of_it() -> None:
    (year,) = dates("in 2024")
    (half,) = dates("the first half of 2024")

    assert year.holds(half)
    assert not half.holds(year)


HELD = "The fair was held in May 2024."
OPENED = "In October 2024 the weir was opened."
AGREED = "Both agreed to the Weir Act 2019."
UNDATED = "The mill was praised."


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("Which events belong in autumn 2024, September to November?", [True, False, False, False]),
        ("What happened in May 2024?", [False, True, False, False]),
        ("What happened in 2024?", [False, False, False, False]),
        ("What happened in 2025?", [False, False, False, False]),
        ("What happened?", [False, False, False, False]),
        ("Which events does the statement of May 2024 list?", [False, False, False, False]),
        ("Which events does the May 2024 joint statement list?", [False, False, False, False]),
    ],
)
def test_what_is_dated_in_another_period_is_left_out_where_something_is_dated_in_the_one_asked_for(
    question: str, left_out: list[bool]
) -> None:
    assert of_other_periods(question, [HELD, OPENED, AGREED, UNDATED]) == left_out
