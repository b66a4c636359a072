"""Numbers in digits and words, with their units and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.claims.dates import dates, without_dates
from assistant.claims.lexicon import units

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
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
    rf"|\b(?P<part>an? (?:third|quarter|fifth))\b"
    rf"|\b(?P<nth>{'|'.join(_ORDINALS)})\b|\b(?P<half>half|dozen)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s-]*(%|[A-Za-z°µ_]+)")
_TIMES = frozenset("day week month year hour minute decade fortnight century".split())


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


class _Quantity(NamedTuple):
    """A number as it grows word by word, and where its words end so far."""

    value: Decimal
    unit: str
    end: int


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
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a text that are not in dates or names."""
    undated = without_dates(text)
    found: list[Amount] = []
    taken = 0
    for match in _NUMBER.finditer(undated):
        if match.start() >= taken:
            amount, taken = _amount(undated, match)
            found.extend([amount] if amount else [])
    return tuple(found)


def amount_words(text: str) -> frozenset[str]:
    """The words that dates and numbers are written with, units among them, in small letters."""
    shown = [date.shown for date in dates(text)] + [amount.shown for amount in amounts(text)]
    shown += [amount.limit_words for amount in amounts(text)]
    return frozenset(part for one in shown for part in re.findall(r"[^\W_]+", one.casefold()))


def _amount(text: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount that begins with this number, if it counts something, and where it ends."""
    value, ordinal = _value(match)
    found = _Quantity(value, "", match.end()) if ordinal else _with_unit(text, _scaled(text, _glued(match, value)))
    if (match["word"] or "").casefold() == "one" and not found.unit and found.end == match.end():
        return None, found.end  # "one of the", "one key result": not a count
    limit, written = _limit(text[: match.start()], found.unit)
    shown = text[match.start() : found.end].strip()
    return Amount(found.value.normalize(), found.unit, limit, ordinal, shown, written), found.end


def _glued(match: re.Match[str], value: Decimal) -> _Quantity:
    """The number with what is written on to it: `£3m`, `40%`, `12km`."""
    currency, glued = (match["currency"] or "").strip(), (match["glued"] or "").casefold()
    if glued in _SCALES and (currency or glued != "m"):
        return _Quantity(value * _SCALES[glued], units().get(currency, ""), match.end())
    return _Quantity(value, units().get(currency, "") or units().get(glued, ""), match.end())


def _scaled(text: str, found: _Quantity) -> _Quantity:
    """The number times the `million` or the `thirds` that follow it."""
    following, end = _following(text, found.end)
    if len(following) > 1 and following in _SCALES:
        return _scaled(text, found._replace(value=found.value * _SCALES[following], end=end))
    if following in _PARTS and following != "quarters":  # which are also of a year
        return found._replace(value=found.value / _PARTS[following], end=end)
    return found


def _with_unit(text: str, found: _Quantity) -> _Quantity:
    following, end = _following(text, found.end)
    power = ""
    if following in {"square", "cubic", "percentage", "basis"}:
        power = following + " "
        following, end = _following(text, end)
    unit = units().get(following, "") or units().get(following.casefold(), "")
    if found.unit or not (unit or power):
        return found
    return found._replace(unit=f"{power}{unit or following}", end=end)


def _following(text: str, place: int) -> tuple[str, int]:
    """The next word, in small letters unless it is short (`MW`), and where it ends; empty where a number ends all."""
    match = _AFTER.match(text, place)
    if match is None:
        return "", place
    word = match.group(1)
    return (word.lower() if len(word) > 2 else word), match.end()


def _value(match: re.Match[str]) -> tuple[Decimal, bool]:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")), bool(match["ordinal"])
    if match["part"]:
        return Decimal(1) / _PARTS[match["part"].split()[1].casefold()], False
    if match["nth"]:
        return Decimal(_ORDINALS[match["nth"].casefold()]), True
    if match["half"]:
        return (Decimal("0.5"), False) if match["half"].casefold() == "half" else (Decimal(12), False)
    parts = match["word"].casefold().split("-")
    return Decimal(sum(_TENS.get(part, _CARDINALS.get(part, 0)) for part in parts)), False


def _limit(before: str, unit: str) -> tuple[str, str]:
    """The limit that stands right before a number, and its words."""
    match = _LIMIT.search(before.replace("_", " "))
    if match is None:
        return "", ""
    limit = next(name for place, (name, _) in enumerate(_LIMITS) if match[f"l{place}"])
    # "over four years", "within six months" say how long, not how much more.
    lasting = unit in _TIMES and match.group().split()[0].casefold() in {"over", "within"}
    return ("", "") if lasting else (limit, match.group())
