"""Which words have a line drawn under them; a PDF knows only lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.layout.page import Rule, Word

_BELOW = (-0.05, 0.35)  # of the size, from the baseline down
_COVERED = 0.8  # of the word


def underlined(words: Iterable[Word], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """The words, each with whether it is underlined. Web addresses are not counted: it says nothing of them."""
    level = sorted((rule for rule in rules if rule.y0 == rule.y1), key=lambda rule: rule.y0)
    heights = [rule.y0 for rule in level]
    return tuple(word._replace(underlined=True) if _is_underlined(word, level, heights) else word for word in words)


def _is_underlined(word: Word, level: Sequence[Rule], heights: Sequence[float]) -> bool:
    if "://" in word.text or "www." in word.text:
        return False
    first = bisect_left(heights, word.base + _BELOW[0] * word.size)
    last = bisect_left(heights, word.base + _BELOW[1] * word.size)
    covered = sum(max(0.0, min(word.x1, rule.x1) - max(word.x0, rule.x0)) for rule in level[first:last])
    return covered >= _COVERED * (word.x1 - word.x0)
