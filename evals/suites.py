"""The commands of `python -m evals` that measure something else than a set's answers, or fit: parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evals.reader.command import train_reader_command

_REMEMBER = click.option("--remember", is_flag=True, help="Keep the LLM's replies; do not wait for those kept before.")


@click.command("calibrate")
@click.option(
    "--set",
    "set_names",
    multiple=True,
    help="Repeatable. If none is given, those that what ships was fitted on: statement and callow; with a language "
    "model also statement-2, statement-3 and trio.",
)
@click.option("--llm", default="none", show_default=True, help="Which language model reads; none: without one.")
@click.option("--tune-only", is_flag=True, help="Leave the report half alone.")
@click.option("--dry-run", is_flag=True, help="Show the figures; write nothing.")
@_REMEMBER
def calibrate_command(set_names: tuple[str, ...], llm: str, tune_only: bool, dry_run: bool, remember: bool) -> None:
    """Fit the rule that answers or refuses on `tune`; show how it does on both halves."""
    from evals.calibrate import calibrate

    click.echo(calibrate(set_names, llm=llm, tune_only=tune_only, remember=remember, write_it=not dry_run))


@click.command("forms")
@click.option("--dry-run", is_flag=True, help="Show the figures; write nothing.")
def forms_command(dry_run: bool) -> None:
    """Fit the rules that tell whether a question wants several things, or two; show how they do on the sets."""
    from evals import forms

    rules = forms.fit(forms.questions_to_learn())
    click.echo("\n".join(forms.shown(rules, forms.questions_to_try())))
    if not dry_run:
        forms.write(rules)


@click.command("addressed")
@click.option("--dry-run", is_flag=True, help="Show the figures; write nothing.")
def addressed_command(dry_run: bool) -> None:
    """Fit the rule that tells what in a document is meant for a program that reads it; show what it finds."""
    from evals import addressed

    rows, plain = addressed.rows_of(), addressed.plain_texts()
    click.echo("\n".join(addressed.shown(rows, plain)))
    if not dry_run:
        addressed.write(addressed.fit(addressed.to_learn(rows), plain))


@click.command("mutations")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def mutations_command(as_json: bool) -> None:
    """Try the verifier on true sentences and on false ones made from them; needs no model."""
    from evals import mutations

    outcomes = mutations.judge()
    click.echo(mutations.as_json(outcomes) if as_json else mutations.as_text(outcomes))


@click.command("poisoned")
@click.option("--set", "set_name", default="statement", show_default=True, help="A set on one document, or a path.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cases, taken evenly from all of them.")
@click.option("--llm", default="none", show_default=True, help="Which language model reads; none: without one.")
@click.option("--only", multiple=True, help="Only the twin with this insertion. Repeatable.")
@_REMEMBER
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def poisoned_command(set_name: str, limit: int | None, as_json: bool, **given: Any) -> None:
    """Ask the same questions of a document and of copies with something hostile in them."""
    from evals import poisoned

    verdicts = poisoned.judge(set_name, limit=limit or 0, **given)
    click.echo(poisoned.as_json(verdicts) if as_json else poisoned.as_text(verdicts))


@click.command("benchmark")
@click.argument("benchmark")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="After the table, print one line of JSON.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many questions, taken evenly from all of them.")
@click.option("--keep-going", is_flag=True, help="Leave out malformed rows; they are listed.")
@click.option("--llm", help="squad2 only: auto, none, embedded, or the URL of an OpenAI-compatible server.")
@_REMEMBER
def benchmark_command(benchmark: str, folder: Path, as_json: bool, limit: int | None, **given: Any) -> None:
    """Measure the product's search, or its reader, on a third-party set.

    BENCHMARK is doc2dial (conversations), obliqa (questions on rules), beir (any set in BEIR's format) or squad2
    (whether a paragraph answers). FOLDER holds corpus.jsonl, queries.jsonl and qrels.tsv; for squad2, questions.jsonl.
    BM25 alone and dense alone are measured beside the fused search, the reader without a language model beside the one
    with it. The vectors of the texts are kept under COMMUNIQUE_HOME, in benchmarks/.
    """
    from evals.benchmark.table import run_benchmark
    from evals.benchmark.types import Options

    outcome = run_benchmark(benchmark, folder, Options(limit or 0, **given))
    for problem in outcome.problems:
        click.echo(f"{problem.where}: {problem.what}", err=True)
    click.echo(outcome.as_markdown())
    if as_json:
        click.echo(outcome.as_json())


@click.command("structure")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def structure_command(folder: Path | None, as_json: bool) -> None:
    """Measure how well the readers find headings, per format.

    FOLDER holds the documents whose heading trees are in evals/datasets/structure; those that are not there are left
    out and named. Without it, only the project's own small documents are measured.
    """
    from evals import structure

    outcome = structure.measure(folder)
    for why in outcome.left_out:
        click.echo(f"left out: {why}", err=True)
    click.echo(structure.as_json(outcome) if as_json else structure.as_text(outcome))


COMMANDS = (
    calibrate_command,
    forms_command,
    addressed_command,
    mutations_command,
    poisoned_command,
    benchmark_command,
    structure_command,
    train_reader_command,
)
