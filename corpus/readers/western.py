"""Whether a text that Windows-1252 decodes was written in it: almost any bytes decode, few become words.

Text of another code page becomes words too, but not such as a Western language has: `Rada portu ustala, jak bêd¹ …`.
"""

from __future__ import annotations

import re
from collections import Counter

# A sign within a word: the letter of another code page. An apostrophe, a dash or a dot may stand there, and so may a
# pound, as in `IR£m`.
_SIGN_WITHIN = re.compile(r"(?<=[^\W\d_])(?:(?![‘’–—…·\u00ad£])[^\w\s\x00-\x7f]|[¹²³ªº¼½¾])(?=[^\W\d_])")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŸŒ]")
_MOST_WITHIN = 0.1  # of the characters beyond ASCII
_MOST_BEYOND = 0.5  # of the letters; more are Cyrillic or Greek
_OFTEN = 0.005  # of the letters, and
_LEAST_OFTEN = 3
_BESIDE = 0.2  # of as many
# Letters that stand often in a text only beside others, in the languages that have them …
_NEVER_ALONE = (
    ("ø", "æå"),  # Danish and Norwegian; alone it is a Czech ř or a Lithuanian ų
    ("ðþý", "á"),  # Icelandic and Faroese; alone they are Turkish, Romanian or Baltic
    ("õ", "ãä"),  # Portuguese and Estonian; alone it is a Hungarian ő
)
# … and those that no language has together.
_NEVER_TOGETHER = (("šž", "è"),)  # a Czech or Slovene č


def is_western(text: str) -> bool:
    """Whether what Windows-1252 made of some bytes is such as people write in the languages it is meant for."""
    beyond = [character for character in text if not character.isascii() and not character.isspace()]
    letters = Counter(character for character in text.lower() if character.isalpha())
    total = letters.total()
    if sum(count for letter, count in letters.items() if not letter.isascii()) > _MOST_BEYOND * total:
        return False
    within = len(_SIGN_WITHIN.findall(text)) + len(_CAPITAL_WITHIN.findall(text))
    if within > _MOST_WITHIN * len(beyond):
        return False

    def often(some: str) -> bool:
        return _count(letters, some) >= max(_LEAST_OFTEN, _OFTEN * total)

    def alone(some: str, others: str) -> bool:
        return _count(letters, others) < _BESIDE * _count(letters, some)

    return not (
        any(often(some) and alone(some, others) for some, others in _NEVER_ALONE)
        or any(often(some) and often(others) for some, others in _NEVER_TOGETHER)
    )


def _count(letters: Counter[str], some: str) -> int:
    return sum(letters[letter] for letter in some)
