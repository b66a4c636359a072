"""Asks a case turn by turn and makes its row: each answer as `batch` writes it, what was found, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from pydantic import TypeAdapter, ValidationError

from assistant.inquiry import Found
from assistant.types import Answer, Turn
from evals.rows import as_json
from evals.types import Case, EvalError, ScoredAnswer
from index.types import Hit

_ROW = TypeAdapter(ScoredAnswer)


class Asker(Protocol):
    """What is measured: `assistant.ask.Assistant`, or a fake in the tests. The last answer of a stream counts."""

    def stream(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Iterator[Found | Answer]: ...


Render = Callable[[Answer], Mapping[str, object]]


def answered_row(asker: Asker, render: Render, case: Case, documents: Sequence[str]) -> dict[str, object]:
    """Ask the turns of a case in order; the row is the last answer's, with those before it under `earlier`.

    Raises:
        EvalError: an answer is not as agreed.
    """
    history: list[Turn] = []
    rows: list[dict[str, object]] = []
    for number, question in enumerate(case.turns, start=1):
        asked = _asked(asker.stream(question, tuple(history), documents))
        history.append(Turn(question, asked.answer))
        name = case.turn_id(number)
        rows.append({"id": name, **render(asked.answer), "confidence": asked.answer.confidence, "hits": asked.hits})
    return _checked({**rows[-1], "earlier": rows[:-1]})


class _Asked(NamedTuple):
    """What was found, None if nothing was searched for, and the whole answer."""

    hits: list[dict[str, object]] | None
    answer: Answer


def _asked(stream: Iterator[Found | Answer]) -> _Asked:
    hits, answer = None, None
    for part in stream:
        if isinstance(part, Answer):
            answer = part
        else:
            hits = [_hit(hit) for hit in part.hits]
    if answer is None:
        raise EvalError("the assistant gave no answer")
    return _Asked(hits, answer)


def _hit(hit: Hit) -> dict[str, object]:
    scores = {"score": hit.score, "dense": hit.dense, "keyword": hit.keyword}
    return {"passage": hit.passage.id, **{leg: round(float(value), 4) for leg, value in scores.items()}}


def _checked(row: dict[str, object]) -> dict[str, object]:
    try:
        _ROW.validate_json(as_json(row))
    except ValidationError as error:
        fault = error.errors()[0]
        raise EvalError(f"the answer's {'.'.join(map(str, fault['loc']))} is not as agreed: {fault['msg']}") from error
    return row
