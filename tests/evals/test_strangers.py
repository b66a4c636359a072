"""Strangers: questions on other texts, each to be refused."""

from __future__ import annotations

import pytest

from evals.cases import load_cases, set_path
from evals.sources import read_sources
from evals.strangers import strangers

NAMES = ("statement", "statement-2", "callow")


@pytest.fixture(scope="module")
def sets():
    sources = read_sources()
    return [load_cases(set_path(name), sources) for name in NAMES]


def test_each_text_gets_questions_of_the_others_once(sets) -> None:
    statement, again, callow = sets

    asked = strangers(statement, [], sets)

    assert asked
    assert not strangers(again, [statement], sets)
    own = {case.id for case in callow.cases}
    assert {case.id.removeprefix("stranger-") for case in asked} <= own


def test_a_stranger_must_be_refused_and_is_always_the_same(sets) -> None:
    asked = strangers(sets[0], [], sets)

    assert all(case.must_refuse and case.split == "tune" and len(case.turns) == 1 for case in asked)
    assert asked == strangers(sets[0], [], sets)
