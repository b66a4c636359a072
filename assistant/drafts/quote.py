"""Answers in the text's own sentences: the fewest that suffice, each cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence, Reading
from assistant.periods import of_other_periods
from assistant.question import Question
from assistant.types import Citation, Sentence
from corpus.sentences import sentence_spans
from index.keyword import tokens

MOST_SENTENCES = 3
MOST_LISTED = 16
MOST_GATHERED = 12  # of a list that was made from the whole text
# A further sentence is quoted where its score is this near the best. Chosen with the others on the tune split.
_NEAR = 0.85
_NEAR_LISTED = 0.74
# With a language model, which tells apart what states the answer, one of another section has to be as near as makes no
# difference (docs/decisions/0035-loose-words.md).
_NEAR_READ, _NEAR_ELSEWHERE = 0.88, 0.97
_GAIN = 0.7  # what all of the question's words would be worth, if the sentences chosen before had none of them

_OPENING = r"^(?:(?:in|at|during|under|through|with|for|on|by|as part of|following) )?"
_POINTS_BACK = re.compile(_OPENING + r"(?:this|these|those|it|they|such|both of these)\b", re.IGNORECASE)
_NAMES_AGAIN = re.compile(_OPENING + r"the ([a-z]+)", re.IGNORECASE)


def quote(question: Question, reading: Reading) -> tuple[Sentence, ...]:
    """The sentences that answer, best paragraph first and each paragraph's in their own order, numbered from 1.

    One is quoted always; a second and third where they score nearly as well, or add words of the question that the
    others lack. A question for a list may get up to `MOST_LISTED`. A sentence that points back ("This meeting …") has
    the one before it in front, because alone it does not say what it is about. Where some are dated in the period
    that is asked for, none is quoted that is dated in another.
    """
    if reading.is_whole:
        return _numbered(reading.evidence[:MOST_GATHERED])
    # That it is a list is only guessed from its wording at times, and words alone cannot bear that out.
    is_list = question.wants_list if reading.reader else question.asks_for_all
    most = MOST_LISTED if is_list or question.wants_summary else MOST_SENTENCES
    chosen = _chosen(question, reading, most)
    other = of_other_periods(question.text, [found.text for found in chosen])
    if not other[0]:  # the best may be dated otherwise than the question thinks
        chosen = [found for found, is_other in zip(chosen, other, strict=True) if not is_other]
    chosen = _in_reading_order(_with_leads(chosen, most))
    return _numbered(chosen)


def _numbered(chosen: Sequence[Evidence]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(found.text, (Citation(number, found.passage, found.start, found.end),))
        for number, found in enumerate(chosen, start=1)
    )


def _chosen(question: Question, reading: Reading, most: int) -> list[Evidence]:
    best = reading.evidence[0]
    near = elsewhere = _NEAR if most == MOST_SENTENCES else _NEAR_LISTED
    if reading.reader and most == MOST_SENTENCES and not question.is_read_as_list:
        near, elsewhere = _NEAR_READ, _NEAR_ELSEWHERE
    chosen = [best]
    covered = question.words & best.words
    for found in reading.evidence[1:]:
        if len(chosen) == most:
            break
        held = question.words & found.words
        gain = _GAIN * len(held - covered) / max(1, len(question.words))
        is_beside = any(found.passage.section.id == one.passage.section.id for one in chosen)
        if found.score + gain >= (near if is_beside else elsewhere) * best.score:
            chosen.append(found)
            covered |= held
    return chosen


def _with_leads(chosen: Sequence[Evidence], most: int) -> list[Evidence]:
    """The chosen sentences, each that points back led by the sentence before it while there is room."""
    taken = {(found.passage.section.id, found.start) for found in chosen}
    led: list[Evidence] = []
    for found in chosen:
        lead = lead_of(found)
        if lead and (lead.passage.section.id, lead.start) not in taken and len(taken) < most:
            taken.add((lead.passage.section.id, lead.start))
            led.append(lead)
        led.append(found)
    return led


def _in_reading_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Paragraphs in the order of their first sentence here, and the sentences of each as they stand in the text."""
    paragraphs: dict[tuple[str, int], list[Evidence]] = {}
    for found in chosen:
        section = found.passage.section
        paragraphs.setdefault((section.id, section.paragraph_at(found.start)), []).append(found)
    return [found for held in paragraphs.values() for found in sorted(held, key=lambda found: found.start)]


def lead_of(found: Evidence) -> Evidence | None:
    """The sentence before this one in its paragraph, if this one points back at it."""
    section = found.passage.section
    paragraph = section.paragraphs[section.paragraph_at(found.start) - 1]
    before = [span for span in sentence_spans(section.text) if paragraph.start <= span.start < found.start]
    if not before:
        return None
    previous = section.text[before[-1].start : before[-1].end]
    again = _NAMES_AGAIN.match(found.text)
    if _POINTS_BACK.match(found.text) or (again and set(tokens(again.group(1))) & set(tokens(previous))):
        return Evidence(found.passage, before[-1].start, before[-1].end, found.score)
    return None
