"""Names and acronyms: each stands in the words cited, or the text around them says that it is the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from assistant.claims.lexicon import countries
from assistant.claims.words import Word, words

_DEFINED = re.compile(r"\(\s?(?:the\s|hereafter\s|or\s)?[\"']?(?P<acronym>[A-Z][A-Za-z&]*[A-Z]s?)[\"']?\s?\)")
_LINKS = frozenset("of and the for on in to a an with & de".split())
_NEAR = 3  # words apart, at most, that two neighbours in a name may stand in the text


@lru_cache(maxsize=2048)
def expansions(text: str) -> dict[str, tuple[str, ...]]:
    """The words that each acronym stands for, where the text says so: `Digital Agency (DA)`; all in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _DEFINED.finditer(text):
        acronym = match["acronym"].rstrip("s")
        before = [word.small for word in words(text[max(0, match.start() - 160) : match.start()])]
        long = _spelled(acronym.casefold().replace("&", ""), before)
        if long:
            found[acronym.casefold()] = long
    return found


def wrong_name(sentence: str, quoted: str, context: str) -> str:
    """What is wrong with the first name that the quoted words do not hold, or empty."""
    held = _held(quoted, context)
    said = words(sentence)
    for run in _runs(sentence, said):
        for word in run:
            if not _is_held(word.small, held):
                return f"the name {word.text} is not in the words cited"
        if len(run) > 1 and not _together(run, quoted, context):
            return f"the name {sentence[run[0].start : run[-1].end]} is put together from others"
    return ""


def name_words(sentence: str) -> frozenset[str]:
    """The words of a sentence that are parts of names, in small letters."""
    return frozenset(word.small for run in _runs(sentence, words(sentence)) for word in run)


def long_names(text: str) -> tuple[str, ...]:
    """The names of two words or more, as written."""
    found = (run for run in _runs(text, words(text)) if len(run) > 1)
    return tuple(text[run[0].start : run[-1].end] for run in found)


def shortened(text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The text with each written-out name as its acronym: `the Digital Agency (DA)` becomes `the DA`."""
    for acronym, long in sorted(known.items(), key=lambda entry: -len(entry[1])):
        written = r"[\s,-]+".join(map(re.escape, long))
        text = re.sub(rf"\b{written}(?:\s?\({acronym}s?\))?", acronym.upper(), text, flags=re.IGNORECASE)
    return text


def acronym_words(sentence: str, context: str) -> frozenset[str]:
    """The words in a sentence that are there because an acronym is written out in it, or the other way round."""
    small = {word.small for word in words(sentence)}
    return frozenset(
        part
        for acronym, long in expansions(context).items()
        if acronym in small or small >= set(long)
        for part in (acronym, *long)
    )


def _spelled(acronym: str, before: list[str]) -> tuple[str, ...]:
    """The last words that the acronym is made of: the fewest whose first letters give it in order, beginning with it.

    One word more than letters may be passed over: `Personal Information Protection Commission (PPC)`.
    """
    for count in range(2, len(acronym) + 5):
        long = before[-count:]
        initials = iter("".join(word[0] for word in long))
        told = [word for word in long if word not in _LINKS]
        fits = len(long) == count and long[0] in told and len(told) <= len(acronym) + 1
        if fits and long[0][0] == acronym[0] and all(letter in initials for letter in acronym):
            return tuple(long)
    return ()


def _held(quoted: str, context: str) -> frozenset[str]:
    """The names in the quoted words, other names of the same countries, and both forms of their acronyms."""
    small = [word.small for word in words(quoted)]
    pairs = [f"{first} {second}" for first, second in pairwise(small)]
    named = {countries()[name] for name in (*small, *pairs) if name in countries()}
    held = {*small, *map(_without_plural, small)}
    held |= {part for name, country in countries().items() if country in named for part in name.split()}
    for acronym, long in (expansions(context) | expansions(quoted)).items():
        if acronym in held or _stands_in(long, small):
            held |= {acronym, *long}
    return frozenset(held)


def _is_held(name: str, held: frozenset[str]) -> bool:
    """Whether it is there, or in the plural, or as the people of a place that is: `Kenyan` for `Kenya`."""
    if name in held or _without_plural(name) in held:
        return True
    place = re.sub(r"(?:ian|ese|an|n|i)$", "", name)
    near = {one for one in held if one.startswith(place) and len(one) <= len(place) + 1}
    return len(place) > 3 and place != name and bool(near)


def _without_plural(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _stands_in(long: tuple[str, ...], small: list[str]) -> bool:
    return any(tuple(small[place : place + len(long)]) == long for place in range(len(small)))


def _runs(sentence: str, said: Iterable[Word]) -> Iterable[tuple[Word, ...]]:
    """The names in a sentence, each as its words. The first word counts where it cannot be a common word."""
    run: list[Word] = []
    for word in said:
        opens = not re.search(r"[^\W_]", sentence[: word.start])
        name = word.is_capital and not (opens and word.text[1:].islower()) and word.is_content
        gap = sentence[run[-1].end : word.start] if run else ""
        if run and (not name or gap not in {" ", "-", "/", " & "} or run[-1].text.endswith("'s")):
            yield tuple(run)
            run = []
        if name:
            run.append(word)
    if run:
        yield tuple(run)


def _together(run: tuple[Word, ...], quoted: str, context: str) -> bool:
    """Whether neighbours in the name are neighbours in the quoted words, or in what an acronym there stands for."""
    small = [word.small for word in words(quoted)]
    defined = [list(long) for long in (expansions(context) | expansions(quoted)).values()]
    return all(
        first.small in countries()
        or second.small in countries()
        or any(_near(first.small, second.small, place) for place in (small, *defined))
        for first, second in pairwise(run)
    )


def _near(first: str, second: str, small: list[str]) -> bool:
    places = [place for place, word in enumerate(small) if word == second]
    return any(first in small[max(0, place - _NEAR) : place] for place in places)
