"""A file of questions to a file of answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.ask import Assistant
from assistant.render import answer_to_json
from assistant.types import Answer, AssistantError, Status, Turn
from index.types import Progress


class Row(BaseModel):
    """One row of questions: the earlier turns and, last, the question; `document` is an id or several."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    turns: list[str] = Field(min_length=1)
    document: str | list[str] = Field(default_factory=list)

    @property
    def documents(self) -> list[str]:
        """The ids of the documents to answer from."""
        return [self.document] if isinstance(self.document, str) else self.document


def read_rows(path: Path) -> list[Row]:
    """All rows of a file; blank lines do not count.

    Raises:
        AssistantError: it cannot be read, or a row is malformed: which line, and what is wrong.
    """
    rows = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # other line ends may stand inside a JSON string
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(Row.model_validate_json(line))
            except ValidationError as error:
                problem = error.errors()[0]
                field = ".".join(map(str, problem["loc"])) or "row"
                raise AssistantError(f"{path}, line {number}, {field}: {problem['msg']}") from error
    return rows


def answer_rows(
    assistant: Assistant, rows: Sequence[Row], path: Path, documents: Sequence[str], progress: Progress
) -> None:
    """Answer each row and write it at once, so that what is done survives an interruption."""
    try:
        with path.open("w", encoding="utf-8") as file:
            for done, row in enumerate(rows):
                progress("Answering", done, len(rows))
                file.write(json.dumps(_answered(assistant, row, documents), ensure_ascii=False) + "\n")
                file.flush()
    except OSError as error:
        raise AssistantError(f"{path}: cannot be written ({error.strerror})") from error
    progress("Answering", len(rows), len(rows))


def _answered(assistant: Assistant, row: Row, documents: Sequence[str]) -> dict[str, Any]:
    history: list[Turn] = []
    for question in row.turns:
        answer = _ask(assistant, question, history, row.documents or documents)
        history.append(Turn(question, answer))
    return {"id": row.id, **answer_to_json(history[-1].answer)}


def _ask(assistant: Assistant, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Answer:
    """The answer, or what is wrong with the question as one: a bad row must not cost the others theirs."""
    try:
        return assistant.ask(question, history, documents)
    except AssistantError as error:
        return Answer(question, question, Status.UNCLEAR, message=str(error))
