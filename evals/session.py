"""A run with the real assistant: build it, ask, score, say how it went."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from assistant.build import build_assistant
from assistant.render import answer_to_json
from assistant.settings import load_settings
from evals.answering import Asker
from evals.folder import RUNS, RunFolder
from evals.library import files_of, own_library
from evals.progress import progress_bar
from evals.provenance import models, threshold
from evals.replies import remembering
from evals.run import Plan, Runner, RunOptions, begin_run, plan_run, resume_run
from evals.score import score_run
from evals.showing import shown
from evals.summary import Scored, figures_of


def run_set(
    options: RunOptions, *, name: str, resume: Path | None, keep_going: bool, remember: bool = False
) -> RunFolder:
    """Begin a run, or go on with one, to its end; the headline goes to stderr.

    With `remember` the language model's replies are kept, and those kept before are not waited for; the seconds then
    say nothing.

    Raises:
        EvalError: the set, a document or the run cannot be used, or a question could not be asked.
        AssistantError: the assistant cannot be built.
    """
    begun = RunFolder.open(resume) if resume else None
    options = RunOptions.of_run(begun) if begun else options
    plan = plan_run(options, keep_going=keep_going)
    settings = load_settings(llm=options.llm, draft=options.draft)
    kept = settings.model_dump(mode="json")
    used = models(kept)  # before it takes the memory that `auto` looks for
    if begun:
        resume_run(begun, plan, kept, used, remembered=remember)
    around = remembering(settings) if remember else None
    files = files_of(plan.case_set, plan.sources, options.sources)
    with (
        own_library(settings, files) as own,
        _opened(build_assistant(own.settings, holdings=own.holdings, around_llm=around)) as assistant,
    ):
        folder = begun or begin_run(
            RUNS,
            name or plan.case_set.name,
            options,
            plan,
            kept,
            used=used,
            threshold=threshold(kept, used),
            remembered=remember,
        )
        with progress_bar(folder.name) as progress:
            Runner(assistant, answer_to_json, keep_going=keep_going).run(folder, plan, progress)
    _finish(folder, plan)
    return folder


def headline(scored: Sequence[Scored]) -> str:
    """The share right, and how precise and complete the refusals are, each with its interval and number of cases."""
    figures = figures_of(scored)
    right, precision, recall = (figures[name] for name in ("right", "refusal_precision", "refusal_recall"))
    return (
        f"right {shown(right)} of {right.count} cases; due {shown(precision)} of {precision.count} refusals; "
        f"refused {shown(recall)} of {recall.count} that the text does not answer"
    )


def _opened(assistant: Asker) -> AbstractContextManager[Asker]:
    """The assistant, closed at the end if it holds something that must be closed, such as an embedded LLM."""
    return assistant if isinstance(assistant, AbstractContextManager) else nullcontext(assistant)


def _finish(folder: RunFolder, plan: Plan) -> None:
    click.echo(headline(score_run(folder, plan.case_set.name, plan.cases, plan.sources)), err=True)
    problems = folder.problems()
    if problems:
        click.echo(f"{len(problems)} problems: {folder.file('problems.jsonl')}", err=True)
