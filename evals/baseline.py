"""A recorded run that later ones are held against: each case's scores, without its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from evals.cases import DATASETS, CaseSet
from evals.folder import RunFolder
from evals.rows import read_object, read_rows
from evals.score import saved_scores, saved_turns
from evals.scorers import MEASURES
from evals.summary import Scored
from evals.types import Case, EvalError, Score

BASELINES = Path(__file__).parent / "baselines"
_STRICT = ConfigDict(extra="forbid")
_KEPT = tuple(measure.name for measure in MEASURES if measure.unit != "s")  # seconds are another machine's


@with_config(_STRICT)
@dataclass(frozen=True, slots=True)
class Baseline:
    """What was run and how each case scored; `turns` are the earlier turns of conversations, each as a case.

    `set` names the set with its SHA-256; `made_by` tells the commit, the models, the prompts, the versions and
    how it drafts.
    """

    set: dict[str, str]
    options: dict[str, Any]
    made_by: dict[str, Any]
    cases: dict[str, dict[str, float]]
    turns: dict[str, dict[str, float]]

    @property
    def writes(self) -> bool:
        """Whether its answers were written rather than quoted."""
        # What was recorded before 2026-11-29 tells only what was asked for, which was nothing or this.
        return self.made_by.get("draft", self.options.get("draft")) == "write"

    def scored(self, cases: CaseSet) -> tuple[Scored, ...]:
        """Its cases with their scores, and no answers.

        Raises:
            EvalError: the set is another now.
        """
        if self.set["sha256"] != cases.fingerprint:
            raise EvalError(f"the set {cases.name} changed since its baseline was recorded; record it: make baseline")
        return tuple(_scored(case, self.cases[case.id]) for case in cases.cases if case.id in self.cases)

    def scored_turns(self, cases: CaseSet) -> tuple[Scored, ...]:
        """The earlier turns of its conversations with their scores."""
        openings = [case.opening(number + 1) for case in cases.cases for number in range(len(case.earlier))]
        return tuple(_scored(opening, self.turns[opening.id]) for opening in openings if opening.id in self.turns)


def read_baseline(name: str, folder: Path = BASELINES) -> Baseline:
    """A committed baseline.

    Raises:
        EvalError: there is none of that name, or it is damaged.
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        raise EvalError(f"{path}: no such baseline; record it: python -m evals baseline {name}")
    try:
        return TypeAdapter(Baseline).validate_python(read_object(path))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise EvalError(f"{path}: {where}: {fault['msg']}; record it: python -m evals baseline {name}") from error


def right_before(run: RunFolder, folder: Path = BASELINES) -> frozenset[str]:
    """The cases of a run that were right when a baseline that drafts alike with the same models was recorded.

    Only which cases they are counts: what is expected of one may be another now, since a case that was changed is one
    to look at, and the set may be a copy under another name.

    Raises:
        EvalError: a baseline is damaged.
    """
    settings, cases = run.settings(), run.cases()
    kept = [read_baseline(path.stem, folder) for path in sorted(folder.glob("*.json"))]
    return frozenset(
        name
        for one in kept
        if one.made_by["models"] == settings["models"] and one.writes == (settings["assistant"]["draft"] == "write")
        for name in _asked_in(one, settings["set"]["name"], cases)
        if one.cases.get(name, {}).get("right") == 1
    )


def _asked_in(baseline: Baseline, set_name: str, cases: Sequence[Case]) -> Iterator[str]:
    """The ids of cases of the baseline's own set: any of that name, else those with the same conversation."""
    if set_name == baseline.set["name"]:
        yield from (case.id for case in cases)
        return
    path = DATASETS / f"{baseline.set['name']}.jsonl"
    known = read_rows(path, Case, keep_going=True).rows if path.is_file() else ()
    turns = {case.id: case.turns for case in known}
    yield from (case.id for case in cases if turns.get(case.id) == case.turns)


def baseline_of(run: RunFolder) -> Baseline:
    """What a scored run gives as a baseline.

    Raises:
        EvalError: the run was never scored, or is not finished.
    """
    settings, scored = run.settings(), saved_scores(run)
    if len(scored) < len(run.cases()) or any(one.answer is None for one in scored):
        raise EvalError(f"{run.path}: some cases were not answered; a baseline needs all of them")
    made_by = {key: settings[key] for key in ("commit", "models", "versions", "documents")}
    made_by["prompts"] = settings.get("prompts", {})  # a run made before 2026-11-30 does not tell them
    made_by["draft"] = settings["assistant"]["draft"]  # the options may leave it to the environment
    kept = {key: settings["set"][key] for key in ("name", "sha256")}
    return Baseline(kept, settings["options"], made_by, _values(scored), _values(saved_turns(run)))


def write_baseline(name: str, baseline: Baseline, folder: Path = BASELINES) -> Path:
    """Keep a baseline, one line a case, so that a change shows in a diff case by case."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    parts = [f" {json.dumps(key)}: {_written(value)}" for key, value in asdict(baseline).items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    return path


def _written(value: Mapping[str, Any]) -> str:
    lines = [f"  {json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}" for key, one in value.items()]
    return "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"


def _values(scored: Sequence[Scored]) -> dict[str, dict[str, float]]:
    return {
        one.case.id: {name: value for name in _KEPT if (value := one.scores[name].value) is not None} for one in scored
    }


def _scored(case: Case, values: Mapping[str, float]) -> Scored:
    return Scored(case, None, {measure.name: Score(values.get(measure.name)) for measure in MEASURES})
