"""Fits the weights that decide, without a language model, whether what was found answers the question.

Fitted on one split of a set and reported on the other; writes the assistant's calibration file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.ask import Assistant
from assistant.build import open_search
from assistant.calibration import Calibration
from assistant.evidence import Reading
from assistant.llm_choice import open_llm
from assistant.question import Question
from assistant.read import SignalReader
from assistant.read_llm import LLMReader
from assistant.rewrite import standalone
from assistant.settings import load_settings
from assistant.types import Answer, Status, Turn
from corpus.types import Passage
from evals.cases import load_cases, set_path
from evals.library import files_of, own_library
from evals.progress import progress_bar
from evals.run import Progress
from evals.sources import read_sources
from evals.types import Case
from index.search import Search
from index.types import Hit

_FOLDS = 10
_UNFITTED = Calibration(fitted_on="", intercept=0, weights={}, threshold=0)


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


def calibrate(set_name: str, *, llm: str = "none", tune_only: bool = False, write_it: bool) -> str:
    """Fit on the tune split of a set, with an index of its documents, and say how well both halves are decided.

    Args:
        set_name: the set.
        llm: `none` for reading without a language model, else the one that reads, as in the settings.
        tune_only: leave the report half alone.
        write_it: whether to keep the result as the assistant's.

    Raises:
        EvalError: the set cannot be read.
        AssistantError: the language model cannot be opened.
    """
    settings = load_settings(llm=llm)
    sources = read_sources()
    case_set = load_cases(set_path(set_name), sources)
    cases = [case for case in case_set.cases if case.split == "tune" or not tune_only]
    with own_library(settings, files_of(case_set, sources)) as own:
        search = open_search(own.settings, holdings=own.holdings)
        signals = SignalReader(search.embedder, search.frequency, _UNFITTED)
        opened = open_llm(settings).llm
        reading = LLMReader(opened, signals, _UNFITTED) if opened else signals
        with closing(opened) if opened else nullcontext(), progress_bar("reading") as progress:
            examples = examples_of(cases, search, Recorder(reading), progress)
    tune, report = ([example for example in examples if example.split == split] for split in ("tune", "report"))
    calibration, tuned = fit(tune, f"{set_name}, split tune, {len(tune)} cases{', ' + reading.name if opened else ''}")
    if write_it:
        write(calibration, Path(str(files("assistant") / "data" / f"{'llm' if opened else 'signals'}.json")))
    if tune_only:
        return f"tune, out of fold: {tuned.shown}"
    reported = quality(calibration, report)
    base = sum(example.answerable for example in report) / len(report)
    return f"tune, out of fold: {tuned.shown}\nreport: {reported.shown}; always answering would decide {base:.2f} right"


@dataclass(slots=True)
class Recorder:
    """A reader that finds nothing to show, and keeps the signals on what it was given."""

    reader: SignalReader | LLMReader
    last: dict[str, float] | None = None

    @property
    def name(self) -> str:
        """As the reader's."""
        return self.reader.name

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Measure only."""
        _, self.last = self.reader.measure(question, hits)
        return Reading((), 0.0, 1.0)

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Nothing is asked twice here."""


def examples_of(cases: Sequence[Case], search: Search, recorder: Recorder, progress: Progress) -> list[Example]:
    """The signals of every case that is decided by reading: not small talk, not a list, not in Japanese.

    Cases for which both an answer and a refusal are right say nothing of where to draw the line.
    """
    assistant = Assistant(search, recorder, search.library.records)
    found: list[Example] = []
    for done, case in enumerate(cases):
        progress(done, len(cases))
        if not (case.must_answer or case.must_refuse):
            continue
        recorder.last = None
        assistant.ask(case.turns[-1], _history(case.turns[:-1], search))
        if recorder.last is not None:
            found.append(Example(case.id, case.split, recorder.last, case.must_answer))
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
        alone, *_ = standalone(Question(asked), history, search.frequency)
        history.append(Turn(asked, Answer(asked, alone.text, Status.NOT_STATED, message="-")))
    return history
