"""Fitting which questions ask for several things."""

from __future__ import annotations

import pytest

from assistant.question import Question
from assistant.several import SeveralWeights, asks_for_several, form
from evals.several import Asked, fit, questions_of, training_questions

THINGS = ("bridges", "mills", "ponds", "roads", "farms", "gates")


@pytest.fixture
def asked() -> list[Asked]:
    """Of six documents a question each for several things, which asks who keeps them, and three for one."""
    return [
        Asked(Question(text), text.startswith("Who"), f"of {thing}")
        for thing in THINGS
        for text in (
            f"Who keeps {thing}?",
            f"How old are the {thing}?",
            f"Is any of the {thing} closed?",
            f"When were the {thing} built?",
        )
    ]


def test_what_is_fitted_tells_other_documents_questions_apart(asked, make_embedder, monkeypatch) -> None:
    weights, told = fit(asked, make_embedder())
    assert (told.auc, told.found, told.count) == (1.0, 1.0, len(asked))
    assert told.wrong <= 0.1
    assert told.found_by_form < 1.0
    monkeypatch.setattr("assistant.several._weights", lambda: weights)
    judged = asks_for_several(make_embedder())
    assert judged(Question("Who keeps tunnels?"))
    assert not judged(Question("When were the tunnels built?"))


def test_what_ships_was_fitted_on_all_training_questions_and_knows_every_form() -> None:
    from assistant.several import _weights

    weights: SeveralWeights = _weights()
    assert weights.fitted_on.endswith(f", {len(training_questions())}")
    assert set(weights.form) == set(form(Question("Which mills?")))


def test_only_questions_that_stand_alone_are_measured_on() -> None:
    asked = questions_of("callow")
    assert {one.several for one in asked} == {True, False}
    assert not any("?" not in one.question.text and len(one.question.text) < 3 for one in asked)
