"""Figures with their number of cases and 95 % interval, and tests of paired differences.

The only file that imports scipy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

RESAMPLES = 2000
LEVEL = 0.05
_SEED = 2025


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` cases and its 95 % interval. `value` is None where no case has anything to say."""

    value: float | None
    count: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How far B is from A over the same `count` cases, the interval if it was resampled, and whether it is noise."""

    before: float
    after: float
    count: int
    test: str
    p: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float:
        """B minus A."""
        return self.after - self.before

    @property
    def is_noise(self) -> bool:
        """Whether a difference like this is not rare by chance."""
        if self.p is not None:
            return self.p >= LEVEL
        return self.low is None or self.high is None or self.low <= 0 <= self.high


def figure(values: Sequence[float]) -> Figure:
    """The mean; Wilson's interval where every value is 0 or 1, else a percentile bootstrap, fixed seed."""
    if not values:
        return Figure(None, 0)
    mean = float(np.mean(values))
    if set(values) <= {0.0, 1.0}:
        interval = stats.binomtest(int(sum(values)), len(values)).proportion_ci(0.95, method="wilson")
        return Figure(mean, len(values), float(interval.low), float(interval.high))
    low, high = _bootstrap(values)
    return Figure(mean, len(values), low, high)


def figure_of(statistic: Callable[..., float], *groups: Sequence[float]) -> Figure:
    """A statistic of groups of cases; percentile bootstrap within each, fixed seed. No value if a group is empty."""
    count = sum(map(len, groups))
    if not all(groups):
        return Figure(None, count)
    found = float(statistic(*groups))
    if any(len(group) < 2 for group in groups):
        return Figure(found, count)
    resampled = stats.bootstrap(
        [np.asarray(group) for group in groups],
        statistic,
        n_resamples=RESAMPLES,
        vectorized=False,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Figure(found, count, float(resampled.low), float(resampled.high))


def difference(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Compare two runs case by case: McNemar's exact test where every value is 0 or 1, else a paired bootstrap.

    Raises:
        ValueError: the sequences differ in length or are empty.
    """
    pairs = list(zip(before, after, strict=True))
    if not pairs:
        raise ValueError("no pairs to compare")
    means = float(np.mean(before)), float(np.mean(after))
    if {value for pair in pairs for value in pair} <= {0.0, 1.0}:
        gained = sum(new > old for old, new in pairs)
        lost = sum(new < old for old, new in pairs)
        p = float(stats.binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0
        return Difference(*means, len(pairs), f"McNemar, {gained} won, {lost} lost", p=p)
    low, high = _bootstrap([new - old for old, new in pairs])
    return Difference(*means, len(pairs), "paired bootstrap", low=low, high=high)


def _bootstrap(values: Sequence[float]) -> tuple[float | None, float | None]:
    if len(values) < 2:
        return None, None
    if len(set(values)) == 1:
        return values[0], values[0]
    found = stats.bootstrap(
        (np.asarray(values),), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(_SEED)
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
