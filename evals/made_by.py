"""What made a run, for a reader: the language model by its name, and in what two runs' settings differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_GROUPS = ("options", "assistant", "models", "prompts", "documents", "versions")
_ELSEWHERE = {"home", "chroma", "ray", "host", "port", "uploads"}  # where it runs: no answer depends on these
_WRITER = "writer: "
_HASH = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{28,}\b")


@dataclass(frozen=True, slots=True)
class Differs:
    """A setting that two runs do not share, with what it is in each."""

    name: str
    before: str
    after: str


def language_model(settings: Mapping[str, Any]) -> str:
    """The files or names of the language model that read, or "none"; a writer of its own is named as one.

    `auto` and `embedded` say what was asked for; what was used stands among the models.
    """
    asked = settings["options"]["llm"] or settings["assistant"]["llm"]
    used = [name for name in settings["models"] if name != settings["assistant"].get("embedding_model")]
    if reads := [name for name in used if not name.startswith(_WRITER)]:
        used = [" with ".join(reads), *(name for name in used if name.startswith(_WRITER))]
    elif asked in {"none", "auto"}:
        used = ["none", *used]
    else:
        used = [asked, *used]
    return ", ".join(used)


def draft(settings: Mapping[str, Any]) -> str:
    """How answers were made; `auto` quotes."""
    asked = str(settings["options"]["draft"] or settings["assistant"]["draft"])
    return "quote" if asked == "auto" else asked


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Differs, ...]:
    """The settings in which two runs differ, the commit and the threshold first; hashes are cut to twelve digits.

    A run made before the threshold, or the prompts, were kept does not tell them.
    """
    old, new = dict(_told(before)), dict(_told(after))
    names = dict.fromkeys([*old, *new])
    return tuple(
        Differs(name, _short(old.get(name)), _short(new.get(name))) for name in names if old.get(name) != new.get(name)
    )


def _told(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "commit", settings["commit"]
    yield "threshold", settings.get("threshold") or "not told"
    yield "language model", language_model(settings)
    yield "draft", draft(settings)
    yield "remembered replies", bool(settings.get("remembered"))
    for group in _GROUPS:
        for name, value in settings.get(group, {}).items():
            if name not in _ELSEWHERE:
                yield f"{group}: {name}", value


def _short(value: Any) -> str:
    return "–" if value is None else _HASH.sub(r"\1…", str(value))
