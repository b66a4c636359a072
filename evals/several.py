"""Fits whether a question asks for several things (`assistant.several`) on the questions that the reader is trained on.

What it is worth is told twice: on the questions of each document by weights fitted on the others, and on the sets that
answers are measured by, whose questions it is never fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.question import Question
from assistant.several import NAME, SeveralWeights, form
from evals.cases import DATASETS
from evals.reader.rows import FOLDER, INVENTED_QUESTIONS
from evals.rows import read_rows
from evals.types import Case
from index.embed import SentenceEmbedder
from index.types import Embedder

SETS = ("statement", "statement-2", "statement-3", "callow", "trio")
_ASKED = frozenset({"fact", "paraphrase", "yes_no", "near_miss", "false_premise", "typo", "list"})
_WEIGHT = 5.0  # of a question for several things, of which there are few
_STRENGTH = 0.3  # the inverse of the regularisation
_WRONG = 0.05  # of the questions for one thing may be taken for one of several
_FOLDS = 5

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whether it asks for several things, and the document or set it is of."""

    question: Question
    several: bool
    of: str


@dataclass(frozen=True, slots=True)
class Told:
    """How well the two kinds of question are told apart: shares of each that are taken for several things."""

    auc: float
    found: float
    wrong: float
    count: int
    found_by_form: float
    wrong_by_form: float

    @property
    def shown(self) -> str:
        """For a reader."""
        return (
            f"AUC {self.auc:.3f}; {self.found:.2f} of those for several things found, {self.wrong:.2f} of the others "
            f"taken for such (by the form alone {self.found_by_form:.2f} and {self.wrong_by_form:.2f}; n={self.count})"
        )


def fit_several(*, write_it: bool) -> str:
    """Fit the weights, and keep them as the assistant's if `write_it`. Returns how good they are.

    Raises:
        EvalError: a set cannot be read.
        SearchError: the embedding model cannot be loaded.
    """
    embedder = SentenceEmbedder()
    trained_on = training_questions()
    weights, told = fit(trained_on, embedder)
    if write_it:
        place = Path(str(files("assistant") / "data" / NAME))
        place.write_text(json.dumps(weights.model_dump()) + "\n", encoding="utf-8")
    asked = [one for name in SETS for one in questions_of(name)]
    elsewhere = _told(asked, _chances(weights, _inputs(asked, embedder)), weights.threshold)
    return f"fitted on others, by document: {told.shown}\n{', '.join(SETS)}: {elsewhere.shown}"


def training_questions() -> list[Asked]:
    """All that the reader is trained on."""
    lines = [
        line
        for file in (FOLDER / "questions.jsonl", INVENTED_QUESTIONS)
        for line in file.read_text("utf-8").splitlines()
    ]
    rows = [json.loads(line) for line in lines]
    return [
        Asked(
            Question(row["question"]), row["kind"] == "list", row.get("document") or row["passage"].rpartition("#")[0]
        )
        for row in rows
    ]


def questions_of(name: str) -> list[Asked]:
    """The questions of a set that stand alone and ask for one thing, or for several.

    Raises:
        EvalError: it cannot be read.
    """
    cases = read_rows(DATASETS / f"{name}.jsonl", Case).rows
    return [
        Asked(Question(case.turns[0]), case.kind == "list", name)
        for case in cases
        if case.kind in _ASKED and len(case.turns) == 1
    ]


def fit(asked: Sequence[Asked], embedder: Embedder) -> tuple[SeveralWeights, Told]:
    """The weights, and how well they do on questions of other documents than they were fitted on."""
    inputs, several = _inputs(asked, embedder), _several(asked)
    heed = np.where(several, _WEIGHT, 1.0)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    chances: Numbers = cross_val_predict(
        model, inputs, several, groups=[one.of for one in asked], cv=GroupKFold(_FOLDS), method="predict_proba",
        params={"sample_weight": heed},
    )[:, 1]  # fmt: skip
    threshold = float(np.quantile(chances[~several], 1 - _WRONG))
    model.fit(inputs, several, sample_weight=heed)
    names = list(form(asked[0].question))
    weights = SeveralWeights(
        fitted_on=f"the reader's training questions, {len(asked)}",
        fingerprint=embedder.fingerprint,
        intercept=round(float(model.intercept_[0]), 4),
        form={name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=False)},
        vector=tuple(round(float(weight), 4) for weight in model.coef_[0][len(names) :]),
        threshold=round(threshold, 3),
    )
    return weights, _told(asked, chances, threshold)


def _inputs(asked: Iterable[Asked], embedder: Embedder) -> Numbers:
    """Shape (questions, forms and dimensions)."""
    held = list(asked)
    vectors = embedder.encode([one.question.text for one in held])
    forms = np.array([list(form(one.question).values()) for one in held])
    return np.hstack([forms, vectors.astype(np.float64)])


def _chances(weights: SeveralWeights, inputs: Numbers) -> Numbers:
    score = inputs @ np.array([*weights.form.values(), *weights.vector]) + weights.intercept
    chances: Numbers = 1 / (1 + np.exp(-score))
    return chances


def _several(asked: Iterable[Asked]) -> Marks:
    return np.array([one.several for one in asked])


def _told(asked: Sequence[Asked], chances: Numbers, threshold: float) -> Told:
    several, taken = _several(asked), chances >= threshold
    by_form = np.array([one.question.wants_list for one in asked])
    return Told(
        float(roc_auc_score(several, chances)),
        float(taken[several].mean()),
        float(taken[~several].mean()),
        len(asked),
        float(by_form[several].mean()),
        float(by_form[~several].mean()),
    )
