"""Folders in the format of BEIR (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`.

`qrels.tsv` may also stand where BEIR's own folders have it, in `qrels/test.tsv`. A conversation is a query that has
`turns` instead of `text`. Fields beyond those named here are passed over: the sets are other people's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, with_config

from evals.rows import Line, read_rows, read_table
from evals.types import EvalError, Problem, Words

Id = Annotated[Words, Field(validation_alias="_id")]
_OPEN = ConfigDict(extra="ignore", coerce_numbers_to_str=True)
_QRELS = ("qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv")


@with_config(_OPEN)
@dataclass(frozen=True, slots=True)
class CorpusRow:
    """A text to be found. A few sets give two texts one id: finding either is finding it."""

    id: Id
    text: str
    title: str = ""


@with_config(_OPEN)
@dataclass(frozen=True, slots=True)
class QueryRow:
    """A question that stands alone."""

    id: Id
    text: Words


@with_config(_OPEN)
@dataclass(frozen=True, slots=True)
class Utterance:
    """What one side of a conversation said."""

    role: Literal["user", "agent"]
    text: Words


@with_config(_OPEN)
@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation, oldest first; its last turn is the question."""

    id: Id
    turns: Annotated[tuple[Utterance, ...], Field(min_length=1)]


@with_config(_OPEN)
@dataclass(frozen=True, slots=True)
class QrelRow:
    """That a text is relevant to a query, if `score` is above 0."""

    query: Annotated[Words, Field(validation_alias="query-id")]
    found: Annotated[Words, Field(validation_alias="corpus-id")]
    score: int


Query = TypeVar("Query", bound=QueryRow | ConversationRow)


@dataclass(frozen=True, slots=True)
class Collection(Generic[Query]):
    """A folder's rows. `queries` are those with something relevant; `relevant` maps their ids to {text id: grade}."""

    corpus: tuple[CorpusRow, ...]
    queries: tuple[Query, ...]
    relevant: dict[str, dict[str, int]]
    sha256: str
    problems: tuple[Problem, ...] = ()


def read_collection(folder: Path, kind: type[Query], *, keep_going: bool = False) -> Collection[Query]:
    """Read a folder.

    Raises:
        EvalError: a file is missing, nothing is left to measure, or a row does not fit and `keep_going` is not given.
    """
    paths = folder / "corpus.jsonl", folder / "queries.jsonl", _qrels_path(folder)
    corpus = read_rows(paths[0], CorpusRow, keep_going=keep_going)
    queries = read_rows(paths[1], kind, keep_going=keep_going)
    qrels = read_table(paths[2], QrelRow, keep_going=keep_going)
    held, asked = {row.id for row in corpus.rows}, _first_of_each(queries.rows)
    faults = [*_repeated(paths[1], queries.lines), *_astray(paths[2], qrels.lines, held, asked.keys())]
    if faults and not keep_going:
        raise EvalError(f"{faults[0].where}: {faults[0].what}; mend the row or leave it out with --keep-going")
    relevant: dict[str, dict[str, int]] = {}
    for row in qrels.rows:
        if row.score > 0 and row.found in held and row.query in asked:
            relevant.setdefault(row.query, {})[row.found] = row.score
    if not relevant:
        raise EvalError(f"{folder}: no query has a relevant text; see {paths[2].name}")
    problems = (*corpus.problems, *queries.problems, *qrels.problems, *faults)
    kept = tuple(row for row in asked.values() if row.id in relevant)
    return Collection(corpus.rows, kept, relevant, sha256(paths[0].read_bytes()).hexdigest(), problems)


def _first_of_each(rows: Sequence[Query]) -> dict[str, Query]:
    first: dict[str, Query] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return first


def _qrels_path(folder: Path) -> Path:
    for name in _QRELS:
        if (folder / name).is_file():
            return folder / name
    raise EvalError(f"{folder}: no {_QRELS[0]}, and no {_QRELS[1]}")


def _repeated(path: Path, lines: Sequence[Line[Query]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for line in lines:
        if line.row.id in seen:
            yield Problem(f"{path}:{line.number}", f"_id: {line.row.id} is taken by an earlier row", line.row.id)
        seen.add(line.row.id)


def _astray(path: Path, lines: Sequence[Line[QrelRow]], texts: Set[str], queries: Set[str]) -> Iterator[Problem]:
    """Rows about texts that are not there. A query that is not there is no fault: BEIR keeps those of other splits."""
    for line in lines:
        if line.row.found not in texts and line.row.query in queries:
            what = f"corpus-id: {line.row.found} is not in corpus.jsonl"
            yield Problem(f"{path}:{line.number}", what, line.row.query)
