"""A follow-up that only names another thing asks the same of that thing."""

from __future__ import annotations

import pytest

from assistant.parallel import in_place_of, two_sides

SIDES = ("Norway", "Japan")


@pytest.mark.parametrize(
    ("earlier", "last", "asked"),
    [
        ("Who represented the UK at the fair?", "And Japan?", "Who represented Japan at the fair?"),
        ("Who represented Japan at the fair?", "What about the UK?", "Who represented the UK at the fair?"),
        ("Which Norwegian boats came?", "And on the Japanese side?", "Which Japanese boats came?"),
        ("Which Norwegian boats came?", "And from Japan?", "Which Japanese boats came?"),
        ("Which law covers whaling in Norway?", "And Japan's?", "Which law covers whaling in Japan?"),
        ("How much does Orla pay into the Reed Fund?", "And Hithe?", "How much does Hithe pay into the Reed Fund?"),
        ("When did the Reed Board meet?", "And the Salt Trade Council?", "When did the Salt Trade Council meet?"),
        ("What did RBA publish?", "OK, and STC?", "What did STC publish?"),
        ("Who represented the UK at the fair?", "OK thanks, and for Japan?", "Who represented Japan at the fair?"),
        ("What was opened in 2023?", "How about 2024?", "What was opened in 2024?"),
        ("What was opened in March 2024?", "and in May?", "What was opened in May 2024?"),
        ("Who chaired the 7th Reed Forum?", "Sorry, I meant the 8th.", "Who chaired the 8th Reed Forum?"),
        ("Who chaired the first meeting?", "And the second?", "Who chaired the second meeting?"),
        ("What did the UK report at the fair?", "What about STC?", "What did STC report at the fair?"),
        ("What did STC report at the fair?", "And the UK?", "What did the UK report at the fair?"),
    ],
)
def test_the_new_thing_takes_the_place_of_the_one_of_its_kind(earlier: str, last: str, asked: str) -> None:
    assert in_place_of(earlier, last) == asked


@pytest.mark.parametrize(
    "last", ["And the other side?", "What about the other country?", "and theirs?", "and what's theirs called?"]
)
def test_the_other_side_is_the_one_of_two_that_was_not_named(last: str) -> None:
    assert in_place_of("What did Norway promise?", last, SIDES) == "What did Japan promise?"


@pytest.mark.parametrize(
    ("earlier", "last"),
    [
        ("What did Norway and Japan promise?", "And the other side?"),
        ("What did both promise?", "And the other side?"),
        ("What did Norway and Sweden promise?", "And Japan?"),
        ("Who represented Norway?", "And Norway?"),
        ("Who represented Norway?", "When?"),
        ("Who represented Norway?", "And who led it?"),
        ("Who represented Norway?", "And the Reed Board?"),
        ("Who represented Norway?", "Does Japan have a law on whaling?"),
        ("When did the Reed Board meet the Salt Council?", "And the Trade Fair?"),
        ("What did Norway commit to?", "And AI?"),
        ("What did Norway commit to?", "Sources?"),
        ("What did Norway commit to?", "Explain."),
        ("What did Norway commit to?", "STC?"),
        ("How many boats were fined under the Tolls Act 2019?", "And in 2024?"),
        ("What is STC doing on salt?", "And AI?"),
    ],
)
def test_nothing_is_replaced_where_it_is_not_plain_what(earlier: str, last: str) -> None:
    assert not in_place_of(earlier, last, SIDES)


def test_the_other_side_means_nothing_without_two_sides() -> None:
    assert not in_place_of("What did Norway promise?", "And the other side?")


@pytest.mark.parametrize(
    ("titles", "sides"),
    [
        (["Norway-Japan Statement on Whales"], ("Norway", "Japan")),
        (["Norway, Sweden and Japan: a statement"], ()),
        (["A plan for whales"], ()),
        (["Norway-Japan Statement", "Plan for whales"], ()),
    ],
)
def test_two_sides_are_the_countries_of_a_single_title(titles: list[str], sides: tuple[str, ...]) -> None:
    assert two_sides(titles) == sides
