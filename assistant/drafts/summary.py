"""A shortened account in the text's own words: of one section, of a part with its sections, or of the whole text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from assistant.addressed import without_addressed
from assistant.evidence import Evidence
from assistant.question import Question
from corpus.sentences import sentence_spans
from corpus.types import Passage, Section
from index.keyword import tokens
from index.types import Hit, Vectors

Encode = Callable[[Sequence[str]], Vectors]

_SENTENCES = 8  # of one section, at most
_WORDS = 150  # of one section; once there are as many, no further sentence is added
_SECTIONS = 10  # of a part or the whole text: one sentence from each
# What makes a sentence worth showing beside those chosen; tried on the six summaries of the tune split.
_NAME_WORTH, _FRESH, _OPENS, _ON_HEADING, _LEANS = 0.1, 1.0, 0.3, 0.3, 0.3
_POINTS_BACK = re.compile(r"(?:this|these|those|such|it|they)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w&’'-]*(?:\s+[A-Z][\w&’'-]*)*|\d{4}")
_HEADING = 1.0  # what a heading that is wholly in the question is worth beside the fused score of its best hit
_WHOLE = frozenset(
    tokens("statement document text paper whole entire all everything agreement declaration policy report plan")
)
_FILLER = frozenset(
    tokens(
        "section part chapter pillar short brief briefly main key point points give cover said say gist nutshell sum "
        "line lines word words sentence sentences minute minutes version minister need needs want few couple "
        "condense condensed boil down rundown recap abridge abridged shortened highlight takeaway essentials bring "
        "speed message messages"
    )
)
_LENGTH = re.compile(
    r"\b(?:a|one|two|three|four|five|six|\d+)\b"
    r"(?: few| couple of| short| brief| plain)?[ -](?:line|word|sentence|minute|point)s?\b",
    re.IGNORECASE,
)
# Whom it is for: "for someone who has never heard of it".
_AUDIENCE = re.compile(
    r"\bfor (?:someone|somebody|anyone|people|those|a (?:newcomer|beginner|layman|layperson|novice))\b.*$",
    re.IGNORECASE,
)
# A section by its place in the text, where no heading says so.
_UNIT = r"(?:section|chapter|page|paragraph|bit|remarks|words)s?"
_FIRST = re.compile(rf"\b(?:introduction|intro|preamble|(?:opening|introductory|first) {_UNIT})\b", re.IGNORECASE)
_LAST = re.compile(rf"\b(?:conclusions?|(?:closing|concluding|last|final) {_UNIT})\b", re.IGNORECASE)
_OF_A_PART = 6  # sentences, shared between its sections; each gets one at least


def summarised(
    question: Question, hits: Sequence[Hit], passages: Sequence[Passage], encode: Encode
) -> tuple[Evidence, ...]:
    """The sentences that say most of what is asked to be shortened, in reading order; none if nothing was found.

    Args:
        question: what is to be summarised, by a heading's words or by its subject.
        hits: what a search for it found, best first.
        passages: all that may be drawn on, in reading order.
        encode: texts to unit vectors, which tell how near a sentence is to the middle of its section.
    """
    sections = list({passage.section.id: passage.section for passage in passages}.values())
    if not hits or not sections:
        return ()
    if not subject(question):
        return _from_each(sections, passages, encode, 1)
    part = _part(question, sections)
    if len(part) > 1:
        return _from_each(part, passages, encode, max(1, _OF_A_PART // len(part)))
    section = part[0] if part else _by_place(question, passages) or _best_section(question, hits)
    return _central(section, passages, encode, _SENTENCES)


def subject(question: Question) -> frozenset[str]:
    """The words that say what is to be shortened; none where it is the whole text."""
    return Question(_bare(question)).words - _WHOLE - _FILLER


def _bare(question: Question) -> str:
    """It without how long the account is to be, and for whom."""
    return _AUDIENCE.sub(" ", _LENGTH.sub(" ", question.text))


def _part(question: Question, sections: Sequence[Section]) -> list[Section]:
    """The sections under the one outer heading that the question names in full or by its number."""
    asked = frozenset(tokens(_bare(question)))
    named_sections = [section for section in sections if frozenset(tokens(section.heading)) <= asked]
    fullest = max(named_sections, key=lambda section: len(tokens(section.heading)), default=None)
    if fullest and re.search(r"\bsection\b", question.text, re.IGNORECASE):
        return [fullest]
    inner = {token for section in sections for token in tokens(section.heading)} - _FILLER
    outer = dict.fromkeys(section.path[:-1] for section in sections if len(section.path) > 1)
    for path in outer:
        label, _, rest = path[-1].partition(":")
        named = frozenset(tokens(rest)) or frozenset(tokens(label))
        # As it stands: "Pillar Four, in two sentences" is not about Pillar Two.
        names_it = re.search(rf"\b{re.escape(label)}\b", question.text, re.IGNORECASE)
        by_label = bool(rest and names_it) and not (asked - frozenset(tokens(label))) & inner
        if fullest and not by_label and frozenset(tokens(fullest.heading)) > named:
            continue  # "data infrastructure" names that section, not the part that is called "Data"
        if by_label or (named and named <= asked):
            return [section for section in sections if section.path[: len(path)] == path]
    return [fullest] if fullest else []


def _by_place(question: Question, passages: Sequence[Passage]) -> Section | None:
    """The first or the last section of one document with a text, if that is what is asked for."""
    if len({passage.section.document.id for passage in passages}) > 1:
        return None
    if _FIRST.search(question.text):
        return passages[0].section
    return passages[-1].section if _LAST.search(question.text) else None


def _best_section(question: Question, hits: Sequence[Hit]) -> Section:
    scores: dict[str, float] = {}
    sections: dict[str, Section] = {}
    for hit in hits:
        section = hit.passage.section
        heading = frozenset(tokens(section.heading)) - _FILLER
        overlap = len(heading & frozenset(tokens(question.text))) / max(1, len(heading))
        scores[section.id] = max(scores.get(section.id, 0.0), hit.score + _HEADING * overlap)
        sections[section.id] = section
    return sections[max(scores, key=lambda section: scores[section])]


def _from_each(
    sections: Sequence[Section], passages: Sequence[Passage], encode: Encode, each: int
) -> tuple[Evidence, ...]:
    """The most central sentences of each section; of many sections, the longest."""
    chosen = sorted(sections, key=lambda section: -len(section.text))[:_SECTIONS]
    wanted = {section.id for section in chosen}
    return tuple(
        evidence
        for section in sections
        if section.id in wanted
        for evidence in _central(section, passages, encode, each)
    )


def _central(section: Section, passages: Sequence[Passage], encode: Encode, most: int) -> tuple[Evidence, ...]:
    """Up to `most` sentences near the middle of their section, from as many of its paragraphs as possible."""
    own = without_addressed(passage for passage in passages if passage.section.id == section.id)
    found = [
        Evidence(passage, passage.start + start, passage.start + end, 0.0)
        for passage in own
        for start, end in sentence_spans(passage.text)
    ]
    if not found:
        return ()
    likeness = _centrality(encode([f"{section.heading}\n{evidence.text}" for evidence in found]))
    chosen: list[Evidence] = []
    while len(chosen) < min(most, len(found)) and sum(len(one.text.split()) for one in chosen) < _WORDS:
        worth = [
            -np.inf if evidence in chosen else float(central) + _worth(evidence, chosen)
            for evidence, central in zip(found, likeness, strict=True)
        ]
        chosen.append(found[int(np.argmax(worth))])
    return tuple(sorted(chosen, key=lambda evidence: evidence.start))


def _worth(evidence: Evidence, chosen: Sequence[Evidence]) -> float:
    """What a sentence adds to those chosen: names and years they lack, a paragraph of its own, its opening."""
    section = evidence.passage.section
    named = {name for held in chosen for name in _names(held)}
    paragraph = section.paragraph_at(evidence.start)
    fresh = all(section.paragraph_at(held.start) != paragraph for held in chosen)
    opens = section.paragraphs[paragraph - 1].start == evidence.start
    # A sentence that points back does not say what it is about; one with the heading's words does.
    heading = frozenset(tokens(section.heading))
    on_heading = len(heading & frozenset(tokens(evidence.text))) / max(1, len(heading))
    worth = _NAME_WORTH * len(_names(evidence) - named) + _FRESH * fresh + _OPENS * opens + _ON_HEADING * on_heading
    return worth - _LEANS * bool(_POINTS_BACK.match(evidence.text))


def _names(evidence: Evidence) -> set[str]:
    return {match.group().casefold() for match in _NAME.finditer(evidence.text, 1)}


def _centrality(vectors: Vectors) -> Vectors:
    """The mean cosine of each vector to all, shape (vectors,)."""
    means: Vectors = (vectors @ vectors.T).mean(axis=1)
    return means
