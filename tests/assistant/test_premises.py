"""How many there are of something, where a question takes another number for granted."""

from __future__ import annotations

import pytest

from assistant.drafts.quote import quote
from assistant.evidence import Evidence, Reading
from assistant.premises import miscounted, with_count
from assistant.question import Question

TEXTS = ("The plan has four goals. The weir is the first goal.", "Two boards met. Over six months they met twice.")


@pytest.fixture
def passages(make_hit):
    return [make_hit(text, text[:8]).passage for text in TEXTS]


@pytest.mark.parametrize(
    "question",
    [
        "Which of the three goals covers the weir?",
        "What do its five main goals have in common?",
        "What is the fifth goal?",
        "Do all 7 goals mention rivers?",
    ],
)
def test_another_number_than_the_texts_is_told(passages, question: str) -> None:
    count = miscounted(Question(question), ["plan"], lambda _: passages)

    assert count is not None
    assert (count.shown, count.evidence.text) == ("four goals", "The plan has four goals.")


@pytest.mark.parametrize(
    "question",
    [
        "Which of the four goals covers the weir?",
        "What is the fourth goal?",
        "What is the third goal?",
        "Who set three goals in May?",
        "Which of the three otters swims?",
        "What happened over the three months?",
    ],
)
def test_nothing_is_told_where_the_numbers_agree_or_nothing_is_counted(passages, question: str) -> None:
    assert miscounted(Question(question), ["plan"], lambda _: passages) is None


@pytest.mark.parametrize("question", ["Why were the three goals missed?", "Which are the three goals?"])
def test_a_part_that_the_text_counts_beside_the_whole_is_no_mistake(make_hit, question: str) -> None:
    passages = [make_hit("One of the four goals was met, three are late.", "Goals").passage]

    assert miscounted(Question(question), ["plan"], lambda _: passages) is None


def test_a_text_that_counts_both_ways_says_nothing(make_hit) -> None:
    texts = (
        "The plan has four goals.",
        "All six goals are met in part.",
        "The fifth pledge is old.",
        "It has four pledges.",
    )
    passages = [make_hit(text, text[:8]).passage for text in texts]

    assert miscounted(Question("Which of the three goals is it?"), ["plan"], lambda _: passages) is None
    assert miscounted(Question("When was the fifth pledge made?"), ["plan"], lambda _: passages) is None


@pytest.mark.parametrize(
    "text",
    [
        "Section 4 goals apply.",
        "The first two goals concern weirs.",
        "Only two goals apply to tolls.",
        "At least two goals must be met.",
        "Up to 12 goals are set a year.",
        "Ten other goals joined later.",
        "There are not two goals.",
        "It amends five goals.",
    ],
)
def test_a_part_of_all_there_are_is_no_count(make_hit, text: str) -> None:
    passages = [make_hit(text, "Goals").passage]

    assert miscounted(Question("Which of the three goals is it?"), ["plan"], lambda _: passages) is None


@pytest.mark.parametrize(
    "question",
    ["What happened at the third meeting?", "What is the third sector?", "Of the two goals, which is older?"],
)
def test_an_occurrence_or_a_pair_of_the_questions_own_counts_nothing(make_hit, question: str) -> None:
    passages = [make_hit("The plan has two meetings, the two sectors and all five goals.", "Goals").passage]

    assert miscounted(Question(question), ["plan"], lambda _: passages) is None


def test_of_several_documents_nothing_is_told_and_none_is_gone_through_for_nothing() -> None:
    def passages_of(documents):
        raise AssertionError

    assert miscounted(Question("Which of the three goals is it?"), ["plan", "act"], passages_of) is None
    assert miscounted(Question("Which goals are there?"), ["plan"], passages_of) is None


def test_the_sentence_that_counts_is_added_once(passages) -> None:
    count = miscounted(Question("Which of the three goals covers the weir?"), ["plan"], lambda _: passages)
    assert count is not None
    weir = Evidence(passages[0], 25, len(TEXTS[0]), 1.0)
    answer = quote(Question("What of the weir?"), Reading((weir,), 0.9, 0.5))

    told = with_count(answer, count)

    assert [sentence.text for sentence in told] == ["The weir is the first goal.", "The plan has four goals."]
    assert [citation.number for sentence in told for citation in sentence.citations] == [1, 2]
    assert with_count(told, count) == told
