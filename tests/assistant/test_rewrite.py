"""A follow-up takes its subject from the user's own earlier question; the search is given all that was said."""

from __future__ import annotations

import pytest

from assistant.question import Question
from assistant.rewrite import is_follow_up, leans_on_nothing, standalone, with_countries
from assistant.types import Answer, Citation, Sentence, Status, Turn

KNOWN = {"salmon", "bridg", "oak", "tambl", "board", "squirrel", "river", "open", "plant", "april", "count"}


def frequency(word: str) -> int:
    return int(word in KNOWN)


def turn(question: str, status: Status = Status.NOT_STATED, standing: str = "") -> Turn:
    return Turn(question, Answer(question, standing or question, status, message="The text does not say."))


@pytest.fixture
def answered(make_hit) -> Turn:
    passage = make_hit("Ironmasters built it. It spans the river.").passage
    sentences = [
        Sentence("Ironmasters built it.", (Citation(1, passage, 0, 21),)),
        Sentence("It spans the river.", (Citation(2, passage, 22, 41),)),
    ]
    question = "Who built the bridge?"
    return Turn(question, Answer(question, question, Status.ANSWERED, tuple(sentences)))


@pytest.mark.parametrize(
    "text",
    [
        "And when was it opened?",
        "Who else?",
        "Which other boards came to the parley?",
        "Why?",
        "What about squirrels?",
        "When?",
        "Who counts them?",
        "In which year?",
        "Tell me more",
        "Where was this?",
        "Which one is the oldest?",
        "Which one of the two?",
        "Of the four boards, which one led it?",
        "What is said about that?",
        "What does the text say on it?",
        "What is said on the topic?",
        "What do they say about that?",
        "What does it say on the topic?",
        "What did they say about squirrels there?",
        "What does the other side say on lighthouses?",
        "Who was there for the squirrel board?",
        "What is the squirrel board's plan, or the equivalent, called?",
        "Who is the river board's man? And the counterpart?",
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
        "When did the squirrel parley happen?",
        "Is there a squirrel count in April?",
        "Of the four boards, which one is on oaks?",
        "Which one of the boards planted oaks?",
        "Who planted oaks and opened the bridge for salmon that the board counted?",
        "What is said on lighthouses?",
        "What does the text say about sea fog?",
        "Is there anything said on kites?",
        "What do they say about sea fog?",
        "Does it say anything on lighthouses?",
        "What did ministers say on kites?",
        "Which other shires stand beside the pair in the eel alliance?",
        "Why was the bridge paid for by the squirrel board?",
        "Since when do oaks and squirrels have a board?",
        "What happened to oaks that were struck in April?",
        "What does this statement say of squirrels in April?",
        "Who is there to count squirrels on the river?",
        "Who is the counterpart of the squirrel board on the river?",
        "About kites: who flew them?",
    ],
)
def test_a_question_with_a_subject_of_its_own_is_none(text: str) -> None:
    assert not is_follow_up(Question(text), frequency)


@pytest.mark.parametrize(
    "text",
    ["Who took part?", "Where did that happen?", "Who came?", "Under which Act?", "What was the total cost?", "Why?"],
)
def test_what_only_asks_about_a_happening_names_no_subject_though_the_text_is_full_of_its_words(text: str) -> None:
    assert is_follow_up(Question(text), lambda word: 1)


@pytest.mark.parametrize("text", ["OK thanks, and the bridge?", "No, I meant the bridge", "Yes, and the oaks?"])
def test_what_is_said_before_it_makes_no_follow_up_stand_alone(text: str) -> None:
    assert is_follow_up(Question(text), frequency)


@pytest.mark.parametrize("text", ["Why?", "And why?", "Since when?", "Where exactly?", "Who else?"])
def test_what_names_nothing_at_all_is_asked_back_where_nothing_was_said_before(text: str) -> None:
    assert leans_on_nothing(Question(text), ())
    assert not leans_on_nothing(Question(text), ("Who built the bridge?",))


def test_a_question_on_something_leans_on_nothing() -> None:
    on_something = ("Why was it built of oak?", "Who came?", "2024?", "Summarise the text", "Give me an overview.")
    assert not any(leans_on_nothing(Question(text), ()) for text in on_something)


def test_a_follow_up_names_its_subject() -> None:
    standing = standalone(Question("And when was it opened?"), [turn("Who built the bridge?")], frequency)

    assert standing.question.text == "Who built the bridge? And when was it opened?"


def test_the_search_is_given_what_both_sides_said_oldest_first(answered: Turn) -> None:
    standing = standalone(
        Question("And when?"), [answered, turn("Why?", standing="Who built the bridge? Why?")], frequency
    )

    assert standing.context == ("Who built the bridge?", "Ironmasters built it.", "It spans the river.", "Why?")


def test_the_search_is_given_the_conversation_of_a_question_that_stands_alone_too(answered: Turn) -> None:
    standing = standalone(Question("Which squirrels did the board count in April?"), [answered], frequency)

    assert standing.question.text == "Which squirrels did the board count in April?"
    assert standing.context == ("Who built the bridge?", "Ironmasters built it.", "It spans the river.")


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


def test_what_the_assistant_said_is_never_part_of_the_question(answered: Turn) -> None:
    assert standalone(Question("Why?"), [answered], frequency).question.text == "Who built the bridge? Why?"


def test_of_a_question_in_another_language_the_search_is_given_the_translation() -> None:
    history = [turn("橋は誰が建てましたか", standing="Who built the bridge?")]

    assert standalone(Question("And when was it opened?"), history, frequency).context == ("Who built the bridge?",)


def test_the_words_of_a_refusal_guide_nothing() -> None:
    standing = standalone(Question("Why?"), [turn("Who built the bridge?")], frequency)

    assert "does not say" not in "".join((standing.question.text, *standing.context))


@pytest.mark.parametrize(
    ("held", "asked", "becomes"),
    [
        ({"japan"}, "Who came from Tokyo?", "Who came from Japan?"),
        ({"uk"}, "What did Whitehall's envoys say?", "What did UK's envoys say?"),
        ({"japan", "tokyo"}, "Who came from Tokyo?", "Who came from Tokyo?"),
        ({"oak"}, "Who came from Tokyo?", "Who came from Tokyo?"),
        ({"japan"}, "Was the fair in Tokyo?", "Was the fair in Tokyo?"),
        ({"japan"}, "Does the Tokyo Stock Exchange come?", "Does the Tokyo Stock Exchange come?"),
        ({"japan"}, "Does River College Tokyo come?", "Does River College Tokyo come?"),
        ({"japan"}, "Did Tokyo agree?", "Did Japan agree?"),
        ({"japan"}, "How far is it between Kyoto and Tokyo?", "How far is it between Kyoto and Tokyo?"),
    ],
)
def test_a_capital_is_its_country_where_only_that_is_known(held: set[str], asked: str, becomes: str) -> None:
    assert with_countries(asked, lambda word: int(word in held)) == becomes
