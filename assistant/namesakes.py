"""Passages about something else with nearly the same name: the River Accord is not the River Trade Process.

A reader that scores a passage against a question takes one for the other where both share their rarest word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.claims.names import long_names
from assistant.mentions import also_called
from assistant.question import Question
from corpus.types import Passage
from index.keyword import tokens
from index.types import Hit

# Of the first hits at most two hold a word that tells names apart: its own passage and its namesake's.
_FIRST, _RARE = 12, 2


def without_namesakes(question: Question, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, without those that hold another name sharing a rare word with one asked for, and none asked for.

    Only a name of several words is looked at, and only where some hit holds all of them, in any order, its heading
    counted. A hit that has the last word of the name, or its acronym, may mean it by that and is kept.
    """
    names = long_names(question.text)
    if not names:
        return tuple(hits)
    passages = [hit.passage for hit in hits]
    asked = [[_words(way) for way in also_called(name, passages)] for name in names]
    held = [_words(f"{' '.join(passage.section.path)} {passage.text}") for passage in passages]
    asked = [ways for ways in asked if any(ways[0] <= words for words in held)]
    heads = frozenset(word for name in names for word in _words(name.split()[-1]))
    common = Counter(word for passage in passages[:_FIRST] for word in _words(passage.text))
    rare = frozenset(word for word, count in common.items() if count <= _RARE)
    return tuple(
        hit
        for hit, words in zip(hits, held, strict=True)
        if heads & words
        or any(way <= words for ways in asked for way in ways)
        or not any(_shares_a_word(hit.passage, ways[0] & rare) for ways in asked)
    )


def _shares_a_word(passage: Passage, rare: frozenset[str]) -> bool:
    """Whether some name of several words in a passage has one of these."""
    return any(_words(name) & rare for name in long_names(passage.text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if "-" not in word)
