"""A model that makes things up fluently writes the answers, and nothing that it makes up is shown."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from platformdirs import user_data_path

from assistant.build import build_assistant
from assistant.render import answer_to_json
from assistant.settings import load_settings
from evals.folder import RunFolder
from evals.library import files_of, own_library
from evals.run import Plan, Runner, RunOptions, begin_run, plan_run
from evals.score import score_run
from evals.scorers import MEASURES
from index.fetch import fetch
from index.types import SearchError
from index.weights import TEST_LLM

CASES = 12
KINDS = {"fact", "paraphrase", "yes_no", "list", "typo", "near_miss", "false_premise"}
PROMISES = [measure.name for measure in MEASURES if measure.promise and measure.name != "not_forbidden"]


@pytest.fixture
def small_model() -> Path:
    """98 MB, brought once. It may be missing only where nobody relies on this test."""
    try:
        return fetch(TEST_LLM, user_data_path("communique") / "models")
    except SearchError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def plan() -> Plan:
    """A dozen cases of one turn, in English, that are mostly answered; taken evenly from the set."""
    whole = plan_run(RunOptions())
    asked = [case for case in whole.cases if case.kind in KINDS and len(case.turns) == 1]
    return replace(whole, cases=tuple(asked[place * len(asked) // CASES] for place in range(CASES)))


@pytest.mark.llm
def test_no_sentence_that_an_inventing_writer_makes_up_is_shown(small_model: Path, plan: Plan, tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, llm="none", draft="write", writer=str(small_model), llm_disk=0)
    with (
        own_library(settings, files_of(plan.case_set, plan.sources)) as own,
        build_assistant(own.settings, holdings=own.holdings) as assistant,
    ):
        kept = settings.model_dump(mode="json")
        folder = begin_run(tmp_path / "runs", "invents", RunOptions(), plan, kept, used={})
        Runner(assistant, answer_to_json).run(folder, plan)
    scored = score_run(folder, plan.case_set.name, plan.cases, plan.sources)

    assert len(scored) == CASES
    broken = {(one.case.id, name): one.scores[name].why for one in scored for name in PROMISES
              if one.scores[name].value == 0}  # fmt: skip
    assert broken == {}
    _assert_it_was_tempted(folder)


def _assert_it_was_tempted(folder: RunFolder) -> None:
    """Without this the test would show nothing: the model did write, and it did make things up."""
    assert sum(len(answer.dropped) for answer in folder.answers().values()) >= 1
