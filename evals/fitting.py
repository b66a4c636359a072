"""A calibration and its threshold from examples; how well they decide others."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.calibration import Calibration

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """The signals on one case, and whether the text answers it."""

    case: str
    split: str
    signals: dict[str, float]
    answerable: bool

    def of(self, wanted: Collection[str]) -> Example:
        """With these signals alone."""
        return replace(self, signals={name: value for name, value in self.signals.items() if name in wanted})


@dataclass(frozen=True, slots=True)
class Quality:
    """How well answer-or-refuse is decided on `count` cases: area under the ROC curve, and the shares decided right."""

    count: int
    auc: float
    answered: float
    refused: float

    @property
    def shown(self) -> str:
        """For a reader."""
        return (
            f"AUC {self.auc:.2f}, {self.answered:.2f} of what is stated answered, "
            f"{self.refused:.2f} of the rest refused (n={self.count})"
        )


def fit(examples: Sequence[Example], fitted_on: str, refused: float = 0.0) -> tuple[Calibration, Quality]:
    """The calibration, and its quality out of fold.

    The threshold is the one that decides most right on these examples, of those that refuse at least the share
    `refused` of what is not stated.
    """
    names = sorted(examples[0].signals)
    inputs = np.array([[example.signals[name] for name in names] for example in examples])
    labels = np.array([example.answerable for example in examples])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))
    out_of_fold = cross_val_predict(model, inputs, labels, cv=_FOLDS, method="predict_proba")[:, 1]
    model.fit(inputs, labels)
    threshold = _threshold(labels, model.predict_proba(inputs)[:, 1], refused)
    scaler, regression = (step for _, step in model.steps)
    weights = regression.coef_[0] / scaler.scale_
    calibration = Calibration(
        fitted_on=fitted_on,
        intercept=round(float(regression.intercept_[0] - weights @ scaler.mean_), 4),
        weights={name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        threshold=round(threshold, 3),
    )
    return calibration, _quality(labels, out_of_fold, threshold)


def _threshold(labels: np.ndarray, chances: np.ndarray, refused: float) -> float:
    """The middle of the thresholds that decide most right, of those that refuse enough (1 refuses everything)."""
    candidates = np.append(np.unique(np.round(chances, 3)), 1.0)
    careful = [one for one in candidates if (chances[~labels] < one).mean() >= refused]
    right = np.array([((chances >= one) == labels).mean() for one in careful])
    return float(np.median(np.array(careful)[np.isclose(right, right.max())]))


def quality(calibration: Calibration, examples: Sequence[Example]) -> Quality:
    """How well a calibration decides these examples."""
    labels = np.array([example.answerable for example in examples])
    chances = np.array([calibration.probability(example.signals) for example in examples])
    return _quality(labels, chances, calibration.threshold)


def write(calibration: Calibration, path: Path) -> None:
    """Keep it as data, with the margins for lists that were there: they are not fitted here."""
    kept = Calibration.model_validate_json(path.read_bytes()).lists if path.exists() else calibration.lists
    dumped = calibration.model_copy(update={"lists": kept}).model_dump(exclude_defaults=True)
    path.write_text(json.dumps(dumped, indent=1) + "\n", encoding="utf-8")


def _quality(labels: np.ndarray, chances: np.ndarray, threshold: float) -> Quality:
    shown = chances >= threshold
    auc = float(roc_auc_score(labels, chances))
    return Quality(len(labels), auc, float(shown[labels].mean()), float((~shown)[~labels].mean()))
