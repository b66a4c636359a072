"""Who does it: the names before a verb or after `by`, and whether they act together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.claims.lexicon import countries
from assistant.claims.words import Word, words

PRONOUNS = frozenset("it they he she we who which both_sides".split())
TOGETHER = "both_sides"
_TOGETHER = re.compile(
    r"\b(?:both(?: of)?(?: the)?|the two|all|the)\s+(?:participants|parties|sides|signatories)\b"
    r"|\b(?:both(?: of)?(?: the)?|the two)\s+(?:countries|governments|nations|states|partners)\b",
    re.IGNORECASE,
)
PEOPLE = frozenset(
    "officials ministers leaders experts members departments governments companies businesses crews delegations "
    "representatives institutes institutions agencies ministries partners parliament committee council commission "
    "court board office forum union police regulators users citizens owners fishermen researchers scientists".split()
)
# What texts and meetings are called: they say and hold things, but nobody's part is changed by their being the subject.
_WORKS = frozenset(
    "accord act agreement bill charter code communiqué conference convention council declaration dialogue exchange "
    "framework initiative law meeting memorandum network paper partnership plan policy programme project protocol "
    "report roundtable statement strategy summit survey treaty workshop forum assembly".split()
)
_ADVERBS = frozenset("also now then still not never both each have has regularly further just already".split())
_AFTER_THE_HEAD = frozenset(
    "of for in at from between on under with to alongside by during within about through via as including like "
    "such".split()
)
_BY = re.compile(r"\b(\w+) (?:jointly |mainly |partly )?by (?=(?:the |either |an? )?(\w+))")


@dataclass(frozen=True, slots=True)
class Doer:
    """Each of those who act, as the names for it; `owners` are named only as in `the Ministry's office`."""

    parties: tuple[frozenset[str], ...] = ()
    owners: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.parties)

    @property
    def together(self) -> bool:
        """Whether it is both sides, or two countries by name."""
        nations = {name for party in self.parties for name in party if name in set(countries().values())}
        return any(TOGETHER in party for party in self.parties) or (len(self.parties) == 2 and len(nations) == 2)

    @property
    def shown(self) -> str:
        """For a reader."""
        if any(TOGETHER in party for party in self.parties):
            return "both sides"
        return " and ".join(" ".join(sorted(party)) for party in self.parties)


def sides_joined(text: str) -> str:
    """The text with every expression for both sides as one word."""
    return _TOGETHER.sub(TOGETHER, text)


def agree(said: Doer, written: Doer) -> bool:
    """Whether the same ones act: both sides, or one for one the same names."""
    if said.together or written.together:
        return said.together and written.together
    matched = [any(_same(party, other) for other in (*written.parties, written.owners)) for party in said.parties]
    return all(matched) and len(said.parties) == len(written.parties)


def _same(party: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they share a name; or what they are, where one of them has no name."""
    if party - PEOPLE and other - PEOPLE:
        return bool((party & other) - PEOPLE)
    return bool(party & other)


def doer_of(said: Sequence[Word], verb: int | None, text: str) -> Doer:
    """Who acts in a clause whose first verb is at `verb`: the agent after `by` if there is one, else the subject."""
    if agent := _agent(text):
        return agent
    return _parties(_without_opening(said[:verb])) if verb else Doer()


def _without_opening(subject: Sequence[Word]) -> Sequence[Word]:
    """The words before a verb without an opening phrase that has no comma: `In May 2024 | the EU`."""
    if subject[0].small not in _AFTER_THE_HEAD | {"since", "after", "before"}:
        return subject
    places = [place for place, word in enumerate(subject) if word.small in {"the", TOGETHER} and place > 1]
    if places:
        return subject[places[-1] :]
    small = [place for place, word in enumerate(subject) if not word.is_capital]
    return subject[small[-1] + 1 :]


def _agent(text: str) -> Doer:
    for match in _BY.finditer(text):
        if re.search(r"(?:ed|n|t|d|de|un|ne|ld|id)$", match.group(1)) and match.group(1)[0].islower():
            found = _parties(_until_verb(words(text[match.end() :])))
            if found:
                return found
    return Doer()


def _until_verb(said: Sequence[Word]) -> Sequence[Word]:
    """The words after `by` as long as they can be names: up to the first small word that is none of theirs."""
    ours = {"the", "both", "either", "each", "of", "and", "or", "a", "an", TOGETHER} | PEOPLE
    return said[
        : next((place for place, word in enumerate(said) if not (word.is_capital or word.small in ours)), len(said))
    ]


def _parties(said: Sequence[Word]) -> Doer:
    found: list[frozenset[str]] = []
    owners: set[str] = set()
    trailing = False  # after "data centres in Dagenham", a bare "and Lisk" is another place and not another doer
    for conjunct in _conjuncts(said):
        if trailing and conjunct[0].is_capital:
            continue
        trailing = trailing or any(word.small in _AFTER_THE_HEAD for word in conjunct)
        head = _without_adverbs(list(_head(conjunct)))
        if head and not (head[-1].is_capital or head[-1].small in PEOPLE | {TOGETHER}):
            continue  # "AI governance", "the Ministry's offices": the name only says which
        names = [word for word in head if word.is_capital and word.small != "the"]
        owned = [word for word, following in pairwise(names) if word.text.endswith("'s") and following]
        if owned and found and not trailing:  # "the UK and Japan's institutes": both own them
            owners |= {name for party in found for name in party}
            found.clear()
        owners |= {_name(word) for word in owned}
        kept = {_name(word) for word in names if word not in owned and not word.text.endswith("'s")}
        if any(word.small == TOGETHER for word in head):
            kept = {TOGETHER}
        people = {word.small for word in head if word.small in PEOPLE}
        if head and head[-1].small in _WORKS:
            continue
        if kept or people:
            found.append(frozenset(kept | people))
    return Doer(tuple(found), frozenset(owners))


def _without_adverbs(head: list[Word]) -> list[Word]:
    while head and (head[-1].small in _ADVERBS or (head[-1].small.endswith("ly") and not head[-1].is_capital)):
        head.pop()
    return head


def _name(word: Word) -> str:
    return countries().get(word.small, word.small)


def _head(conjunct: Sequence[Word]) -> Iterator[Word]:
    for place, word in enumerate(conjunct):
        between = 0 < place < len(conjunct) - 1 and conjunct[place - 1].is_capital and conjunct[place + 1].is_capital
        if word.small in _AFTER_THE_HEAD and not (word.small == "for" and between):  # "Talent for Growth Task Force"
            return
        if word.small != "for":
            yield word


def _conjuncts(said: Sequence[Word]) -> Iterator[list[Word]]:
    conjunct: list[Word] = []
    for place, word in enumerate(said):
        gap = word.start - said[place - 1].end if place else 0
        if word.small in {"and", "or"} or gap > 1:
            if conjunct:
                yield conjunct
            conjunct = [] if word.small in {"and", "or"} else [word]
        else:
            conjunct.append(word)
    if conjunct:
        yield conjunct
