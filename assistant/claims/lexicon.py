"""General English as data: words that say the same, countries and their people, units, verbs (`data/english.json`)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from index.keyword import stem

# The lengths keep all forms of a word together: "raise" and "raised" stay, "organise" and "organised" change.
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{4})is(e|es|ed|ing|ation|ations|er|ers)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})our(s|ed|ing|able|ably)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})tre(s|d)?$"), r"ter\1"),
    (re.compile(r"ogramme(s)?$"), r"ogram\1"),
    (re.compile(r"^co-(?=[a-z]{4})"), "co"),
)


@cache
def key(word: str) -> str:
    """What two forms or spellings of one word have in common: `organisations` and `organization`."""
    plain = word.casefold().removesuffix("'s").rstrip("'")
    plain = _bases().get(plain, plain)
    for pattern, better in _SPELLINGS:
        plain = pattern.sub(better, plain)
    return stem(plain)


def joined(phrase: str) -> str:
    """Several words as one: `take_place`."""
    return phrase.replace(" ", "_")


@cache
def senses(word: str) -> frozenset[str]:
    """The word's key and the groups of synonyms that it is in; two words that share one can stand for each other."""
    return frozenset({key(word)}) | _groups().get(key(word), frozenset())


@cache
def phrases() -> re.Pattern[str]:
    """The expressions of more than one word in the groups of synonyms."""
    long = sorted((word for group in _synonyms() for word in group if " " in word), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in dict.fromkeys(long))})\b", re.IGNORECASE)


@cache
def countries() -> dict[str, str]:
    """The first name of a country by each of its names and by its people, all case-folded."""
    rows = [_split(row) for row in _data()["countries"]]
    return {name.casefold(): row[0].casefold() for row in rows for name in row}


@cache
def country_names(name: str) -> tuple[str, ...]:
    """All names of the country that a name, whatever the case of its letters, or its people's name is for."""
    country = countries().get(name.casefold())
    return tuple(form for form, its in countries().items() if its == country) if country else ()


@cache
def seats() -> dict[str, str]:
    """The country by each place, case-folded, that its government is called after: `Whitehall`."""
    return {place.casefold(): row[0] for row in map(_split, _data()["seats"]) for place in row[1:]}


@cache
def light_words() -> frozenset[str]:
    """Words that add nothing by themselves, such as `give` in `give an update`."""
    return frozenset(_data()["light"].split())


@cache
def units() -> dict[str, str]:
    """The unit by each way to write it."""
    return {form: unit for unit, forms in _data()["units"].items() for form in forms.split()}


@cache
def finite_verbs() -> frozenset[str]:
    """Forms of common verbs that can follow their subject: `agree`, `agrees`, `agreed`; not `agreeing`."""
    return frozenset(form for verb in base_verbs() for form in (verb, _third(verb), *_pasts(verb)))


@cache
def past_verbs() -> frozenset[str]:
    """Their past forms and participles: `agreed`, `held`."""
    return frozenset(form for verb in base_verbs() for form in _pasts(verb))


@cache
def base_verbs() -> frozenset[str]:
    """The verbs themselves: `agree`."""
    return frozenset(_data()["verbs"].split())


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _pasts(verb: str) -> tuple[str, ...]:
    if irregular := _data()["irregular"].get(verb):
        return tuple(irregular.split())
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb[:-1] + "ied",)
    return (verb + "ed", verb + verb[-1] + "ed")  # planned and submitted double the consonant, opened does not


@cache
def _bases() -> dict[str, str]:
    """The verb of each irregular form, but for `found`, `left` and `saw`, which are other words as well."""
    irregular = _data()["irregular"].items()
    return {form: verb for verb, forms in irregular for form in forms.split() if form not in {"found", "left", "saw"}}


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number, group in enumerate(_synonyms()):
        for word in group:
            found[key(joined(word))].add(f"={number}")
    for name, country in countries().items():
        found[key(joined(name))].add(f"@{country}")
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    return tuple(_split(row) for row in _data()["synonyms"])


def _split(row: str) -> tuple[str, ...]:
    return tuple(row.split(" | "))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("assistant") / "data" / "english.json").read_text(encoding="utf-8"))
    return loaded


def any_sense(words: Iterable[str]) -> frozenset[str]:
    """The senses of all the words together."""
    return frozenset(sense for word in words for sense in senses(word))
