"""Fits the rules by which the assistant tells what form of answer a question wants, on questions of all subjects.

The questions are datasets/forms/questions.jsonl, whose card is forms.md, and those of the reader's set, reader.md. How
well forms are told is shown on the sets, on which nothing is fitted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
from pydantic import ConfigDict, with_config
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.forms import FormRule, FormRules, pieces, runs
from evals.cases import load_cases, set_path
from evals.reader.rows import DIGITAL, QuestionRow
from evals.reader.rows import FOLDER as READER
from evals.rows import read_rows
from evals.sources import read_sources
from evals.types import Words

FOLDER = Path(__file__).parent / "datasets" / "forms"
QUESTIONS = FOLDER / "questions.jsonl"
RULES = Path(str(files("assistant") / "data" / "forms.json"))
SETS = ("statement", *(f"statement-{number}" for number in range(2, 9)), "callow", "trio")
Form = Literal["one", "several", "two", "account"]

_OF_KIND: dict[str, Form] = {
    "list": "several", "comparison": "two", "summary": "account",
    **dict.fromkeys(("fact", "paraphrase", "yes_no", "near_miss", "false_premise", "typo"), "one"),
}  # fmt: skip
_TOLD_APART = 3  # times a word stands in the questions on all subjects
_SEEN = 4  # questions that a run is in
_READERS_WEIGHT = 0.3  # of a question that the reader is trained on: they are many, few for lists and none for two
_SMALLEST = 0.02  # weights below are left out
# Questions that mislead by offering two hardly ask for two: with them the AUC of `two` falls from 0.933 to 0.892.
_LEFT_OUT = DIGITAL


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class FormRow:
    """A question and the form of answer it wants; of two things, the questions for each. `author` is who wrote it."""

    form: Form
    question: Words
    author: Literal["one", "two", "three", "four", "five"]
    parts: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the form it wants; `is_general` where it is one of many on all subjects."""

    question: str
    form: Form
    is_general: bool = True


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one form is fitted: the inverse strength of the regularisation, the share of L1 in it, and the threshold."""

    strength: float
    l1: Literal[0, 1]
    threshold: float


RECIPES = {"several": Recipe(1.0, 0, 0.4), "two": Recipe(3.0, 1, 0.35)}


def questions_to_learn(path: Path = QUESTIONS, reader: Path = READER) -> list[Asked]:
    """Those written for it, and those of the reader's set, with the document that the reader is not trained on.

    Of the reader's set those are left out that mislead, in a folder or among others.
    """
    written = [Asked(row.question, row.form) for row in read_rows(path, FormRow).rows]
    kind = cast("type[QuestionRow]", QuestionRow)
    parts = [file for file in sorted(reader.glob("*.jsonl")) if file.stem != _LEFT_OUT]
    read = [row for file in parts for row in read_rows(file, kind).rows]
    return written + [Asked(row.question, "several" if row.kind == "list" else "one", is_general=False) for row in read]


def questions_to_try() -> list[Asked]:
    """The single questions of the sets that ask something of their text."""
    sources = read_sources()
    cases = [case for name in SETS for case in load_cases(set_path(name), sources).cases]
    return [
        Asked(case.question, _OF_KIND[case.kind]) for case in cases if case.kind in _OF_KIND and len(case.turns) == 1
    ]


def fit(asked: Sequence[Asked]) -> FormRules:
    """The rules that these questions teach.

    Words are told apart that are common where the subject changes with every question: the reader's questions are on
    few documents, whose words would else tell lists by their subject.
    """
    counts = Counter(piece.casefold() for one in asked if one.is_general for piece in set(pieces(one.question)))
    words = frozenset(piece for piece, count in counts.items() if count >= _TOLD_APART and piece[0].isalpha())
    counted = CountVectorizer(analyzer=lambda text: set(runs(text, words)), min_df=_SEEN, binary=True)
    found = counted.fit_transform([one.question for one in asked])
    names, weights = counted.get_feature_names_out(), [1.0 if one.is_general else _READERS_WEIGHT for one in asked]
    rules = {}
    for form, recipe in RECIPES.items():
        model = LogisticRegression(C=recipe.strength, l1_ratio=recipe.l1, solver="liblinear", random_state=0)
        model.fit(found, [one.form == form for one in asked], sample_weight=weights)
        kept = {
            str(name): round(float(weight), 3)
            for name, weight in zip(names, model.coef_[0], strict=True)
            if abs(weight) >= _SMALLEST
        }
        rules[form] = FormRule(intercept=round(float(model.intercept_[0]), 3), threshold=recipe.threshold, weights=kept)
    return FormRules(fitted_on=f"{len(asked)} questions", words=words, **rules)


def shown(rules: FormRules, asked: Sequence[Asked]) -> Iterator[str]:
    """How well each form is told on questions: the AUC, how many of it are found, how many others are taken for it."""
    for form, rule in (("several", rules.several), ("two", rules.two)):
        is_form = np.array([one.form == form for one in asked])
        likely = np.array([rules.probability(rule, one.question) for one in asked])
        found = likely >= rule.threshold
        yield (
            f"{form}: AUC {roc_auc_score(is_form, likely):.3f}, found {_share(found[is_form])}, "
            f"taken for it {_share(found[~is_form])}"
        )


def write(rules: FormRules, path: Path = RULES) -> None:
    """Keep rules as the assistant's, words and runs in alphabetical order."""
    held: dict[str, Any] = rules.model_dump()
    held["words"] = sorted(rules.words)
    for form in RECIPES:
        held[form]["weights"] = dict(sorted(held[form]["weights"].items()))
    path.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _share(found: Any) -> str:
    return f"{found.mean():.2f} of {len(found)}"
