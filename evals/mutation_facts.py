"""Makes a true sentence false in a fact: a date, a number, a unit or a name. Each rule gives every variant it can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutation_pool import Pool, put

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(_MONTHS)
_WRITTEN = "two three four five six seven eight nine twelve eighteen forty".split()
_NUMBER = re.compile(
    rf"(?<![\w.,£-])\d+(?:[,.]\d+)*(?=(?:st|nd|rd|th)?(?:[^\w]|$)|%)|(?<=£)\d+(?:\.\d+)?|\b(?:{'|'.join(_WRITTEN)})\b"
)
_ORDINALS = "first second third fourth eighth".split()
_UNITS = {
    "km": ("miles", "metres"), "kilometres": ("miles", "metres"), "square kilometres": ("square metres", "hectares"),
    "millisecond": ("second", "microsecond"), "ms": ("seconds", "µs"), "miles": ("kilometres", "nautical miles"),
    "metres": ("feet", "kilometres"), "12 m": ("12 km", "12 ft"), "tonnes": ("kilograms", "pounds"),
    "million": ("billion", "thousand"), "per cent": ("percentage points", "per mille"), "%": (" percentage points",),
    "£": ("€", "$"), "crowns": ("euros", "dollars"), "days": ("weeks", "months"), "a day": ("a week", "an hour"),
    "months": ("weeks", "years"), "a month": ("a year", "a week"), "each month": ("each year", "each day"),
    "hours": ("minutes", "days"), "minutes": ("seconds", "hours"), "years": ("months", "decades"),
    "coming year": ("coming month", "coming decade"), "past year": ("past week", "past decade"),
    "during the year": ("during the month", "during the decade"), "over the year": ("over the week", "over the decade"),
    "a year of": ("a month of", "a decade of"), "first year of": ("first month of", "first decade of"),
    "in the year ahead": ("in the month ahead", "in the decade ahead"),
    "hectares": ("acres", "square metres"), "litres": ("millilitres", "gallons"), "megalitre": ("litre", "cubic metre"),
    "euros": ("dollars", "yen"), "€14": ("£14", "$14"), "€17": ("£17", "$17"), "percent": ("percentage points",),
    "-mile": ("-kilometre", "-metre"), "twice a year": ("twice a month", "twice a week"),
    "Twice a year": ("Twice a month", "Twice a week"),
    "thirds": ("quarters", "fifths"), "third of": ("quarter of", "fifth of"),
}  # fmt: skip


def dates(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    """Another day, month or year; two years in each other's place; after for before."""
    for match in re.finditer(rf"\b(?:{_MONTH})\b(?= \d| of|\W|$)", text):
        a_month = re.search(r"(?:\bin|\d|of) $", text[: match.start()]) or re.match(r"May \d", text[match.start() :])
        if match.group() == "May" and not a_month:
            continue
        for shift in (1, 5):
            month = _MONTHS[(_MONTHS.index(match.group()) + shift) % 12]
            if month not in quoted:
                yield put(text, match, month)
    for match in re.finditer(r"(?<![\d,.£])(?:19|20)\d\d\b(?!,\d)", text):
        for shift in (1, -1, 4):
            year = str(int(match.group()) + shift)
            if year not in quoted:
                yield put(text, match, year)
    for match in re.finditer(rf"\b\d{{1,2}}(?= (?:{_MONTH}))|(?<=[a-z] )\d{{1,2}}(?=,? \d{{4}})", text):
        yield put(text, match, str(int(match.group()) % 28 + 2))
    years = re.findall(r"\b20\d\d\b", text)
    if len(set(years)) == 2 and " and 20" not in text:
        yield re.sub(r"\b20\d\d\b", lambda match: years[1] if match.group() == years[0] else years[0], text)
    for match in re.finditer(r"\b([Bb]y|[Bb]efore|[Ss]ince)(?= (?:the end of )?(?:\w+ )?\d{4})", text):
        late = {"by": "after", "before": "after", "since": "before"}[match.group().lower()]
        yield put(text, match, late.capitalize() if match.group()[0].isupper() else late)


def numbers(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    """Another number, in digits or words, or another limit to it."""
    dated = [
        match.span()
        for match in re.finditer(rf"\d{{1,2}}(?:\w\w)? (?:{_MONTH})|(?:{_MONTH}) \d+|\b(?:19|20)\d\d\b", text)
    ]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in dated):
            continue
        for other in _other_numbers(match.group()):
            if not re.search(rf"\b{re.escape(other)}\b", quoted):
                yield put(text, match, other)
    for match in re.finditer(rf"\b(?:{'|'.join(_ORDINALS)})\b(?! of the cost)", text):
        for shift in (1, 2):
            other = _ORDINALS[(_ORDINALS.index(match.group()) + shift) % len(_ORDINALS)]
            if other not in quoted and not text[: match.start()].endswith("one "):
                yield put(text, match, other)
    for old, new in (
        ("less than", "more than"),
        ("up to", "at least"),
        ("more than", "fewer than"),
        ("at most", "at least"),
    ):
        if re.search(rf"\b{old}\b", text):
            yield re.sub(rf"\b{old}\b", new, text, count=1)


def _other_numbers(number: str) -> tuple[str, ...]:
    if number in _WRITTEN:
        place = _WRITTEN.index(number)
        return _WRITTEN[(place + 1) % len(_WRITTEN)], _WRITTEN[(place + 3) % len(_WRITTEN)]
    digits = number.replace(",", "")
    if "." in digits:
        return (f"{float(digits) + 10:.2f}",)
    value = int(digits)
    return tuple(f"{other:,}" if "," in number else str(other) for other in (value + 1, value * 10, value + 20))


def units(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    """The same number of something else."""
    for unit, others in _UNITS.items():
        edge = r"(?<!\w)" if unit[0].isalnum() else ""
        last = r"(?!\w)" if unit[-1].isalnum() else ""
        for match in re.finditer(edge + re.escape(unit) + last, text):
            for other in others:
                known = re.search(rf"(?<!\w){re.escape(other)}(?!\w)", quoted)
                if not known and not text[: match.start()].endswith("square "):
                    yield put(text, match, other)


def names(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    """Another name of the same sort."""
    known = sorted((name for names in pool.names for name in names), key=len, reverse=True)
    # Not inside a longer name: "Expo Japan" is no place for another country.
    found = re.compile(rf"(?<![\w-])(?<![A-Z] )({'|'.join(map(re.escape, known))})(?![\w-])(?! [A-Z&(])")
    for match in found.finditer(text):
        if re.search(r"[A-Z][\w']* $", text[: match.start()]) and not text.startswith(("The ", "In ")):
            continue
        names = next(names for names in pool.names if match.group() in names)
        for other in [name for name in names if not any(same in quoted for same in pool.means(name))]:
            yield put(text, match, other)
