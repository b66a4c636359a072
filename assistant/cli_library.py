"""`communique sections` and `documents`: what is in the library, and what goes out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.library import Library


@click.command()
@click.argument("document", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def sections(document: str | None, as_json: bool) -> None:
    """Show the section tree of a document, or of all, with pages and paragraph counts."""
    from assistant.render import section_to_json, sections_to_text

    library = _library()
    wanted = library.ids([document] if document else [])
    shown = library.sections_of(wanted[0]) if wanted else library.sections
    click.echo(
        _json({"sections": [section_to_json(section) for section in shown]}) if as_json else sections_to_text(shown)
    )


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def documents(context: click.Context, as_json: bool) -> None:
    """List the documents in the library, or remove some."""
    if context.invoked_subcommand is not None:
        return
    from assistant.render import document_to_json, documents_to_text

    library = _library()
    listed = [document_to_json(record, library.sections_of(record.id)) for record in library.records]
    click.echo(_json({"documents": listed}) if as_json else documents_to_text(listed))


@documents.command("remove")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
def remove_documents(ids: Sequence[str]) -> None:
    """Take documents out of the library. Their files are left alone; communique ingest PATH adds them again."""
    from assistant.build import recipe_of
    from assistant.progress import terminal_progress
    from assistant.settings import load_settings
    from index.ingest import remove

    settings = load_settings()
    with terminal_progress() as progress:
        remove(settings.index_folder, recipe_of(settings), ids, progress)
    for document in ids:
        click.echo(f"removed {document}")


def _library() -> Library:
    from assistant.build import open_library
    from assistant.progress import terminal_progress
    from assistant.settings import load_settings

    with terminal_progress() as progress:
        return open_library(load_settings(), progress=progress)


def _json(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False, indent=2)
