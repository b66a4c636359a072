"""Scores a run from its answers and its cases. No model is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, with_config

from evals.cases import CaseSet, load_cases
from evals.folder import RunFolder
from evals.rows import read_rows, write_object, write_rows
from evals.scorers import MEASURES, score_answer, score_missing
from evals.scorers.conversation import openings
from evals.sources import Sources, read_sources
from evals.summary import Scored, summary_of
from evals.types import Case, EvalError, Score, ScoredAnswer


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class ScoresRow:
    """A row of `scores.jsonl`: a case and its scores by measure."""

    id: str
    scores: dict[str, Score]


def rescore(folder: RunFolder, *, keep_going: bool = False) -> tuple[Scored, ...]:
    """Score a saved run against its set as the set is now; where the set is not there, against what the run kept of it.

    Raises:
        EvalError: the set or a document cannot be read, a document is not what was asked about, or a case of the run is
            no longer in the set.
    """
    settings = folder.settings()
    sources = read_sources([Path(source) for source in settings["sources"]])
    _check_documents(folder, sources)
    path = Path(settings["set"]["path"])
    if not path.is_file():  # the run was made on another machine, or the set has moved
        return score_run(folder, settings["set"]["name"], folder.cases(), sources)
    cases = load_cases(path, sources, keep_going=keep_going)
    wanted = {case.id for case in folder.cases()}
    gone = wanted - {case.id for case in cases.cases}
    if gone and not keep_going:
        raise EvalError(f"{cases.path}: {', '.join(sorted(gone))} of {folder.name} is not in the set; use --keep-going")
    return score_anew(folder, cases, [case for case in cases.cases if case.id in wanted], sources)


def _check_documents(folder: RunFolder, sources: Sources) -> None:
    """A quote that is looked up in another text than the one that was asked would be found wanting without a fault."""
    then = folder.settings()["documents"]
    now = {document.id: document.fingerprint for document in sources.documents}
    quoted = {cited.document for answer in folder.answers().values() for cited in answer.citations}
    expected = {gold.id.split("#", maxsplit=1)[0] for case in folder.cases() for gold in case.gold}
    for document in sorted((quoted | expected) & then.keys()):
        if now.get(document) != then[document]:
            what = "has changed since" if document in now else "is not read any more"
            raise EvalError(f"{folder.path}: {document} {what}, so its quotes cannot be looked up; run the set again")


def score_anew(folder: RunFolder, case_set: CaseSet, cases: Sequence[Case], sources: Sources) -> tuple[Scored, ...]:
    """Score a saved run as one of these cases of this set, and keep in it that it is."""
    folder.write_cases(cases)
    folder.write_settings(folder.settings() | {"set": set_settings(case_set)})
    return score_run(folder, case_set.name, cases, sources)


def score_run(folder: RunFolder, set_name: str, cases: Sequence[Case], sources: Sources) -> tuple[Scored, ...]:
    """Score the answers of a run, and write `scores.jsonl`, `turns.jsonl` (of earlier turns) and `summary.json`."""
    scored = scored_cases(folder, cases, sources)
    turns = [
        Scored(opening, answer, score_answer(opening, answer, sources))
        for one in scored
        if one.answer is not None
        for opening, answer in openings(one.case, one.answer)
    ]
    for name, rows in (("scores.jsonl", scored), ("turns.jsonl", turns)):
        write_rows(folder.file(name), [ScoresRow(one.case.id, dict(one.scores)) for one in rows])
    write_object(folder.file("summary.json"), summary_of(set_name, len(cases), scored, turns))
    return scored


def scored_cases(folder: RunFolder, cases: Sequence[Case], sources: Sources) -> tuple[Scored, ...]:
    """Each case that was asked, with its scores; one that could not be answered is wrong, one not asked is left out."""
    answers = folder.answers()
    unanswered = {problem.case: problem.what for problem in folder.problems() if problem.case}
    scored: list[Scored] = []
    for case in cases:
        answer = answers.get(case.id)
        if answer is not None:
            scored.append(Scored(case, answer, score_answer(case, answer, sources)))
        elif case.id in unanswered:
            scored.append(Scored(case, None, score_missing(f"no answer: {unanswered[case.id]}")))
    return tuple(scored)


def saved_scores(folder: RunFolder) -> tuple[Scored, ...]:
    """The scores as they were last written, in the order of the set.

    Raises:
        EvalError: the run was never scored, or its files do not belong together.
    """
    if not folder.file("scores.jsonl").exists():
        raise EvalError(f"{folder.path}: not scored yet; python -m evals score {folder.path}")
    cases, answers = {case.id: case for case in folder.cases()}, folder.answers()
    return _read_scores(folder, "scores.jsonl", cases, answers)


def saved_turns(folder: RunFolder) -> tuple[Scored, ...]:
    """The same of the earlier turns that something is expected of, each as a case of its own.

    Raises:
        EvalError: the run's files do not belong together.
    """
    if not folder.file("turns.jsonl").exists():
        return ()
    answers = folder.answers()
    pairs = [pair for case in folder.cases() if case.id in answers for pair in openings(case, answers[case.id])]
    cases = {opening.id: opening for opening, _ in pairs}
    return _read_scores(folder, "turns.jsonl", cases, {opening.id: answer for opening, answer in pairs})


def _read_scores(
    folder: RunFolder, name: str, cases: Mapping[str, Case], answers: Mapping[str, ScoredAnswer]
) -> tuple[Scored, ...]:
    rows = read_rows(folder.file(name), ScoresRow).rows
    strange = [row.id for row in rows if row.id not in cases]
    if strange:
        raise EvalError(f"{folder.path}: {strange[0]} is scored but not a case; python -m evals score {folder.path}")
    silent = Score(None, "not scored; score the run again")
    return tuple(
        Scored(
            cases[row.id],
            answers.get(row.id),
            {measure.name: row.scores.get(measure.name, silent) for measure in MEASURES},
        )
        for row in rows
    )


def set_settings(cases: CaseSet) -> dict[str, str]:
    """How a run's settings name its set."""
    return {"name": cases.name, "path": str(cases.path.resolve()), "sha256": cases.fingerprint}
