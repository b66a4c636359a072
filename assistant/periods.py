"""Dates and periods in English text: which days a date covers, and whether it lies in the period a question names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_SPANS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "first half": (1, 6),
    "second half": (7, 12),
    "first quarter": (1, 3),
    "second quarter": (4, 6),
    "third quarter": (7, 9),
    "fourth quarter": (10, 12),
    "last quarter": (10, 12),
}
# The year of a name is no period that is asked for: "Which tolls come under the Tolls Act 2019?"
_NAMED_YEAR = re.compile(
    r"\b(Act|Bill|Law|Treaty|Order|Directive|Regulations?|Rules|Code|Convention|Agreement|Charter|Plan|Strategy|Accord|"
    r"Declaration|Framework|Statement|Report) (?:19|20)\d\d\b"
)
_DATE = re.compile(
    rf"\b(?:(?:{_DAY.format('d1')}(?: of)? )?(?P<m1>{_MONTH})\.?,? {_YEAR.format('y1')}|"
    rf"(?P<m2>{_MONTH})\.? {_DAY.format('d2')},? {_YEAR.format('y2')}|"
    # "Which deadlines fall in 2025?" is about all of it.
    rf"(?P<span>{'|'.join(_SPANS).replace('fall', 'fall(?! in)')})(?: of| in|,)? {_YEAR.format('y3')}|"
    rf"{_YEAR.format('y4')}|"
    rf"(?P<m5>{_MONTH}))\b",
    re.IGNORECASE,
)
_MONTHS_OF = re.compile(
    rf"\b(?P<first>{_MONTH})\s*(?:and|to|until|till|through|-|–|—)\s*(?:the )?(?:(?:start|middle|end) of )?"
    rf"(?P<last>{_MONTH})\b(?!\.?,? (?:19|20)\d\d)",
    re.IGNORECASE,
)
# What a text of that date holds need not be of that date: "the statement of January 2025", "the 2024 report".
_TEXT = (
    r"(?:statement|communiqu[eé]|document|text|declaration|agreement|paper|report|council|meeting|summit|dialogue)s?"
)
_TEXT_BEFORE = re.compile(rf"\b{_TEXT}(?: (?:of|from|in|on|dated))?\s*$", re.IGNORECASE)
_TEXT_AFTER = re.compile(rf"^(?: [\w-]+){{0,3}} {_TEXT}\b", re.IGNORECASE)
_AND = re.compile(r"^\s*(?:and|to|until|till|through|-|–|—)\s*(?:the )?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|from|as of|starting)(?: the)?(?: (?:start|beginning) of)?\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|later than|following|beyond)(?: the)?(?: end of)?\s*$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:before|prior to|earlier than|ahead of)(?: the)?(?: (?:start|beginning) of)?\s*$", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|till|by|up to)(?: the)?(?: end of)?\s*$", re.IGNORECASE)
# A word such as "may" or "march" alone is a month only where a preposition says so.
_IN = re.compile(
    r"\b(?:in|during|since|after|before|until|till|by|between|from|and|to|of|early|late|mid|for)\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `first` to `last`, both in it."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Whether all of another period lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last


def dates(text: str) -> tuple[Period, ...]:
    """Every date in a text that names a year, each as the days it covers, in reading order."""
    return tuple(period for _, period in _dated(text) if period is not None)


def asked_period(question: str) -> Period | None:
    """The period a question names ("in 2024", "between January and June 2024", "since summer 2024"), if any."""
    question = _NAMED_YEAR.sub(r"\1", question)
    found = [(match, period) for match, period in _dated(question) if period is not None or match["m5"]]
    if months := _months_of_one_year(question):
        return months
    if not found:
        return None
    (first, start), (last, end) = found[0], found[-1]
    if len(found) > 1 and _AND.match(question[first.end() : last.start()]) and end is not None:
        start = start or _whole_month(end.first.year, _MONTHS[first["m5"].casefold()])
        return Period(start.first, end.last) if start.first <= end.last else None
    dated = [pair for pair in found if pair[1] is not None]
    if len(dated) != 1 or dated[0][1] is None:
        return None
    return _bounded(question[: dated[0][0].start()], dated[0][1])


def of_other_periods(question: str, texts: Sequence[str]) -> list[bool]:
    """For each text whether it is of another period than the one asked for, and to be left out.

    Where some are dated in it, those are that are dated outside it alone. None where no period is asked for, or where
    the question speaks of a text or a meeting of that date.
    """
    period = asked_period(question)
    if period is None or any(
        _TEXT_BEFORE.search(question[: match.start()]) or _TEXT_AFTER.match(question[match.end() :])
        for match, _ in _dated(question)
    ):
        return [False] * len(texts)
    found = [dates(_NAMED_YEAR.sub(r"\1", text)) for text in texts]
    meets = [any(map(period.meets, dated)) for dated in found]
    is_dated = any(meets)
    return [is_dated and bool(dated) and not one for dated, one in zip(found, meets, strict=True)]


def _months_of_one_year(question: str) -> Period | None:
    """ "July to October", where the year stands elsewhere in the question."""
    match = _MONTHS_OF.search(question)
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", question)}
    if not match or len(years) != 1:
        return None
    first, last = _MONTHS[match["first"].casefold()], _MONTHS[match["last"].casefold()]
    year = years.pop()
    return Period(_whole_month(year, first).first, _whole_month(year, last).last) if first <= last else None


def _bounded(before: str, named: Period) -> Period:
    if _AFTER.search(before):
        return Period(date.fromordinal(named.last.toordinal() + 1), date.max)
    if _BEFORE.search(before):
        return Period(date.min, date.fromordinal(named.first.toordinal() - 1))
    if _SINCE.search(before):
        return Period(named.first, date.max)
    if _UNTIL.search(before):
        return Period(date.min, named.last)
    return named


def _dated(text: str) -> Iterator[tuple[re.Match[str], Period | None]]:
    for match in _DATE.finditer(text):
        if match["m5"] and not _IN.search(text[: match.start()]):
            continue
        yield match, _period(match)


def _period(match: re.Match[str]) -> Period | None:
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    if year is None:
        return None
    if match["span"]:
        first, last = _SPANS[match["span"].casefold()]
        return Period(_whole_month(int(year), first).first, _whole_month(int(year), last).last)
    month = match["m1"] or match["m2"]
    if month is None:
        return Period(date(int(year), 1, 1), date(int(year), 12, 31))
    whole = _whole_month(int(year), _MONTHS[month.casefold()])
    day = int(match["d1"] or match["d2"] or 0)
    if not 1 <= day <= whole.last.day:
        return whole
    exact = whole.first.replace(day=day)
    return Period(exact, exact)


def _whole_month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
