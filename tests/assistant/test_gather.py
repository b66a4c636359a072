"""Lists from the whole text: what belongs in them, and which questions they are for."""

from __future__ import annotations

import pytest

from assistant.gather import gathered
from assistant.mentions import without_aside
from assistant.question import Question
from index.keyword import tokens

TEXTS = (
    "The Ottery bridge opened in March 2024. It cost £82.50 a metre.",
    "The Ministry of Rivers met the Salmon Authority on 3 September 2024.",
    "Under the Bridges Act 2019 tolls are paid. The board is exploring a new toll.",
    "The county will plant oaks in 2031. Lord Ashby praised the Ottery bridge.",
    "In the coming year the board will repair the weir. The board may consider otters.",
    "Oaks were counted in 2024. Squirrels were not.",
)


@pytest.fixture
def shown(make_hit):
    """The sentences gathered for a question."""
    passages = [make_hit(text, f"Section {number}").passage for number, text in enumerate(TEXTS)]

    def run(question: str) -> list[str]:
        def frequency(word: str) -> int:
            return sum(word in tokens(passage.text) for passage in passages)

        return [evidence.text for evidence in gathered(Question(question), passages, frequency)]

    return run


def test_everything_of_a_year_is_found_in_every_section(shown) -> None:
    assert shown("List everything that happened in 2024.") == [
        "The Ottery bridge opened in March 2024.",
        "The Ministry of Rivers met the Salmon Authority on 3 September 2024.",
        "Oaks were counted in 2024.",
    ]


def test_what_the_list_is_to_be_made_into_says_nothing_of_what_is_in_it(shown) -> None:
    asked = "Assemble me a calendar: whatever happened in 2024, every section."
    assert shown(asked) == shown("List everything that happened in 2024.")


def test_a_year_alone_is_not_in_a_part_of_a_year(shown) -> None:
    assert shown("List all that is dated between January and June 2024.") == ["The Ottery bridge opened in March 2024."]


def test_a_list_on_a_subject_keeps_to_it(shown) -> None:
    assert shown("List everything on oaks in 2024.") == ["Oaks were counted in 2024."]


def test_plans_are_what_is_to_come_and_the_coming_year_is_one(shown) -> None:
    assert shown("What is planned for 2031? Everything please.") == [
        "The county will plant oaks in 2031.",
        "In the coming year the board will repair the weir.",
    ]


def test_everything_on_a_name(shown) -> None:
    assert shown("Everything about Lord Ashby") == ["Lord Ashby praised the Ottery bridge."]


@pytest.mark.parametrize(
    "question",
    [
        "Which bridges were sold in 2024?",  # they opened
        "Which things were not opened in 2024?",
        "Has everything been explored?",
        "Which French ministries are named?",
        "What did Lord Ashby say?",
        "Under which Act?",
    ],
)
def test_no_list_is_made_of_what_is_not_said(shown, question: str) -> None:
    assert shown(question) == []


def test_what_is_due_by_a_year_is_what_is_to_come(shown) -> None:
    assert shown("Everything that is due by 2031, please.") == [
        "The county will plant oaks in 2031.",
        "In the coming year the board will repair the weir.",
    ]


def test_a_question_that_leans_on_another_makes_no_list_of_a_kind(make_hit) -> None:
    passages = [make_hit("Under the Bridges Act 2019 tolls are paid.").passage]

    assert gathered(Question("Which laws are named?"), passages, lambda _: 1)
    assert not gathered(Question("Which laws are named?"), passages, lambda _: 1, leans=True)


def test_every_date_is_found(shown) -> None:
    assert shown("Which dates are given?") == [
        "The Ottery bridge opened in March 2024.",
        "The Ministry of Rivers met the Salmon Authority on 3 September 2024.",
        "Under the Bridges Act 2019 tolls are paid.",
        "The county will plant oaks in 2031.",
        "Oaks were counted in 2024.",
    ]
    for question in ("Which exact dates are given?", "Which calendar dates, down to the day, does the text give?"):
        assert shown(question) == ["The Ministry of Rivers met the Salmon Authority on 3 September 2024."]


def test_all_that_is_only_being_explored(shown) -> None:
    assert shown("Which things are they merely exploring?") == [
        "The board is exploring a new toll.",
        "The board may consider otters.",
    ]


def test_laws_and_bodies_are_told_by_their_names(shown) -> None:
    assert shown("Which laws are named?") == ["Under the Bridges Act 2019 tolls are paid."]
    assert shown("List all public bodies mentioned.") == [
        "The Ministry of Rivers met the Salmon Authority on 3 September 2024."
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What did the Ottery bridge cost?",
        "When was the bridge opened?",
        "Which companies built the weir in 2024?",
        "Who met the Salmon Authority?",
        "Why did Lord Ashby oppose the toll?",
    ],
)
def test_a_question_for_one_thing_is_left_to_reading(shown, question: str) -> None:
    assert shown(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "Where do otters come up?",
        "Show each place where otters are mentioned",
        "List every mention of otters.",
        "Where does the text bring up otters?",
        "Where do they mention the word 'otters'?",
        "“Consider otter” is a phrase of theirs. Where do they use it?",
        "Otters: where does the statement refer to them?",
        "What is described as an otter?",
    ],
)
def test_wherever_something_is_mentioned(shown, question: str) -> None:
    assert shown(question) == ["The board may consider otters."]


@pytest.mark.parametrize(
    "question",
    [
        "Where are oaks mentioned, and where otters?",
        "Oaks and otters: who has said something about either?",
        "Which things are said to be counted, or are otters?",
    ],
)
def test_of_several_things_mentions_of_any_are_shown(shown, question: str) -> None:
    found = shown(question)

    assert "The board may consider otters." in found
    assert "Oaks were counted in 2024." in found


@pytest.mark.parametrize(
    "question",
    [
        "Where was the 'Ottery bridge' opened?",
        "What was called off?",
        "Where do they plant oaks?",
        "Plans of the board: where does the text bring up those of the county?",
    ],
)
def test_a_question_about_what_is_named_asks_for_no_mentions(shown, question: str) -> None:
    assert shown(question) == []


def test_quoted_words_are_found_as_they_are_written(make_hit) -> None:
    texts = ("They want security in digital trade.", "Digital security is wanted.", "They want digital securities.")
    passages = [make_hit(text, f"Section {number}").passage for number, text in enumerate(texts)]

    found = gathered(Question("Where is the phrase “digital security” used?"), passages, lambda _: 1)

    assert [evidence.text for evidence in found] == [texts[1]]


@pytest.mark.parametrize("question", ["Where do otters turn up on Mondays?", "Where did otters show up?"])
def test_a_place_that_is_asked_for_is_no_mention(shown, question: str) -> None:
    assert shown(question) == []


@pytest.mark.parametrize("question", ["Where do MOR and STC both turn up?", "Where do both the MOR and STC appear?"])
def test_two_that_are_to_be_mentioned_together_are(make_hit, question: str) -> None:
    texts = ("The Ministry of Rivers (MOR) met the STC.", "The MOR counted oaks.", "The STC did not.")
    passages = [make_hit(text, text[:9]).passage for text in texts]

    found = gathered(Question(question), passages, lambda word: 1)

    assert [evidence.text for evidence in found] == list(texts[:1])


def test_the_year_of_a_name_is_no_period(shown) -> None:
    assert shown("Which bridges come under the Bridges Act 2019? A couple of names, please.") == []


def test_what_is_dated_before_a_year(shown) -> None:
    assert shown("Does it date anything to before 2024? Give me everything.") == [
        "Under the Bridges Act 2019 tolls are paid."
    ]


def test_who_did_a_thing_in_a_year_is_not_everything_of_that_year(shown) -> None:
    assert shown("Who spoke for each of the boards in September 2024?") == []


def test_mentions_are_found_by_other_words_for_the_same(make_hit) -> None:
    passages = [make_hit("Academia was asked. Farmers were not.", "Section 1").passage]

    found = gathered(Question("Where do academics come into it?"), passages, lambda _: 1)

    assert [evidence.text for evidence in found] == ["Academia was asked."]


def test_what_the_text_is_full_of_is_a_list_by_itself_and_not_with_more_asked(make_hit) -> None:
    texts = ("The NTN was opened.", "It cost £5.", "The NTN grew. So did the port.", "NTN rules will follow.")
    passages = [make_hit(text, f"Section {number}").passage for number, text in enumerate(texts)]

    def shown(question: str) -> list[str]:
        return [evidence.text for evidence in gathered(Question(question), passages, lambda word: 30)]

    assert shown("Everything on NTN please, wherever it stands") == [
        "The NTN was opened.", "The NTN grew.", "NTN rules will follow.",
    ]  # fmt: skip
    assert shown("What is said on NTN governance?") == []
    assert shown("What does the text say on NTN in 2024?") == []


def test_passages_on_one_thing_or_another_hold_the_words_of_either(shown) -> None:
    assert shown("Are there any passages on oaks or on a toll?") == [
        "Under the Bridges Act 2019 tolls are paid.",
        "The board is exploring a new toll.",
        "The county will plant oaks in 2031.",
        "Oaks were counted in 2024.",
    ]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Everything on oaks please, including where they are only counted.", "Everything on oaks"),
        ("All laws, wherever they stand?", "All laws"),
        ("Every mention of oaks, please, with what is said of them.", "Every mention of oaks"),
        ("Everything on oaks please for 2024", "Everything on oaks please for 2024"),
        ("Which laws, including bills, are named?", "Which laws, including bills, are named"),
        ("Could you please list all laws?", "Could you please list all laws"),
    ],
)
def test_only_what_says_that_all_is_wanted_and_with_what_is_an_aside(asked: str, left: str) -> None:
    assert without_aside(asked) == left


def test_what_is_only_guessed_to_be_a_list_is_left_to_be_read(shown) -> None:
    assert shown("Which laws are there?") == ["Under the Bridges Act 2019 tolls are paid."]
    assert Question("Any laws in it, please?").wants_list
    assert shown("Any laws in it, please?") == []
