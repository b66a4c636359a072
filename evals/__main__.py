"""`python -m evals`: parse, call, print. Commands import late, so that `--help` is quick.

Those on sets of cases are here; what else is measured is in `suites.py`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from evals.suites import COMMANDS
from evals.types import EvalError

_SOURCE = "A document the set is about, if it does not come with the project. Repeatable."


class OneLineErrors(click.Group):
    """Shows what the user must mend as one line on stderr, and exits with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.exceptions.ClickException:
            raise
        except Exception as error:
            if isinstance(error, EvalError) or _is_named(error):
                _stop(str(error))
            raise


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the assistant: run a set, score and compare runs, report on them."""


@main.command("run")
@click.option("--set", "set_name", default="statement", show_default=True, help="A set of evals/datasets, or a path.")
@click.option("--split", type=click.Choice(["tune", "report", "all"]), default="all", show_default=True)
@click.option("--kind", default="", help="Only cases of this kind.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cases, taken evenly from all of them.")
@click.option("--llm", help="auto, none, embedded, a GGUF file, or the URL of an OpenAI-compatible server.")
@click.option(
    "--draft",
    type=click.Choice(["auto", "quote", "write"]),
    help="Quote the text, or write from it; with COMMUNIQUE_WRITER another model writes than the one that reads.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help=_SOURCE,
)
@click.option("--name", default="", help="What the run is called; the set's name if not given.")
@click.option("--keep-going", is_flag=True, help="Go on without malformed rows and failed questions; they are listed.")
@click.option("--resume", type=click.Path(path_type=Path), help="Go on with this run; its own options count.")
@click.option("--remember", is_flag=True, help="Keep the LLM's replies, and do not wait for those kept before.")
@click.pass_context
def run_command(
    ctx: click.Context, /, *, name: str, keep_going: bool, resume: Path | None, remember: bool, **given: Any
) -> None:
    """Ask every case of a set and score the answers."""
    from evals.run import RunOptions
    from evals.session import run_set

    if resume is not None:
        _refuse_options(ctx, allowed={"resume", "keep_going", "remember"})
    options = RunOptions(**{**given, "limit": given["limit"] or 0})
    folder = run_set(options, name=name, resume=resume, keep_going=keep_going, remember=remember)
    click.echo(folder.path)


@main.command("score")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--keep-going", is_flag=True, help="Leave out malformed rows and cases no longer in the set.")
def score_command(run: Path, keep_going: bool) -> None:
    """Score a saved run again, without any model."""
    from evals.folder import RunFolder
    from evals.score import rescore
    from evals.session import headline

    click.echo(headline(rescore(RunFolder.open(run), keep_going=keep_going)))


@main.command("compare")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
def compare_command(before: Path, after: Path) -> None:
    """Say in what run AFTER differs from run BEFORE: settings, measures, and every case that broke, fell or rose."""
    from evals.compare import compare_runs
    from evals.compared import as_markdown
    from evals.folder import RunFolder

    click.echo(as_markdown(compare_runs(RunFolder.open(before), RunFolder.open(after))), nl=False)


@main.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--markdown", is_flag=True, help="Write Markdown for a pull request, not HTML.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; in the run's folder if not given.",
)
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    help="Another run of the set: what got worse since comes first, with both answers.",
)
def report_command(run: Path, markdown: bool, out: Path | None, before: Path | None) -> None:
    """Write one page on a run: figures, plots and every case, worst first."""
    from evals.folder import RunFolder
    from evals.report import write_report

    earlier = RunFolder.open(before) if before else None
    click.echo(write_report(RunFolder.open(run), markdown=markdown, out=out, before=earlier))


@main.command("judge")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--llm", help="embedded, a GGUF file, or the URL of an OpenAI-compatible server.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many answers, taken evenly from all of them.")
def judge_command(run: Path, llm: str | None, limit: int | None) -> None:
    """Ask a language model what it thinks of the answers of a run; its report shows that beside the scores."""
    from evals.folder import RunFolder
    from evals.judge import judge_run

    click.echo(f"{judge_run(RunFolder.open(run), llm=llm, limit=limit or 0)} answers judged")


@main.command("gate")
@click.argument("names", nargs=-1)
def gate_command(names: tuple[str, ...]) -> None:
    """Repeat the runs of the committed baselines; exit with 1 if one drops, or rises and nobody recorded it.

    NAMES are those of evals/baselines; all if none is given.
    """
    from evals.check import check
    from evals.gate import GATES, gate_named

    verdicts = [check(gate) for gate in ([gate_named(name) for name in names] or GATES)]
    click.echo("\n".join(verdict.shown for verdict in verdicts))
    if not all(verdict.passes for verdict in verdicts):
        raise SystemExit(1)


@main.command("baseline")
@click.argument("names", nargs=-1)
@click.option(
    "--from",
    "run",
    type=click.Path(path_type=Path),
    help="Ask nothing: record this run of the one gate named, scored as the set is now.",
)
def baseline_command(names: tuple[str, ...], run: Path | None) -> None:
    """Run the gates and record what they give: evals/baselines, docs/evals and the README's figures.

    NAMES are those of evals/baselines; all if none is given.
    """
    from evals.check import record, record_all, record_run
    from evals.folder import RunFolder
    from evals.gate import GATES, gate_named

    if run is not None and len(names) != 1:
        raise click.UsageError("--from records the run of one gate; name it")
    gates = [gate_named(name) for name in names] or GATES
    recorded = record if run is None else partial(record_run, folder=RunFolder.open(run))
    for path in record_all(gates, recorded=recorded):
        click.echo(path)


@main.command("sentences")
@click.argument("documents", nargs=-1)
@click.option("--source", "sources", multiple=True, type=click.Path(exists=True, dir_okay=False), help=_SOURCE)
def sentences_command(documents: tuple[str, ...], sources: tuple[str, ...]) -> None:
    """List the sentences of DOCUMENTS as a case names them in its gold: one JSON object a line.

    DOCUMENTS are ids; without any, those of the files given with --source, else of all that come with the project.
    """
    from evals.sources import listed

    for row in listed(documents, [Path(source) for source in sources]):
        click.echo(row)


for command in COMMANDS:
    main.add_command(command)


def _refuse_options(ctx: click.Context, allowed: set[str]) -> None:
    given = [
        name
        for name in ctx.params
        if name not in allowed and ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"--resume takes the run's own options; leave out {', '.join(sorted(given))}")


def _is_named(error: Exception) -> bool:
    """Whether it is one of the project's own errors, whose folders are not imported for the sake of `--help`."""
    return not {"AssistantError", "SearchError", "CorpusError"}.isdisjoint(
        kind.__name__ for kind in type(error).__mro__
    )


def _stop(message: str) -> NoReturn:
    click.echo(" ".join(message.split()), err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="python -m evals")
