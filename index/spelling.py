"""Misspelt words of a question put right with the library's own words.

Only a word that is in no dictionary is touched, so that a real word the library lacks is never turned into one it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from index.keyword import stem

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5  # shorter words have too many neighbours
_LONG = 7  # from here on two slips are forgiven


def words_of(text: str) -> set[str]:
    """The words of a text as `Spelling` knows them, case-folded."""
    return {word.casefold() for word in _WORD.findall(text)}


class Spelling:
    """Knows the words of the library and, apart from them, the words of the language."""

    def __init__(self, texts: Iterable[str], dictionary: Iterable[str]) -> None:
        """`texts` are what the library holds; `dictionary` is lower-case words that are right however rare."""
        # Remembered, since a question is corrected on its way to the search and again in it. Threads may share it.
        self._found = lru_cache(maxsize=4096)(self._nearest)
        words = set[str]().union(*map(words_of, texts))
        self._right = words.union(dictionary)
        self._stems = {stem(word) for word in self._right}
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) >= _SHORTEST - 1:
                self._by_initial.setdefault(word[0], []).append(word)

    def corrected(self, text: str) -> str:
        """The text with each misspelt word replaced by the library's nearest (optimal string alignment distance of 1,
        or of 2 in a long word), if there is one that begins with the same letter."""
        return _WORD.sub(lambda match: self._found(match.group()), text)

    def _nearest(self, word: str) -> str:
        folded = word.casefold()
        if len(folded) < _SHORTEST or folded in self._right or stem(folded) in self._stems:
            return word
        slips = 1 if len(folded) < _LONG else 2
        found = extractOne(folded, self._by_initial.get(folded[0], ()), scorer=OSA.distance, score_cutoff=slips)
        if found is None:
            return word
        return found[0].upper() if word.isupper() else found[0].title() if word[0].isupper() else found[0]
