"""A run keeps each answer at once, goes on after a kill, and loses no other answer to one that fails."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.inquiry import Found
from assistant.question import Question
from assistant.types import Answer, Citation, Sentence, Status, Turn
from corpus.types import Passage
from evals.compare import compare_runs
from evals.compared import as_markdown
from evals.folder import RunFolder
from evals.made_by import differing
from evals.report import write_report
from evals.rows import read_object
from evals.run import Plan, Runner, RunOptions, begin_run, plan_run, resume_run
from evals.score import rescore, saved_scores, saved_turns, score_run
from evals.sources import Sources
from evals.types import EvalError
from index.types import Hit

SETTINGS = {"embedding_model": "all-MiniLM-L6-v2", "llm": "none", "draft": "quote"}
USED = {"all-MiniLM-L6-v2": "0" * 64}


class QuotingAsker:
    """Quotes the sentence that shares most words with the question, keeps what it was asked, and fails on one word."""

    def __init__(self, sources: Sources, fails_on: str = "\0") -> None:
        self._places = list(sources.sentences.values())
        self._fails_on = fails_on
        self.asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def stream(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Iterator[Found | Answer]:
        self.asked.append((question, tuple(turn.question for turn in history), tuple(documents)))
        if self._fails_on in question:
            raise RuntimeError("out of memory")
        if "cost" in question:
            yield Answer(question, question, Status.NOT_STATED, message="It does not say.", seconds={"total": 0.1})
            return
        words = set(question.lower().split())
        place = max(self._places, key=lambda one: len(words & set(one.text.lower().split())))
        passage = Passage(place.section, place.start, place.end)
        yield Found(Question(question), (Hit(passage, 0.9, 0.8, 2.0),))
        citation = Citation(1, passage, place.start, place.end)
        sentence = Sentence(citation.quote, (citation,))
        times = {"search": 0.1, "total": 0.2}
        yield Answer(question, question, Status.ANSWERED, (sentence,), seconds=times, confidence=0.75)


def as_row(answer: Answer) -> Mapping[str, object]:
    """The JSON of the design, written again here, so that a change in the assistant's is noticed."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": str(answer.status),
        "text": answer.text,
        "note": answer.note,
        "sentences": [
            {"text": one.text, "citations": [cited.number for cited in one.citations]} for one in answer.sentences
        ],
        "citations": [
            {
                "number": one.number,
                "document": one.section.document.id,
                "section": list(one.section.path),
                "heading": one.section.heading,
                "paragraph": one.paragraph,
                "page": one.section.page,
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
            }
            for one in answer.citations
        ],
        "nearest": [],
        "dropped": [],
        "generator": answer.generator,
        "seconds": dict(answer.seconds),
    }


def options_for(set_file: Path, document_file: Path, **given: Any) -> RunOptions:
    return RunOptions(set_name=str(set_file), sources=(str(document_file),), **given)


@pytest.fixture
def options(set_file: Path, document_file: Path) -> RunOptions:
    return options_for(set_file, document_file)


def scored_run(tmp_path: Path, set_file: Path, document_file: Path, sources: Sources, name: str) -> RunFolder:
    folder, plan = begun(tmp_path, options_for(set_file, document_file), name)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder


def begun(tmp_path: Path, options: RunOptions, name: str = "first") -> tuple[RunFolder, Plan]:
    plan = plan_run(options)
    return begin_run(tmp_path / "runs", name, options, plan, SETTINGS, used=USED), plan


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
    tmp_path: Path, options: RunOptions, document_file: Path, sources: Sources
) -> None:
    folder, plan = begun(tmp_path, options)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    document_file.write_text(document_file.read_text(encoding="utf-8") + "\nMore was said.\n", encoding="utf-8")
    with pytest.raises(EvalError, match="has changed since, so its quotes cannot be looked up; run the set again"):
        rescore(folder)


def test_a_run_says_whether_replies_were_remembered(tmp_path: Path, options: RunOptions) -> None:
    folder, plan = begun(tmp_path, options)
    assert folder.settings()["remembered"] is False
    before = folder.settings()
    resume_run(folder, plan, SETTINGS, USED, remembered=True)
    assert folder.settings()["remembered"] is True
    assert [(one.name, one.before, one.after) for one in differing(before, folder.settings())] == [
        ("remembered replies", "False", "True")
    ]


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


def test_a_run_is_found_by_the_end_of_its_name(tmp_path: Path, options: RunOptions) -> None:
    folder, _ = begun(tmp_path, options, "my run")
    assert folder.name.endswith("-my-run")
    assert RunFolder.open(Path("my-run"), tmp_path / "runs").path == folder.path
    with pytest.raises(EvalError, match=r"nothing: no such run; there is: .*my-run"):
        RunFolder.open(Path("nothing"), tmp_path / "runs")
