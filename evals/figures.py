"""Figures with their number of cases and 95 % interval, and tests of paired differences.

The only file that imports scipy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

RESAMPLES = 2000
_FLIPS = 9999
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
    """How far B is from A over the same `count` cases, how rare that is by chance, and the change's 95 % interval."""

    before: float
    after: float
    count: int
    test: str
    p: float
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float:
        """B minus A."""
        return self.after - self.before

    @property
    def is_noise(self) -> bool:
        """Whether a difference like this is not rare by chance."""
        return self.p >= LEVEL


def figure(values: Sequence[float]) -> Figure:
    """The mean; Wilson's interval where every value is 0 or 1, else a percentile bootstrap, fixed seed.

    The order of the values makes no difference.
    """
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
    """Compare two runs case by case: McNemar's exact test where every value is 0 or 1, else its like for other values.

    That is a permutation test that flips the sign of each case's change (exact up to 13 changes). Beside the first
    stands the interval of Bonett and Price (2012), beside the other one from a bootstrap.

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
        least, most = _adjusted(gained, lost, len(pairs))
        return Difference(*means, len(pairs), f"McNemar, {gained} won, {lost} lost", p=p, low=least, high=most)
    changes = [new - old for old, new in pairs]
    low, high = _bootstrap(changes)
    return Difference(*means, len(pairs), "sign flips", p=_flipped(changes), low=low, high=high)


def _adjusted(gained: int, lost: int, count: int) -> tuple[float, float]:
    """Wald's interval of a difference of paired shares, as if one case more had been won and one more lost.

    The plain one has no width where nothing changed, and is too narrow where few cases did.
    """
    won, gone, whole = gained + 1, lost + 1, count + 2
    middle = (won - gone) / whole
    reach = float(stats.norm.ppf(0.975)) * sqrt(((won + gone) / whole - middle**2) / whole)
    return max(-1.0, middle - reach), min(1.0, middle + reach)


def _flipped(changes: Sequence[float]) -> float:
    """How often changes of these sizes and chance signs are as large in sum; those of 0 say nothing."""
    counted = np.asarray([change for change in changes if change])
    if counted.size < 2:
        return 1.0
    found = stats.permutation_test(
        (counted,), np.sum, permutation_type="samples", n_resamples=_FLIPS, rng=np.random.default_rng(_SEED)
    )
    return float(found.pvalue)


def _bootstrap(values: Sequence[float]) -> tuple[float | None, float | None]:
    if len(values) < 2:
        return None, None
    if len(set(values)) == 1:
        return values[0], values[0]
    found = stats.bootstrap(
        (np.sort(values),), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(_SEED)
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
