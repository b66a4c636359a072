"""Exchanges as JSON: what the command line prints of each, with the documents' fingerprints and every check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.exports.wording import documents
from assistant.render import answer_to_json
from assistant.types import Answer, Turn
from assistant.verify import sentence_problem


def as_record(turns: Sequence[Turn]) -> dict[str, Any]:
    """The object that is written. `checks` says of each sentence whether the words it cites bear it out."""
    return {
        "documents": [
            {"id": document.id, "title": document.title, "sha256": document.fingerprint}
            for document in documents(turns)
        ],
        "generators": sorted({turn.answer.generator for turn in turns if turn.answer.generator}),
        "answers": [{**answer_to_json(turn.answer), "checks": _checks(turn.answer)} for turn in turns],
    }


def _checks(answer: Answer) -> list[dict[str, Any]]:
    problems = [(sentence, sentence_problem(sentence)) for sentence in answer.sentences]
    return [
        {
            "sentence": sentence.text,
            "stands": not problem,
            "problem": problem,
            "is_quote": sentence.is_quote,
        }
        for sentence, problem in problems
    ]
