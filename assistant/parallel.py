"""A follow-up that only names another thing: "And Japan?" after a question on the UK asks the same of Japan.

Such a question is made by putting the new thing in the place of the old one, where there is one of its kind.
Rules about English, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.claims.dates import MONTHS
from assistant.claims.lexicon import countries, country_names

AND = (
    r"^(?:(?:ok|okay|right|so|well|but|then|now|no|yes|sorry|thanks|thank you|great)[\s,.!]+)*"
    r"(?:(?:and|or)[\s,]+(?:(?:what|how) about\s+)?|(?:what|how) about\s+)"
)
"""How a question opens, case aside, that asks the same of something more: "and", "what about"."""
_OPENS = (
    r"^(?:(?:ok|okay|right|so|well|and|but|or|then|now|no|yes|sorry|thanks|thank you|great|i meant?)[\s,.!]+)*"
    r"(?:(?:what|how) about\s+|(?:the )?same (?:question )?for\s+)?"
    r"(?:(?:for|in|on|from|by|at|with|about|to|of)\s+)?"
)
_ONLY = re.compile(
    rf"{_OPENS}(?:the\s+)?(?P<thing>[^?.!,;:]+?)(?:['’]s)?(?:\s+(?:side|one|part))?(?:\s+(?:then|please))?\s*[?.!]*$",
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(
    rf"{_OPENS}(?:what(?:['’]?s|\s+is|\s+was)\s+)?"
    r"(?:(?:the\s+)?other\s+(?:side|country|party|nation|government|partner|half)(?:['’]s)?|ours|theirs)"
    r"(?:\s+(?:called|named))?\s*[?.!]*$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!Act )(?<!Bill )(?<!Law )(?<!Order )(?<!Rules )(?<!Regulations )\b(?:19|20)\d\d\b"
)  # none of a name
_MONTH = re.compile(rf"\b(?:{'|'.join(map(str.title, MONTHS))})\b")
_ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.I
)
_NAME = re.compile(r"\b[A-Z][\w&’'-]*(?:\s+(?:(?:of|for|the|and|&)\s+)*[A-Z][\w&’'-]*)*")
_PEOPLE = re.compile(r"(?:ish|ese|an|ch|ss|eli|hai|ino|ine)$")
_WITH_ARTICLE = re.compile(r"^(?:UK|US|USA|EU|U\.S\.|Netherlands|Philippines|United|Republic|European)\b")
_ASKING = re.compile(
    r"^(?:who|whom|whose|what|when|where|which|why|how|list|name|give|tell|is|are|was|were|do|does|did)$", re.I
)


_FEWEST = 3  # letters of a body's acronym; shorter ones are mostly subjects: "AI", "5G"
_IS_ASKED = re.compile(r"\b(?:did|does|do|has|have|will)(?: the)? $", re.IGNORECASE)


class _Thing(NamedTuple):
    """A thing named in a question, at `text[start:end]`; two of one `kind` can stand for each other."""

    kind: str
    text: str
    start: int
    end: int


def in_place_of(earlier: str, last: str, sides: Sequence[str] = ()) -> str:
    """The earlier question asked of what the last one names; empty where the last asks anything else.

    Args:
        earlier: the question before, standing alone.
        last: the follow-up.
        sides: the two countries that "the other side" can mean, if there are two.
    """
    things = tuple(_things(earlier))
    new = _other_side(things, sides) if _OTHER_SIDE.match(last) else _only_thing(last)
    if not new:
        return ""
    replaced = [thing for thing in things if thing.kind == new.kind]
    if not replaced and _is_actor(new) and re.match(AND, last, re.IGNORECASE):  # "What did Norway say?" - "And STC?"
        replaced = [thing for thing in things if _is_actor(thing) and _IS_ASKED.search(earlier[: thing.start])]
    same = {_country(thing.text) or thing.text for thing in replaced}
    if len(same) != 1 or same == {_country(new.text) or new.text}:
        return ""
    for old in reversed(replaced):
        earlier = _put(earlier, old, new.text)
    return earlier


def two_sides(titles: Sequence[str]) -> tuple[str, ...]:
    """The two countries in a title, as they are written there; none unless there is one title that names two."""
    if len(titles) != 1:
        return ()
    named = {_country(thing.text): thing.text for thing in _things(titles[0]) if thing.kind == "country"}
    return tuple(named.values()) if len(named) == 2 else ()


def _only_thing(last: str) -> _Thing | None:
    match = _ONLY.match(last)
    said = match["thing"].strip() if match else ""
    things = tuple(_things(f"the {said}"))  # so that it does not open the question
    return things[0] if len(things) == 1 and things[0].text == said else None


def _is_actor(thing: _Thing) -> bool:
    """Whether it can do what a country does."""
    return thing.kind in {"country", "acronym"}


def _other_side(things: Sequence[_Thing], sides: Sequence[str]) -> _Thing | None:
    named = {_country(thing.text) for thing in things if thing.kind == "country"}
    others = [side for side in sides if _country(side) not in named]
    return _Thing("country", others[0], 0, 0) if len(sides) == 2 and len(others) == 1 else None


def _things(text: str) -> Iterator[_Thing]:
    """The countries, years, months and names in a text, from left to right; a word that opens a question is no name."""
    taken = [(match.start(), match.end()) for match in _places().finditer(text)]
    yield from (_Thing("country", text[start:end], start, end) for start, end in taken)
    for kind, pattern in (("year", _YEAR), ("month", _MONTH), ("ordinal", _ORDINAL), ("name", _NAME)):
        for match in pattern.finditer(text):
            start, name = match.start(), match.group()
            while kind == "name" and (opening := re.match(r"(\S+)\s*", name)) and _ASKING.match(opening[1]):
                start, name = start + opening.end(), name[opening.end() :]
            end = start + len(name.removesuffix("'s").removesuffix("’s"))
            if end > start and not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield _Thing(_shape(text[start:end]) if kind == "name" else kind, text[start:end], start, end)


def _shape(name: str) -> str:
    """Names stand for each other where both are acronyms, of bodies or of subjects, single words or several words."""
    if re.fullmatch(r"[A-Z][A-Z&-]+", name):
        return "acronym" if len(name) >= _FEWEST else "subject"
    return "names" if " " in name else "name"


def _put(text: str, old: _Thing, new: str) -> str:
    start = old.start - len("the ") * text[: old.start].casefold().endswith("the ")
    if old.kind == "country":
        new = _as_people(new) if _is_people(old.text) else _as_place(new)
        article = "the " if _WITH_ARTICLE.match(new) or (_is_people(new) and start < old.start) else ""
    elif _WITH_ARTICLE.match(new):
        article = "the "
    else:
        article = text[start : old.start]
    return f"{text[:start]}{article}{new}{text[old.end :]}"


def _as_people(name: str) -> str:
    people = [form for form in country_names(name) if _is_people(form)]
    return name if _is_people(name) or not people else people[0].title()


def _as_place(name: str) -> str:
    if not _is_people(name):
        return name
    first = _country(name)
    return first.upper() if len(first) <= 3 else first.title()


def _is_people(name: str) -> bool:
    """Whether it is what a country's people are called, as `Japanese`; a country's first name never is."""
    return _country(name) not in {"", name.casefold()} and bool(_PEOPLE.search(name))


def _country(name: str) -> str:
    return countries().get(name.casefold(), "")


@cache
def _places() -> re.Pattern[str]:
    names = sorted(countries(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
