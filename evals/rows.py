"""JSON Lines in and out, and tables in. A row that does not fit names the file, the line and the field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from evals.types import EvalError, Problem

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Line(Generic[Row]):
    """A row and the line it stands on, counted from 1."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Lines(Generic[Row]):
    """The rows of a file that fit, and what is wrong with the others."""

    lines: tuple[Line[Row], ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows without their line numbers."""
        return tuple(line.row for line in self.lines)


def read_rows(path: Path, kind: type[Row], *, keep_going: bool = False, whole_lines: bool = False) -> Lines[Row]:
    """The rows of a JSON Lines file; blank lines are passed over, and with `whole_lines` a last one without its end.

    Raises:
        EvalError: the file cannot be read, or a row does not fit and `keep_going` is not given.
    """
    return _read(path, TypeAdapter(kind).validate_json, _numbered(path, whole_lines), keep_going)


def read_table(path: Path, kind: type[Row], *, keep_going: bool = False) -> Lines[Row]:
    """The rows of a tab-separated file, whose first line names the fields; blank lines are passed over.

    Raises:
        EvalError: the file cannot be read, or a row does not fit and `keep_going` is not given.
    """
    numbered = _numbered(path)
    names = [name.strip() for name in next(numbered, (1, ""))[1].split("\t")]
    adapter = TypeAdapter(kind)

    def validated(line: str) -> Row:
        return adapter.validate_python(dict(zip(names, line.rstrip("\r").split("\t"), strict=False)))

    return _read(path, validated, numbered, keep_going)


def _read(
    path: Path, validated: Callable[[str], Row], numbered: Iterable[tuple[int, str]], keep_going: bool
) -> Lines[Row]:
    lines: list[Line[Row]] = []
    problems: list[Problem] = []
    for number, text in numbered:
        try:
            lines.append(Line(number, validated(text)))
        except ValidationError as error:
            problem = Problem(f"{path}:{number}", _faults(error))
            if not keep_going:
                raise EvalError(
                    f"{problem.where}: {problem.what}; mend the row or leave it out with --keep-going"
                ) from error
            problems.append(problem)
    return Lines(tuple(lines), tuple(problems))


def read_object(path: Path) -> dict[str, Any]:
    """The one JSON object of a file.

    Raises:
        EvalError: it cannot be read or is something else.
    """
    try:
        found = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise EvalError(f"{path}:{error.lineno}: not JSON ({error.msg})") from error
    if not isinstance(found, dict):
        raise EvalError(f"{path}: not a JSON object")
    return found


def write_rows(path: Path, rows: Iterable[object]) -> None:
    """Write mappings or dataclasses as JSON Lines."""
    path.write_text("".join(f"{as_json(row)}\n" for row in rows), encoding="utf-8")


def write_object(path: Path, written: Mapping[str, object]) -> None:
    """Write one JSON object, indented to be read and compared by people."""
    path.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def as_json(row: object) -> str:
    """A mapping or a dataclass as one line of JSON."""
    plain = row if isinstance(row, Mapping) else asdict(row)  # type: ignore[call-overload]
    return json.dumps(plain, ensure_ascii=False)


def _numbered(path: Path, whole_lines: bool = False) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_text(path, whole_lines).split("\n"), start=1):
        if line.strip():
            yield number, line


def _text(path: Path, whole_lines: bool = False) -> str:
    try:
        written = path.read_bytes()
        return (written[: written.rfind(b"\n") + 1] if whole_lines else written).decode("utf-8-sig")
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path}: not UTF-8 (byte {error.start})") from error


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'the row'}: {fault['msg']}" for fault in error.errors(include_url=False)
    )
