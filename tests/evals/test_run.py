"""A run keeps each answer at once, goes on after a kill, and loses no other answer to one that fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.folder import RunFolder
from evals.made_by import differing
from evals.rows import read_object
from evals.run import Runner, RunOptions, plan_run, resume_run
from evals.score import saved_turns, score_run
from evals.sources import Sources
from evals.types import EvalError
from tests.evals.asking import SETTINGS, USED, QuotingAsker, as_row, begun, options_for


def test_a_run_leaves_everything_that_made_it(tmp_path: Path, options: RunOptions, sources: Sources) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    files = {path.name for path in folder.path.iterdir()}
    assert files == {
        "settings.json", "cases.jsonl", "answers.jsonl", "problems.jsonl", "scores.jsonl", "turns.jsonl",
        "summary.json",
    }  # fmt: skip
    settings = folder.settings()
    assert settings["set"]["sha256"] == plan.case_set.fingerprint
    assert settings["assistant"] == SETTINGS
    assert settings["versions"]["python"].startswith("3.")
    assert settings["models"] == USED
    summary = read_object(folder.file("summary.json"))
    assert (summary["cases"], summary["scored"], summary["figures"]["right"]["count"]) == (4, 4, 4)
    assert 0 <= summary["figures"]["right"]["low"] <= summary["figures"]["right"]["value"]
    assert set(summary["tables"]["By kind"]) == {"fact", "follow_up", "near_miss"}
    assert {step: (one["count"], one["value"]) for step, one in summary["steps"].items()} == {
        "search": (3, pytest.approx(0.1)), "total": (4, pytest.approx(0.175))
    }  # fmt: skip
    by_turn = summary["tables"]["Conversations by turn"]
    assert {turn: row["right"]["count"] for turn, row in by_turn.items()} == {"turn 1": 1, "turn 2": 1}
    (turn,) = saved_turns(folder)
    assert (turn.case.id, turn.answer and turn.answer.question) == ("then:1", "Is there a mission?")


def test_earlier_turns_are_asked_first_with_growing_history(
    tmp_path: Path, options: RunOptions, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    asker = QuotingAsker(sources)
    Runner(asker, as_row).run(folder, plan)
    assert asker.asked[2:4] == [
        ("Is there a mission?", (), ("statement",)),
        ("Where to?", ("Is there a mission?",), ("statement",)),
    ]


def test_an_answer_is_kept_with_what_was_found_how_sure_it_is_and_the_turns_before(
    tmp_path: Path, options: RunOptions, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    answers = folder.answers()
    hits = answers["when"].hits
    assert hits is not None and [hit.section for hit in hits] == ["statement#telecoms"]
    assert answers["when"].confidence == 0.75
    assert (answers["cost"].hits, answers["cost"].confidence) == (None, None)
    assert [(one.id, one.question) for one in answers["then"].earlier] == [("then:1", "Is there a mission?")]


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, options: RunOptions, sources: Sources) -> None:
    folder, plan = begun(tmp_path, options)
    with pytest.raises(EvalError, match=r"then: RuntimeError: out of memory; .*--resume .*--keep-going"):
        Runner(QuotingAsker(sources, fails_on="mission"), as_row).run(folder, plan)
    with folder.file("answers.jsonl").open("ab") as file:
        file.write('{"id": "then", "question": "日'.encode()[:-1])
    assert [one.case.id for one in score_run(folder, "small", plan.cases, plan.sources) if one.answer] == [
        "when",
        "host",
    ]
    resume_run(folder, plan_run(RunOptions.of_run(folder)), SETTINGS, USED)
    asker = QuotingAsker(sources)
    Runner(asker, as_row).run(folder, plan)
    assert [question for question, _, _ in asker.asked] == [
        "Is there a mission?", "Where to?", "What did it cost?"
    ]  # fmt: skip
    assert list(folder.answers()) == ["when", "host", "then", "cost"]
    assert not [problem for problem in folder.problems() if problem.case]


def test_keep_going_counts_a_failed_question_as_wrong(tmp_path: Path, options: RunOptions, sources: Sources) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources, fails_on="Where"), as_row, keep_going=True).run(folder, plan)
    scored = {one.case.id: one for one in score_run(folder, "small", plan.cases, plan.sources)}
    assert len(scored) == 4
    assert scored["then"].answer is None
    assert scored["then"].scores["right"].value == 0
    assert [problem.case for problem in folder.problems()] == ["then"]


@pytest.mark.parametrize("changed", ["set", "assistant", "models"])
def test_a_run_cannot_go_on_under_other_conditions(
    changed: str, tmp_path: Path, options: RunOptions, set_file: Path
) -> None:
    folder, _ = begun(tmp_path, options)
    if changed == "set":
        set_file.write_text(set_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    settings = SETTINGS | ({"llm": "embedded"} if changed == "assistant" else {})
    used = USED | ({"other.gguf": "1" * 64} if changed == "models" else {})
    with pytest.raises(EvalError, match=f"its {changed} changed"):
        resume_run(folder, plan_run(options), settings, used)


def test_cases_are_chosen_by_split_kind_and_evenly_by_limit(set_file: Path, document_file: Path) -> None:
    def chosen(**given: Any) -> list[str]:
        return [case.id for case in plan_run(options_for(set_file, document_file, **given)).cases]

    assert chosen(split="report") == ["host", "cost"]
    assert chosen(kind="fact") == ["when", "host"]
    assert chosen(limit=2) == ["when", "then"]
    with pytest.raises(EvalError, match="kinds: fact, follow_up, near_miss"):
        chosen(kind="poem")


def test_an_answer_that_is_not_as_agreed_is_noticed_at_once(
    tmp_path: Path, options: RunOptions, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    with pytest.raises(EvalError, match="when: the answer's colour is not as agreed"):
        Runner(QuotingAsker(sources), lambda answer: as_row(answer) | {"colour": 1}).run(folder, plan)
    assert folder.answers() == {}


def test_a_run_says_whether_replies_were_remembered(tmp_path: Path, options: RunOptions) -> None:
    folder, plan = begun(tmp_path, options)
    assert folder.settings()["remembered"] is False
    before = folder.settings()
    resume_run(folder, plan, SETTINGS, USED, remembered=True)
    assert folder.settings()["remembered"] is True
    assert [(one.name, one.before, one.after) for one in differing(before, folder.settings())] == [
        ("remembered replies", "False", "True")
    ]


def test_a_run_is_found_by_the_end_of_its_name(tmp_path: Path, options: RunOptions) -> None:
    folder, _ = begun(tmp_path, options, "my run")
    assert folder.name.endswith("-my-run")
    assert RunFolder.open(Path("my-run"), tmp_path / "runs").path == folder.path
    with pytest.raises(EvalError, match=r"nothing: no such run; there is: .*my-run"):
        RunFolder.open(Path("nothing"), tmp_path / "runs")
