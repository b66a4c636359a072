"""Goes through a whole text for the sentences that belong in a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.evidence import Evidence
from corpus.sentences import sentence_spans
from corpus.types import Passage
from index.keyword import tokens


def showing(passages: Iterable[Passage], pattern: re.Pattern[str]) -> tuple[Evidence, ...]:
    """The sentences that hold what a pattern finds."""
    return all_that(passages, lambda evidence: bool(pattern.search(evidence.text)))


def all_that(passages: Iterable[Passage], fits: Callable[[Evidence], bool]) -> tuple[Evidence, ...]:
    """The sentences that fit, in reading order."""
    found = []
    for passage in passages:
        for start, end in sentence_spans(passage.text):
            evidence = Evidence(passage, passage.start + start, passage.start + end, 1.0)
            if fits(evidence):
                found.append(evidence)
    return tuple(found)


def covering(found: Sequence[Evidence], things: re.Pattern[str]) -> tuple[Evidence, ...]:
    """The sentences that show a thing for the first time."""
    seen: set[str] = set()
    chosen = []
    for evidence in found:
        shown = {match.group().casefold() for match in things.finditer(evidence.text)}
        if shown - seen:
            chosen.append(evidence)
            seen |= shown
    return tuple(chosen)


def words_of(evidence: Evidence) -> frozenset[str]:
    """The stemmed words of a sentence and of the headings above it."""
    return frozenset(tokens(f"{' '.join(evidence.passage.section.path)} {evidence.text}"))
