"""A baseline keeps every score of a run and refuses another set; what is published is what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from evals.baseline import BASELINES, baseline_of, read_baseline, right_before, write_baseline
from evals.cases import load_cases, set_path
from evals.check import record_run
from evals.folder import RunFolder
from evals.gate import GATES, gate_named
from evals.on_page import PAGE_FIGURES, page_figures
from evals.published import REPORTS, ROOT, figure_lines, with_figures
from evals.ranking import worst_first
from evals.score import saved_scores, saved_turns, score_run
from evals.sources import Sources, read_sources
from evals.types import EvalError

Maker = Callable[..., Any]
RECORDED = [gate.name for gate in GATES if (BASELINES / f"{gate.name}.json").is_file()]


@pytest.fixture
def run(tmp_path: Path, make_answer: Maker, set_file: Path, sources: Sources) -> RunFolder:
    """A run of the small set in which every case was answered."""
    cases = load_cases(set_file, sources)
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    kept = {"name": cases.name, "path": str(set_file), "sha256": cases.fingerprint}
    options = {"set_name": str(set_file), "sources": []}
    about: dict[str, Any] = {"set": kept, "options": options, "assistant": {"llm": "none", "draft": "auto"}}
    folder.write_settings(about | {"commit": "abc", "models": {}, "versions": {}, "documents": {}})
    folder.write_cases(cases.cases)
    for case in cases.cases:
        earlier = tuple(make_answer((None, "data:1.2"), name=case.turn_id(n + 1)) for n in range(len(case.earlier)))
        answer = make_answer((None, "telecoms:1.1"), name=case.id, confidence=0.7, earlier=earlier)
        folder.append_answer(asdict(answer))
    score_run(folder, cases.name, cases.cases, sources)
    return folder


def test_a_baseline_keeps_every_score_but_the_seconds(
    run: RunFolder, tmp_path: Path, set_file: Path, sources: Sources
) -> None:
    write_baseline("small", baseline_of(run), tmp_path / "baselines")
    kept = read_baseline("small", tmp_path / "baselines")
    cases = load_cases(set_file, sources)
    for now, then in ((saved_scores(run), kept.scored(cases)), (saved_turns(run), kept.scored_turns(cases))):
        assert [one.case for one in now] == [one.case for one in then]
        for one, other in zip(now, then, strict=True):
            values = {name: score.value for name, score in one.scores.items()} | {"seconds": None}
            assert {name: score.value for name, score in other.scores.items()} == pytest.approx(values)


def test_a_case_that_was_right_in_the_baseline_and_is_not_now_comes_first(
    run: RunFolder, tmp_path: Path, set_file: Path, sources: Sources
) -> None:
    run.write_settings(run.settings() | {"models": {"reader": "1"}})
    write_baseline("small", baseline_of(run), tmp_path / "baselines")
    before = worst_first(saved_scores(run), right_before(run, tmp_path / "baselines"))
    assert before[-1].case.id == "when" and before[-1].is_right
    spoilt = [replace(case, vital=(("nowhere",),)) if case.id == "when" else case for case in run.cases()]
    run.write_cases(spoilt)
    score_run(run, "small", spoilt, sources)
    assert worst_first(saved_scores(run), right_before(run, tmp_path / "baselines"))[0].case.id == "when"
    run.write_settings(run.settings() | {"models": {"reader": "2"}})
    assert right_before(run, tmp_path / "baselines") == frozenset()


@pytest.mark.parametrize("drafts", [("auto", "write"), ("write", "quote")])
def test_what_a_baseline_quoted_is_no_loss_where_answers_are_written_nor_the_other_way(
    drafts: tuple[str, str], run: RunFolder, tmp_path: Path
) -> None:
    then, now = ({"assistant": {"llm": "embedded", "draft": draft}} for draft in drafts)
    run.write_settings(run.settings() | then)
    write_baseline("small", baseline_of(run), tmp_path / "baselines")
    assert "when" in right_before(run, tmp_path / "baselines")
    run.write_settings(run.settings() | now)
    assert right_before(run, tmp_path / "baselines") == frozenset()


def test_auto_and_quote_draft_alike_and_a_baseline_that_does_not_tell_was_as_its_options_say(
    run: RunFolder, tmp_path: Path
) -> None:
    kept = baseline_of(run)
    run.write_settings(run.settings() | {"assistant": {"llm": "none", "draft": "quote"}})
    for draft, before in ((None, True), ("quote", True), ("write", False)):
        old = replace(kept, made_by={k: v for k, v in kept.made_by.items() if k != "draft"}, options={"draft": draft})
        write_baseline("small", old, tmp_path / "baselines")
        assert ("when" in right_before(run, tmp_path / "baselines")) is before
    write_baseline("small", kept, tmp_path / "baselines")
    assert "when" in right_before(run, tmp_path / "baselines")


def test_a_case_spoilt_in_a_copy_of_a_set_is_known_from_the_baseline_of_the_set(run: RunFolder) -> None:
    recorded = read_baseline("statement")
    known = load_cases(set_path("statement"), read_sources()).cases
    was_right = [case for case in known if recorded.cases[case.id]["right"] == 1][:2]
    others = replace(was_right[1], turns=("Something else?",))
    run.write_cases([replace(was_right[0], vital=(("nowhere",),)), others])
    copied = run.settings()["set"] | {"name": "my-copy"}
    run.write_settings(run.settings() | {"set": copied, "models": recorded.made_by["models"]})
    assert right_before(run) == {was_right[0].id}


def test_a_baseline_of_another_version_of_the_set_is_refused(run: RunFolder, set_file: Path, sources: Sources) -> None:
    kept = baseline_of(run)
    set_file.write_text(set_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(EvalError, match=r"the set small changed since its baseline was recorded; .*make baseline"):
        kept.scored(load_cases(set_file, sources))


def test_a_run_with_a_question_that_failed_is_no_baseline(run: RunFolder, make_case: Maker) -> None:
    run.write_cases([*run.cases(), make_case("later")])
    with pytest.raises(EvalError, match="some cases were not answered"):
        baseline_of(run)


def test_a_run_with_other_options_than_a_gates_is_not_recorded_for_it(run: RunFolder) -> None:
    with pytest.raises(EvalError, match="not a run of statement"):
        record_run(gate_named("statement"), run)


def test_a_baseline_that_is_missing_or_damaged_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"no such baseline; record it: python -m evals baseline small"):
        read_baseline("small", tmp_path)
    (tmp_path / "small.json").write_text('{"set": {}}', encoding="utf-8")
    with pytest.raises(EvalError, match=r"small\.json: options: .*record it: python -m evals baseline small"):
        read_baseline("small", tmp_path)


def test_every_gate_that_needs_no_language_model_is_recorded() -> None:
    assert {gate.name for gate in GATES if gate.options.llm == "none"} <= set(RECORDED)


def test_the_readmes_figures_are_those_of_the_baselines() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_figures(readme) == readme, "the README's figures are not the baselines'; make baseline"


def test_the_chat_pages_figures_are_those_of_the_baselines() -> None:
    shown = json.loads(PAGE_FIGURES.read_text(encoding="utf-8"))
    assert shown == page_figures(), "the chat page's figures are not the baselines'; make baseline"
    assert all(run["measures"]["right"]["count"] == run["cases"] for run in shown["runs"])


@pytest.mark.parametrize("name", RECORDED)
def test_the_committed_report_is_of_the_baseline_and_linked(name: str) -> None:
    report = (REPORTS / f"{name}.md").read_text(encoding="utf-8")
    lines = figure_lines(read_baseline(name))
    assert len(lines) > 20
    assert [line for line in lines if line not in report] == []
    assert f"(docs/evals/{name}.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
