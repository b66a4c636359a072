"""`python -m evals train-reader`: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("train-reader")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="The folder of the seven documents that were asked about; the set's card says where they can be had.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the adapter; if not given, in the place of the one the assistant reads with.",
)
@click.option(
    "--questions",
    type=click.IntRange(min=100),
    help="A try, with at most so many questions, taken evenly from all of them; needs --out.",
)
def train_reader_command(documents: Path, out: Path | None, questions: int | None) -> None:
    """Train the adapter with which the default language model says whether a passage states an answer.

    Needs pip install 'communique[train]', the model file, several gigabytes of memory and, on two cores, half an hour.
    """
    if questions and out is None:
        raise click.UsageError("--questions is for a try, which does not replace the assistant's adapter; give --out")
    from assistant.llm_choice import ADAPTER
    from evals.reader.session import train_reader

    click.echo(train_reader(out or ADAPTER, documents, questions or 0, tell=lambda line: click.echo(line, err=True)))
