"""The forms in which answers are taken away."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.exports import as_markdown, as_record, as_word
from assistant.types import Turn


class Form(NamedTuple):
    """What it is called, and how its file is named, typed and made."""

    label: str
    suffix: str
    media_type: str
    write: Callable[[Sequence[Turn]], bytes]


def _json(turns: Sequence[Turn]) -> bytes:
    return json.dumps(as_record(turns), ensure_ascii=False, indent=2).encode()


FORMS = {
    "markdown": Form("Markdown", "md", "text/markdown;charset=utf-8", lambda turns: as_markdown(turns).encode()),
    "word": Form("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word),
    "json": Form("JSON", "json", "application/json", _json),
}
