"""When a plain yes stands in front of a quote, and when it must not."""

from __future__ import annotations

import pytest

from assistant.drafts.verdict import with_verdict
from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.types import Citation, Sentence

CERTAIN = 4.0


@pytest.fixture
def quoted(make_hit):
    def make(text: str) -> tuple[Sentence, ...]:
        return (Sentence(text, (Citation(1, make_hit(text).passage, 0, len(text)),)),)

    return make


def test_a_text_that_plainly_affirms_gets_a_yes_with_the_first_citation(quoted) -> None:
    answer = quoted("The River Board met in June 2024.")

    first, *rest = with_verdict(Question("Did the River Board meet in June 2024?"), CERTAIN, answer, "Yes.")

    assert (first.text, first.citations) == ("Yes.", answer[0].citations)
    assert tuple(rest) == answer


@pytest.mark.parametrize(
    ("question", "odds", "text"),
    [
        ("When did the River Board meet?", CERTAIN, "The River Board met in June 2024."),
        ("Did the River Board meet in June 2024?", 3.0, "The River Board met in June 2024."),
        ("Did the River Board meet in July 2024?", CERTAIN, "The River Board met in June 2024."),
        ("Are there five weirs?", CERTAIN, "There are four weirs."),
        ("Will they build a weir?", CERTAIN, "They are exploring whether to build a weir."),
    ],
)
def test_no_yes_where_the_question_is_none_or_anything_speaks_against_it(quoted, question, odds, text) -> None:
    answer = quoted(text)

    assert with_verdict(Question(question), odds, answer, "Yes.") == answer


def test_what_was_quoted_for_the_question_before_steps_back_behind_what_is_as_good(make_hit) -> None:
    hit = make_hit("The board met in June. It chose three rivers.")
    old, new = Evidence(hit.passage, 0, 22, 1.0), Evidence(hit.passage, 23, 46, 0.9)

    reading = Reading((old, new), 0.9, 0.5).rather_than([Citation(1, hit.passage, 0, 22)])

    assert [(found.start, found.score) for found in reading.evidence] == [(23, 0.9), (0, 0.8)]
