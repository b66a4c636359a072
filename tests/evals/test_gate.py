"""A gate fails on a drop and on a rise nobody recorded, and not on noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.build import open_search
from assistant.calibration import load_calibration
from assistant.evidence import Reading
from assistant.question import Question
from assistant.read import SignalReader
from assistant.settings import load_settings
from evals.cases import load_cases, set_path
from evals.check import check, record_all, recorded_scores, run_gate
from evals.gate import GATES, Gate, Verdict, gate_named, judge
from evals.library import OwnLibrary
from evals.run import RunOptions
from evals.score import saved_scores
from evals.scorers import score_answer
from evals.sources import Sources, read_sources
from evals.summary import Scored
from evals.types import Case, EvalError, Score
from index.fetch import fetch
from index.types import Hit
from index.weights import DEFAULT_LLM

Maker = Callable[..., Any]
NOISY = 5


@pytest.fixture
def recorded(make_case: Maker, make_answer: Maker, sources: Sources) -> list[Scored]:
    """Sixty cases of three kinds, two in three right."""
    kinds = ("fact", "list", "yes_no")
    cases = [make_case(f"case-{n:02}", kind=kinds[n // 20], vital=(("November",),)) for n in range(60)]
    return [_answered(case, n % 3 > 0, make_answer, sources) for n, case in enumerate(cases)]


@pytest.fixture
def again(recorded: list[Scored], make_answer: Maker, sources: Sources) -> Callable[[set[int], set[int]], Verdict]:
    """Judge a run in which the cases of these numbers became right, or wrong."""

    def run(won: set[int], lost: set[int]) -> Verdict:
        now = [
            _answered(one.case, (one.is_right or number in won) and number not in lost, make_answer, sources)
            for number, one in enumerate(recorded)
        ]
        return judge("small", recorded, now)

    return run


def _answered(case: Case, is_right: bool, make_answer: Maker, sources: Sources) -> Scored:
    answer = make_answer((None, "telecoms:1.1" if is_right else "data:1.1"), name=case.id, confidence=0.5)
    return Scored(case, answer, score_answer(case, answer, sources))


def _where(recorded: Sequence[Scored], is_right: bool, count: int, kind: str = "") -> set[int]:
    fitting = [n for n, one in enumerate(recorded) if one.is_right == is_right and kind in {"", one.case.kind}]
    return set(fitting[:: len(fitting) // count][:count])


def test_the_same_scores_pass(again: Maker) -> None:
    verdict = again(set(), set())
    assert verdict.passes and not verdict.flips


def test_a_few_flips_pass_and_are_listed(recorded: list[Scored], again: Maker) -> None:
    verdict = again(_where(recorded, False, 2), _where(recorded, True, NOISY))
    assert verdict.passes
    assert verdict.shown.count("now wrong: case-") == NOISY and verdict.shown.count("now right: case-") == 2


def test_a_drop_fails(recorded: list[Scored], again: Maker) -> None:
    verdict = again(set(), _where(recorded, True, 8))
    assert not verdict.passes
    assert "drop: Right: 0.667 to 0.533 (n=60, p=0.0078, McNemar, 0 won, 8 lost)" in verdict.shown
    assert "make baseline" not in verdict.shown


def test_a_rise_nobody_recorded_fails_and_says_how_to_record_it(recorded: list[Scored], again: Maker) -> None:
    verdict = again(_where(recorded, False, 8), set())
    assert not verdict.passes
    assert "rise: Right: 0.667 to 0.800" in verdict.shown
    assert "record the rise: make baseline" in verdict.shown


def test_a_kind_that_got_worse_is_not_hidden_by_another_that_got_better(recorded: list[Scored], again: Maker) -> None:
    verdict = again(_where(recorded, False, 7, "fact"), _where(recorded, True, 7, "list"))
    shown = [change.what for change in verdict.changes]
    assert "Right" not in shown and {"Right, kind fact", "Right, kind list"} <= set(shown)


def test_numbers_that_differ_by_a_hair_everywhere_pass(recorded: list[Scored]) -> None:
    hair = [
        replace(
            one,
            scores={
                name: Score(score.value - 0.001 if score.value not in {None, 0.0, 1.0} else score.value)
                for name, score in one.scores.items()
            },
        )
        for one in recorded
    ]
    assert any(one.scores != other.scores for one, other in zip(recorded, hair, strict=True))
    assert judge("small", recorded, hair).passes


def test_one_quote_that_is_not_in_the_source_fails(
    recorded: list[Scored], make_answer: Maker, sources: Sources
) -> None:
    first, *others = recorded
    answer = make_answer((None, "data:1.1"), name=first.case.id, confidence=0.5)
    answer = replace(answer, citations=(replace(answer.citations[0], quote="Words nobody wrote."),))
    verdict = judge("small", recorded, [Scored(first.case, answer, score_answer(first.case, answer, sources)), *others])
    assert not verdict.changes and not verdict.passes
    assert "broken promise: case-00: quotes: [1]: the quote does not stand at" in verdict.shown


def test_other_cases_than_the_baselines_are_not_judged(recorded: list[Scored]) -> None:
    with pytest.raises(EvalError, match="small: its baseline is of other cases than were asked"):
        judge("small", recorded, recorded[1:])


@pytest.mark.model
@pytest.mark.parametrize("name", [gate.name for gate in GATES if gate.options.llm == "none"])
def test_without_a_language_model_nothing_is_worse_than_recorded_nor_better(name: str, tmp_path: Path) -> None:
    verdict = check(gate_named(name), runs=tmp_path)
    assert verdict.passes, verdict.shown


def test_every_document_of_the_project_is_asked_of_in_full_without_a_language_model() -> None:
    in_full = [gate.options for gate in GATES if (gate.options.llm, gate.options.limit) == ("none", 0)]
    sources = read_sources()
    asked = {name for one in in_full for name in load_cases(set_path(one.set_name), sources).documents}
    assert asked == {document.id for document in sources.documents}


def test_the_figures_are_published_after_the_last_gate_is_recorded() -> None:
    done: list[str] = []

    def recorded(gate: Gate) -> Path:
        done.append(gate.name)
        return Path(gate.name)

    paths = list(record_all(GATES, recorded=recorded, published=lambda: done.append("published")))
    assert done == [*map(str, paths), "published"] == [*(gate.name for gate in GATES), "published"]


class BackwardsReader(SignalReader):
    """Reads the hits that the search ranked last."""

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        return super().read(question, hits[::-1])


@pytest.mark.model
@pytest.mark.parametrize(("reads", "threshold"), [(SignalReader, 0.85), (BackwardsReader, None)])
def test_an_assistant_made_worse_on_purpose_fails_the_gate(
    reads: type[SignalReader], threshold: float | None, tmp_path: Path
) -> None:
    def worse(own: OwnLibrary) -> Assistant:
        search = open_search(own.settings, holdings=own.holdings)
        kept = load_calibration("signals")
        calibration = kept.model_copy(update={"threshold": threshold or kept.threshold})
        return Assistant(search, reads(search.embedder, search.frequency, calibration), search.library.records)

    part = Gate("statement", "", RunOptions(llm="none", limit=96))
    scored = saved_scores(run_gate(part, runs=tmp_path, build=worse))
    asked = {one.case.id for one in scored}
    recorded = [one for one in recorded_scores(gate_named("statement")) if one.case.id in asked]
    verdict = judge("statement", recorded, scored)
    assert not verdict.passes
    assert "Right" in {change.what for change in verdict.changes if change.is_drop}, verdict.shown


@pytest.mark.llm
def test_with_the_embedded_language_model_nothing_is_worse_than_recorded_nor_better(tmp_path: Path) -> None:
    fetch(DEFAULT_LLM, load_settings().models_folder)
    verdict = check(gate_named("statement-llm"), runs=tmp_path)
    assert verdict.passes, verdict.shown
