"""Summaries: which part of a text is meant, and which of its sentences stand for it."""

from __future__ import annotations

import pytest

from assistant.drafts.summary import subject, summarised
from assistant.question import Question

SALMON = "The River Board will restore salmon by 2031. Anglers may keep 2 fish a day.\n\nLord Ashby paid for the weir."
BRIDGE = "The county opened the Ottery bridge in 2019. It cost £82.50 a metre."
OAKS = "Foresters planted 4,000 oaks near Brindle."


@pytest.fixture
def summary(make_hit, make_embedder):
    """The headings and sentences of a summary, where the search finds the last passage first."""
    hits = (
        make_hit(SALMON, "Part One: Rivers", "Salmon", score=0.3),
        make_hit(BRIDGE, "Part One: Rivers", "Bridges", score=0.4),
        make_hit(OAKS, "Part Two: Forests", "Oaks", score=0.5),
    )
    passages = [hit.passage for hit in hits]

    def run(question: str) -> list[tuple[str, str]]:
        found = summarised(Question(question), hits[::-1], passages, make_embedder().encode)
        return [(evidence.passage.section.heading, evidence.text) for evidence in found]

    return run


def test_a_section_is_found_by_its_heading(summary) -> None:
    assert {heading for heading, _ in summary("Summarise the section on salmon")} == {"Salmon"}


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("Summarise the introduction", "Salmon"),
        ("What are the highlights of the opening page?", "Salmon"),
        ("Sum up the last section", "Oaks"),
        ("Summarise the first section on bridges", "Bridges"),
    ],
)
def test_a_section_is_found_by_its_place(summary, asked: str, heading: str) -> None:
    assert {found for found, _ in summary(asked)} == {heading}


@pytest.mark.parametrize(
    "asked",
    [
        "Two lines on the salmon section?",
        "I need a short paragraph on salmon",
        "a few sentences about salmon",
        "A précis on salmon please",
        "Draft a line to take on salmon",
        "salmon in three bullet points",
        "salmon section, shortened please",
        "What does the salmon section amount to?",
        "Give me the salmon section in short, I have a train to catch.",
        "digest of the salmon section please",
        "What should a newcomer carry away from the salmon section?",
    ],
)
def test_a_length_asks_for_a_shortened_account(summary, asked: str) -> None:
    assert Question(asked).wants_summary
    assert {heading for heading, _ in summary(asked)} == {"Salmon"}


@pytest.mark.parametrize(
    "asked",
    [
        "Are short sentences for poaching abolished?",
        "When will the two lines for salmon open?",
        "Which of the three points on salmon is a commitment?",
        "What do the two paragraphs on salmon require?",
        "Who wrote the blurb?",
        "What can anglers take away from the river?",
        "How did the two counties come to a treaty on salmon?",
        "What does the total toll amount to?",
        "How will waiting times at the lock be shortened?",
        "When was the Chair's Summary published?",
        "Did the talks on salmon end in five minutes?",
        "Who is in short supply?",
        "Who highlights salmon?",
        "Who must provide a summary on salmon?",
        "What is the fine on summary conviction?",
        "Are takeaways of salmon taxed?",
        "Which boats may stay only briefly?",
    ],
)
def test_a_question_with_a_length_in_it_is_no_summary(asked: str) -> None:
    assert not Question(asked).wants_summary


def test_every_paragraph_of_a_section_has_its_word(summary) -> None:
    texts = [text for _, text in summary("Give me an overview of salmon")]

    assert "Lord Ashby paid for the weir." in texts
    assert "The River Board will restore salmon by 2031." in texts


def test_a_part_of_few_sections_gets_several_sentences_from_each(summary) -> None:
    headings = [heading for heading, _ in summary("Summarise Part One")]

    assert headings == ["Salmon", "Salmon", "Salmon", "Bridges", "Bridges"]


@pytest.mark.parametrize(
    "question",
    [
        "Part Two in a few sentences please",
        "I have one minute: what is in Part Two?",
        "Part Two in one line",
        "A line to take on Part Two; one or two sentences.",
    ],
)
def test_how_long_it_may_be_names_no_part(summary, question: str) -> None:
    assert {heading for heading, _ in summary(question)} == {"Oaks"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Give me the gist of the entire statement", set()),
        ("Sum up the text in three sentences", set()),
        ("Summarise what is said on salmon", {"salmon"}),
    ],
)
def test_the_words_that_ask_for_a_summary_are_not_its_subject(question: str, words: set[str]) -> None:
    assert subject(Question(question)) == words


def test_the_whole_text_gets_a_sentence_from_each_section(summary) -> None:
    assert [heading for heading, _ in summary("Summarise the document")] == ["Salmon", "Bridges", "Oaks"]


def test_nothing_found_is_no_summary(make_embedder) -> None:
    assert summarised(Question("Summarise the document"), (), (), make_embedder().encode) == ()
