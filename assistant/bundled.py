"""The documents that come with the program, and the questions shown for them."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.starters import Starter


def bundled_documents() -> tuple[Path, ...]:
    """The documents that come with the program."""
    import corpus

    folder = Path(corpus.__file__).parent / "documents"
    return tuple(sorted(path for path in folder.glob("*.md") if path.name != "README.md"))


def bundled_starters(document: str) -> tuple[Starter, ...]:
    """Questions to start with that are kept as data beside a document; none for one without any."""
    import corpus

    path = Path(corpus.__file__).parent / "documents" / "examples.json"
    kept: dict[str, list[dict[str, list[str]]]] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Starter(document, tuple(one["en"]), tuple(one["ja"])) for one in kept.get(document, ()))
