"""Asks every case of a set and keeps each answer at once, so that a run that was killed goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.answering import Asker, Render, answered_row
from evals.cases import CaseSet, load_cases, set_path
from evals.folder import RunFolder
from evals.provenance import commit, versions
from evals.score import set_settings
from evals.sources import Sources, read_sources
from evals.told import told
from evals.types import Case, EvalError, Problem

Progress = Callable[[int, int], None]
"""Called with how many cases are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What was asked for. `split` may be `all`; `limit` cases are taken evenly from the whole set; 0 takes all."""

    set_name: str = "statement"
    split: str = "all"
    kind: str = ""
    limit: int = 0
    llm: str | None = None
    draft: str | None = None
    sources: tuple[str, ...] = ()

    @classmethod
    def of_run(cls, folder: RunFolder) -> RunOptions:
        """The options a run was begun with."""
        kept = folder.settings()["options"]
        return cls(**{**kept, "sources": tuple(kept["sources"])})


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases to ask, and the documents they are about."""

    case_set: CaseSet
    cases: tuple[Case, ...]
    sources: Sources


def plan_run(options: RunOptions, *, keep_going: bool = False) -> Plan:
    """Read the set and choose the cases.

    Raises:
        EvalError: the set or a document cannot be read, or no case is left.
    """
    sources = read_sources([Path(source) for source in options.sources])
    case_set = load_cases(set_path(options.set_name), sources, keep_going=keep_going)
    cases = [
        case for case in case_set.cases if options.split in {"all", case.split} and options.kind in {"", case.kind}
    ]
    if not cases:
        kinds = ", ".join(sorted({case.kind for case in case_set.cases}))
        raise EvalError(f"{case_set.path}: no case of split {options.split} and kind {options.kind}; kinds: {kinds}")
    if 0 < options.limit < len(cases):
        cases = [cases[place * len(cases) // options.limit] for place in range(options.limit)]
    return Plan(case_set, tuple(cases), sources)


def begin_run(
    runs: Path,
    name: str,
    options: RunOptions,
    plan: Plan,
    assistant_settings: Mapping[str, Any],
    *,
    used: Mapping[str, str],
    threshold: float | None = None,
    remembered: bool = False,
) -> RunFolder:
    """Make the folder of a run and keep in it all that makes the run what it is.

    `used` are the models and `threshold` the confidence from which it answers, as `evals.provenance` tells them;
    `remembered` is whether replies may be those of an earlier run, so that the seconds say nothing.

    Raises:
        EvalError: the folder cannot be made.
    """
    now = datetime.now().astimezone()
    folder = RunFolder.create(runs, name, now)
    folder.write_cases(plan.cases)
    folder.write_problems(plan.case_set.problems)
    folder.write_settings(  # last: what a kill left without settings is no run
        {
            "name": name,
            "started": now.isoformat(timespec="seconds"),
            "set": set_settings(plan.case_set),
            "options": asdict(options),
            "sources": [str(Path(source).resolve()) for source in options.sources],
            "documents": {document.id: document.fingerprint for document in plan.sources.documents},
            "assistant": dict(assistant_settings),
            "models": dict(used),
            "prompts": told(),
            "threshold": threshold,
            "versions": versions(),
            "commit": commit(),
            "remembered": remembered,
        }
    )
    return folder


def resume_run(
    folder: RunFolder,
    plan: Plan,
    assistant_settings: Mapping[str, Any],
    used: Mapping[str, str],
    *,
    remembered: bool = False,
) -> None:
    """Make a run ready to go on: nothing it depends on may have changed.

    Raises:
        EvalError: the set, a document, a setting or a model is another now.
    """
    kept = folder.settings()
    now = {
        "set": plan.case_set.fingerprint,
        "documents": {document.id: document.fingerprint for document in plan.sources.documents},
        "assistant": dict(assistant_settings),
        "models": dict(used),
    }
    changed = [name for name, value in now.items() if (kept["set"]["sha256"] if name == "set" else kept[name]) != value]
    if changed:
        raise EvalError(f"{folder.path}: cannot be resumed, since its {' and '.join(changed)} changed; begin a new run")
    folder.cut_half_line()
    problems = list(plan.case_set.problems)
    if remembered and not kept.get("remembered"):
        folder.write_settings(kept | {"remembered": True})
    if commit() != kept["commit"]:
        problems.append(Problem(folder.name, f"begun on commit {kept['commit']}, resumed on {commit()}"))
    folder.write_problems(problems)


@dataclass(frozen=True, slots=True)
class Runner:
    """Asks the cases of a plan, each after its earlier turns."""

    asker: Asker
    render: Render
    keep_going: bool = False

    def run(self, folder: RunFolder, plan: Plan, progress: Progress = lambda *_: None) -> None:
        """Ask what is not answered yet.

        Raises:
            EvalError: a question could not be asked and `keep_going` is not given.
        """
        answered = folder.answers()
        progress(len(answered), len(plan.cases))
        for done, case in enumerate(one for one in plan.cases if one.id not in answered):
            try:
                folder.append_answer(answered_row(self.asker, self.render, case, plan.case_set.documents))
            except Exception as error:  # whatever goes wrong in one question must not lose the other answers
                what = str(error) if isinstance(error, EvalError) else f"{type(error).__name__}: {error}"
                folder.append_problem(Problem(f"{plan.case_set.path}: {case.id}", what, case.id))
                if not self.keep_going:
                    raise EvalError(
                        f"{case.id}: {what}; go on with --resume {folder.path} once it can be asked (a set that was "
                        "changed needs a new run), or past it with --keep-going"
                    ) from error
            progress(len(answered) + done + 1, len(plan.cases))
