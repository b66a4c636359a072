"""A follow-up that goes back to what was asked before the last question: "Back to the ferries: who runs them?".

Rules about English, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.keyword import tokens

_BACK = re.compile(
    r"^(?:(?:ok(?:ay)?|right|fine|good|great|thanks|thank you|now|and|so|but|well|hm+)[\s,.!]+)*"
    r"(?:(?:can|could|may) we |let[’']?s |let us |i(?:[’']d| would) like to )?(?:just )?"
    r"(?:(?:go(?:ing)?|com(?:e|ing)|jump(?:ing)?|turn(?:ing)?|circl(?:e|ing)) )?(?:back|return(?:ing)?) to "
    r"(?P<thing>[\w&'’/-]+(?: [\w&'’/-]+){0,5}?)(?: (?:for a (?:moment|second|minute)|then|again|please))?"
    r"\s*[,.:;?–—]\s*(?P<asked>\w.*)$",
    re.IGNORECASE,
)


class GoneBack(NamedTuple):
    """What is gone back to, what is asked of it, and which of the earlier questions was about it, -1 if none."""

    thing: str
    asked: str
    earlier: int


def gone_back(question: str, earlier: Sequence[str]) -> GoneBack | None:
    """Where a question goes back to; None where it does not.

    Args:
        question: what was asked.
        earlier: the questions before it, oldest first.
    """
    found = _BACK.match(question)
    if found is None:
        return None
    words = frozenset(tokens(found["thing"]))
    shared = [len(words & frozenset(tokens(text))) for text in earlier]
    most = max(shared, default=0)
    last = max((place for place, count in enumerate(shared) if count == most), default=-1) if most else -1
    asked = found["asked"]
    return GoneBack(found["thing"], asked[:1].upper() + asked[1:], last)
