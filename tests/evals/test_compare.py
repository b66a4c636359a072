"""A real difference is found, noise is called noise, and every flipped case is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evals.changes import CaseChange, both
from evals.compare import Comparison, compare_scores
from evals.compared import as_markdown
from evals.figures import Difference, difference, figure
from evals.scorers import MEASURES, score_answer
from evals.sources import Sources
from evals.summary import Scored
from evals.types import EvalError

Maker = Callable[..., Any]
RIGHT = next(measure for measure in MEASURES if measure.name == "right")
SECONDS = next(measure for measure in MEASURES if measure.name == "seconds")


@pytest.fixture
def compared(make_case: Maker, make_answer: Maker, sources: Sources) -> Callable[[list[bool], list[bool]], Comparison]:
    def scored(rights: list[bool], seconds: float) -> list[Scored]:
        found = []
        for number, is_right in enumerate(rights):
            case = make_case(f"case-{number}", vital=(("November",),), turns=("Hello?", f"Question {number}?"))
            cited = "telecoms:1.1" if is_right else "data:1.1"
            answer = make_answer((None, cited), name=case.id, seconds={"total": seconds + number / 100})
            found.append(Scored(case, answer, score_answer(case, answer, sources)))
        return found

    return lambda old, new: compare_scores("A", scored(old, 1.0), "B", scored(new, 2.0))


def test_a_real_difference_is_found(compared: Maker) -> None:
    comparison = compared([False] * 20 + [True] * 20, [True] * 40)
    assert comparison.verdict(RIGHT) == "better"
    assert compared([True] * 40, [False] * 20 + [True] * 20).verdict(RIGHT) == "worse"
    assert comparison.verdict(SECONDS) == "worse"


def test_noise_is_called_noise(compared: Maker) -> None:
    comparison = compared([True, False] * 20, [True, False] * 18 + [False, True] * 2)
    assert comparison.verdict(RIGHT) == "same"
    assert compared([True, False] * 20, [True, False] * 18 + [True, True] * 2).verdict(RIGHT) == "noise"


def test_every_flipped_case_is_listed_with_its_question_and_why(compared: Maker) -> None:
    comparison = compared([True, True, False, True], [True, False, True, True])
    assert [(flip.case.id, flip.won) for flip in comparison.flips] == [("case-1", False), ("case-2", True)]
    page = as_markdown(comparison)
    assert "## Right in A, wrong in B: 1\n\n- `case-1` (fact) Hello? → Question 1? — lacks November" in page
    assert "## Wrong in A, right in B: 1\n\n- `case-2` (fact) Hello? → Question 2? — lacks November" in page


def test_a_flip_shows_both_answers_and_where_they_stand(compared: Maker) -> None:
    page = as_markdown(compared([True], [False]))
    assert (
        "\n  - A: answered: The Telecoms Policy Dialogue took place on 19 November 2024. [1] (cites [1] Telecoms"
        in page
    )
    assert "\n  - B: answered: DSIT and PPC are exploring" in page and "(cites [1] Data, paragraph 1)" in page


def test_two_long_answers_are_shown_from_where_they_differ(make_case: Maker, make_answer: Maker) -> None:
    start = "word " * 60
    one, two = (
        Scored(make_case(), make_answer((None, "telecoms:1.1"), text=f"{start}{end}"), {}) for end in ("this", "that")
    )
    assert [said[:19] for said in both(CaseChange(one, two))] == ["answered: … this (c", "answered: … that (c"]


def test_a_promise_newly_broken_and_citations_that_fell_are_listed_though_nothing_flipped(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    def scored(answers: dict[str, Any]) -> list[Scored]:
        cases = {name: make_case(name) for name in answers}
        return [Scored(cases[name], one, score_answer(cases[name], one, sources)) for name, one in answers.items()]

    good = make_answer((None, "telecoms:1.1"))
    beside = make_answer((None, "telecoms:1.1"), (None, "data:1.1"))
    false = replace(good, citations=(replace(good.citations[0], quote="Words nobody wrote."),))
    page = as_markdown(
        compare_scores(
            "A", scored({"lies": good, "fell": good, "rose": beside}),
            "B", scored({"lies": false, "fell": beside, "rose": good}),
        )
    )  # fmt: skip
    assert "## Right in A, wrong in B: 0\n" in page
    assert "## Promises that B breaks and A does not: 1\n\n- `lies` (fact) When was the dialogue? — Quotes" in page
    assert "the quote does not stand at" in page
    fell, rose = page[page.index("citations fell") :], page[page.index("citations rose") :]
    assert fell.startswith("citations fell, right or wrong as before: 1\n\n- `fell` (fact)")
    assert "— Citation precision 1.00 to 0.50: [2] beside the gold sentences\n  - A: answered: The Telecoms" in fell
    assert rose.startswith("citations rose, right or wrong as before: 1\n\n- `rose` (fact)")


def test_a_refusal_in_place_of_an_answer_is_listed_though_both_are_accepted(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    case = make_case(status=("answered", "unclear"))
    one, two = make_answer((None, "telecoms:1.1")), make_answer(status="unclear", text="Which one?")
    old, new = ([Scored(case, answer, score_answer(case, answer, sources))] for answer in (one, two))
    page = as_markdown(compare_scores("A", old, "B", new))
    assert "refused in the other, right or wrong as before: 1\n\n- `case` (fact)" in page
    assert "  - B: unclear: Which one?" in page


def test_only_cases_of_both_runs_are_paired(compared: Maker) -> None:
    comparison = compared([True] * 3, [True] * 5)
    assert (comparison.pairs, comparison.only_before, comparison.only_after) == (3, 0, 2)
    with pytest.raises(EvalError, match="no case in common"):
        compared([], [True])


def test_mcnemars_exact_test_gives_the_textbook_value() -> None:
    found = difference([0.0] * 9 + [1.0], [1.0] * 9 + [0.0])
    assert found.p == pytest.approx(2 * 11 / 1024)
    assert not found.is_noise
    assert (found.low, found.high) == (pytest.approx(0.2449, abs=1e-4), pytest.approx(1.0))


def test_an_interval_of_a_difference_of_shares_agrees_with_the_test_and_has_width_where_nothing_changed() -> None:
    def lost(changes: int) -> Difference:
        return difference([1.0] * 60, [0.0] * changes + [1.0] * (60 - changes))

    assert lost(6).high < 0 and not lost(6).is_noise
    assert lost(5).high > 0 and lost(5).is_noise
    assert (lost(0).low, lost(0).high) == (pytest.approx(-0.0447, abs=1e-4), pytest.approx(0.0447, abs=1e-4))


def test_shares_in_between_are_resampled() -> None:
    better = difference([0.2, 0.4, 0.5, 0.3, 0.1] * 8, [0.4, 0.6, 0.8, 0.5, 0.2] * 8)
    assert better.low is not None and better.low > 0 and not better.is_noise
    assert difference([0.2, 0.8] * 10, [0.8, 0.2] * 10).is_noise


def test_six_changes_of_one_sign_are_more_than_noise_and_five_are_not() -> None:
    def lost(changes: int) -> Difference:
        return difference([0.5] * 20, [0.1] * changes + [0.5] * (20 - changes))

    assert lost(6).p == pytest.approx(2 / 2**6) and not lost(6).is_noise
    assert lost(5).p == pytest.approx(2 / 2**5) and lost(5).is_noise
    assert (lost(1).p, lost(0).p) == (1.0, 1.0)


def test_the_order_of_the_cases_changes_no_figure() -> None:
    values = [number / 40 for number in range(40)]
    assert figure(values) == figure(values[::-1])


def test_wilsons_interval_gives_the_textbook_value() -> None:
    found = figure([1.0] * 8 + [0.0] * 2)
    assert (found.value, found.count) == (0.8, 10)
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_no_case_gives_no_figure() -> None:
    assert (figure([]).value, figure([]).count) == (None, 0)
    assert figure([0.4]).low is None
