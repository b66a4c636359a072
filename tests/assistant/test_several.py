"""Which questions ask for several things: by what they are like where the vectors are known, else by their form."""

from __future__ import annotations

import pytest

from assistant.question import Question
from assistant.several import asks_for_several
from index.embed import SentenceEmbedder

MEANT = (
    "Where is training mentioned?",
    "Who pays for what?",
    "What is still only being considered?",
    "Which loans come up?",
)
FOR_ONE = (
    "When was the bridge closed?",
    "Who signed the lease of the harbour?",
    "How much does the ferry cost a year?",
    "Was the second tunnel finished on time?",
    "Why was the strike called off?",
)


def test_without_the_vectors_that_it_was_fitted_on_the_form_decides(make_embedder) -> None:
    judged = asks_for_several(make_embedder())
    for text in ("List all the numbers", "Where is training mentioned?", "When was it?"):
        assert judged(Question(text)) is Question(text).wants_list


@pytest.mark.model
def test_questions_in_forms_that_no_rule_knows_are_known_too() -> None:
    judged = asks_for_several(SentenceEmbedder())
    assert all(judged(Question(text)) for text in MEANT)
    assert sum(Question(text).wants_list for text in MEANT) == 1
    assert not any(judged(Question(text)) for text in FOR_ONE)
