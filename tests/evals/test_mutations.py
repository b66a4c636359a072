"""The gate on the verifier: false sentences are stopped and true ones pass, the same every time, without a model."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import pytest

from assistant.verify import problem
from evals.mutations import FOLDER, KINDS, SPLITS, Outcome, as_json, as_text, judge, rows_of, trials

# What is required of every kind in either half.
CAUGHT = 0.95
# The bar, kept where the verifier was tuned; and what is measured on the other half, where the bar is not kept yet
# (docs/decisions/0007-verifier.md).
FALSE_ALARMS = {"tune": 0.03, "report": 0.09}
WRONG_POINTERS = 0.001


@pytest.fixture(scope="module")
def outcomes() -> tuple[Outcome, ...]:
    return judge()


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("kind", KINDS)
def test_false_sentences_of_every_kind_are_stopped(outcomes, split: str, kind: str) -> None:
    row = next(row for row in rows_of(outcomes) if (row.split, row.kind) == (split, kind))
    missed = [one.trial.text for one in outcomes if (one.trial.split, one.trial.kind, one.reason) == (split, kind, "")]
    assert row.stopped.value >= CAUGHT, missed


@pytest.mark.parametrize("split", SPLITS)
def test_true_sentences_pass(outcomes, split: str) -> None:
    row = next(row for row in rows_of(outcomes) if (row.split, row.kind) == (split, "true"))
    alarms = [(one.trial.text, one.reason) for one in outcomes if one.trial.split == split and not one.is_right]
    assert row.stopped.value <= FALSE_ALARMS[split], alarms


def test_a_whole_quote_always_passes(outcomes) -> None:
    assert [one for one in outcomes if not one.trial.kind and not one.trial.reworded and one.reason] == []


def test_a_true_sentence_does_not_stand_by_another_sentence_of_its_document() -> None:
    true = [trial for trial in trials() if not trial.kind]
    others = defaultdict(list)
    for trial in true:
        if not trial.reworded:
            others[trial.document].append(trial)
    judged = [
        problem(trial.text, other.quoted, other.around)
        for trial in true
        if trial.reworded
        for other in others[trial.document][::5]
        if other.quoted not in trial.quoted
    ]
    assert len(judged) > 1000
    assert judged.count("") <= WRONG_POINTERS * len(judged)


def test_the_suite_is_large_enough_and_each_section_is_in_one_half() -> None:
    counts = Counter((trial.split, trial.kind) for trial in trials() if trial.kind)
    assert all(counts[split, kind] >= 40 for split in SPLITS for kind in KINDS), counts
    true = [trial for trial in trials() if not trial.kind]
    assert len(true) >= 120 and sum(trial.reworded for trial in true) >= 60
    halves = defaultdict(set)
    for trial in true:
        halves[trial.document, trial.around].add(trial.split)
    assert all(len(splits) == 1 for splits in halves.values())


def test_the_suite_is_the_same_every_time() -> None:
    first = trials()
    trials.cache_clear()
    assert trials() == first


def test_a_mutation_is_neither_its_true_sentence_nor_a_quote() -> None:
    true = {trial.text for trial in trials() if not trial.kind}
    assert [trial for trial in trials() if trial.kind and (trial.text in true or trial.text in trial.quoted)] == []


def test_a_reworded_sentence_is_no_quote() -> None:
    reworded = [trial for trial in trials() if not trial.kind and trial.reworded]
    sentences = {re.sub(r"\W", "", trial.quoted) for trial in trials()}
    assert [trial.text for trial in reworded if re.sub(r"\W", "", trial.text) in sentences] == []


def test_the_report_names_every_figure_and_every_wrong_judgement(outcomes) -> None:
    shown = as_text(outcomes)
    told = json.loads(as_json(outcomes))
    wrong = [outcome for outcome in outcomes if not outcome.is_right]

    assert len(told["rows"]) == len(SPLITS) * (len(KINDS) + 2)
    assert len(told["wrong"]) == len(wrong)
    assert all(outcome.trial.text in shown for outcome in wrong)
    assert {"split", "kind", "n", "stopped", "low", "high"} == set(told["rows"][0])


def test_the_card_gives_the_counts_of_the_set() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    true = [trial for trial in trials() if not trial.kind]
    for split in SPLITS:
        mine = [trial for trial in true if trial.split == split]
        assert f"| {split} | {len(mine)} | {sum(trial.reworded for trial in mine)} |" in card
