"""The command line: parses, calls, prints. Answers on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.cli_ingest import ingest
from assistant.cli_library import documents, sections
from assistant.cli_models import models

if TYPE_CHECKING:
    from assistant.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])

_EPILOG = """\b
Start here:
  communique ask "Who took part in the meeting?"
  communique chat
"""


class _OneLineErrors(click.Group):
    """Shows the program's own errors as one line, without a traceback, and exits with 1."""

    def invoke(self, context: click.Context) -> Any:
        from assistant.types import AssistantError
        from corpus.types import CorpusError
        from index.types import SearchError

        try:
            return super().invoke(context)
        except (AssistantError, CorpusError, SearchError) as error:
            click.secho(f"communique: {error}", fg="red", err=True)
            sys.exit(1)


@click.group(cls=_OneLineErrors, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique")
def main() -> None:
    """Ask a government statement a question; get an answer whose every sentence is cited, or an honest "not stated"."""


def _answering(command: _Command) -> _Command:
    """The options of every command that answers."""
    document = click.option("--document", "documents", multiple=True, metavar="ID", help="Only this one; repeatable.")
    llm = click.option("--llm", metavar="auto|none|embedded|URL|FILE", help="Which language model reads and writes.")
    drafts = click.Choice(["auto", "quote", "write"])
    draft = click.option("--draft", type=drafts, help="Quote the text, or write from it. auto: quote.")
    return document(llm(draft(command)))


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_answering
def ask(question: str | None, as_json: bool, documents: Sequence[str], llm: str | None, draft: str | None) -> None:
    """Answer one question.

    \b
    communique ask "When did the council meet?"
    echo "When did the council meet?" | communique ask
    communique ask "When did the council meet?" --json | jq .citations
    """
    from assistant.build import build_assistant
    from assistant.render import answer_to_json, answer_to_text

    asked = question if question is not None else _standard_input()
    with _progress() as progress:
        assistant = build_assistant(_settings(llm=llm, draft=draft), cold=True, progress=progress)
    _tell(assistant.notice)
    with assistant:
        answer = assistant.ask(asked, documents=documents)
    named = len(assistant.documents()) > 1
    click.echo(_json(answer_to_json(answer)) if as_json else answer_to_text(answer, named=named))


@main.command()
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="IN.jsonl")
@click.argument("answers", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.jsonl")
@_answering
def batch(questions: Path, answers: Path, documents: Sequence[str], llm: str | None, draft: str | None) -> None:
    """Answer a file of questions.

    \b
    Each row of IN.jsonl: {"id": "q1", "turns": ["earlier question", "last question"], "document": "optional id"}
    Earlier turns are asked first, in order. Each row of OUT.jsonl: the id and the answer to the last question.
    """
    from assistant.batch import answer_rows, read_rows
    from assistant.build import build_assistant

    if answers.exists() and answers.samefile(questions):
        raise click.UsageError(f"the answers would be written over the questions in {questions}")
    rows = read_rows(questions)
    with _progress() as progress:
        assistant = build_assistant(_settings(llm=llm, draft=draft), progress=progress)
        assistant.documents(documents)  # an unknown one is an error now rather than in every row
        _tell(assistant.notice)
        with assistant:
            answer_rows(assistant, rows, answers, documents, progress)
    click.echo(f"{len(rows)} answers written to {answers}", err=True)


@main.command()
@click.argument("question")
@click.option("-k", "count", default=5, show_default=True, type=click.IntRange(1, 100), help="How many hits.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document; repeatable.")
def search(question: str, count: int, as_json: bool, documents: Sequence[str]) -> None:
    """Show the passages found for a question, with the scores of each leg of the search."""
    from assistant.build import open_search
    from assistant.question import checked_question
    from assistant.render import hit_to_json, hits_to_text

    settings = _settings()
    asked = checked_question(question, settings.question_limit)
    with _progress() as progress:
        opened = open_search(settings, cold=True, progress=progress)
    hits = opened.search(asked.text, count, opened.library.ids(documents))
    click.echo(_json({"hits": [hit_to_json(hit) for hit in hits]}) if as_json else hits_to_text(hits))


@main.command()
@click.option("--host", help="The address to listen at.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; the next free one if taken.  [default: 7860]")
@click.option("--fetch", is_flag=True, help="Bring the language model meanwhile, if the settings would use it.")
@_answering
def chat(*, fetch: bool, documents: Sequence[str], **given: Any) -> None:
    """Open the chat page; prints its URL. Stop it with Ctrl-C.

    The page is there at once, and shows how far the index is, or the language model if --fetch brings it.
    """
    from assistant.feedback import Feedback
    from assistant.librarian import Librarian
    from assistant.llm_choice import check_llms
    from assistant.opening import Opener
    from assistant.ui import build_page, launch
    from assistant.uploads import UploadFolder

    settings = _settings(**given)
    if not fetch:
        check_llms(settings)
    uploads = UploadFolder(settings.uploads_folder, settings.most_file_bytes) if settings.uploads else None
    librarian = Librarian(Opener(settings, documents), uploads, tell=_tell)
    page = build_page(librarian, library=librarian, feedback=Feedback(settings.feedback_file))
    librarian.start(fetch=fetch)
    try:
        launch(page, settings.host, settings.port, _say_where, most_bytes=librarian.most_bytes)
    finally:
        librarian.close()
    if not librarian.wait(0):
        sys.stdout.flush()
        os._exit(0)  # the opening may be inside native code, which Python's own ending would break off with a crash
    if librarian.failed:
        sys.exit(1)


@main.command()
@click.option("--to-evals", is_flag=True, help="Print draft eval cases, one JSON object a line.")
def feedback(to_evals: bool) -> None:
    """Show what readers of the chat page said of answers, one JSON object a line.

    \b
    communique feedback --to-evals > drafts.jsonl
    """
    from assistant.feedback import Feedback, draft_cases

    rows = Feedback(_settings().feedback_file).rows()
    for shown in draft_cases(rows) if to_evals else [row.model_dump() for row in rows]:
        click.echo(json.dumps(shown, ensure_ascii=False))


def _say_where(url: str) -> None:
    click.echo(f"Communiqué is at {url}")


def _tell(notice: str) -> None:
    if notice:
        click.secho(notice, fg="yellow", err=True)


for _command in (sections, documents, ingest, models):
    main.add_command(_command)


def _standard_input() -> str:
    from assistant.types import AssistantError

    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise AssistantError("standard input is not UTF-8 text; a question is") from error


def _settings(**given: object) -> Settings:
    from assistant.settings import load_settings

    return load_settings(**given)


def _json(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _progress() -> Any:
    from assistant.progress import terminal_progress

    return terminal_progress()
