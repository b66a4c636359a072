"""Numbers with their units and limits, and dates, whichever way they are spelt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.claims.lexicon import units
from assistant.claims.words import words

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_CARDINALS = {word: number for number, word in enumerate(f"{_SMALL} eighteen nineteen".split())}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_FIRST = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS = {word: number for number, word in enumerate(f"{_FIRST} fifteenth twentieth".split(), 1)}
_ORDINALS["inaugural"] = 1
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SCALES |= {"bn": 10**9, "m": 10**6, "k": 10**3}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_WRITTEN = "|".join(sorted({**_CARDINALS, **_TENS}, key=len, reverse=True))
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(name.capitalize() for name in _MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
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
_LIMITS = (
    ("less than", r"less than|under|below|fewer than|lower than"),
    ("up to", r"up to|at most|no more than|not more than|a maximum of|maximum of|within"),
    ("more than", r"more than|over|above|exceeding|greater than"),
    ("at least", r"at least|no fewer than|no less than|a minimum of|minimum of"),
    ("about", r"about|around|approximately|nearly|almost|roughly|circa"),
)
_LIMIT = re.compile(
    "|".join(rf"(?P<l{place}>\b(?:{words})\s+(?:the\s+)?$)" for place, (_, words) in enumerate(_LIMITS)), re.IGNORECASE
)
_NUMBER = re.compile(
    rf"(?P<currency>[£€$¥]\s?)?(?<![\w.])(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?"
    rf"(?P<glued>%|km|kg|ms|bn|m|k|h)?(?![\w])"
    rf"|\b(?P<word>(?:{_WRITTEN})(?:-(?:{'|'.join(_CARDINALS)}))?)\b"
    rf"|\b(?P<nth>{'|'.join(_ORDINALS)})\b|\b(?P<half>half|dozen)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s-]*(%|[A-Za-z°µ_]+)")


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


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, if a known one follows, and its limit: `less than`, `up to` or none.

    `shown` and `limit_words` are how the text writes them.
    """

    value: Decimal
    unit: str
    limit: str
    ordinal: bool
    shown: str
    limit_words: str = ""


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


def wrong_amount(sentence: str, quoted: str) -> str:
    """What is wrong with the first number that the quoted words do not give with its unit and limit, or empty."""
    held = amounts(quoted)
    for amount in amounts(sentence):
        same = [other for other in held if (amount.value, amount.ordinal) == (other.value, other.ordinal)]
        if not same:
            return f"the number {amount.shown} is not in the words cited"
        if amount.unit and all(other.unit not in {"", amount.unit} for other in same):
            return f"the text counts {amount.shown} in {same[0].unit}, not in {amount.unit}"
        if all(amount.limit != other.limit for other in same):
            return f"the text says {same[0].limit or 'exactly'} {same[0].shown}, not {amount.limit or 'exactly'} that"
    return ""


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text. A month alone counts only where it cannot be the verb `may` or `march`."""
    return tuple(_date(match) for match in _DATE.finditer(text) if _is_date(match))


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a text that are not in dates or names."""
    without = _DATE.sub(lambda match: " " * len(match.group()) if _is_date(match) else match.group(), text)
    found: list[Amount] = []
    taken = 0
    for match in _NUMBER.finditer(without):
        if match.start() >= taken:
            amount, taken = _amount(without, match)
            found.extend([amount] if amount else [])
    return tuple(found)


def amount_words(text: str) -> frozenset[str]:
    """The words that dates and numbers are written with, units among them, in small letters."""
    shown = [date.shown for date in dates(text)] + [amount.shown for amount in amounts(text)]
    shown += [amount.limit_words for amount in amounts(text)]
    return frozenset(part for one in shown for part in re.findall(r"[^\W_]+", one.casefold()))


def _is_date(match: re.Match[str]) -> bool:
    return match["month2"] not in {"May", "March"} or bool(
        match["day2"] or match["year2"] or re.search(r"\b(?:in|by|since|until|of|last|next)\s+$", _before(match))
    )


def _before(match: re.Match[str]) -> str:
    return match.string[: match.start("month2")]


def _date(match: re.Match[str]) -> Date:
    relation = _RELATIONS.get((match["relation"] or "").replace("_", " ").casefold(), "")
    shown = match.group().strip()
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return Date(day, month, year, relation, shown, match.end())
    name = match["month"] or match["month2"] or ""
    month = next((number for number, full in enumerate(_MONTHS, 1) if name and full.startswith(name.lower())), 0)
    day = re.sub(r"\D", "", match["day"] or match["day2"] or "") or "0"
    year = match["year"] or match["year2"] or match["year3"] or "0"
    return Date(int(day), month, int(year), relation, shown, match.end())


def _amount(text: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount that begins with this number, and where it ends."""
    value, ordinal = _value(match)
    end = match.end()
    unit = units().get((match["currency"] or "").strip(), "") or units().get(match["glued"] or "", "")
    if match["glued"] in _SCALES and (match["currency"] or match["glued"] != "m"):
        value, unit = value * _SCALES[match["glued"]], units().get((match["currency"] or "").strip(), "")
    following = _following(text, end)
    while following and not ordinal and following[0] in _SCALES and len(following[0]) > 1:
        value, end = value * _SCALES[following[0]], following[1]
        following = _following(text, end)
    if following and not ordinal and following[0] in _PARTS and following[0] != "quarters":
        value, end = value / _PARTS[following[0]], following[1]
        following = _following(text, end)
    power = ""
    if following and following[0] in {"square", "cubic", "percentage", "basis"}:
        power, following = following[0] + " ", _following(text, following[1])
    if following and not unit and not ordinal:
        unit = units().get(following[0], "") or units().get(following[0].casefold(), "")
        unit = f"{power}{unit}" if unit or not power else f"{power}{following[0]}"
        end = following[1] if unit else end
    if (match["word"] or "").casefold() == "one" and not unit and end == match.end():
        return None, end  # "one of the", "one key result": not a count
    limit, written = _limit(text[: match.start()], unit)
    return Amount(value.normalize(), unit, limit, ordinal, text[match.start() : end].strip(), written), end


def _following(text: str, place: int) -> tuple[str, int] | None:
    match = _AFTER.match(text, place)
    return (match.group(1).lower() if len(match.group(1)) > 2 else match.group(1), match.end()) if match else None


def _value(match: re.Match[str]) -> tuple[Decimal, bool]:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")), bool(match["ordinal"])
    if match["nth"]:
        return Decimal(_ORDINALS[match["nth"].casefold()]), True
    if match["half"]:
        return (Decimal("0.5"), False) if match["half"].casefold() == "half" else (Decimal(12), False)
    parts = match["word"].casefold().split("-")
    return Decimal(sum(_TENS.get(part, _CARDINALS.get(part, 0)) for part in parts)), False


_TIMES: Sequence[str] = ("day", "week", "month", "year", "hour", "minute", "decade", "fortnight", "century")


def _limit(before: str, unit: str) -> tuple[str, str]:
    """The limit that stands right before a number, and its words."""
    match = _LIMIT.search(before.replace("_", " "))
    if match is None:
        return "", ""
    limit = next(name for place, (name, _) in enumerate(_LIMITS) if match[f"l{place}"])
    # "over four years", "within six months" say how long, not how much more.
    lasting = unit in _TIMES and match.group().split()[0].casefold() in {"over", "within"}
    return ("", "") if lasting else (limit, match.group())
