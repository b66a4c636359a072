"""Runs the gates: repeats a gate's run on a library of its own, and holds it against the baseline or makes it that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.ask import Assistant
from assistant.build import build_assistant
from assistant.render import answer_to_json
from assistant.settings import load_settings
from evals.baseline import BASELINES, baseline_of, read_baseline, write_baseline
from evals.cases import load_cases, set_path
from evals.folder import RUNS, RunFolder
from evals.gate import Gate, Verdict, judge
from evals.library import OwnLibrary, files_of, own_library
from evals.on_page import publish_page_figures
from evals.progress import progress_bar
from evals.provenance import models, threshold
from evals.published import REPORTS, publish_readme
from evals.report import write_report
from evals.run import Plan, Runner, RunOptions, begin_run, plan_run
from evals.score import saved_scores, score_anew, score_run
from evals.sources import read_sources
from evals.summary import Scored
from evals.told import told_otherwise
from evals.types import EvalError

Build = Callable[[OwnLibrary], Assistant]
_NAMED = 5  # cases in one line of an error


def build_own(own: OwnLibrary) -> Assistant:
    """The assistant on a library of its own."""
    return build_assistant(own.settings, holdings=own.holdings)


def check(gate: Gate, *, runs: Path = RUNS, build: Build = build_own) -> Verdict:
    """Run a gate and hold it against its baseline.

    Raises:
        EvalError: there is no baseline, or it is of another set or of other cases.
    """
    recorded = recorded_scores(gate)
    folder = run_gate(gate, runs=runs, build=build)
    verdict = judge(gate.name, recorded, saved_scores(folder))
    return replace(verdict, prompts=_prompts_changed(gate, folder.settings()["prompts"]))


def _prompts_changed(gate: Gate, now: Mapping[str, str]) -> tuple[str, ...]:
    """What those prompts are for that are not the baseline's; of no weight where no language model is asked."""
    if gate.options.llm == "none":
        return ()
    return told_otherwise(read_baseline(gate.name).made_by.get("prompts", {}), now)


def record(gate: Gate, *, runs: Path = RUNS, build: Build = build_own) -> Path:
    """Run a gate; keep its scores as the baseline and its report in `docs/evals`. `publish` belongs after the last."""
    return _recorded(gate, run_gate(gate, runs=runs, build=build))


def record_run(gate: Gate, folder: RunFolder, *, baselines: Path = BASELINES, reports: Path = REPORTS) -> Path:
    """As `record`, with a run of the gate that was made before: it is scored as the set is now, and nothing is asked.

    Raises:
        EvalError: it is no run of this gate, or what it asked of which documents is not what the gate asks now.
    """
    if RunOptions.of_run(folder) != gate.options:
        raise EvalError(
            f"{folder.path}: not a run of {gate.name}, but with other options: {folder.settings()['options']}"
        )
    plan = plan_run(gate.options)
    if others := [*_other_documents(gate, folder, plan), *_other_cases(folder, plan)]:
        raise EvalError(
            f"{folder.path}: not what {gate.name} asks now: {'; '.join(others)}; "
            f"ask it again: python -m evals baseline {gate.name}"
        )
    score_anew(folder, plan.case_set, plan.cases, plan.sources)
    return _recorded(gate, folder, baselines, reports)


def _other_documents(gate: Gate, folder: RunFolder, plan: Plan) -> Iterator[str]:
    """What is to be said of each document the plan's cases are asked of, where the run knew it in other words."""
    then, held = folder.settings()["documents"], {path.resolve() for path in _library_of(gate, plan)}
    for document in plan.sources.documents:
        if Path(document.source).resolve() in held and then.get(document.id) != document.fingerprint:
            yield f"the document {document.id} is another now"


def _other_cases(folder: RunFolder, plan: Plan) -> Iterator[str]:
    """What is to be said of the cases that the run did not answer as the plan has them.

    Held against its answers, not its cases: those are written anew whenever it is scored.
    """
    then = {name: (*(one.question for one in row.earlier), row.question) for name, row in folder.answers().items()}
    now = {case.id: case.turns for case in plan.cases}
    for what, names in (
        ("it has no answer to", now.keys() - then.keys()),
        ("it asked besides", then.keys() - now.keys()),
        ("it asked in other words", {name for name in now.keys() & then.keys() if now[name] != then[name]}),
    ):
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield f"{what} {', '.join(sorted(names)[:_NAMED])}{more}"


def _recorded(gate: Gate, folder: RunFolder, baselines: Path = BASELINES, reports: Path = REPORTS) -> Path:
    path = write_baseline(gate.name, baseline_of(folder), baselines)
    reports.mkdir(parents=True, exist_ok=True)
    write_report(folder, markdown=True, out=reports / f"{gate.name}.md")
    return path


def publish() -> None:
    """Put the figures of all baselines into the README and on the chat page.

    Raises:
        EvalError: a baseline is of another version of its set and is to be recorded too.
    """
    publish_readme()
    publish_page_figures()


def record_all(
    gates: Iterable[Gate], *, recorded: Callable[[Gate], Path] = record, published: Callable[[], None] = publish
) -> Iterator[Path]:
    """Record gates one after the other and publish after the last: until then a baseline may be of an older set."""
    for gate in gates:
        yield recorded(gate)
    published()


def recorded_scores(gate: Gate) -> tuple[Scored, ...]:
    """The scores of a gate's baseline.

    Raises:
        EvalError: there is none, or it is of another set.
    """
    sources = read_sources([Path(source) for source in gate.options.sources])
    return read_baseline(gate.name).scored(load_cases(set_path(gate.options.set_name), sources))


def run_gate(gate: Gate, *, runs: Path = RUNS, build: Build = build_own) -> RunFolder:
    """Ask a gate's cases on a library of the project's own documents and nothing else, and score the answers.

    Raises:
        EvalError: a question could not be asked.
        AssistantError: the assistant cannot be built.
    """
    plan = plan_run(gate.options)
    settings = load_settings(llm=gate.options.llm, draft=gate.options.draft)
    kept = settings.model_dump(mode="json")
    used = models(kept)
    with own_library(settings, _library_of(gate, plan)) as own, build(own) as assistant:
        name, limit = f"gate-{gate.name}", threshold(kept, used)
        folder = begin_run(runs, name, gate.options, plan, kept, used=used, threshold=limit)
        with progress_bar(folder.name) as progress:
            Runner(assistant, answer_to_json).run(folder, plan, progress)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder


def _library_of(gate: Gate, plan: Plan) -> tuple[Path, ...]:
    return files_of(plan.case_set, plan.sources, gate.options.sources)
