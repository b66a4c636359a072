"""The words of a sentence, and which of them nothing in the words cited can stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.lexicon import any_sense, joined, light_words, phrases, senses
from corpus.canonical import is_invisible

_STRAIGHT = str.maketrans("‘’‚‛′“”„‟″‐‑‒–—―−", "'''''\"\"\"\"\"-------")
_MARKER = re.compile(r"\s?\[\d+\](?!\w)")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}(?=\S|\s+[^\sA-Z]|\s+[A-Z]{2}|$)|\b[A-Z]\.[A-Z]\.(?=[\s-])")
_PER_CENT = re.compile(r"\s?\bper ?cent\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:[&'._][^\W_]+)*")
_NOT_ONLY_THESE = re.compile(r",? ?(?:such as )?but not limited to|\bincluding but not limited to|\bnot only\b")

# Words that hold a sentence together. What limits or counts (all, only, every, never, before) is not among them.
FUNCTION_WORDS = frozenset(
    "a an the this that these those it its they them their theirs he she his her we us our you your who whom whose "
    "which what there here s where when while whereas whether how why as at by for from in into of off on onto over "
    "out to toward towards up upon with within about around amid and or but nor so such than then though although thus "
    "hence be is are was were been being am do does did done doing have has had having will shall would may might can "
    "could should must not no neither either nor both also further furthermore moreover now well too very same own "
    "other others another one if unless until since because under during between among through via across along "
    "each several some any namely respectively including include includes included like ie eg e.g i.e yes per "
    "regarding concerning itself themselves hereafter just yet ever cannot without despite beyond because "
    "according more as_well_as together_with along_with purpose aim help helps helping so_far".split()
)

_LIGHT = 2  # light words at most in one sentence that its quotes do not have


@dataclass(frozen=True, slots=True)
class Word:
    """One word where it stands in its text."""

    text: str
    start: int
    end: int

    @property
    def small(self) -> str:
        """Without capitals and possessive."""
        return self.text.casefold().removesuffix("'s")

    @property
    def is_capital(self) -> bool:
        """Whether it is written like a name: `Brindle`, `eBook`, `5G`."""
        return any(letter.isupper() for letter in self.text)

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself."""
        shouted = len(self.text) > 1 and self.text.isupper()  # "US" and "IT" are names
        return (shouted or self.small not in FUNCTION_WORDS) and not self.text.isdigit()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, straight quotation marks and hyphens, single spaces; invisible characters and markers like `[1]` gone."""
    shown = "".join(it for it in unicodedata.normalize("NFKC", text) if it.isspace() or not is_invisible(it))
    shown = _DOTTED.sub(lambda match: match.group().replace(".", ""), shown)
    return _PER_CENT.sub("%", " ".join(_MARKER.sub("", shown.replace("—", " - ").translate(_STRAIGHT)).split()))


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """`plain`, with expressions of several words made one (`take_place`) and `but not limited to` left out."""
    shorter = _NOT_ONLY_THESE.sub(" ", plain(text))
    return phrases().sub(lambda match: joined(match.group()), shorter)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words in order; what a hyphen or a slash joins is parted."""
    return tuple(Word(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))


def unsupported(sentence: str, quoted: str, exempt: frozenset[str]) -> Iterator[str]:
    """The content words that neither stand in the quoted words nor mean the same as one that does.

    A few light words, such as the verb of `give an update`, may be the sentence's own; not so in a list. `exempt` are
    words, in small letters, that another check answers for. Both texts are `readable`.
    """
    held = any_sense(part for word in words(quoted) for part in {word.small, *_parts(word.small)})
    light = 0
    for word in words(sentence):
        if not word.is_content or word.small in exempt or senses(word.small) & held:
            continue
        light += word.small in light_words()
        if word.small not in light_words() or light > _LIGHT or _is_listed(sentence, word):
            yield word.text.replace("_", " ")


def _is_listed(sentence: str, word: Word) -> bool:
    """Whether it stands where one more thing could have been added to a list."""
    return bool(re.search(r"(?:\band|,) $", sentence[: word.start])) and bool(
        re.match(r"[.,]| and ", sentence[word.end :])
    )


def _parts(expression: str) -> tuple[str, ...]:
    """The words of an expression, unless it means the opposite of one of them: `free of charge`."""
    parts = tuple(expression.split("_"))
    return () if {"free", "no", "without", "not"} & set(parts) else parts
