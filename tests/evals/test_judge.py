"""A language model's opinion is kept beside the scores, with who gave it and how far it agrees with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from evals.folder import RunFolder
from evals.judge import Judge, judge_run
from evals.opinions import read_opinions
from evals.report import write_report
from evals.score import saved_scores, score_run
from evals.sources import Sources
from evals.types import EvalError

Maker = Callable[..., Any]


class Opinionated:
    """Thinks well of whatever names the dialogue, except where it was told not to; keeps its prompts."""

    def __init__(self, name: str = "judge-1b", dislikes: str = "\0") -> None:
        self.name = name
        self.dislikes = dislikes
        self.prompts: list[str] = []

    def complete(self, messages: Any, **_: Any) -> str:
        self.prompts.append(messages[-1].text)
        return "YES" if "Dialogue" in messages[-1].text and self.dislikes not in messages[-1].text else "NO"


@pytest.fixture
def folder(tmp_path: Path, make_case: Maker, make_answer: Maker, sources: Sources) -> RunFolder:
    """Two right answers, a wrong one and a refusal."""
    cases = [make_case(name, vital=(("November",),)) for name in ("one", "two", "wrong", "refused")]
    answers = [
        make_answer((None, "telecoms:1.1"), name="one"),
        make_answer((None, "telecoms:1.1"), name="two"),
        make_answer((None, "data:1.2"), name="wrong"),
        make_answer(name="refused", status="not_stated", text="It does not say."),
    ]
    found = RunFolder(tmp_path / "run")
    found.path.mkdir()
    about = {"name": "small", "path": "small.jsonl", "sha256": "0"}
    none: dict[str, Any] = {"options": {"llm": None, "draft": None}, "assistant": {"llm": "none", "draft": "quote"}}
    found.write_settings(
        {"set": about, "started": "", "commit": "", "models": {}, "documents": {}, "versions": {}} | none
    )
    found.write_cases(cases)
    for answer in answers:
        found.append_answer(asdict(answer))
    score_run(found, "small", cases, sources)
    return found


def shown(folder: RunFolder) -> list[Any]:
    return [one for one in saved_scores(folder) if one.answer and one.answer.has_answer]


def test_each_answer_is_judged_against_its_quotes_and_its_question(folder: RunFolder) -> None:
    llm = Opinionated()
    opinions = Judge.of(llm).judge(folder, shown(folder))
    assert {name: (one.faithful, one.relevant) for name, one in opinions.items()} == {
        "one": (True, True), "two": (True, True), "wrong": (False, False)
    }  # fmt: skip
    assert len(llm.prompts) == 6
    assert all("19 November 2024" in prompt for prompt in llm.prompts[:4])


def test_agreement_with_the_scorers_is_shown_with_the_model_and_its_prompts(folder: RunFolder) -> None:
    judge = Judge.of(Opinionated(), "b" * 64)
    judge.judge(folder, shown(folder))
    opinions = read_opinions(folder, saved_scores(folder))
    assert opinions is not None and opinions.by == judge.by and len(judge.by.prompts_sha256) == 64
    supported, right = opinions.agreements
    assert (supported.same.value, supported.kappa) == (pytest.approx(2 / 3), None)
    assert (right.yes.value, right.same.value, right.kappa) == (pytest.approx(2 / 3), 1.0, 1.0)
    for markdown in (False, True):
        page = write_report(folder, markdown=markdown).read_text(encoding="utf-8")
        assert "judge-1b" in page and judge.by.prompts_sha256 in page and "b" * 64 in page
    assert "| The answer fits the question | 3 | 66.7 % (20.8–93.9) | right | 100.0 %" in page


def test_an_opinion_changes_no_score(folder: RunFolder) -> None:
    before = folder.file("scores.jsonl").read_bytes(), folder.file("summary.json").read_bytes()
    Judge.of(Opinionated(dislikes="November")).judge(folder, shown(folder))
    assert (folder.file("scores.jsonl").read_bytes(), folder.file("summary.json").read_bytes()) == before


def test_judging_goes_on_where_it_stopped_and_another_judge_begins_anew(folder: RunFolder) -> None:
    first = Opinionated()
    Judge.of(first).judge(folder, shown(folder)[:1])
    Judge.of(first).judge(folder, shown(folder))
    assert len(first.prompts) == 6
    other = Opinionated(name="judge-2b", dislikes="November")
    opinions = Judge.of(other).judge(folder, shown(folder))
    assert len(other.prompts) == 6 and not any(one.faithful for one in opinions.values())
    kept = read_opinions(folder, saved_scores(folder))
    assert kept is not None and kept.by.model == "judge-2b" and len(kept.by_case) == 3


def test_judging_goes_on_after_a_kill_in_the_middle_of_a_row(folder: RunFolder) -> None:
    first = Opinionated()
    Judge.of(first).judge(folder, shown(folder)[:2])
    rows = folder.file("opinions.jsonl")
    rows.write_bytes(rows.read_bytes()[:-9])
    halved = read_opinions(folder, saved_scores(folder))
    assert halved is not None and len(halved.by_case) == 1

    assert len(Judge.of(first).judge(folder, shown(folder))) == 3
    kept = read_opinions(folder, saved_scores(folder))
    assert kept is not None and len(kept.by_case) == 3


def test_a_judge_without_a_language_model_is_an_error(folder: RunFolder) -> None:
    with pytest.raises(EvalError, match="a judge needs a language model; give one with --llm"):
        judge_run(folder, llm="none")


def test_a_run_that_nobody_judged_has_no_opinions(folder: RunFolder) -> None:
    assert read_opinions(folder, saved_scores(folder)) is None
    assert "What a language model thinks" not in write_report(folder).read_text(encoding="utf-8")
