"""What language models are told: fingerprints of the assistant's prompts, so that a changed one is noticed.

Of the prompts that show examples these are the instruction and the examples, not how a question is laid out in them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from assistant import rephrase_llm, rewrite_llm, split_llm, translate
from assistant.drafts import write
from assistant.llm import reading_prompt
from assistant.prompts import EXTRACTING, STATED, VERDICT, extract_part, passage_part, stated_part, verdict_part
from corpus.types import Document, Passage, Section

_TEXT = "Text."
_QUESTION = "Question?"


def told() -> dict[str, str]:
    """The SHA-256 of each prompt, by what it is for."""
    section = Section(Document("d", "", "", ""), ("Heading",), "s", _TEXT)
    part = passage_part(Passage(section, 0, len(_TEXT)))
    prompts = {
        "reading": reading_prompt(STATED, part, stated_part(_QUESTION)),
        "yes or no": reading_prompt(VERDICT, part, verdict_part(_QUESTION)),
        "copying": reading_prompt(EXTRACTING, part, extract_part(_QUESTION)),
        "rewriting": (rewrite_llm.SYSTEM, rewrite_llm.EXAMPLES),
        "splitting": (split_llm.SYSTEM, split_llm.EXAMPLES),
        "rephrasing": (rephrase_llm.SYSTEM, rephrase_llm.EXAMPLES),
        "translating": (translate.SYSTEM, translate.EXAMPLES),
        "writing": (write.SYSTEM, write.EXAMPLE),
    }
    return {name: _hash(prompt) for name, prompt in prompts.items()}


def told_otherwise(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """What those prompts are for that were not there before, or were others."""
    return tuple(name for name, one in after.items() if before.get(name) != one)


def _hash(prompt: Any) -> str:
    return sha256(json.dumps(prompt, ensure_ascii=False).encode()).hexdigest()
