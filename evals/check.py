"""Runs the gates: repeats a gate's run on a library of its own, and holds it against the baseline or makes it that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.ask import Assistant
from assistant.build import build_assistant
from assistant.render import answer_to_json
from assistant.settings import load_settings
from evals.baseline import baseline_of, read_baseline, write_baseline
from evals.cases import load_cases, set_path
from evals.folder import RUNS, RunFolder
from evals.gate import Gate, Verdict, judge
from evals.library import OwnLibrary, files_of, own_library
from evals.on_page import publish_page_figures
from evals.progress import progress_bar
from evals.published import REPORTS, publish_readme
from evals.report import write_report
from evals.run import Runner, begin_run, plan_run
from evals.score import saved_scores, score_run
from evals.sources import read_sources
from evals.summary import Scored

Build = Callable[[OwnLibrary], Assistant]


def build_own(own: OwnLibrary) -> Assistant:
    """The assistant on a library of its own."""
    return build_assistant(own.settings, holdings=own.holdings)


def check(gate: Gate, *, runs: Path = RUNS, build: Build = build_own) -> Verdict:
    """Run a gate and hold it against its baseline.

    Raises:
        EvalError: there is no baseline, or it is of another set or of other cases.
    """
    recorded = recorded_scores(gate)
    return judge(gate.name, recorded, saved_scores(run_gate(gate, runs=runs, build=build)))


def record(gate: Gate, *, runs: Path = RUNS, build: Build = build_own) -> Path:
    """Run a gate; keep its scores as the baseline, its report in `docs/evals`, its figures in the README and on the
    chat page."""
    folder = run_gate(gate, runs=runs, build=build)
    path = write_baseline(gate.name, baseline_of(folder))
    REPORTS.mkdir(parents=True, exist_ok=True)
    write_report(folder, markdown=True, out=REPORTS / f"{gate.name}.md")
    publish_readme()
    publish_page_figures()
    return path


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
    files = files_of(plan.case_set, plan.sources, gate.options.sources)
    with own_library(settings, files) as own, build(own) as assistant:
        folder = begin_run(runs, f"gate-{gate.name}", gate.options, plan, settings.model_dump(mode="json"))
        with progress_bar(folder.name) as progress:
            Runner(assistant, answer_to_json).run(folder, plan, progress)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder
