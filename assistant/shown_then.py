"""A follow-up that only asks when: "Which month was that?" is about what was just shown.

A reader that judges a question by its words is seldom sure of one that has none. But where the sentence that was quoted
holds such a date, "that" and the date stand in one sentence, and this is the answer as far as the text has one. Rules
about English, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer_kind import AnswerKind, holds
from assistant.evidence import Reading
from assistant.types import Citation

_ONLY_WHEN = re.compile(
    r"^(?:(?:and|so|ok|okay|but|then|right|thanks)[\s,.!]+)*(?:(?:in|on|since|from|by|until) )?"
    r"(?:when|(?:what|which)(?: exact)? (?:month|year|day|date)(?: and (?:month|year))?)(?: exactly| precisely)?"
    r"(?: (?:was|is|were|are|did|does|do|has|will|would))?(?: (?:that|it|this|those|they|these))?(?: all)?"
    r"(?: (?:be|been|happen|happened|take place|took place|held|start|begin|exist|of|in|on|exactly|again|then))*\W*$",
    re.IGNORECASE,
)
_DOUBTFUL = 0.5  # of the threshold, below which the reader is believed


def asks_only_when(text: str) -> bool:
    """Whether a question asks for a time and names nothing that happened then."""
    return bool(_ONLY_WHEN.match(text))


def shown_then(reading: Reading, asked: str, quoted: Sequence[Citation]) -> Reading:
    """The reading, stating the answer where a sentence that was quoted before holds such a date and it is in doubt.

    Args:
        reading: of the follow-up.
        asked: the follow-up as it was put, which asks only when.
        quoted: the citations of the answer before it.
    """
    if reading.states_answer or reading.confidence < _DOUBTFUL * reading.threshold:
        return reading
    known = {(citation.section.id, citation.start) for citation in quoted}
    dated = tuple(
        found
        for found in reading.evidence
        if (found.passage.section.id, found.start) in known and holds(AnswerKind.DATE, found.text, asked)
    )
    return replace(reading, evidence=dated, confidence=reading.threshold, missing=()) if dated else reading
