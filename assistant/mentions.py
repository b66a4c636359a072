"""Where a text mentions something: by its words, by what else they are called, or by nouns that names are made with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from assistant.claims.lexicon import senses
from assistant.claims.names import expansions
from assistant.mention_forms import called, mentioned, quoted
from assistant.question import Question
from corpus.types import Passage
from index.keyword import tokens

_BOTH = re.compile(r"^(?:both )?(?P<one>.+?) and (?P<other>.+?)(?P<both> both| together)?$", re.IGNORECASE)
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
    things = mentioned(question.text)
    if len(things) == 1 and (together := _together(things[0], passages)):
        return together
    ways = [frozenset(tokens(other)) for thing in things for other in also_called(thing, passages)]
    ways += [frozenset(tokens(other)) for thing in things for other in _synonyms(thing, passages)]
    ways += [frozenset(tokens(way)) for way in called(question.text)]
    return tuple(dict.fromkeys(way for way in ways if way))


def asked_words(question: Question) -> re.Pattern[str] | None:
    """What shows the words that a question quotes where it asks in which places they stand: as written, or a plural."""
    written = [r"\s+".join(map(re.escape, words.split())) for words in quoted(question.text)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?:e?s)?(?!\w)", re.IGNORECASE) if written else None


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
