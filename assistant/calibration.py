"""The weights that turn signals into a probability; `python -m evals calibrate` fits them and writes them as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from assistant.fitted import load_fitted


class ListMargins(BaseModel):
    """What belongs in a list, in log-odds; chosen for the model that reads, on lists whose answers had been looked at.

    Of the passages found the best `hits` are read, and sentences in those at most `passages` behind the best one. Those
    belong that are at most `sentences` behind the best of them, from `least` on. These numbers are of a model that was
    not trained to read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    hits: int = 12
    passages: float = 2.5
    sentences: float = 1.2
    least: float = -7.0


class Calibration(BaseModel):
    """A logistic regression and the threshold on its probability.

    `fitted_on` says on which cases; `threshold` is the probability from which an answer is shown; `lists` is chosen,
    not fitted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fitted_on: str
    intercept: float
    weights: dict[str, float]
    threshold: float
    lists: ListMargins = ListMargins()

    def probability(self, signals: Mapping[str, float]) -> float:
        """The probability, 0 to 1, that the evidence answers."""
        score = self.intercept + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@lru_cache(maxsize=4)
def load_calibration(name: str) -> Calibration:
    """The calibration `name` from the package's data.

    Raises:
        AssistantError: there is none, or it is damaged.
    """
    return load_fitted(name, Calibration, "calibrate")
