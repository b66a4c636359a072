"""Example questions, kept beside the documents they are about and never in code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import corpus
from assistant.types import AssistantError

EXAMPLES_FILE = Path(corpus.__file__).parent / "documents" / "examples.json"

_MOST = 6


def examples_for(document_ids: Iterable[str], source: Path = EXAMPLES_FILE) -> tuple[str, ...]:
    """At most six questions about the documents, in their order; none for a document the file does not name.

    Args:
        document_ids: the ids of the documents the page speaks from.
        source: a JSON object, document id to a list of questions.

    Raises:
        AssistantError: the file cannot be read or is not such an object.
    """
    try:
        questions = json.loads(source.read_text(encoding="utf-8"))
        found = [str(question) for document_id in document_ids for question in questions.get(document_id, [])]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise AssistantError(f"{source}: not a JSON object of question lists ({error}); mend or remove it") from error
    return tuple(found[:_MOST])
