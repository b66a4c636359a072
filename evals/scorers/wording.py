"""Who does it and how firmly: what a reworded sentence must keep. A sentence in the document's own words keeps both.

This reads the surface: which verbs of commitment stand in the sentence and in its quotes, and which names stand before
the verb they share. It catches an "explore" that became a "will" and a doer put for another; it does not parse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from evals.scorers.texts import is_verbatim, plain
from evals.sources import Sources
from evals.types import Case, Score, ScoredAnswer

_STRENGTHS = {
    "explore": r"explor\w+|scop(?:e|es|ed|ing)|consider(?:s|ed|ing)?|possibility|may|might|could",
    "intend": r"intends?|intend(?:ed|ing)|intentions?|plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|seek(?:s|ing)?"
    r"|hop(?:es?|ing)|looks? forward|working to|proposes?|proposed",
    "will": r"will|shall|is to|are to",
    "commit": r"commit(?:s|ted|ting)?|agree(?:s|d|ing)?|pledge[sd]?|promise[sd]?|undert(?:ake|akes|ook)",
    "must": r"must|required? to|obliged to",
}
_TENTATIVE = {"explore", "intend"}
_ACTS = re.compile(
    r"\b(?:explor|commit|agree|pledg|host|sign|report|present|updat|launch|publish|designat|highlight|conduct|attend|"
    r"convene|establish|led|lead|held|hold|brought|bring|will|intend|plan|recognis|promot|shar|fund|ban|requir)\w*"
)
_BY = re.compile(r"^\W*by (?:the )?(?P<doer>[^,;.]{1,80})")
_DOER = re.compile(r"\b[A-Z][\w&]*(?:-[A-Z]\w*)*")
_TOGETHER = re.compile(
    r"\b(?:[Bb]oth|[Tt]he two|[Jj]ointly|[Tt]ogether|[Pp]arties|[Pp]articipants|[Tt]hey)\b"
    r"|\b(?:UK|Japan|Britain|United Kingdom)(?:'s)? and (?:the )?(?:UK|Japan|Britain|United Kingdom)\b"
)
_NOT_A_DOER = frozenset({"the", "a", "in", "at", "on", "under", "by", "for", "this", "these", "it", "and", "as"})


@dataclass(frozen=True, slots=True)
class _Doer:
    """Who acts: names in small letters, and whether they act together."""

    names: frozenset[str]
    together: bool


def strength(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether reworded sentences commit no more and no less firmly than their quotes; verbatim ones do."""
    return _kept(answer, _changed_strength)


def actor(_case: Case, answer: ScoredAnswer, _sources: Sources) -> Score:
    """Whether reworded sentences have the same doer as their quotes; verbatim ones do."""
    return _kept(answer, _changed_actor)


def _kept(answer: ScoredAnswer, change: Callable[[str, str], str | None]) -> Score:
    if not answer.has_answer:
        return Score(None, "refused")
    faults: list[str] = []
    for sentence in answer.sentences:
        quotes = [plain(citation.quote) for citation in answer.cited_by(sentence)]
        if quotes and not is_verbatim(sentence.text, " ".join(quotes)):
            said = plain(sentence.text)
            faults.extend(fault for fault in [change(said, _closest(said, quotes))] if fault)
    return Score(float(not faults), "; ".join(faults))


def _closest(sentence: str, quotes: list[str]) -> str:
    """The sentence of the quotes that shares the most words with the reworded one."""
    parts = [part for quote in quotes for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", quote)]
    wanted = _words(sentence)
    return max(parts, key=lambda part: len(wanted & _words(part)))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _changed_strength(sentence: str, quote: str) -> str | None:
    said, written = _strengths(sentence), _strengths(quote)
    stronger = said - written
    if stronger:
        return f"says {', '.join(sorted(stronger))} where the text says {', '.join(sorted(written)) or 'neither'}"
    lost = written & _TENTATIVE
    if lost and not said & _TENTATIVE:
        return f"drops {', '.join(sorted(lost))}"
    return None


def _strengths(text: str) -> set[str]:
    """The kinds of commitment; matched in small letters only, since May is a month and Action Plan a name."""
    return {kind for kind, pattern in _STRENGTHS.items() if re.search(rf"\b(?:{pattern})\b", text)}


def _changed_actor(sentence: str, quote: str) -> str | None:
    for act in _ACTS.finditer(sentence):
        same = next((other for other in _ACTS.finditer(quote) if other.group()[:4] == act.group()[:4]), None)
        if same is None:
            continue
        said, written = _doer(sentence, act), _doer(quote, same)
        if said and written and not _agree(said, written):
            return f"{_named(said)} {act.group()}, where the text has {_named(written)}"
    return None


def _doer(text: str, act: re.Match[str]) -> _Doer | None:
    passive = _BY.match(text[act.end() :])
    before = re.split(r"[;]|, and (?=[A-Z])", text[: act.start()])[-1]
    phrase = passive["doer"] if passive else before
    names = frozenset(name.casefold() for name in _DOER.findall(phrase)) - _NOT_A_DOER
    together = _TOGETHER.search(phrase) is not None
    return _Doer(names, together) if names or together else None


def _agree(said: _Doer, written: _Doer) -> bool:
    if said.together:
        return written.together or len(written.names) > 1
    return written.together or bool(said.names & written.names)


def _named(doer: _Doer) -> str:
    return "both together" if doer.together else ", ".join(sorted(doer.names))
