"""Passages that only hold another name, with a word in common, are not read."""

from __future__ import annotations

import pytest

from assistant.namesakes import without_namesakes
from assistant.question import Question

ACCORD = "Both reaffirmed the Ottery Accord: A Friendship of Rivers in May."
PROCESS = "They joined the Ottery Trade Process Friends group in June."
TOWN = "The fair in Ottery was opened by the mayor."
WEIR = "The weir was mended."
BOARD = "The National Ottery Board met."
SAFETY = "The Ottery Safety Board (OSB) met."
DIALOGUE = "The Ottery-Tamble Dialogue is old."


@pytest.fixture
def left(make_hit):
    """The texts of the hits that are left."""

    def run(question: str, *texts: str) -> list[str]:
        hits = [make_hit(text, f"Section {number}") for number, text in enumerate(texts)]
        return [hit.passage.text for hit in without_namesakes(Question(question), hits)]

    return run


def test_what_shares_a_rare_word_of_a_name_and_is_not_it_is_left_out(left) -> None:
    assert left("Who reaffirmed the Ottery Accord?", PROCESS, ACCORD, WEIR) == [ACCORD, WEIR]
    assert left("Who joined the Ottery Trade Process?", PROCESS, ACCORD, WEIR) == [PROCESS, WEIR]
    assert left("Who led the Tamble-Ottery Dialogue?", PROCESS, DIALOGUE, WEIR) == [DIALOGUE, WEIR]  # in another order


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Who reaffirmed the Ottery Accord?", (PROCESS, TOWN, WEIR)),  # no passage holds the name
        ("Who opened the fair in Ottery?", (PROCESS, ACCORD)),  # one word is no long name
        (
            "What have the Ottery Accord and the Ottery Trade Process in common?",
            (PROCESS, ACCORD),
        ),  # both are asked for
        ("Who chairs the National Ottery Board?", (BOARD, "The Board is chaired by Ottery Mayor Holt.")),  # in short
        (
            "Whom did the Ottery Safety Board fine?",
            (SAFETY, "The OSB fined Marine Safety Limited."),
        ),  # acronym
        ("When is the Ottery-Tamble Dialogue?", (DIALOGUE, "The Tamble-Ottery Dialogue is in May.")),
        ("Who reaffirmed the Ottery Accord?", (ACCORD, TOWN)),  # a word by itself is no other name
        ("Who reaffirmed the Ottery Accord?", (ACCORD, "The Accord of Ottery is old.")),  # its words in another order
        ("Who reaffirmed the Ottery Accord?", (ACCORD, PROCESS, "The Ottery Fair is old.")),  # a common word
    ],
)
def test_else_all_are_kept(left, question: str, texts: tuple[str, ...]) -> None:
    assert left(question, *texts) == list(texts)


def test_a_heading_may_hold_the_name(make_hit) -> None:
    hits = [make_hit(ACCORD, "One"), make_hit("The Ottery Trade Talks followed it.", "The Ottery Accord")]

    assert list(without_namesakes(Question("What followed the Ottery Accord?"), hits)) == hits
