"""The rules for forms of questions are fitted on questions of other subjects, and told apart on the sets."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.forms import FormRules
from evals.forms import (
    FOLDER,
    QUESTIONS,
    RECIPES,
    RULES,
    Asked,
    FormRow,
    fit,
    questions_to_learn,
    questions_to_try,
    shown,
    write,
)
from evals.rows import read_rows
from evals.types import EvalError

MANY = [Asked(f"Which {name}s are named?", "several") for name in ("boat", "ferry", "weir", "net", "cove")] * 4 + [
    Asked(f"Who built the {name}?", "one") for name in ("boat", "ferry", "weir", "net", "cove")
] * 4  # fmt: skip


def test_fitted_rules_tell_the_forms_that_they_were_shown_apart() -> None:
    rules = fit([*MANY, *[Asked("Which came first, the boat or the net?", "two")] * 6])
    likely = [rules.probability(rules.several, one) for one in ("Which mills are named?", "Who built the mill?")]
    assert likely[0] > 0.5 > likely[1]


def test_what_is_kept_is_what_was_fitted(tmp_path: Path) -> None:
    rules = fit([*MANY, *[Asked("Which came first, the boat or the net?", "two")] * 6])
    write(rules, tmp_path / "forms.json")
    assert FormRules.model_validate_json((tmp_path / "forms.json").read_bytes()) == rules


def test_the_rules_that_ship_are_those_of_the_questions_that_ship(tmp_path: Path) -> None:
    write(fit(questions_to_learn()), tmp_path / "forms.json")
    again = FormRules.model_validate_json((tmp_path / "forms.json").read_bytes())
    shipped = FormRules.model_validate_json(RULES.read_bytes())
    assert again.words == shipped.words
    for form in RECIPES:  # their last digits depend on the machine
        fitted, kept = getattr(again, form), getattr(shipped, form)
        assert kept.threshold == RECIPES[form].threshold
        for one in questions_to_learn()[::50]:
            near = again.probability(fitted, one.question)
            assert shipped.probability(kept, one.question) == pytest.approx(near, abs=0.02)


def test_no_question_to_learn_from_is_one_to_try() -> None:
    def plain(question: str) -> str:
        return re.sub(r"\W+", " ", question.casefold()).strip()

    tried = {plain(one.question) for one in questions_to_try()}
    assert not tried & {plain(row.question) for row in read_rows(QUESTIONS, FormRow).rows}


def test_the_forms_of_the_sets_are_told_much_better_than_by_chance() -> None:
    rules = FormRules.model_validate_json(RULES.read_bytes())
    several, two = (float(re.findall(r"AUC ([\d.]+)", line)[0]) for line in shown(rules, questions_to_try()))
    assert several > 0.93 and two > 0.9


def test_the_card_gives_the_counts() -> None:
    card = FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    rows = read_rows(QUESTIONS, FormRow).rows
    for form, count in Counter(row.form for row in rows).items():
        assert f"| {form} | {count} |" in card
    assert f"{len(rows):,} questions" in card
    assert all((row.form == "two") == bool(row.parts) for row in rows)


def test_a_malformed_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "forms.jsonl").write_text(json.dumps({"form": "many", "question": "?", "author": "one"}) + "\n")
    with pytest.raises(EvalError, match=r"forms.jsonl:1: form"):
        questions_to_learn(tmp_path / "forms.jsonl")
