"""What readers thought of answers: rows of a JSONL file beside the index, and draft eval cases made from them."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.render import answer_to_json
from assistant.types import AssistantError, Status, Turn

LONGEST_NOTE = 2000
_ANY = [str(status) for status in Status]


class Row(BaseModel):
    """One reader's word on one answer. `turns` are the questions up to the last, which `answer` answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    """What a note that is added later refers to; rows from before such notes have none."""
    time: str
    verdict: Literal["good", "bad"]
    wrong_citation: bool
    wrong_citations: tuple[int, ...] = ()
    """The numbers of those that are; rows from before they were told apart have none."""
    note: Annotated[str, Field(max_length=LONGEST_NOTE)]
    turns: Annotated[tuple[str, ...], Field(min_length=1)]
    answer: dict[str, Any]


class Remark(BaseModel):
    """What was added later to a row, which stands before it in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time: str
    to: Annotated[str, Field(min_length=1)]
    note: Annotated[str, Field(max_length=LONGEST_NOTE)]


_LINE: TypeAdapter[Row | Remark] = TypeAdapter(Row | Remark)


class Feedback:
    """The file. Rows are only ever added to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def add(
        self, turns: Sequence[Turn], verdict: Literal["good", "bad"], note: str, *, wrong_citations: Sequence[int] = ()
    ) -> str:
        """Keep what was thought of the last of these exchanges, and the numbers of its citations that are wrong.

        Returns what `remark` is given to add to it.

        Raises:
            AssistantError: the file cannot be written.
        """
        row = Row(
            id=secrets.token_hex(8),
            time=_now(),
            verdict=verdict,
            wrong_citation=bool(wrong_citations),
            wrong_citations=tuple(wrong_citations),
            note=_kept(note),
            turns=tuple(turn.question for turn in turns),
            answer=answer_to_json(turns[-1].answer),
        )
        self._write(row)
        return row.id

    def remark(self, row: str, note: str) -> None:
        """Add a note to what was kept under that id.

        Raises:
            AssistantError: the file cannot be written.
        """
        self._write(Remark(time=_now(), to=row, note=_kept(note)))

    def _write(self, row: Row | Remark) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock, self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")
        except OSError as error:
            raise AssistantError(f"{self._path}: feedback cannot be written ({error.strerror})") from error

    def rows(self) -> list[Row]:
        """All that was said, oldest first, with the notes added to it; none where nobody has said anything yet.

        Raises:
            AssistantError: a row is damaged, or a note was added to one that is not there.
        """
        try:
            # Not `splitlines`, which parts a row at the line separators that a note may hold.
            lines = self._path.read_text(encoding="utf-8").split("\n") if self._path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise AssistantError(f"{self._path}: feedback cannot be read ({error})") from error
        rows: list[Row] = []
        for number, line in enumerate(lines, start=1):
            read = self._row(number, line) if line.strip() else None
            if isinstance(read, Row):
                rows.append(read)
            elif read is not None:
                place = next((place for place, row in enumerate(rows) if row.id == read.to), None)
                if place is None:
                    raise AssistantError(f"{self._path}:{number}: a note on no row before it; remove the line")
                rows[place] = _with_note(rows[place], read.note)
        return rows

    def _row(self, number: int, line: str) -> Row | Remark:
        try:
            return _LINE.validate_json(line)
        except ValidationError as error:
            raise AssistantError(f"{self._path}:{number}: not a row of feedback; mend or remove the line") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _kept(note: str) -> str:
    return note.encode("utf-8", "replace").decode().strip()[:LONGEST_NOTE]


def _with_note(row: Row, note: str) -> Row:
    return row.model_copy(update={"note": "\n".join(part for part in (row.note, note) if part)})


def draft_cases(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Eval cases to be finished by hand: what an answer that was liked said is vital; all else is left to be judged."""
    return [_draft(number, row) for number, row in enumerate(rows, start=1)]


def _wrong(row: Row) -> str:
    if not row.wrong_citation:
        return ""
    wrong = [citation for citation in row.answer.get("citations", []) if citation["number"] in row.wrong_citations]
    return "; ".join(f"wrong citation: “{citation['quote']}”" for citation in wrong) or "a citation is wrong"


def _draft(number: int, row: Row) -> dict[str, Any]:
    liked = row.verdict == "good"
    status = str(row.answer.get("status", "answered"))
    quotes = [str(citation["quote"]) for citation in row.answer.get("citations", [])] if liked else []
    why = ", ".join(part for part in (row.verdict, _wrong(row), row.note) if part)
    return {
        "id": f"feedback-{row.time[:10]}-{number}",
        "kind": "draft",
        "split": "tune",
        "turns": list(row.turns),
        "status": [status] if liked else _ANY,
        "vital": [[re.escape(quote)] for quote in quotes],
        "note": f"From feedback ({why}). To be judged by hand: status, gold, vital, forbidden.",
    }
