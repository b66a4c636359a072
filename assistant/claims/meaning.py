"""Who does it, how firmly, and whether it is denied: a sentence's clauses held against those of the words cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from assistant.claims.clauses import Clause, clauses
from assistant.claims.doers import PEOPLE, TOGETHER, agree, sides_joined
from assistant.claims.firmness import cue_words, denials
from assistant.claims.lexicon import any_sense, base_verbs, countries, finite_verbs, senses
from assistant.claims.names import shortened
from assistant.claims.pieces import AUXILIARIES
from assistant.claims.words import FUNCTION_WORDS, Word, plain, readable, words
from corpus.sentences import sentence_spans

Held = TypeVar("Held")
_OPENING = re.compile(r"^([A-Z][a-z]*)\b(?=(?:'s)?\W*(\w*))")
# Verbs that pass on what the rest of the sentence says, and so tell nothing about how firmly it is meant.
_REPORTING = frozenset(
    "report reports reported say says said state states stated note notes noted add adds added affirm affirms affirmed "
    "recognise recognises recognised recognize recognized highlight highlights highlighted indicate indicates "
    "indicated".split()
)
_CONDITIONS = {
    "unless": "unless|without",
    "except": "except|excluding|other than",
    "if": "provided that|subject to",
    "only": "only",
}
_CONDITION = re.compile("|".join(rf"(?P<{name}>\b(?:{forms})\b)" for name, forms in _CONDITIONS.items()), re.IGNORECASE)
_NEAR_CONDITION = 40  # characters around a condition whose words show whether a sentence is about what it limits
# As surely as this the best clause must be the source's own: nearer rivals may be meant as well.
_NEARLY = 0.9


def simple(text: str, around: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Its sentences with acronyms for names, one word for both sides, and common words in front in small letters."""
    short = _long_countries().sub(
        lambda match: countries()[match.group().casefold()].upper(), shortened(plain(text), known)
    )
    small = frozenset(re.findall(r"(?<![\w])[a-z]+(?![\w])", around))
    names = frozenset(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+\b", around))
    return tuple(
        sides_joined(_OPENING.sub(lambda match: _uncapital(match, small, names), short[span.start : span.end]))
        for span in sentence_spans(short)
    )


def changed(said: Sequence[str], written: Sequence[str]) -> str:
    """What is changed in who does it, how firmly or whether at all, or empty. Both are `simple` sentences."""
    held = [clause for sentence in written for clause in clauses(sentence)]
    if any(TOGETHER in sentence for sentence in said) and not _names_both(written):
        return "the words cited do not say it of both sides"
    if sum(map(denials, said)) > sum(map(denials, written)):
        return "the text does not deny this"
    for clause in (clause for sentence in said for clause in clauses(sentence)):
        if not clause.is_frame:
            fault = _denied(clause, held) or _firmness(clause, held) or _doer(clause, held)
            if fault:
                return fault
    return _condition(readable(" ".join(said)), [readable(sentence) for sentence in written])


def _names_both(written: Sequence[str]) -> bool:
    """Whether the source speaks of both sides, or names two countries and no more, or two joined by `and`."""
    named: set[str] = set()
    for sentence in written:
        said = words(sentence)
        named |= {countries()[word.small] for word in said if word.small in countries()}
        small = [word.small for word in said if word.small != "the"]
        for first, joint, second in zip(small, small[1:], small[2:], strict=False):
            if joint == "and" and first in countries() and second in countries():
                return True
    return len(named) == 2 or any(TOGETHER in sentence for sentence in written)


def _denied(clause: Clause, written: Sequence[Clause]) -> str:
    if clause.is_condition:  # "unless the owner consents" for "without the consent of the owner"
        return ""
    held = _commonest(clause, written, lambda other: frozenset({other.is_denied}), wins_a_tie=False)
    does = next(iter(_telling(clause)), None)
    alike = [other for other in written if other.is_denied == clause.is_denied]
    if held is None or held & {clause.is_denied} or (does and any(_stands_in(does, other) for other in alike)):
        return ""
    return "the text does not deny this" if clause.is_denied else "the text denies this"


def _firmness(clause: Clause, written: Sequence[Clause]) -> str:
    if clause.is_condition:
        return ""
    held = _commonest(clause, written, lambda other: other.firmness)
    if held is None:
        held = frozenset(reading for other in written for reading in other.firmness)
    if held & clause.firmness or (clause.is_denied and _allowed(held) & _allowed(clause.firmness)):
        return ""
    return f"the text says {_shown(min(held, key=len))} where this says {_shown(min(clause.firmness, key=len))}"


def _allowed(firm: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    """What may not be done must not be done, so with a denial both are one."""
    return frozenset(frozenset("must" if kind == "explore" else kind for kind in reading) for reading in firm)


def _doer(clause: Clause, written: Sequence[Clause]) -> str:
    if not clause.doer or clause.is_reported or (clause.is_copula and not clause.doer.together):
        return ""
    nearest = _nearest(clause, written)
    if not nearest:  # "Japan is exploring whether …": nothing to compare but the doer
        nearest = [other for other in written if other.doer]
        if not nearest or any(agree(clause.doer, other.doer) for other in nearest):
            return ""
    elif any(not other.doer or agree(clause.doer, other.doer) for other in nearest) or _does_it(clause, written):
        return ""
    return f"the text says it of {nearest[0].doer.shown}, not of {clause.doer.shown}"


def _nearest(clause: Clause, written: Sequence[Clause]) -> list[Clause]:
    """The source's clauses that share most words with this one; of those about as near, the ones with its numbers."""
    shares = [(sum(_stands_in(word, other) for word in _telling(clause)), other) for other in written]
    shares = [(share, other) for share, other in shares if share and not other.is_frame]
    best = max((share for share, _ in shares), default=0)
    dated = [(share, other) for share, other in shares if 2 * share >= best and _digits(clause) <= _digits(other)]
    shares = dated or shares
    best = max((share for share, _ in shares), default=0)
    return [other for share, other in shares if share >= _NEARLY * best]


def _does_it(clause: Clause, written: Sequence[Clause]) -> bool:
    """Whether the source has this doer do this verb after all, in a clause that shares little else."""
    does = next(iter(_telling(clause)), None)
    return does is not None and any(
        _has_it_done(clause, does, other) or _has_it_next(clause, does, other)
        for other in written
        if not other.is_frame
    )


def _has_it_done(clause: Clause, does: Word, other: Clause) -> bool:
    same_doer = bool(other.doer) and agree(clause.doer, other.doer)
    return same_doer and _stands_in(does, other) and _digits(clause) <= _digits(other)


def _has_it_next(clause: Clause, does: Word, other: Clause) -> bool:
    """Whether the source has this doer's name right before the same verb, as in `a White Paper setting out …`."""
    names = {name for party in clause.doer.parties for name in party}
    if any(names & party for party in other.doer.parties):
        return False  # one of several who do it together
    for place, word in enumerate(other.words):
        following = other.words[place + 1 : place + 4]
        if word.small in names and any(senses(does.small) & senses(one.small) for one in following):
            return not any(_other_name(one, names) for one in following)
    return False


def _other_name(word: Word, names: set[str]) -> bool:
    return word.small == "and" or (word.is_capital and word.small not in names)


def _digits(clause: Clause) -> frozenset[str]:
    return frozenset(word.text for word in clause.words if word.text[0].isdigit())


def _condition(said: str, written: Sequence[str]) -> str:
    """`Unless`, `except`, `only` and the like can be neither lost nor added."""
    mine = {match.lastgroup: match.group() for match in _CONDITION.finditer(said)}
    theirs = {match.lastgroup for sentence in written for match in _CONDITION.finditer(sentence)}
    if added := [word for kind, word in mine.items() if kind not in theirs]:
        return f"the words cited do not say {added[0]}"
    kept = {*mine, "if"} if re.search(r"\bif\b", said, re.IGNORECASE) else {*mine}
    told = any_sense(word.small for word in words(said) if word.is_content or word.text.isdigit())
    for sentence in written:
        for match in _CONDITION.finditer(sentence):
            if match.lastgroup not in kept and _is_about(sentence, match.start(), told):
                return f"the text says {match.group()}"
    return ""


def _is_about(sentence: str, place: int, told: frozenset[str]) -> bool:
    """Whether most of what stands near that place is told."""
    near = [word for word in words(sentence) if abs(word.start - place) < _NEAR_CONDITION]
    content = [word for word in near if word.is_content or word.text.isdigit()]
    return 2 * sum(bool(senses(word.small) & told) for word in content) > len(content)


def _commonest(
    clause: Clause, written: Sequence[Clause], of: Callable[[Clause], frozenset[Held]], *, wins_a_tie: bool = True
) -> frozenset[Held] | None:
    """What holds of the source's clauses that most of this clause's words stand in, or None where no word tells.

    `wins_a_tie` says whether what holds of this clause does then.
    """
    mine = of(clause)
    votes: Counter[frozenset[Held]] = Counter()
    telling = _telling(clause)
    for word in [word for word in telling if word.small not in _REPORTING] or telling:
        if any(_stands_in(word, other) for other in written if other.is_frame):
            continue
        values = [of(other) for other in written if not other.is_frame and _stands_in(word, other)]
        if values:
            votes[mine if any(mine & value for value in values) else values[0]] += 1
    if not votes:
        return None
    most = max(votes.values())
    others = [value for value, count in votes.items() if count == most and value != mine]
    return mine if votes[mine] == most and (wins_a_tie or not others) else others[0]


def _telling(clause: Clause) -> list[Word]:
    doers = {name for party in clause.doer.parties for name in party} | clause.doer.owners
    skipped = doers | cue_words(" ".join(word.text for word in clause.words)) | {TOGETHER}
    return [word for word in clause.words if word.is_content and word.small not in skipped]


def _stands_in(word: Word, clause: Clause) -> bool:
    return any(senses(word.small) & senses(other.small) for other in clause.words if other.is_content)


def _shown(firm: frozenset[str]) -> str:
    names = {"explore": "may or explore", "agree": "agreed or committed", "plan": "plan or intend"}
    return " and ".join(names.get(kind, kind) for kind in sorted(firm)) or "it is so"


def _uncapital(opening: re.Match[str], small: frozenset[str], names: frozenset[str]) -> str:
    """The first word of a sentence in small letters, unless it may be a name, which only what follows can tell."""
    word, following = opening.groups()
    lowered = word.casefold()
    known = len(senses(lowered)) > 1 and lowered not in countries()
    common = known or lowered in small or lowered in FUNCTION_WORDS | base_verbs() | PEOPLE
    name = following[:1].isupper() or following in {"and", "s"} or following in finite_verbs() | AUXILIARIES
    return lowered if common or not (name or word in names or lowered in countries()) else word


@cache
def _long_countries() -> re.Pattern[str]:
    """Names of countries in more than one word."""
    long = sorted((name for name in countries() if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long))})\b", re.IGNORECASE)
