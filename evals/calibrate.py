"""Fits the weights that decide, without a language model, whether what was found answers the question.

Fitted on one split of a set and reported on the other; writes the assistant's calibration file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.ask import SEARCHED
from assistant.build import open_search
from assistant.calibration import Calibration
from assistant.messages import small_talk
from assistant.question import Question, checked_question
from assistant.read import SignalReader
from assistant.rewrite import standalone
from assistant.settings import load_settings
from assistant.types import Answer, Status, Turn
from evals.cases import load_cases, set_path
from evals.sources import read_sources
from evals.types import Case
from index.search import Search
from index.types import Embedder

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """The signals on one case, and whether the text answers it."""

    case: str
    split: str
    signals: dict[str, float]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """How well answer-or-refuse is decided on `count` cases: area under the ROC curve, and the share decided right."""

    count: int
    auc: float
    accuracy: float

    @property
    def shown(self) -> str:
        """For a reader."""
        return f"AUC {self.auc:.2f}, {self.accuracy:.2f} decided right (n={self.count})"


def calibrate(set_name: str, *, write_it: bool) -> str:
    """Fit on the tune split of a set, with the bundled index, and say how well both halves are decided.

    Raises:
        EvalError: the set cannot be read.
    """
    search = open_search(load_settings(llm="none"))
    cases = load_cases(set_path(set_name), read_sources()).cases
    examples = examples_of(cases, search, search.embedder)
    tune, report = ([example for example in examples if example.split == split] for split in ("tune", "report"))
    calibration, tuned = fit(tune, f"{set_name}, split tune, {len(tune)} cases")
    if write_it:
        write(calibration, Path(str(files("assistant") / "data" / "signals.json")))
    reported = quality(calibration, report)
    base = sum(example.answerable for example in report) / len(report)
    return f"tune, out of fold: {tuned.shown}\nreport: {reported.shown}; always answering would decide {base:.2f} right"


def examples_of(cases: Sequence[Case], search: Search, embedder: Embedder) -> list[Example]:
    """The signals of every case that is read at all: not small talk, not in Japanese."""
    reader = SignalReader(embedder, search.frequency, Calibration(fitted_on="", intercept=0, weights={}, threshold=0))
    found = []
    for case in cases:
        question = checked_question(case.turns[-1], 10**6)
        if small_talk(question, [""]) or question.is_japanese:
            continue
        alone, context = standalone(question, _history(case.turns[:-1], search), search.frequency)
        hits = search.search(question.text, SEARCHED, (), context, leans=alone != question)
        _, measured = reader.measure(alone, hits)
        if measured is not None:
            found.append(Example(case.id, case.split, measured.values(), bool(case.gold) and "answered" in case.status))
    return found


def fit(examples: Sequence[Example], fitted_on: str) -> tuple[Calibration, Quality]:
    """The calibration, with the threshold that decides most cases right out of fold, and its out-of-fold quality."""
    names = sorted(examples[0].signals)
    inputs = np.array([[example.signals[name] for name in names] for example in examples])
    labels = np.array([example.answerable for example in examples])
    model = LogisticRegression(C=1.0, max_iter=1000)
    out_of_fold = cross_val_predict(model, inputs, labels, cv=_FOLDS, method="predict_proba")[:, 1]
    candidates = np.unique(np.round(out_of_fold, 3))
    accuracies = [((out_of_fold >= candidate) == labels).mean() for candidate in candidates]
    best = candidates[np.isclose(accuracies, max(accuracies))]
    threshold = float(np.median(best))
    model.fit(inputs, labels)
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    calibration = Calibration(
        fitted_on=fitted_on,
        intercept=round(float(model.intercept_[0]), 4),
        weights=weights,
        threshold=round(threshold, 3),
    )
    return calibration, _quality(labels, out_of_fold, threshold)


def quality(calibration: Calibration, examples: Sequence[Example]) -> Quality:
    """How well a calibration decides these examples."""
    labels = np.array([example.answerable for example in examples])
    chances = np.array([calibration.probability(example.signals) for example in examples])
    return _quality(labels, chances, calibration.threshold)


def write(calibration: Calibration, path: Path) -> None:
    """Keep it as data."""
    path.write_text(json.dumps(calibration.model_dump(), indent=1) + "\n", encoding="utf-8")


def _quality(labels: np.ndarray, chances: np.ndarray, threshold: float) -> Quality:
    return Quality(len(labels), float(roc_auc_score(labels, chances)), float(((chances >= threshold) == labels).mean()))


def _history(turns: Sequence[str], search: Search) -> list[Turn]:
    """Earlier turns as the rewriting step sees them: only their standing questions matter to it."""
    history: list[Turn] = []
    for asked in turns:
        alone, _ = standalone(Question(asked), history, search.frequency)
        history.append(Turn(asked, Answer(asked, alone.text, Status.NOT_STATED, message="-")))
    return history
