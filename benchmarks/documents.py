"""Questions asked of a whole library at once: `python -m benchmarks documents FOLDER [--llm none]` (decision 0016).

The folder holds sixteen public documents that do not come with the project; the bundled statement is put beside them.
Questions, and the words to be quoted from each document: documents_questions.jsonl. A file is known by its name without
suffix, so that the same text in two formats is one document.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.ask import Assistant
from assistant.build import Holdings, bring_in, build_assistant
from assistant.bundled import bundled_documents
from assistant.settings import load_settings
from assistant.types import Answer
from benchmarks.peers import in_columns
from index.files import files_in

_QUESTIONS = Path(__file__).parent / "documents_questions.jsonl"
_PARTS = {"worked": "worked on", "held": "asked once, at the end"}
_KINDS = {
    "named": "document named",
    "either": "either of two could be meant",
    "comparison": "comparison",
    "unnamed": "not named, one document",
    "elsewhere": "named, but said elsewhere or nowhere",
}
_SHOWN = 300  # characters of an answer that is not right


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and for each document that an answer must cite a pattern found in a quote from it.

    Of what is said elsewhere or nowhere (`kind` "elsewhere") there is to be no answer, and only the document named may
    be cited; where no document is named, others may be cited too.
    """

    id: int
    part: str
    kind: str
    question: str
    documents: Mapping[str, str]

    def cites_rightly(self, answer: Answer) -> bool:
        """Whether the documents cited are those to be cited."""
        cited = {document for document, _ in _quotes(answer)}
        if self.kind == "elsewhere":
            return cited <= set(self.documents)
        return set(self.documents) <= cited if self.kind == "unnamed" else set(self.documents) == cited

    def answered_by(self, answer: Answer) -> bool:
        """Whether the right words are quoted from each document or, where no document says it, nothing is answered."""
        if self.kind == "elsewhere":
            return not answer.status.has_answer
        quotes = _quotes(answer)
        return all(
            any(source == document and re.search(pattern, quote) for source, quote in quotes)
            for document, pattern in self.documents.items()
        )


class Judged(NamedTuple):
    """A question with its answer: whether the right documents are cited, and whether for the right words."""

    asked: Asked
    answer: Answer
    documents: bool
    words: bool


def documents_table(folder: Path, llm: str) -> str:
    """Ask all questions of the folder's files and the bundled ones; how many were right, and what was not."""
    asked = read_questions(_QUESTIONS)
    files = (*bundled_documents(), *files_in([folder]))
    held = {file.stem for file in files}
    if missing := sorted({document for question in asked for document in question.documents} - held):
        sys.exit(f"{folder}: it lacks {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=Path(home), llm=llm)
        holdings = Holdings(settings.index_folder, ())
        report = bring_in(settings, files, holdings=holdings)
        with build_assistant(settings, holdings=holdings) as assistant:
            judged = [_judged(assistant, question) for question in asked]
    left_out = [f"left out: {missed.reason}" for missed in report.left_out]
    return "\n".join([f"{len(report.added)} documents, {len(asked)} questions", *left_out, *_lines(judged)])


def read_questions(path: Path) -> list[Asked]:
    """The questions of a JSONL file."""
    return [Asked(**row) for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())]


def _judged(assistant: Assistant, asked: Asked) -> Judged:
    print(asked.question, file=sys.stderr)
    answer = assistant.ask(asked.question)
    return Judged(asked, answer, asked.cites_rightly(answer), asked.answered_by(answer))


def _quotes(answer: Answer) -> list[tuple[str, str]]:
    return [(Path(cited.section.document.source).stem, cited.quote) for cited in answer.citations]


def _lines(judged: Sequence[Judged]) -> list[str]:
    lines: list[str] = []
    for part, what in _PARTS.items():
        of_part = [one for one in judged if one.asked.part == part]
        rows = [_row(kind, [one for one in of_part if one.asked.kind == name]) for name, kind in _KINDS.items()]
        header = (what, "questions", "right documents cited", "right words cited")
        lines += ["", in_columns([header, *rows, _row("all", of_part)])]
    wrong = [one for one in judged if not (one.documents and one.words)]
    return [*lines, "", "Not right:", *map(_shown, wrong)]


def _row(what: str, judged: Sequence[Judged]) -> tuple[str, ...]:
    counts = (len(judged), sum(one.documents for one in judged), sum(one.words for one in judged))
    return (what, *map(str, counts))


def _shown(judged: Judged) -> str:
    cited = ", ".join(dict.fromkeys(document for document, _ in _quotes(judged.answer))) or "nothing"
    text = " ".join(judged.answer.text.split())[:_SHOWN]
    return f"{judged.asked.id}. {judged.asked.question}\n   {judged.answer.status}, cites {cited}: {text}"
