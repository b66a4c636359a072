"""Whether the hyphen at a line's end belongs to the word. The document's other words tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.layout.page import joined

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_AFTER = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words a document uses, compounds whole and in parts."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        cut = False
        for line in lines:
            cut_before, cut = cut, bool(_BEFORE.search(line.rstrip()))
            for match in _WORD.finditer(line):
                half = (cut_before and match.start() == 0) or (cut and match.end() >= len(line.rstrip()) - 1)
                if not half:
                    self._words.update((match.group().casefold(), *match.group().casefold().split("-")))

    def joined(self, first: str, second: str) -> str:
        """Two lines as one text: a word cut between them made whole, the hyphen kept where it belongs to it."""
        before, after = _BEFORE.search(first), _AFTER.match(second)
        if not before or not after:
            return first + second if first.endswith("-") and second[:1].isalnum() else joined(first, second)
        whole, compound = f"{before[1]}{after[0]}".casefold(), f"{before[1]}-{after[0]}".casefold()
        hyphened = first[:-1] + "-"
        if not after[0][0].islower() or compound in self._words:
            return hyphened + second
        if whole in self._words:
            return first[:-1] + second
        parts = (before[1].casefold().split("-")[-1], after[0].casefold())
        return (hyphened if all(part in self._words for part in parts) else first[:-1]) + second
