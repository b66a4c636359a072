"""Dates, whichever way they are spelt, and how a sentence stands to them: on, by, before, since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.claims.words import words

MONTHS = "january february march april may june july august september october november december".split()
"""Their names, in order, in small letters."""
_MONTH = "|".join(name.capitalize() for name in MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_RELATION = (
    r"(?:\b(?P<relation>(?i:by|before|until|till|no_later_than|no later than|prior to|prior_to|ahead_of|after|since|"
    r"following|from))\s+(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?)?"
)
_DATE = re.compile(
    rf"{_RELATION}(?:"
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<month2>{_MONTH})\b\.?(?:\s+(?:the\s+)?(?P<day2>{_DAY})\b(?!,\d))?(?:,?\s+(?:of\s+)?(?P<year2>{_YEAR})\b)?"
    rf"|(?<![\d.,£$€¥])(?P<year3>{_YEAR})\b(?![,.]\d))"
)
_RELATIONS = {
    "by": "by", "until": "until", "till": "until", "no later than": "by", "before": "before", "prior to": "before",
    "ahead of": "before", "after": "after", "following": "after", "since": "since", "from": "since",
}  # fmt: skip
_TO_A_YEAR = re.compile(rf"\s+to\s+(?:\w+\s+)?{_YEAR}")  # "from 2020 to 2023" is no more than "between"


# "Online Safety Act 2023", but not "May 2023".
_YEAR_OF_A_NAME = re.compile(rf"\b(?!(?:{_MONTH})\b)[A-Z][\w’'-]* {_YEAR}\b")


class Date(NamedTuple):
    """A date as far as it is given, and how the sentence stands to it (`by`, `since`, or empty for on or in)."""

    day: int
    month: int
    year: int
    relation: str
    shown: str
    end: int

    def within(self, other: Date) -> bool:
        """Whether this is the same date, perhaps given less fully."""
        pairs = ((self.day, other.day), (self.month, other.month), (self.year, other.year))
        return all(mine in {0, theirs} for mine, theirs in pairs)


def wrong_date(sentence: str, quoted: str) -> str:
    """What is wrong with the first date that the quoted words do not give, or empty."""
    held = dates(quoted)
    for date in dates(sentence):
        same = [other for other in held if date.within(other)]
        others = [other for other in held if not date.within(other) and bool(other.month) == bool(date.month)]
        if not same:
            return f"the date {date.shown} is not in the words cited"
        if all(date.relation != other.relation for other in same):
            return f"the text has {same[0].shown}, not {date.shown}"
        if _belongs_elsewhere(sentence, date.end, quoted, [one.end for one in same], [one.end for one in others]):
            return f"in the words cited {date.shown} belongs to something else"
    return ""


def _belongs_elsewhere(sentence: str, end: int, quoted: str, own: Sequence[int], others: Sequence[int]) -> bool:
    """Whether the words before a date are clearly those before another date of the text."""
    before = _leading(sentence, end)
    mine, theirs = (max((len(before & _leading(quoted, place)) for place in ends), default=0) for ends in (own, others))
    return theirs >= mine + 2


def _leading(text: str, end: int) -> frozenset[str]:
    """The few content words before a date that ends there, back to the last one before it."""
    found = [word.small for word in words(text[:end]) if word.is_content or word.text.isdigit()][:-1]
    near = found[-4:]
    after = max((place + 1 for place, word in enumerate(near) if word.isdigit()), default=0)
    return frozenset(near[after:])


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text. A month alone counts only where it cannot be the verb `may` or `march`."""
    return tuple(_date(match) for match in _DATE.finditer(text) if _is_date(match))


def without_dates(text: str) -> str:
    """The text with spaces where its dates are."""
    return _DATE.sub(lambda match: " " * len(match.group()) if _is_date(match) else match.group(), text)


def without_named_years(text: str) -> str:
    """The text without the years that belong to a name, as in "Online Safety Act 2023", and the word before each."""
    return _YEAR_OF_A_NAME.sub(" ", text)


def _is_date(match: re.Match[str]) -> bool:
    return match["month2"] not in {"May", "March"} or bool(
        match["day2"] or match["year2"] or re.search(r"\b(?:in|by|since|until|of|last|next)\s+$", _before(match))
    )


def _before(match: re.Match[str]) -> str:
    return match.string[: match.start("month2")]


def _date(match: re.Match[str]) -> Date:
    span = _TO_A_YEAR.match(match.string, match.end())
    relation = "" if span else _RELATIONS.get((match["relation"] or "").replace("_", " ").casefold(), "")
    shown = match.group().strip()
    if match["iso"]:
        whole = [int(part) for part in match["iso"].split("-")]
        return Date(whole[2], whole[1], whole[0], relation, shown, match.end())
    name = match["month"] or match["month2"] or ""
    month = next((number for number, full in enumerate(MONTHS, 1) if name and full.startswith(name.lower())), 0)
    day = re.sub(r"\D", "", match["day"] or match["day2"] or "") or "0"
    year = match["year"] or match["year2"] or match["year3"] or "0"
    return Date(int(day), month, int(year), relation, shown, match.end())
