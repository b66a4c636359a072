"""The phrases of a question that may name documents: words that some title has, and what kind of document they mean.

Rules about English; which documents a phrase names is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.called import Word, is_genre, is_plural_genre, words_in

_LED = r"(?:\b(?:the|this|that|these|those|both|all|each|two|three|four)\s+)*"
_DETERMINERS = re.compile(rf"{_LED}$", re.IGNORECASE)
_MANY = re.compile(r"\b(?:both|all|two|three|four)\b", re.IGNORECASE)
# Where a source stands rather than what is asked about.
_SOURCE = re.compile(
    r"(?:\b(?:according to|compare|compared (?:to|with)|between)|"
    r"(?:^|[,;:.?!]\s+|\b(?:and|but|say|says|said|stated|written|mentioned)\s+)(?:in|under|per))\s+$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:does|do|did|has|have)\s+$", re.IGNORECASE)
_SEVERAL_ASKED = re.compile(r"\b(?:do|have)\s+$", re.IGNORECASE)  # "does the Cyber and Ports Act say" asks one
_SAYS = re.compile(
    r"\s+(?:(?:each|both|also|even) )?"
    r"(?:say|state|mention|require|recommend|define|describe|provide|cover|contain|propose|suggest|call|expect|list|set|"
    r"ask|note|explain|specify|address|tell|include|identify|differ|agree|have in common)\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:an?|any|no|another|which|what)\s+$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|both|all|each)\b", re.IGNORECASE)  # "what the deal says"
_IN = re.compile(r"\b(?:in|under|per)\s+$", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"[\s\-‐‑–—/.'’“”\"]*$")
_JOIN = re.compile(rf"\s*,?\s*(?:and|or|with|to|versus|vs\.?|against|from)\s+{_LED}$", re.IGNORECASE)
_INSIDE = frozenset("of with between the".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `[start:end]` of a question, with the determiners in front.

    Attributes:
        names: the words without the kind.
        genre: what kind of document they call it, if any.
        is_many: whether it means each of several: "both deals".
        is_speaking: whether it stands where a source does: "does … say", "according to …".
        is_part: whether it is only part of a longer name.
        is_any: whether any such document may be meant, or it is asked which: "an act", "which plan".
    """

    names: tuple[Word, ...]
    genre: Word | None
    start: int
    end: int
    is_many: bool
    is_speaking: bool
    is_part: bool
    is_any: bool

    @property
    def is_plural(self) -> bool:
        """Whether its kind is in the plural."""
        return self.genre is not None and is_plural_genre(self.genre)

    @property
    def is_countries(self) -> bool:
        """Whether it names countries and nothing else."""
        return self.genre is None and all(word.is_country for word in self.names)


def phrases(question: str, is_title_word: Callable[[str], bool]) -> list[Phrase]:
    """The phrases of a question in order; two that share their kind ("the US and the Korea deals") are told apart.

    Args:
        question: what is asked.
        is_title_word: whether some document is called by a word of this key.
    """
    words = words_in(question)
    found = [_phrase(question, words, run) for run in _runs(question, words, is_title_word)]
    return _sharing(question, found)


def _runs(question: str, words: Sequence[Word], is_title_word: Callable[[str], bool]) -> Iterator[list[Word]]:
    """Title words and kinds side by side; after a kind also behind a small word: `statement of the UK`."""
    run: list[Word] = []
    for word in words:
        fits = bool(word.key) and (is_title_word(word.key) or is_genre(word))
        if run and not (_goes_on(run, word, fits=fits) and _SIDE_BY_SIDE.match(question[run[-1].end : word.start])):
            yield from _trimmed(run)
            run = []
        if fits or run:
            run.append(word)
    yield from _trimmed(run)


def _goes_on(run: Sequence[Word], word: Word, *, fits: bool) -> bool:
    """Whether a word belongs to the phrase before it; right behind a kind only a number does: `Directive 2002/58`."""
    if not fits:
        return word.text.casefold() in _INSIDE and any(map(is_genre, run))
    return not is_genre(run[-1]) or is_genre(word) or word.text[0].isdigit()


def _trimmed(run: Sequence[Word]) -> Iterator[list[Word]]:
    last = max((place for place, word in enumerate(run) if word.key), default=-1)
    if last >= 0:
        yield list(run[: last + 1])


def _phrase(question: str, words: Sequence[Word], run: Sequence[Word]) -> Phrase:
    kinds = [word for word in run if is_genre(word)]
    names = tuple(word for word in run if word.key and word not in kinds[-1:])
    led = _DETERMINERS.search(question[: run[0].start])
    start = led.start() if led else run[0].start
    before, after = question[:start], question[run[-1].end :]
    at_end = not after.strip(" ?.!") or after.lstrip().startswith(",")
    return Phrase(
        names,
        kinds[-1] if kinds else None,
        start,
        run[-1].end,
        is_many=bool(_MANY.search(question[start : run[0].start])),
        is_speaking=bool(_SOURCE.search(before))
        or (at_end and bool(_IN.search(before)))
        or bool(_ASKED.search(before) and (run[-1] in kinds or _SAYS.match(after))),
        is_part=_is_part(question, words, run),
        is_any=bool(_ANY.search(before)) and not _DEFINITE.match(question[start:]),
    )


def _is_part(question: str, words: Sequence[Word], run: Sequence[Word]) -> bool:
    """Whether a capitalised word stands right before or, without a kind, right behind."""
    first, last = words.index(run[0]), words.index(run[-1])
    before = words[first - 1] if first else None
    behind = words[last + 1] if last + 1 < len(words) else None
    cut_before = before is not None and first > 1 and before.key and before.text[0].isupper()
    cut_behind = behind is not None and behind.key and behind.text[0].isupper() and not is_genre(run[-1])
    return bool(
        (cut_before and before and _SIDE_BY_SIDE.match(question[before.end : run[0].start]))
        or (cut_behind and behind and _SIDE_BY_SIDE.match(question[run[-1].end : behind.start]))
    )


def _sharing(question: str, found: Sequence[Phrase]) -> list[Phrase]:
    """Phrases joined by `and`: a kind in the plural is that of both; in the singular, the countries are one name."""
    shared: list[Phrase] = []
    for phrase in found:
        before = shared[-1] if shared else None
        if before is None or not _JOIN.fullmatch(question[before.end : phrase.start]):
            shared.append(phrase)
        elif before.genre is None and phrase.is_plural:
            shared[-1] = replace(before, genre=phrase.genre, is_many=True)
            shared.append(replace(phrase, is_many=True))
        elif _is_one(before, phrase):
            genre = phrase.genre or before.genre
            shared[-1] = replace(before, names=before.names + phrase.names, genre=genre, end=phrase.end)
        else:
            together = bool(_SEVERAL_ASKED.search(question[: before.start]) and _SAYS.match(question[phrase.end :]))
            shared[-1] = replace(before, is_speaking=before.is_speaking or together)
            shared.append(replace(phrase, is_speaking=phrase.is_speaking or before.is_speaking or together))
    return shared


def _is_one(first: Phrase, second: Phrase) -> bool:
    """Whether both are one name: `the UK and Japan statement`, `the statement of the UK and Japan`."""
    if first.genre is None:
        return first.is_countries and second.genre is not None
    return bool(first.names) and first.names[-1].is_country and second.is_countries
