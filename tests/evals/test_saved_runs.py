"""A saved run is scored again without any model, and compared with another of the same set and text only."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

import pytest

from evals.compare import compare_runs
from evals.compared import as_markdown
from evals.report import write_report
from evals.run import Runner, RunOptions
from evals.score import rescore, saved_scores, score_run
from evals.sources import Sources
from evals.types import EvalError
from tests.evals.asking import SETTINGS, QuotingAsker, as_row, begun, options_for, scored_run


def test_a_saved_run_is_scored_again_as_the_set_is_now(
    tmp_path: Path, options: RunOptions, set_file: Path, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    before = {one.case.id: one.is_right for one in score_run(folder, "small", plan.cases, plan.sources)}
    rows = [json.loads(line) for line in set_file.read_text(encoding="utf-8").splitlines()]
    rows[0]["vital"] = [["not in the text"]]
    set_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    after = {one.case.id: one.is_right for one in rescore(folder)}
    assert (before["when"], after["when"]) == (True, False)
    assert [one.case.id for one in saved_scores(folder)] == ["when", "host", "then", "cost"]


def test_a_run_is_scored_again_where_its_set_is_not(
    tmp_path: Path, options: RunOptions, set_file: Path, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    before = score_run(folder, "small", plan.cases, plan.sources)
    set_file.unlink()
    assert rescore(folder) == before


def test_a_run_is_not_scored_on_another_text_than_it_asked(
    tmp_path: Path, set_file: Path, document_file: Path, sources: Sources
) -> None:
    own = Path(copy(document_file, tmp_path))
    folder, plan = begun(tmp_path, options_for(set_file, own))
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    own.write_text(own.read_text(encoding="utf-8") + "\nMore was said.\n", encoding="utf-8")
    with pytest.raises(EvalError, match="has changed since, so its quotes cannot be looked up; run the set again"):
        rescore(folder)


def test_runs_of_different_sets_are_not_compared(
    tmp_path: Path, options: RunOptions, set_file: Path, document_file: Path, sources: Sources
) -> None:
    other = set_file.rename(set_file.with_name("other.jsonl"))
    set_file.write_text(other.read_text(encoding="utf-8"), encoding="utf-8")
    folders = []
    for path in (set_file, other):
        folder, plan = begun(tmp_path, options_for(path, document_file), path.stem)
        Runner(QuotingAsker(sources), as_row).run(folder, plan)
        score_run(folder, plan.case_set.name, plan.cases, plan.sources)
        folders.append(folder)
    with pytest.raises(EvalError, match=r"is of the set small, .* of other: nothing to compare"):
        compare_runs(*folders)


def test_versions_of_one_set_are_not_compared_either(
    tmp_path: Path, options: RunOptions, set_file: Path, sources: Sources
) -> None:
    folders = []
    for name in ("one", "two"):
        folder, plan = begun(tmp_path, options, name)
        Runner(QuotingAsker(sources), as_row).run(folder, plan)
        score_run(folder, plan.case_set.name, plan.cases, plan.sources)
        folders.append(folder)
        set_file.write_text(set_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(EvalError, match="different versions of the set small; score both again"):
        compare_runs(*folders)


def test_two_sets_whose_files_are_called_alike_are_said_to_be_different(
    tmp_path: Path, set_file: Path, document_file: Path, sources: Sources
) -> None:
    other = tmp_path / "mine" / set_file.name
    other.parent.mkdir()
    other.write_text(set_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    one, two = (
        scored_run(tmp_path, path, document_file, sources, name) for name, path in (("one", set_file), ("two", other))
    )
    with pytest.raises(EvalError, match=r"different sets, though both are called small: .*mine/small\.jsonl"):
        compare_runs(one, two)
    with pytest.raises(EvalError, match="are of different sets, though both are called small"):
        write_report(two, before=one)


def test_a_comparison_tells_in_which_settings_two_runs_differ(
    tmp_path: Path, set_file: Path, document_file: Path, sources: Sources
) -> None:
    one, two = (scored_run(tmp_path, set_file, document_file, sources, name) for name in ("one", "two"))
    assert compare_runs(one, two).settings == ()
    assert "Their settings do not differ" in as_markdown(compare_runs(one, two))
    kept = two.settings()
    changed = {"assistant": SETTINGS | {"draft": "write", "home": "elsewhere"}, "threshold": 0.8, "commit": "a" * 40}
    two.write_settings(kept | changed | {"documents": {"statement": "b" * 64}})
    page = as_markdown(compare_runs(one, two))
    assert "| threshold | not told | 0.8 |" in page and "| draft | quote | write |" in page
    assert "| aaaaaaaaaaaa… |" in page and "| bbbbbbbbbbbb… |" in page
    assert "elsewhere" not in page
