"""A figure knows whether its bar holds, be it the most or the least it may be, and the table shows which."""

from __future__ import annotations

import pytest

from benchmarks.figures import Figure, table


@pytest.mark.parametrize(
    ("value", "at_least", "verdict"),
    [
        (7.9, True, "does not hold"),
        (8.0, True, "holds"),
        (8.1, True, "holds"),
        (7.9, False, "holds"),
        (8.0, False, "holds"),
        (8.1, False, "does not hold"),
    ],
)
def test_a_bar_is_the_most_or_the_least_a_figure_may_be(value: float, at_least: bool, verdict: str) -> None:
    figure = Figure("faster", value, "×", 8.0, 3, "", at_least=at_least)

    assert figure.verdict == verdict
    assert figure.row()["at_least"] is at_least


def test_without_a_bar_there_is_no_verdict() -> None:
    assert Figure("faster", 2.0, "×", None, 3, "", at_least=True).verdict == ""


def test_the_table_tells_a_least_bar_from_a_most_bar() -> None:
    shown = table([Figure("faster", 9.0, "×", 8.0, 3, "", at_least=True), Figure("slower", 1.2, "×", 1.5, 3, "")])

    assert "≥ 8 ×" in shown
    assert "≥ 1.5" not in shown
