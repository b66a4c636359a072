"""One way to make a true sentence false for each kind of mistake, by rule. Each gives every variant that it can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
_FIRMER_OR_WEAKER = (
    (r"\bagreed to (?:further )?(?:explore|consider)\b", ("agreed to launch", "will launch", "discussed")),
    (r"\b(?:are|is) exploring (?:the possibility of |using |the use of )?", ("have agreed on ", "will begin ", "rejected ")),
    (r"\b(?:will continue to scope|will keep scoping|will go on scoping)\b", ("have agreed on", "will fund", "discussed")),
    (r"\bwill continue\b", ("may continue", "are considering whether to continue")),
    (r"\bwill (?=not\b)", ("may ", "plan to ")),
    (r"\bwill explore\b", ("agreed on", "will fund")),
    (r"\bwill also discuss\b", ("agreed on", "have also adopted")),
    (r"\bwill(?: be)? (?!not|keep|go|continue|explore|also)", ("may {be}", "plan to {be}", "have been asked to {be}")),
    (r"\bcommitted to\b", ("discussed", "plan to consider", "may")),
    (r"\bcommit to\b", ("may", "plan to", "will consider whether to")),
    (r"\blook forward to\b", ("have agreed on", "committed to", "must begin")),
    (r"\b(?:intends|plans) to\b", ("agreed to", "will", "may")),
    (r"\baim to\b", ("will", "agreed to", "may")),
    (r"\bpromised to\b", ("may", "plans to")),
    (r"\bproposed\b", ("agreed on", "promised")),
    (r"\bwas discussed\b", ("was agreed", "will be introduced")),
    (r"\bdiscussed\b", ("agreed on", "will introduce")),
    (r"\bindicated the intention to\b", ("agreed to", "committed to", "may")),
    (r"\bhighlighted\b", ("agreed to fund", "will publish")),
    (r"\brecognise that\b", ("agreed that", "will decide whether")),
    (r"\bmust\b(?! not)", ("may", "should", "plans to")),
    (r"\b(?:may|could be)(?= extend)", ("will", "agreed to", "must")),
    (r"\b(?:is|are) working (?:to|on)\b", ("agreed", "will complete")),
    (r"(?<!will )(?<!to )\bcontinue to\b", ("plan to", "agreed to", "may")),
    (r"\bpromote\b", ("plan to promote", "may promote")),
    (r"\bshare (?=knowledge|information)", ("plan to share ", "agreed to share ")),
)  # fmt: skip
_DENIABLE = r"(?:will|is|are|was|were|has|have|may|must|can|could|had)"
_PLAIN_PASTS = {
    "took": "take", "brought": "bring", "agreed": "agree", "committed": "commit", "highlighted": "highlight",
    "held": "hold", "launched": "launch", "hosted": "host", "presented": "present", "reported": "report",
    "welcomed": "welcome", "thanked": "thank", "proposed": "propose", "promised": "promise", "inspected": "inspect",
    "recorded": "record", "replaced": "replace", "lowered": "lower", "affirmed": "affirm", "reaffirmed": "reaffirm",
    "exchanged": "exchange", "celebrated": "celebrate", "attended": "attend", "provided": "provide", "set": "set",
    "published": "publish", "designated": "designate", "ended": "end", "conducted": "conduct", "chaired": "chair",
    "reduced": "reduce", "established": "establish", "opposed": "oppose", "participated": "participate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be put in the place of something: expressions for both sides, other doers, names of one sort, list items.

    `items` are things and `listed` names that may be added to a list; the names in each of `same` mean the same.
    """

    both: Sequence[str]
    actors: Sequence[str]
    names: Sequence[Sequence[str]]
    items: Sequence[str]
    listed: Sequence[str]
    same: Sequence[Sequence[str]]

    def means(self, name: str) -> set[str]:
        """The name and others for the same, without an article."""
        bare = name.removeprefix("The ").removeprefix("the ")
        found = next((names for names in self.same if name in names or bare in names), [name])
        return {bare, *(one.removeprefix("The ").removeprefix("the ") for one in found)}


def _dates(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    for match in re.finditer(rf"\b(?:{_MONTH})\b(?= \d| of|\W|$)", text):
        if match.group() == "May" and not re.search(r"(?:\bin|\d|of) $", text[: match.start()]):
            if not re.match(r"May \d", text[match.start() :]):
                continue
        for shift in (1, 5):
            month = _MONTHS[(_MONTHS.index(match.group()) + shift) % 12]
            if month not in quoted:
                yield _put(text, match, month)
    for match in re.finditer(r"(?<![\d,.£])(?:19|20)\d\d\b(?!,\d)", text):
        for shift in (1, -1, 4):
            year = str(int(match.group()) + shift)
            if year not in quoted:
                yield _put(text, match, year)
    for match in re.finditer(rf"\b\d{{1,2}}(?= (?:{_MONTH}))|(?<=[a-z] )\d{{1,2}}(?=,? \d{{4}})", text):
        yield _put(text, match, str(int(match.group()) % 28 + 2))
    years = re.findall(r"\b20\d\d\b", text)
    if len(set(years)) == 2 and " and 20" not in text:
        yield re.sub(r"\b20\d\d\b", lambda match: years[1] if match.group() == years[0] else years[0], text)
    for match in re.finditer(r"\b([Bb]y|[Bb]efore|[Ss]ince)(?= (?:the end of )?(?:\w+ )?\d{4})", text):
        late = {"by": "after", "before": "after", "since": "before"}[match.group().lower()]
        yield _put(text, match, late.capitalize() if match.group()[0].isupper() else late)


def _numbers(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    dated = [match.span() for match in re.finditer(rf"\d{{1,2}}(?:\w\w)? (?:{_MONTH})|(?:{_MONTH}) \d+|\b(?:19|20)\d\d\b", text)]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in dated):
            continue
        for other in _other_numbers(match.group()):
            if not re.search(rf"\b{re.escape(other)}\b", quoted):
                yield _put(text, match, other)
    for match in re.finditer(rf"\b(?:{'|'.join(_ORDINALS)})\b(?! of the cost)", text):
        for shift in (1, 2):
            other = _ORDINALS[(_ORDINALS.index(match.group()) + shift) % len(_ORDINALS)]
            if other not in quoted and not text[: match.start()].endswith("one "):
                yield _put(text, match, other)
    for old, new in (("less than", "more than"), ("up to", "at least"), ("more than", "fewer than"), ("at most", "at least")):
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


def _units(text: str, quoted: str, _pool: Pool) -> Iterator[str]:
    for unit, others in _UNITS.items():
        edge = r"(?<!\w)" if unit[0].isalnum() else ""
        last = r"(?!\w)" if unit[-1].isalnum() else ""
        for match in re.finditer(edge + re.escape(unit) + last, text):
            for other in others:
                known = re.search(rf"(?<!\w){re.escape(other)}(?!\w)", quoted)
                if not known and not text[: match.start()].endswith("square "):
                    yield _put(text, match, other)


def _names(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    known = sorted((name for names in pool.names for name in names), key=len, reverse=True)
    # Not inside a longer name: "SEMICON Japan" is no place for another country.
    found = re.compile(rf"(?<![\w-])(?<![A-Z] )({'|'.join(map(re.escape, known))})(?![\w-])(?! [A-Z&(])")
    for match in found.finditer(text):
        if re.search(r"[A-Z][\w']* $", text[: match.start()]) and not text.startswith(("The ", "In ")):
            continue
        names = next(names for names in pool.names if match.group() in names)
        for other in [name for name in names if not any(same in quoted for same in pool.means(name))]:
            yield _put(text, match, other)


def _actors(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    """Another doer for the one the sentence opens with, after a comma, or after `by`."""
    known = sorted((*pool.both, *pool.actors), key=len, reverse=True)
    found = re.compile(rf"(?:(?<=^)|(?<=, )|(?<=\bby )|(?<=\bby the ))(?:{'|'.join(map(re.escape, known))})(?=[ .](?!and |of |in ))")
    for match in found.finditer(text):
        if not (match.start() == 0 or text[: match.start()].endswith(("by ", "by the ")) or _opens(text[: match.start()])):
            continue
        was_both = match.group() in pool.both
        others = [one for one in pool.actors if not pool.means(one) & pool.means(match.group())]
        others = [one for one in others if one.removeprefix("The ").casefold() not in match.group().casefold()]
        others = [one for one in others if not re.search(rf"\b{re.escape(match.group().split()[-1])}\b", one)]
        others = [one for one in others if was_both or _is_named(one, quoted)] or others
        if not was_both:
            others = [pool.both[0], *others]
        for step in (0, 3, 5):
            other = others[(len(text) + step) % len(others)]
            if match.start() and other.startswith("The "):
                other = "t" + other[1:] if not text[: match.start()].endswith("by the ") else other[4:]
            yield _put(text, match, other)


def _opens(before: str) -> bool:
    return bool(re.match(r"(?:In|At|Under|Over|Before|Since|During|Building|Unless|Recognising|Bilaterally|Ahead|As|Amongst|Of) ?[^,]*, $", before))


def _is_named(actor: str, quoted: str) -> bool:
    return actor.removeprefix("The ") in quoted


def _negations(text: str, _quoted: str, _pool: Pool) -> Iterator[str]:
    for match in re.finditer(rf"\b{_DENIABLE}\b(?! not\b| no\b)", text):
        if not re.search(r"\b(?:[Nn]o|[Nn]ot|[Nn]either|unless|Unless|that|which)\b", text):
            yield _put(text, match, f"{match.group()} not")
            if match.group() in {"is", "are", "has", "have", "will"}:
                yield _put(text, match, f"{match.group()} never")
            break
    for past, base in _PLAIN_PASTS.items():
        for match in re.finditer(rf"(?<!was )(?<!were )(?<!be )(?<!been )(?<!has )(?<!have )\b{past}\b(?! by| in \w+ \d| up)", text):
            if not re.search(r"\b(?:no|not|[Nn]either|which)\b", text[: match.start()]) and _after_a_doer(text, match.start()):
                yield _put(text, match, f"did not {base}")
    for pattern, without in (
        (r" not(?: also)?\b(?! limited)", ""), (r"\bNeither (Party|office)\b", r"Either \1"), (r"\bno (?=passenger)", "a "),
        (r"\bno (?=date)", "a "), (r"\bfor free\b|\bfree of charge\b|\bwithout charge\b", "for a charge"),
    ):  # fmt: skip
        if re.search(pattern, text):
            yield re.sub(pattern, without, text, count=1)


def _after_a_doer(text: str, place: int) -> bool:
    before = text[:place].split()
    people = {"participants", "sides", "countries", "officials", "also", "parties"}
    return bool(before) and not before[-1].endswith(",") and (before[-1][0].isupper() or before[-1] in people)


def _commitments(text: str, _quoted: str, _pool: Pool) -> Iterator[str]:
    for pattern, others in _FIRMER_OR_WEAKER:
        match = re.search(pattern, text)
        for other in others if match else ():
            assert match is not None
            yield _put(text, match, other.replace("{be}", "be " if match.group().rstrip().endswith(" be") else ""))
    for match in re.finditer(rf"\b(?:{'|'.join(_PLAIN_PASTS)})\b(?! by\b)", text):
        if _after_a_doer(text, match.start()) and match.group() not in {"committed", "agreed", "highlighted", "proposed"}:
            for firm in ("will", "plan to", "may"):
                yield _put(text, match, f"{firm} {_PLAIN_PASTS[match.group()]}")
    for match in re.finditer(r"\b(?:was|were) (?=\w+ed\b|held|set)", text):
        for firm in ("will be ", "may be ", "are planned to be "):
            yield _put(text, match, firm)


def _items(text: str, quoted: str, pool: Pool) -> Iterator[str]:
    """One thing more, in front of the last of a list or after it."""
    item = r"(?:the )?[\w'-]+(?: [\w'-]+){0,3}"
    for match in re.finditer(rf"(?<=, )?(?P<last>{item})(?P<and>,? and )(?={item})", text):
        before = text[: match.start("last")]
        listed = before.endswith(", ") and before.count(",") and "," not in match["and"]
        if not listed and "," in match["and"]:
            listed = bool(re.search(r", $", before))
        if listed and not re.match(r"[A-Z]\w+ \(", text[match.end("and") :]):
            named = match["last"].removeprefix("the ")[0].isupper()
            for other in pool.listed if named else pool.items:
                yield f"{text[: match.start('and')]}, {other}{text[match.start('and') :]}"
    pair = re.search(rf"(?<=[a-z5]) and (?P<last>[a-z][\w'-]+(?: [a-z][\w'-]+){{0,3}})\.$", text)
    for other in pool.items if pair else ():
        assert pair is not None
        yield f"{text[: pair.start()]}, {pair['last']} and {other}."
    ending = re.search(r"(?:\b(?:for|on|of|to|in|with|between|through|including) (?:[a-z'-]+ ){0,2})(?P<word>[a-z-]{4,}(?<!ly))\.$", text)
    for other in pool.items if ending and not pair else ():
        yield f"{text[:-1]} and {other}."


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


KINDS: Mapping[str, Callable[[str, str, Pool], Iterator[str]]] = {
    "date": _dates,
    "number": _numbers,
    "name": _names,
    "actor": _actors,
    "negation": _negations,
    "commitment": _commitments,
    "unit": _units,
    "list item": _items,
}
