"""Runs the gates: repeats a gate's run on a library of its own, and holds it against the baseline or makes it that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.ask import Assistant
from assistant.build import build_assistant
from assistant.render import answer_to_json
from assistant.settings import Settings, load_settings
from evals.baseline import baseline_of, read_baseline, write_baseline
from evals.cases import load_cases, set_path
from evals.folder import RUNS, RunFolder
from evals.gate import Gate, Verdict, judge
from evals.progress import progress_bar
from evals.published import REPORTS, publish_readme
from evals.report import write_report
from evals.run import Runner, RunOptions, begin_run, plan_run
from evals.score import saved_scores, score_run
from evals.sources import read_sources
from evals.summary import Scored

Build = Callable[[Settings], Assistant]


def check(gate: Gate, *, runs: Path = RUNS, build: Build = build_assistant) -> Verdict:
    """Run a gate and hold it against its baseline.

    Raises:
        EvalError: there is no baseline, or it is of another set or of other cases.
    """
    recorded = recorded_scores(gate)
    return judge(gate.name, recorded, saved_scores(run_gate(gate, runs=runs, build=build)))


def record(gate: Gate, *, runs: Path = RUNS, build: Build = build_assistant) -> Path:
    """Run a gate; keep its scores as the baseline, its report in `docs/evals` and its figures in the README."""
    folder = run_gate(gate, runs=runs, build=build)
    path = write_baseline(gate.name, baseline_of(folder))
    REPORTS.mkdir(parents=True, exist_ok=True)
    write_report(folder, markdown=True, out=REPORTS / f"{gate.name}.md")
    publish_readme()
    return path


def recorded_scores(gate: Gate) -> tuple[Scored, ...]:
    """The scores of a gate's baseline.

    Raises:
        EvalError: there is none, or it is of another set.
    """
    sources = read_sources([Path(source) for source in gate.options.sources])
    return read_baseline(gate.name).scored(load_cases(set_path(gate.options.set_name), sources))


def run_gate(gate: Gate, *, runs: Path = RUNS, build: Build = build_assistant) -> RunFolder:
    """Ask a gate's cases on a library of the project's own documents and nothing else, and score the answers.

    Raises:
        EvalError: a question could not be asked.
        AssistantError: the assistant cannot be built.
    """
    plan = plan_run(gate.options)
    with _own_library(gate.options) as settings, build(settings) as assistant:
        folder = begin_run(runs, f"gate-{gate.name}", gate.options, plan, settings.model_dump(mode="json"))
        with progress_bar(folder.name) as progress:
            Runner(assistant, answer_to_json).run(folder, plan, progress)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder


@contextmanager
def _own_library(options: RunOptions) -> Iterator[Settings]:
    """Settings with a home of its own that shares the user's model files: a user's documents would move every score."""
    shared = load_settings().models_folder
    with TemporaryDirectory(prefix="communique-gate-") as home:
        if shared.is_dir():
            Path(home, "models").symlink_to(shared.resolve(), target_is_directory=True)
        yield load_settings(llm=options.llm, draft=options.draft, home=home)
