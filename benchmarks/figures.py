"""A figure beside its bar, and the table of them. Knows nothing of how they are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured.

    Attributes:
        what: what was measured, against what.
        value: the figure, in `unit`.
        unit: `×` for a ratio, a unit of time or memory, or what a count is out of.
        bar: the most it may be, or the least where `at_least` is set; None where it is only reported.
        n: how many measurements each side of it rests on.
        behind: the two sides of a ratio, for a reader.
        at_least: whether more is better.
    """

    what: str
    value: float
    unit: str
    bar: float | None
    n: int
    behind: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the bar holds; empty where there is none."""
        if self.bar is None:
            return ""
        holds = self.value >= self.bar if self.at_least else self.value <= self.bar
        return "holds" if holds else "does not hold"

    def row(self) -> dict[str, Any]:
        """It as JSON."""
        return {
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "bar": self.bar,
            "at_least": self.at_least,
            "n": self.n,
            "verdict": self.verdict,
            "behind": self.behind,
        }


def table(figures: Sequence[Figure]) -> str:
    """One line a figure, in columns."""
    rows = [("measured", "", "bar", "n", "", "")]
    for figure in figures:
        bar = "" if figure.bar is None else f"{'≥ ' if figure.at_least else ''}{figure.bar:g} {figure.unit}"
        value = f"{figure.value:.2f} {figure.unit}"
        rows.append((figure.what, value, bar, str(figure.n), figure.verdict, figure.behind))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in (1, 2, 3) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
