"""Questions that ask two things: the questions they consist of, and what is shown where only one is stated."""

from __future__ import annotations

import pytest

from assistant.comparisons import asked_openly
from assistant.evidence import Evidence, Reading
from assistant.parts import parts
from assistant.question import Question
from assistant.together import together


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("When and where did the fair take place?", "When did the fair take place?", "Where did the fair take place?"),
        ("Who and how many attended the fair?", "Who attended the fair?", "How many attended the fair?"),
        ("Which of two fairs came first, cattle or fish?", "When was the cattle?", "When was the fish?"),
        ("Which came earlier, the fair or the 2nd race?", "When was the fair?", "When was the 2nd race?"),
        ("Is the weir older than the bridge?", "When was the weir?", "When was the bridge?"),
        ("What is planned on locks as against weirs?", "What is planned on locks?", "What is planned on weirs?"),
        ("Which is oldest: the weir or the bridge?", "When was the weir?", "When was the bridge?"),
        (
            "What is the difference between who signs the treaty and who ratifies the act?",
            "Who signs the treaty?",
            "Who ratifies the act?",
        ),
        (
            "Compare section 3 with section 4.2 of the act",
            "What does the text say about the section 3?",
            "What does the text say about the section 4.2 of the act?",
        ),
        ("Is the weir older or newer than the bridge?", "When was the weir?", "When was the bridge?"),
        ("Did the race take place before the fair?", "When was the race?", "When was the fair?"),
        (
            "How did the trip of the anglers differ from that of the rowers?",
            "What does the text say about the trip of the anglers?",
            "What does the text say about the trip of the rowers?",
        ),
        ("Who sits on the board and who on the panel?", "Who sits on the board?", "Who sits on the panel?"),
        ("Who sits on the board and who on the panel? Be brief.", "Who sits on the board?", "Who sits on the panel?"),
        ("Rum: what is due on carts, and what on boats?", "Rum: what is due on carts?", "Rum: what is due on boats?"),
        (
            "Which boats went on the herring trip and which on the cod one?",
            "Which boats went on the herring trip?",
            "Which boats went on the cod trip?",
        ),
        ("When was the weir built and when the bridge?", "When was the weir built?", "When was the bridge built?"),
        ("What happened first, the fair or the race?", "When was the fair?", "When was the race?"),
        ("the fair vs the boat race, which one is more recent?", "When was the fair?", "When was the boat race?"),
        (
            "Which did they do first, mend the weir or open the bridge?",
            "When did they mend the weir?",
            "When did they open the bridge?",
        ),
        ("What is longer ago, the fair or the race?", "When was the fair?", "When was the race?"),
        ("Salt and sugar: which duty is on each?", "Which duty is on Salt?", "Which duty is on sugar?"),
        (
            "The weir and the bridge, what does each of them cost?",
            "What does The weir cost?",
            "What does the bridge cost?",
        ),
        (
            "Set what Norway promised against what Sweden promised. Which goes further?",
            "What Norway promised?",
            "What Sweden promised?",
        ),
        ("Who signed the treaty, and when was the weir built?", "Who signed the treaty?", "When was the weir built?"),
        (
            "Which is further along, mending the weir or the bridge works?",
            "What does the text say about mending the weir?",
            "What does the text say about the bridge works?",
        ),
        (
            "Set the Weir Fund against the plan for a bridge: how far has each got?",
            "How far has the Weir Fund got?",
            "How far has the plan for a bridge got?",
        ),
        (
            "Set weirs against bridges: how far has each got?",
            "How far has weirs got?",
            "How far has bridges got?",
        ),
        (
            "Take the third fair and the Oak Dialogue: when did each take place?",
            "When did the third fair take place?",
            "When did the Oak Dialogue take place?",
        ),
        (
            "Work on salt and work on sugar: what was paid for the one, and what is said of the other?",
            "What was paid for Work on salt?",
            "What is said of work on sugar?",
        ),
        (
            "Compare what Norway promised with what Sweden promised.",
            "What Norway promised?",
            "What Sweden promised?",
        ),
    ],
)  # fmt: skip
def test_a_question_for_two_things_is_two_questions(question: str, one: str, other: str) -> None:
    assert [part.text for part in parts(Question(question))] == [one, other]


@pytest.mark.parametrize(
    "question",
    [
        "When did the fair take place?",
        "What was discussed and agreed?",
        "Which firms or bodies took part?",
        "Is there more than one fair?",
        "Was it signed before 2023?",
        "Was the weir built before it?",
        "What was announced before the fair?",
        "Do firms have to tell the board before selling salt?",
        "Did the ferry open before the tanker had sunk?",
        "Was the ferry launched earlier than planned?",
        "Who signed the treaty, and when did it start?",
        "What was discussed and who attended the fair?",
        "Of the fair, the race and it, which came first?",
        "Of the UK and Japan, which came first?",
        "Of the ministers and officials present, who spoke last?",
        "Of the research and development money, what was spent last year?",
        "What is paid for locks compared with last year?",
        "Set out what the board is doing against otters.",
        "Put together the actions against weeds.",
        "Put simply, what action is being taken against the poachers?",
        "What further action will be taken on weirs, locks or bridges?",
        "What are the latest rules on tolls, locks or bridges?",
        "Who decides who is eligible and what benefits the anglers receive?",
        "Which boards decided where the money goes and why the weir was closed?",
        "Who else and when?",
        "What did they say on salt and what about it?",
        "When do they meet and when in June?",
        "Who wrote the report and who the reply?",
        "What is longer ago, the fair or us coming?",
        "What does each of the four parts cover?",
        "Who are the anglers and the rowers, and what does each want?",
        "The county and city talks on oaks, what should they bring to each country?",
        "Supply and demand-side rules, what does each part of the plan say?",
        "Norway and Sweden: who hosted the first fair, and when is the second fair?",
        "Norway and Sweden: what did the one side say, and what did the other side say?",
        "Set Norway against Sweden: what happened in each year?",
        "Set Norway beside Sweden: what do they say about each other's work?",
        "Set out in detail what the board and the county did: what was paid by each part?",
    ],
)
def test_other_questions_are_asked_as_they_are(question: str) -> None:
    assert parts(Question(question)) == ()


def test_of_several_things_compared_by_time_each_is_asked_for() -> None:
    asked = parts(Question("Of the fair, the race and the 3rd Forum, which came last?"))

    assert [part.text for part in asked] == ["When was the fair?", "When was the race?", "When was the 3rd Forum?"]


@pytest.mark.parametrize(
    ("part", "openly"),
    [
        ("When was the Tolls Act 2019?", "What does the text say about the Tolls Act 2019?"),
        ("How far has the plan for a bridge got?", "What does the text say about the plan for a bridge?"),
    ],
)
def test_a_part_of_a_comparison_may_be_asked_openly(part: str, openly: str) -> None:
    assert asked_openly(Question(part)) == Question(openly)


@pytest.mark.parametrize("part", ["Who signed the treaty?", "When was the treaty signed?", "How far is it to Ottery?"])
def test_other_parts_may_not(part: str) -> None:
    assert asked_openly(Question(part)) is None


def reading(make_hit, text: str, confidence: float) -> Reading:
    passage = make_hit(text, text.split()[1].title()).passage
    return Reading((Evidence(passage, 0, len(text), 1.0),), confidence, 0.5, reader="fake-llm")


def test_what_states_each_part_is_shown_together(make_hit) -> None:
    asked = (Question("When was the weir?"), Question("When was the bridge?"))
    found = (reading(make_hit, "The weir is of 1901.", 0.9), reading(make_hit, "The bridge is of 1950.", 0.7))

    both = together(asked, found)

    assert both is not None
    assert [one.text for one in both.evidence] == ["The weir is of 1901.", "The bridge is of 1950."]
    assert (both.confidence, both.missing, both.is_whole) == (0.7, (), True)


def test_a_part_that_nothing_states_is_missing(make_hit) -> None:
    asked = (Question("When was the fair?"), Question("Where was the fair?"))
    found = (reading(make_hit, "The fair was in May.", 0.9), reading(make_hit, "The fair was in May.", 0.1))

    one = together(asked, found)

    assert one is not None
    assert one.states_answer
    assert one.missing == ("Where was the fair?",)


def test_without_a_stated_part_there_is_nothing_to_show(make_hit) -> None:
    asked = (Question("When was the fair?"), Question("Where was the fair?"))

    assert together(asked, [reading(make_hit, "The fair was in May.", 0.1)] * 2) is None
    assert together((), ()) is None
