"""`python -m evals train-reader`: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("train-reader")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the seven public documents that were asked about; the set's card says where they can be had.",
)
@click.option("--invented", is_flag=True, help="Train on the invented documents, too, which come with the project.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the adapter; if not given, in the place of the one the assistant reads with.",
)
@click.option(
    "--questions",
    type=click.IntRange(min=100),
    help="A try, with at most so many questions of each kind of document, taken evenly from all; needs --out.",
)
def train_reader_command(documents: Path | None, invented: bool, out: Path | None, questions: int | None) -> None:
    """Train the adapter with which the default language model says whether a passage states an answer.

    Needs pip install 'communique[train]', the model file and several gigabytes of memory. On two cores the public
    documents take half an hour, the invented ones two hours and a half.
    """
    if questions and out is None:
        raise click.UsageError("--questions is for a try, which does not replace the assistant's adapter; give --out")
    if not documents and not invented:
        raise click.UsageError("nothing to train on; give --documents, --invented or both")
    from assistant.llm_choice import ADAPTER
    from evals.reader.session import train_reader

    place = out or ADAPTER
    click.echo(
        train_reader(place, documents, questions or 0, invented=invented, tell=lambda line: click.echo(line, err=True))
    )
