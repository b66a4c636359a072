"""The documents that come with the program, and the questions shown for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path


def bundled_documents() -> tuple[Path, ...]:
    """The documents that come with the program."""
    import corpus

    folder = Path(corpus.__file__).parent / "documents"
    return tuple(sorted(path for path in folder.glob("*.md") if path.name != "README.md"))


def bundled_examples(documents: Sequence[str]) -> list[tuple[str, ...]]:
    """Questions to show on the chat page, kept as data beside the documents; none for a document without any.

    Each is one question, or several to be asked one after another.
    """
    import corpus

    path = Path(corpus.__file__).parent / "documents" / "examples.json"
    examples: dict[str, list[str | list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    shown = [example for document in documents for example in examples.get(document, [])]
    return [(example,) if isinstance(example, str) else tuple(example) for example in shown]
