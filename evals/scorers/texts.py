"""Texts made comparable: one form for each character, straight quotes, no citation markers, no invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STRAIGHT = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—―−", '\'\'\'\'\'"""""""-------')
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKER = re.compile(r"\s?\[\d+\]")
_ACRONYM = re.compile(r"[A-Z]{2,}")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, straight quotes and hyphens, markers like `[1]` and invisible characters gone, white space made single."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_STRAIGHT)
    return " ".join(_MARKER.sub("", shown).split())


@lru_cache(maxsize=4096)
def pattern_for(pattern: str) -> re.Pattern[str]:
    """A case's pattern, whatever the case of its letters.

    A bare acronym is matched as a whole word, or `ITU` would be found in "Institute" and `METI` in "sometimes".
    """
    straight = pattern.translate(_STRAIGHT)
    if _ACRONYM.fullmatch(straight):
        straight = rf"(?<![A-Za-z0-9]){straight}(?![A-Za-z0-9])"
    return re.compile(straight, re.IGNORECASE)


def is_verbatim(sentence: str, quotes: str) -> bool:
    """Whether the words of a sentence stand in the quotes as they are."""
    return plain(sentence).rstrip(".") in plain(quotes)
