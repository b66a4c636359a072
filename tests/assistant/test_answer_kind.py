"""What shape of answer a question wants, and which texts hold it."""

from __future__ import annotations

import pytest

from assistant.answer_kind import AnswerKind, holds, kind_wanted, says_where
from assistant.question import Question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("By when will the weirs be gone?", AnswerKind.DATE),
        ("From when does the ban apply?", AnswerKind.DATE),
        ("By what date will it be decided?", AnswerKind.DATE),
        ("Date of the river fair?", AnswerKind.DATE),
        ("deadline for the weir grants? asking for a friend", AnswerKind.DATE),
        ("Which Danish operators came?", AnswerKind.NAME),
        ("Which states are meant when it speaks of neighbours?", AnswerKind.NAME),
        ("How large is the budget for the hatchery?", AnswerKind.MONEY),
        ("How much has the hatchery saved so far?", AnswerKind.MONEY),
        ("What fines can poachers face?", AnswerKind.MONEY),
        ("How many recommendations are there?", AnswerKind.NUMBER),
        ("How far apart are the weirs?", AnswerKind.NUMBER),
        ("Which British fishing firms came?", AnswerKind.NAME),
        ("Whose boats are used?", AnswerKind.NAME),
        ("What are the names of the ministers who came?", AnswerKind.PERSON),
        ("Which minister signed it?", AnswerKind.PERSON),
        ("Where was the fair held, Brindle or Ottery?", AnswerKind.PLACE),
        ("Where do they say so?", AnswerKind.OTHER),
        ("What did the ministers say about eels?", AnswerKind.OTHER),
        ("What support do firms get?", AnswerKind.OTHER),
        ("What time-bound promises were made?", AnswerKind.OTHER),
        ("What day-to-day contact is planned?", AnswerKind.OTHER),
        ("How long-term is the plan?", AnswerKind.OTHER),
        ("What time zones do the mills keep?", AnswerKind.OTHER),
        ("What are the aims?", AnswerKind.OTHER),
        ("What do they do on rivers?", AnswerKind.OTHER),
    ],
)
def test_the_kind_wanted(question: str, kind: AnswerKind) -> None:
    assert kind_wanted(question) is kind


@pytest.mark.parametrize(
    ("kind", "text", "question"),
    [
        (AnswerKind.DATE, "The weir went in March 2024.", "When did the weir go?"),
        (AnswerKind.DATE, "The ferry runs until 9 pm.", "Until when does the ferry run?"),
        (AnswerKind.DATE, "They will meet in the coming year.", "When will they meet?"),
        (AnswerKind.MONEY, "It cost £3 million.", "How much did it cost?"),
        (AnswerKind.NUMBER, "They are 89 km apart.", "How far apart are they?"),
        (AnswerKind.NUMBER, "There are four chapters.", "How many chapters are there?"),
        (AnswerKind.NAME, "The hatchery is run by Brindle Fisheries.", "Which company runs the hatchery?"),
        (AnswerKind.PERSON, "It was opened by Dame Ann Alder.", "Which minister opened it?"),
        (AnswerKind.PERSON, "Ann Alder, Minister for Rivers, opened it.", "Which minister opened it?"),
        (AnswerKind.PLACE, "The fair was held at the Brindle Mill in May 2024.", "Where was the fair held?"),
        (AnswerKind.PLACE, "Ottery", "Where was the fair held?"),
        (AnswerKind.NAME, "It joined with Norway and Chile.", "Which countries joined?"),
    ],
)
def test_a_text_that_holds_the_kind(kind: AnswerKind, text: str, question: str) -> None:
    assert holds(kind, text, question)


@pytest.mark.parametrize(
    ("kind", "text", "question"),
    [
        (AnswerKind.DATE, "The weir went early.", "When did the weir go?"),
        (AnswerKind.MONEY, "It has 40 boats.", "How large is its budget?"),
        (AnswerKind.NUMBER, "The 8th fair was held in May 2024.", "How many firms came?"),
        (AnswerKind.PERSON, "The Ministry of Rivers and the River Board attended.", "Which minister attended?"),
        (AnswerKind.PLACE, "The third fair was held with many visitors in May 2024.", "Where was the fair held?"),
        (AnswerKind.PLACE, "22 May 2024", "Where was the fair held?"),
        (AnswerKind.NAME, "A delegation of young firms went to Norway.", "Which companies were in the delegation?"),
        (AnswerKind.NAME, "Brindle Fisheries opened it.", "Who besides Brindle Fisheries opened it?"),
    ],
)
def test_a_text_without_the_kind(kind: AnswerKind, text: str, question: str) -> None:
    assert not holds(kind, text, question)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The records are kept in a locked room.", True),
        ("The sessions were virtual.", True),
        ("The fair took place in October 2024.", False),
        ("The fair was held on 3 May and on Monday.", False),
    ],
)
def test_a_place_may_have_no_name_but_a_date_is_none(text: str, says: bool) -> None:
    assert says_where(text) is says


def test_the_last_question_says_what_is_wanted() -> None:
    assert Question("When was the fair? How many came?").wants is AnswerKind.NUMBER


def test_a_yes_or_no_question_wants_no_kind() -> None:
    assert Question("Was it decided when the ban starts?").wants is AnswerKind.OTHER


@pytest.mark.parametrize(
    ("question", "answer", "too_vague"),
    [
        ("Which month did the weir go?", "The weir went in March 2024.", "The weir went in 2024."),
        ("In what month of 2024 did the weir go?", "The weir went on 3 March.", "The weir went in 2024."),
        ("On which day did the weir go?", "The weir went on 3 March.", "The weir went in March 2024."),
        ("What is the exact date?", "The weir goes on 3 March 2024.", "The weir goes in March 2024."),
        ("At what time does it close?", "It closes at 9 pm.", "It closes on 3 March 2024."),
    ],
)
def test_a_date_must_be_as_exact_as_it_is_asked_for(question: str, answer: str, too_vague: str) -> None:
    assert holds(AnswerKind.DATE, answer, question)
    assert not holds(AnswerKind.DATE, too_vague, question)
