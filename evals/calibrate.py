"""Fits the weights that decide whether what was found answers the question.

Fitted on one split of each set and reported on the other; writes the assistant's calibration file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.ask import Assistant
from assistant.build import open_search
from assistant.calibration import Calibration
from assistant.evidence import Reading
from assistant.framing import without_framing
from assistant.llm import LLM
from assistant.llm_choice import calibrated_as, open_llm
from assistant.parallel import two_sides
from assistant.question import Question
from assistant.read import SignalReader
from assistant.read_llm import LLMReader
from assistant.rewrite import standalone
from assistant.rewrite_llm import LLMRewriter
from assistant.settings import Settings, load_settings
from assistant.types import Answer, Rewriter, Status, Turn, Wording
from corpus.types import Passage
from evals.cases import CaseSet, load_cases, set_path
from evals.library import files_of, own_library
from evals.progress import progress_bar
from evals.replies import remembering
from evals.run import Progress
from evals.sources import read_sources
from evals.strangers import strangers
from evals.types import Case
from index.search import Search
from index.types import Hit

_FOLDS = 10
_REFUSED = 0.9  # of what is not stated, with a language model; without one that would leave next to no answers
_UNFITTED = Calibration(fitted_on="", intercept=0, weights={}, threshold=0)
# What costs a prompt is measured only where the calibration is to have a weight for it.
_MEASURED = {"reader": _UNFITTED, "llm": _UNFITTED.model_copy(update={"weights": {"unconfirmed": 0.0}})}


@dataclass(frozen=True, slots=True)
class Example:
    """The signals on one case, and whether the text answers it."""

    case: str
    split: str
    signals: dict[str, float]
    answerable: bool


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


def calibrate(
    set_names: Sequence[str], *, llm: str = "none", tune_only: bool = False, remember: bool = False, write_it: bool
) -> str:
    """Fit on the tune splits of sets, each with an index of its documents, and say how well both halves are decided.

    Args:
        set_names: the sets.
        llm: `none` for reading without a language model, else the one that reads, as in the settings.
        tune_only: leave the report halves alone.
        remember: keep the language model's replies, and do not wait for those kept before.
        write_it: whether to keep the result as the assistant's.

    Raises:
        EvalError: a set cannot be read.
        AssistantError: the language model cannot be opened.
    """
    settings = load_settings(llm=llm)
    around = remembering(settings) if remember else None
    with _opened(settings, around) as opened:
        sets = _loaded(set_names, tune_only=tune_only)
        examples = [example for one in sets for example in _examples_of_set(one, settings, opened)]
    tune, report = ([example for example in examples if example.split == split] for split in ("tune", "report"))
    read_by = f", {opened.name}" if opened else ""
    fitted_on = f"{' and '.join(set_names)}, split tune, {len(tune)} cases{read_by}"
    calibration, tuned = fit(tune, fitted_on, _REFUSED if opened else 0.0)
    if write_it:
        write(
            calibration,
            Path(str(files("assistant") / "data" / f"{calibrated_as(settings) if opened else 'signals'}.json")),
        )
    if tune_only:
        return f"tune, out of fold: {tuned.shown}"
    return f"tune, out of fold: {tuned.shown}\nreport: {quality(calibration, report).shown}"


@contextmanager
def _opened(settings: Settings, around: Callable[[LLM], LLM] | None) -> Iterator[LLM | None]:
    llm = open_llm(settings).llm
    if llm is None:
        yield None
        return
    with closing(around(llm) if around else llm) as opened:
        yield opened


def _loaded(set_names: Sequence[str], *, tune_only: bool) -> list[CaseSet]:
    """The sets, the first on each text with questions of the sets on other texts."""
    sources = read_sources()
    sets = [load_cases(set_path(name), sources) for name in set_names]
    strange = [strangers(one, sets[:place], sets) for place, one in enumerate(sets)]
    return [
        replace(one, cases=tuple(case for case in (*one.cases, *others) if case.split == "tune" or not tune_only))
        for one, others in zip(sets, strange, strict=True)
    ]


def _examples_of_set(case_set: CaseSet, settings: Settings, llm: LLM | None) -> list[Example]:
    files_read = files_of(case_set, read_sources())
    with own_library(settings, files_read) as own, progress_bar(f"reading {case_set.name}") as progress:
        search = open_search(own.settings, holdings=own.holdings)
        signals = SignalReader(search.embedder, search.frequency, _UNFITTED)
        reading = LLMReader(llm, signals, _MEASURED[calibrated_as(settings)]) if llm else signals
        return examples_of(case_set.cases, search, Recorder(reading), progress, LLMRewriter(llm) if llm else None)


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


def examples_of(
    cases: Sequence[Case], search: Search, recorder: Recorder, progress: Progress, rewriter: Rewriter | None = None
) -> list[Example]:
    """The signals of every case that is decided by reading: not small talk, not a list, not in Japanese.

    Cases for which both an answer and a refusal are right say nothing of where to draw the line.
    """
    assistant = Assistant(search, recorder, search.library.records, wording=Wording(rewriter=rewriter))
    found: list[Example] = []
    for done, case in enumerate(cases):
        progress(done, len(cases))
        if not (case.must_answer or case.must_refuse):
            continue
        recorder.last = None
        assistant.ask(case.turns[-1], _history(case.turns[:-1], search, rewriter))
        if recorder.last is not None:
            found.append(Example(case.id, case.split, recorder.last, case.must_answer))
    return found


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


def _history(turns: Sequence[str], search: Search, rewriter: Rewriter | None) -> list[Turn]:
    """Earlier turns as the rewriting step sees them: only their standing questions matter to it."""
    sides = two_sides([record.title for record in search.library.records])
    history: list[Turn] = []
    for asked in turns:
        alone, *_ = standalone(Question(without_framing(asked)), history, search.frequency, rewriter, sides)
        history.append(Turn(asked, Answer(asked, alone.text, Status.NOT_STATED, message="-")))
    return history
