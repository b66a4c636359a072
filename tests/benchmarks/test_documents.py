"""The questions asked across documents: right is what cites the right documents for the right words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import benchmarks.documents
from assistant.types import Answer, Citation, Sentence, Status
from benchmarks.documents import Asked, read_questions

RIVERS = "Salmon return to the Tamble by 2031."
FORESTS = "Oaks were planted near Brindle."


@pytest.fixture
def answer(make_hit):
    """An answer that quotes these words, each from the document of that name; a refusal without any."""

    def make(**quoted: str) -> Answer:
        if not quoted:
            return Answer("?", "?", Status.NOT_STATED, message="The text does not say.")
        cited = [
            Citation(number, make_hit(words, document=document).passage, 0, len(words))
            for number, (document, words) in enumerate(quoted.items(), start=1)
        ]
        return Answer("?", "?", Status.ANSWERED, tuple(Sentence(one.quote, (one,)) for one in cited))

    return make


def asked(kind: str, **documents: str) -> Asked:
    return Asked(1, "worked", kind, "?", documents)


def test_the_right_words_of_the_right_document_are_right(answer) -> None:
    question, right = asked("named", rivers="(?i)SALMON"), answer(rivers=RIVERS)

    assert (question.cites_rightly(right), question.answered_by(right)) == (True, True)


@pytest.mark.parametrize(
    ("quoted", "cites", "answers"),
    [
        ({"rivers": FORESTS}, True, False),
        ({"forests": RIVERS}, False, False),
        ({"rivers": RIVERS, "forests": FORESTS}, False, True),
        ({}, False, False),
    ],
)
def test_other_words_or_another_document_are_not(answer, quoted, cites: bool, answers: bool) -> None:
    question, given = asked("named", rivers="Salmon"), answer(**quoted)

    assert (question.cites_rightly(given), question.answered_by(given)) == (cites, answers)


def test_a_comparison_needs_both_documents(answer) -> None:
    question = asked("comparison", rivers="Salmon", forests="Oaks")

    assert question.answered_by(answer(rivers=RIVERS, forests=FORESTS))
    assert not question.answered_by(answer(rivers=RIVERS))


def test_where_no_document_is_named_another_may_be_cited_too(answer) -> None:
    assert asked("unnamed", rivers="Salmon").cites_rightly(answer(rivers=RIVERS, forests=FORESTS))


def test_of_what_is_said_elsewhere_there_is_no_answer(answer) -> None:
    question = asked("elsewhere", rivers="")

    assert (question.cites_rightly(answer()), question.answered_by(answer())) == (True, True)
    assert not question.answered_by(answer(rivers=RIVERS))
    assert not question.cites_rightly(answer(forests=FORESTS))


def test_there_are_39_questions_worked_on_and_17_that_were_held() -> None:
    questions = read_questions(Path(benchmarks.documents.__file__).parent / "documents_questions.jsonl")

    assert [sum(one.part == part for one in questions) for part in ("worked", "held")] == [39, 17]
    assert len({one.question for one in questions}) == len({one.id for one in questions}) == 56
    assert all(one.documents and one.kind in benchmarks.documents._KINDS for one in questions)
    assert all(re.compile(pattern) for one in questions for pattern in one.documents.values())
