"""`communique ingest`: files into the library."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.workers import WorkerCount

LEFT_OUT = 3
"""The exit code of an ingest that left files out; 1 is an error, 2 wrong usage, 0 everything else, refusals too."""

_MOST = 64


def _workers(context: click.Context, parameter: click.Parameter, given: str) -> WorkerCount:  # noqa: ARG001
    if given == "ray":
        return "ray"
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= _MOST):
        raise click.BadParameter(f"{given!r} is neither a number from 1 to {_MOST} nor ray")
    return int(given)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--rebuild", is_flag=True, help="Read every document again; mends a damaged index.")
@click.option("--prune", is_flag=True, help="Take out documents whose file is gone.")
@click.option(
    "--workers",
    callback=_workers,
    metavar="N|ray",
    default="1",
    show_default=True,
    help="How many processes read the files; ray: a cluster reads and embeds (COMMUNIQUE_RAY, else this machine).",
)
def ingest(paths: Sequence[Path], rebuild: bool, prune: bool, workers: WorkerCount) -> None:
    """Add files, or all readable files in folders, to the library; changed ones replace what was there.

    Without a path, brings the documents already in up to date. A file that cannot be read is left out, the others go
    in; what was left out is listed with the reason, and the command ends with 3. What is of another type is only
    counted where it stands in a folder, and left out like a file that cannot be read where it is named.
    """
    from assistant.build import bring_in
    from assistant.progress import terminal_progress
    from assistant.settings import load_settings
    from index.files import files_in, of_other_types

    with terminal_progress() as progress:
        report = bring_in(
            load_settings(), files_in(paths), rebuild=rebuild, prune=prune, workers=workers, progress=progress
        )
    done = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "removed": report.removed,
    }
    for verb, ids in done.items():
        for document in ids:
            click.echo(f"{verb} {document}")
    if others := of_other_types(paths):
        kinds = ", ".join(f"{count} {suffix or 'without a suffix'}" for suffix, count in others.most_common())
        click.echo(f"passed over files of other types: {kinds}", err=True)
    for missed in report.left_out:
        click.secho(f"left out: {missed.reason}", fg="yellow", err=True)
    if report.left_out:
        sys.exit(LEFT_OUT)
