"""`communique models`: which model files there are, and bringing them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.model_files import ListedModel
    from index.types import Progress

_MEGABYTE = 1_000_000


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def models(context: click.Context, /, as_json: bool) -> None:
    """List the model files: which are needed, which are here. `models fetch` brings them."""
    if context.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from assistant.model_files import listed_models
    from assistant.settings import load_settings

    listed = listed_models(load_settings())
    shown = json.dumps({"models": [asdict(model) for model in listed]}, ensure_ascii=False, indent=2)
    click.echo(shown if as_json else _table(listed))


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--if-wanted", is_flag=True, help="Only if the settings would use it; where it cannot, say so and end.")
def fetch(names: Sequence[str], if_wanted: bool) -> None:
    """Bring model files by name, or all that answering needs; a broken download is gone on with.

    \b
    communique models fetch
    communique models fetch smollm2
    """
    from assistant.model_files import bring, bring_embedding_model, bring_if_wanted, make_eight_bits, models_named
    from assistant.settings import load_settings
    from index.weights import DEFAULT_LLM

    settings = load_settings()
    if if_wanted:
        if names:
            raise click.UsageError("--if-wanted takes no NAME")
        with _progress() as progress:
            done = bring_if_wanted(settings, progress)
        click.echo(done, err=True, nl=bool(done))
        return
    for model in models_named(names):
        with _progress() as progress:
            done = bring(model, settings.models_folder, progress)
        click.echo(done)
        if model is DEFAULT_LLM:
            with _progress() as progress:
                done = make_eight_bits(settings, progress)
            click.echo(done, nl=bool(done))
    if not names:
        bring_embedding_model(settings)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar that counts megabytes or, where there is no terminal for one, a line for each thing begun."""
    from assistant.progress import terminal_progress

    said: set[str] = set()
    with terminal_progress() as progress:

        def show(doing: str, done: int, total: int) -> None:
            if doing not in said and not sys.stderr.isatty():
                click.echo(doing, err=True)
            said.add(doing)
            unit = _MEGABYTE if total > _MEGABYTE else 1
            progress(doing if unit == 1 else f"{doing}, MB", done // unit, total // unit)

        yield show


def _table(listed: Sequence[ListedModel]) -> str:
    rows = [("name", "state", "needed", "size", "licence", "purpose", "where")]
    for model in listed:
        size = f"{model.size / _MEGABYTE:,.0f} MB" if model.size else "–"
        needed = "yes" if model.needed else "no"
        rows.append((model.name, model.state, needed, size, model.licence or "–", model.purpose, model.where or "–"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
