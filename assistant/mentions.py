"""Where a text mentions something: by its words, by what else they are called, or by nouns that names are made with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from assistant.claims.lexicon import senses
from assistant.claims.names import expansions
from assistant.question import Question
from corpus.types import Passage
from index.keyword import tokens

_SAID = (
    r"(?:mentioned|named|discussed|referred to|brought up|talked about|spoken of|dealt with|touched (?:up)?on|raised)"
)
_ASKED = re.compile(
    r"\bwhere (?:do|does|did|is|are|was|were) (?P<a>.+?) "
    rf"(?:come up|come in(?:to (?:it|this|the \w+|play))?|appear|occur|crop up|feature|{_SAID})\b|"
    r"\bwhere (?:do|does) (?P<e>.+?) (?:turn|show) up(?: in (?:it|this|the \w+))?\s*[?.!]*$|"
    rf"\b(?:where|in which) (?P<b>.+?) (?:is|are|was|were|gets?) {_SAID}\b|"
    r"\b(?:every|all|each|any)(?: the)? (?:mentions?|references?) (?:of|to) (?P<c>.+?)[?.!]*$|"
    r"\b(?:every|all|each|any|which|what)(?: the| other)? (?:passages?|sentences?|paragraphs?|lines?) "
    r"(?:(?:is|are) there )?(?:on|about|concerning|regarding|mention(?:s|ing)?|(?:that )?deal(?:s|ing)? with|"
    r"touch(?:es|ing)? on) (?P<d>.+?)[?.!]*$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(?:both )?(?P<one>.+?) and (?P<other>.+?)(?P<both> both| together)?$", re.IGNORECASE)
_OR = re.compile(r"(?:,|\b(?:or|and)\b(?: (?:on|of|to|about)\b)?)+")
# What says that all is wanted, or what else is wanted of each.
_ASIDE = re.compile(
    r"(?:,? (?:please|too|as well|at all)|,? (?:including where|wherever|even (?:if|where))\b[^,]*|"
    r", with (?:what|who|how|when|where|their|its|dates?)\b[^,]*)+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = r"(?:[A-Z][\w&’'-]*(?: (?:and|of|for|the|on|&))? ){1,6}"


def asked_mentions(question: Question, passages: Sequence[Passage]) -> tuple[frozenset[str], ...]:
    """The ways of saying what a question asks the mentions of, each a set of stemmed words; none if it asks no such."""
    match = _ASKED.search(question.text)
    if not match:
        return ()
    asked = re.sub(r"^the ", "", next(filter(None, match.groups())), flags=re.IGNORECASE)
    if together := _together(asked, passages):
        return together
    # A name may hold an "and"; things in small letters are several.
    things = [asked] if re.search(r"[A-Z]", asked) else [part.strip() for part in _OR.split(asked) if part.strip()]
    ways = [frozenset(tokens(called)) for thing in things for called in also_called(thing, passages)]
    ways += [frozenset(tokens(other)) for thing in things for other in _synonyms(thing, passages)]
    return tuple(dict.fromkeys(way for way in ways if way))


def _together(asked: str, passages: Sequence[Passage]) -> tuple[frozenset[str], ...]:
    """The ways of naming two things that are to be mentioned side by side; none where any mention of one will do."""
    both = _BOTH.match(asked)
    if not both or not (both["both"] or asked.casefold().startswith("both ")):
        return ()
    ways = product(*(also_called(both[side], passages) for side in ("one", "other")))
    return tuple(dict.fromkeys(frozenset(tokens(" ".join(names))) for names in ways))


def without_aside(question: str) -> str:
    """A question without what it adds to say that all is wanted, or with what: ", wherever it is", ", with dates"."""
    return _ASIDE.sub("", question.rstrip(" ?.!"))


def also_called(name: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The name, and the acronym that the text gives it or the words that it gives the acronym."""
    known = expansions("\n".join(passage.text for passage in passages))
    long = {acronym: " ".join(words) for acronym, words in known.items()}
    acronyms = [acronym for acronym, words in long.items() if words == name.casefold()]
    return (name, *acronyms, *([long[name.casefold()]] if name.casefold() in long else []))


def names_with(words: Iterable[str], passages: Sequence[Passage]) -> re.Pattern[str] | None:
    """What names made with each of the nouns look like: `Telecoms Dialogue`, `Forum on Data`.

    Returns:
        None unless every one of the words, in singular or plural, is in some name of the text.
    """
    text = "\n".join(passage.text for passage in passages)
    patterns = []
    for word in words:
        noun = re.escape(word.capitalize().removesuffix("s"))
        # The noun is what the thing is, not what it is about: the last word, or the first of "Forum on Data".
        pattern = rf"{_CAPITALS}{noun}s?\b(?! (?:and |& )?[A-Z])|\b{noun}s? (?:of|for|on) (?:the )?{_CAPITALS}?[A-Z]\w+"
        if not re.search(pattern, text):
            return None
        patterns.append(pattern)
    return re.compile("|".join(patterns)) if patterns else None


def _synonyms(thing: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Other words of the text for a thing that is one common word."""
    if not thing.islower() or len(thing.split()) != 1:
        return ()
    wanted = senses(thing)
    held = {word.casefold() for passage in passages for word in _WORD.findall(passage.text)}
    return tuple(sorted(word for word in held if word != thing and senses(word) & wanted))
