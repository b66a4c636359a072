"""Answers in the text's own sentences: the fewest that suffice, each cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.signals import Frequency, rarity
from assistant.types import Citation, Sentence
from index.keyword import tokens

MOST_SENTENCES = 3
MOST_LISTED = 8
# A further sentence is quoted where its score is this near the best; chosen on the tune split.
_NEAR = 0.86
_NEAR_LISTED = 0.72


def quote(question: Question, reading: Reading, frequency: Frequency) -> tuple[Sentence, ...]:
    """The sentences that answer, in the order of the text, numbered from 1.

    One is quoted always; a second and third where they score nearly as well or add words of the question that the others
    lack. A question for a list may get up to `MOST_LISTED`.
    """
    chosen = _chosen(question, reading.evidence, frequency)
    ordered = sorted(chosen, key=lambda found: [reading.evidence.index(found)])
    return tuple(
        Sentence(found.text, (Citation(number, found.passage, found.start, found.end),))
        for number, found in enumerate(ordered, start=1)
    )


def _chosen(question: Question, evidence: Sequence[Evidence], frequency: Frequency) -> list[Evidence]:
    best = evidence[0]
    listed = question.wants_list or question.wants_summary
    chosen = [best]
    covered = question.words & frozenset(tokens(f"{best.passage.section.heading} {best.text}"))
    for found in evidence[1:]:
        if len(chosen) == (MOST_LISTED if listed else MOST_SENTENCES):
            break
        held = question.words & frozenset(tokens(f"{found.passage.section.heading} {found.text}"))
        gain = sum(rarity(word, frequency) for word in held - covered)
        if found.score + 0.1 * gain >= (_NEAR_LISTED if listed else _NEAR) * best.score:
            chosen.append(found)
            covered |= held
    return chosen
