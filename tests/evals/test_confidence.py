"""The curves on the reader's confidence, against values worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evals.confidence import Point, reliability, risk_coverage, risk_of_answering, sampled, separation
from evals.figures import figure
from evals.scorers import score_answer
from evals.sources import Sources
from evals.summary import Scored

Maker = Callable[..., Any]


@pytest.fixture
def scored(make_case: Maker, make_answer: Maker, sources: Sources) -> Callable[..., list[Scored]]:
    """Cases given as confidence, what is accepted, and what was shown: `right`, `wrong` or a refusal."""

    def make(*rows: tuple[float | None, str, str]) -> list[Scored]:
        found = []
        for number, (confidence, accepted, shown) in enumerate(rows):
            case = make_case(f"case-{number}", status=tuple(accepted.split()), vital=(("November",),))
            if shown == "refused":
                answer = make_answer(status="not_stated", text="It does not say.", confidence=confidence)
            else:
                cited = "telecoms:1.1" if shown == "right" else "data:1.1"
                answer = make_answer((None, cited), confidence=confidence)
            found.append(Scored(case, answer, score_answer(case, answer, sources)))
        return found

    return make


def test_risk_is_of_the_answers_shown_and_coverage_of_all_questions_read(scored: Maker) -> None:
    cases = scored(
        (0.9, "answered", "right"),
        (0.8, "answered", "wrong"),
        (0.7, "answered", "right"),
        (0.2, "not_stated", "refused"),
        (None, "answered", "wrong"),
    )
    assert risk_coverage(cases) == (Point(0.25, 0, 1), Point(0.5, 1, 2), Point(0.75, 1, 3))


def test_a_curve_is_sampled_at_its_quarters_and_its_end() -> None:
    points = [Point(place / 100, 0, place) for place in range(1, 91)]
    assert [one.coverage for one in sampled(points)] == [0.22, 0.45, 0.67, 0.9]
    assert sampled(points[:1]) == (points[0],)
    assert sampled(()) == ()


def test_cases_of_the_same_confidence_are_not_parted(scored: Maker) -> None:
    cases = scored((0.9, "answered", "right"), (0.9, "answered", "wrong"))
    assert risk_coverage(cases) == (Point(1.0, 1, 2),)


def test_what_should_be_refused_is_known_for_every_threshold(scored: Maker) -> None:
    cases = scored(
        (0.9, "answered", "right"),
        (0.4, "not_stated", "refused"),
        (0.3, "answered unclear", "refused"),
        (0.1, "answered", "refused"),
    )
    assert risk_of_answering(cases) == (Point(1 / 3, 0, 1), Point(2 / 3, 1, 2), Point(1.0, 1, 3))


def test_reliability_is_the_share_answerable_in_bins_of_the_same_number(scored: Maker) -> None:
    low = [(0.2, "answered" if number == 0 else "not_stated", "refused") for number in range(10)]
    high = [(0.9 if number else 0.8, "answered" if number > 1 else "off_topic", "right") for number in range(10)]
    first, second = reliability(scored(*high, (0.5, "answered not_stated", "right"), *low))
    assert (first.confidence, first.answerable.value, first.answerable.count) == (pytest.approx(0.2), 0.1, 10)
    assert (second.confidence, second.answerable.value, second.answerable.count) == (pytest.approx(0.89), 0.8, 10)
    assert reliability([]) == ()


def test_separation_is_the_area_under_the_roc_curve(scored: Maker) -> None:
    cases = scored(
        (0.9, "answered", "right"),
        (0.6, "not_stated", "wrong"),
        (0.5, "answered", "right"),
        (0.1, "off_topic", "wrong"),
    )
    found = separation(cases)
    assert (found.value, found.count) == (0.75, 4)
    assert found.low is not None and found.high is not None and found.low < 0.75 < found.high
    assert separation(cases[:1]).value is None


def test_the_share_bad_at_a_point_has_its_interval() -> None:
    assert (Point(0.5, 2, 10).risk, Point(0.5, 2, 10).figure) == (0.2, figure([1.0] * 2 + [0.0] * 8))
