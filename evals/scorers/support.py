"""Do the numbers, dates and names of each sentence occur in the words that this very sentence cites?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from corpus.types import Section
from evals.scorers.texts import is_verbatim, plain
from evals.sources import Sources
from evals.types import Case, Score, ScoredAnswer

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_AMOUNT = re.compile(r"[£€¥$] ?\d|\d ?%|\d ?per ?cent", re.IGNORECASE)
_CARDINALS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth"
_MAGNITUDES = "twenty thirty forty fifty hundred thousand million billion trillion dozen"
_NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(_CARDINALS.split(), start=2)},
    **{word: str(number) for number, word in enumerate(_ORDINALS.split(), start=2)},
    **{word: word for word in _MAGNITUDES.split()},
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?:of )?(?P<month>{_MONTH})"
    rf"(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?\d))?(?:,? (?P<year>\d{{4}}))?"
)
_NAME = re.compile(r"\b[A-Z][\w&]*(?:-[\w&]+)*")
_FUNCTION_WORDS = """
a all also although among an and another any are as at be because before between both but by can do does during each
either every first for from further has have he her his how however i if in is it its last more most moreover neither
no none nor not of on one only or other our over since so some such than that the their them then there these they this
those though thus to under until upon was we were what when where which while who will with within would yes yet you
your"""


def numbers(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether every number, in digits or words, stands in the sentence's own quotes."""
    return _supported(answer, _loose_numbers)


def dates(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether every date stands whole in the sentence's own quotes, not put together from two."""
    return _supported(answer, _loose_dates)


def names(_case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether every capitalised name and acronym stands in the sentence's own quotes.

    The first word of a sentence is capital anyway; it counts as a name unless the documents also write it small.
    """
    small = _small_words(sources.sections)
    return _supported(answer, lambda sentence, quoted: _loose_names(sentence, quoted, small))


def _supported(answer: ScoredAnswer, loose: Callable[[str, str], Iterator[str]]) -> Score:
    if not answer.has_answer:
        return Score(None, "refused")
    found: list[str] = []
    for sentence in answer.sentences:
        quoted = plain(" ".join(citation.quote for citation in answer.cited_by(sentence)))
        if not is_verbatim(sentence.text, quoted):
            found.extend(loose(plain(sentence.text), quoted))
    return Score(float(not found), f"not in its quotes: {', '.join(dict.fromkeys(found))}" if found else "")


def _loose_numbers(sentence: str, quoted: str) -> Iterator[str]:
    held = _numbers_in(quoted)
    yield from (number for number in sorted(_numbers_in(sentence)) if number not in held)
    amounts = {_squeezed(match.group()) for match in _AMOUNT.finditer(quoted)}
    yield from (match.group() for match in _AMOUNT.finditer(sentence) if _squeezed(match.group()) not in amounts)


def _numbers_in(text: str) -> set[str]:
    digits = {number.replace(",", "") for number in _DIGITS.findall(text)}
    words = re.findall(r"[a-z]+", text.lower())
    return digits | {_NUMBER_WORDS[word] for word in words if word in _NUMBER_WORDS}


def _squeezed(amount: str) -> str:
    return re.sub(r"\s", "", amount).lower().replace("percent", "%")


def _loose_dates(sentence: str, quoted: str) -> Iterator[str]:
    held = [_date(match) for match in _DATE.finditer(quoted)]
    for match in _DATE.finditer(sentence):
        day, month, year = _date(match)
        if not any(
            month == other_month and day in {"", other_day} and year in {"", other_year}
            for other_day, other_month, other_year in held
        ):
            yield match.group().strip()


def _date(match: re.Match[str]) -> tuple[str, str, str]:
    return match["day"] or match["after"] or "", match["month"], match["year"] or ""


def _loose_names(sentence: str, quoted: str, small: frozenset[str]) -> Iterator[str]:
    held = {part for word in re.findall(r"[\w&-]+", quoted.casefold()) for part in (word, *word.split("-"))}
    for match in _NAME.finditer(sentence):
        name = match.group()
        if _opens(sentence, match.start()) and _is_common(name, small):
            continue
        if not all(part.casefold() in held for part in name.split("-")):
            yield name


def _opens(sentence: str, start: int) -> bool:
    return re.fullmatch(r"(?:.*[.!?:;])?[\s\"'(]*", sentence[:start], re.DOTALL) is not None


def _is_common(word: str, small: frozenset[str]) -> bool:
    lowered = word.casefold()
    if lowered in _FUNCTION_WORDS.split() or lowered in small:
        return True
    return word[1:].islower() and len(word) > 6 and any(known.startswith(lowered[:6]) for known in small)


@lru_cache(maxsize=8)
def _small_words(sections: Sequence[Section]) -> frozenset[str]:
    """The words that the documents write with a small letter."""
    return frozenset(word for section in sections for word in re.findall(r"\b[a-z]+\b", plain(section.text)))
