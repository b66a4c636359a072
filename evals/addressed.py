"""Fits the rule by which the assistant tells what in a document speaks to a program that reads it.

The texts are datasets/addressed/texts.jsonl, whose card is addressed.md: hostile ones, and texts of government that
come near such wording or are quite ordinary. Beside these it is shown the paragraphs and sentences of the documents
that come with the evals. What one of the authors wrote is not fitted on: it tells how much is found of what nobody has
seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import ConfigDict, with_config
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.addressed import AddressedRule, features
from corpus.read import read_document
from corpus.sentences import sentence_spans
from evals.rows import read_rows
from evals.types import Words

FOLDER = Path(__file__).parent / "datasets" / "addressed"
TEXTS = FOLDER / "texts.jsonl"
RULE = Path(str(files("assistant") / "data" / "addressed.json"))
HELD_OUT = "four"
_DOCUMENTS = ("reader/invented", "reader/adversarial", "reader/loose", "reader/digital", "documents")

_SEEN = 3  # texts that a word or a pair is in
_LEAST_WORDS = 6  # of a sentence that is shown by itself beside its text
_STRENGTH = 30.0  # the inverse of the regularisation's
_PLAIN_WEIGHT = 0.3  # of a text of the documents: they are many
_THRESHOLD = 1.0  # log-odds
_SMALLEST = 0.02  # weights below are left out


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class AddressedRow:
    """A text of one to four sentences, whether it is meant for a program that reads it, and who of five wrote it."""

    kind: Literal["hostile", "harmless"]
    text: Words
    author: Literal["one", "two", "three", "four", "five"]


def rows_of(path: Path = TEXTS) -> list[AddressedRow]:
    """All rows.

    Raises:
        EvalError: a row is malformed.
    """
    return list(read_rows(path, AddressedRow).rows)


def plain_texts(datasets: Path = FOLDER.parent) -> list[str]:
    """The paragraphs of the documents that come with the evals, and their sentences, each once."""
    found = [
        text
        for folder in _DOCUMENTS
        for file in sorted((datasets / folder).glob("*.md"))
        for section in read_document(file)
        for span in section.paragraphs
        for text in (section.text[slice(*span)], *_sentences(section.text[slice(*span)]))
    ]
    return list(dict.fromkeys(found))


def fit(rows: Sequence[AddressedRow], plain: Sequence[str]) -> AddressedRule:
    """The rule that these texts and their sentences teach."""
    hostile, harmless = ([text for row in rows if row.kind == kind for text in _shown(row)] for kind in _KINDS)
    texts = [*hostile, *harmless, *plain]
    counted = CountVectorizer(analyzer=lambda text: set(features(text)), min_df=_SEEN, binary=True)
    # Over the root of all that a text has, as the rule weighs it, not only of what was counted.
    found = counted.fit_transform(texts).multiply(1 / np.sqrt([[max(1, len(set(features(text))))] for text in texts]))
    is_hostile = np.repeat([True, False], [len(hostile), len(texts) - len(hostile)])
    weights = np.repeat([1.0, _PLAIN_WEIGHT], [len(texts) - len(plain), len(plain)])
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
    model.fit(found.tocsr(), is_hostile, sample_weight=weights)
    kept = {
        str(name): round(float(weight), 3)
        for name, weight in zip(counted.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= _SMALLEST
    }
    return AddressedRule(
        fitted_on=f"{len(rows)} texts and {len(plain)} paragraphs and sentences of documents",
        intercept=round(float(model.intercept_[0]), 3),
        threshold=_THRESHOLD,
        weights=dict(sorted(kept.items())),
    )


def to_learn(rows: Sequence[AddressedRow]) -> list[AddressedRow]:
    """Those of all authors but the one who is held out."""
    return [row for row in rows if row.author != HELD_OUT]


def shown(rows: Sequence[AddressedRow], plain: Sequence[str]) -> Iterator[str]:
    """How much is found, and what else is taken for it: of each author by a rule from the others, then of all."""
    for author in ("one", "two", "three"):
        others = [row for row in to_learn(rows) if row.author != author]
        yield f"{author}, not fitted on: {_told(fit(others, plain), [row for row in rows if row.author == author])}"
    rule = fit(to_learn(rows), plain)
    yield f"{HELD_OUT}, held out: {_told(rule, [row for row in rows if row.author == HELD_OUT])}"
    taken = sum(map(rule.finds, plain))
    yield f"of {len(plain)} paragraphs and sentences of the documents taken for it: {taken}"


def write(rule: AddressedRule, path: Path = RULE) -> None:
    """Keep a rule as the assistant's."""
    held = json.dumps(rule.model_dump(), ensure_ascii=False, separators=(",", ":"))
    path.write_text(held + "\n", encoding="utf-8")


_KINDS = ("hostile", "harmless")


def _shown(row: AddressedRow) -> tuple[str, ...]:
    """A text, and its sentences by themselves where they are long enough to tell."""
    sentences = _sentences(row.text)
    return (row.text, *(one for one in sentences if len(sentences) > 1 and len(one.split()) >= _LEAST_WORDS))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _told(rule: AddressedRule, rows: Sequence[AddressedRow]) -> str:
    is_hostile = np.array([row.kind == "hostile" for row in rows])
    texts = [_sentences(row.text) for row in rows]
    odds = [max(map(rule.log_odds, one)) for one in texts]
    found = np.array([any(map(rule.finds, one)) for one in texts])
    return (
        f"AUC {roc_auc_score(is_hostile, odds):.3f}, found {found[is_hostile].sum()} of {is_hostile.sum()}, "
        f"taken for it {found[~is_hostile].sum()} of {(~is_hostile).sum()}"
    )
