"""What was read for each part of a question, put together into one reading."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafts.quote import quote
from assistant.evidence import Evidence, Reading
from assistant.question import Question

_OF_A_PART = 2  # sentences


def together(asked: Sequence[Question], readings: Sequence[Reading]) -> Reading | None:
    """One reading of what states each of the parts, `missing` those that nothing states; None if no part is stated."""
    stated = [(part, one) for part, one in zip(asked, readings, strict=True) if one.states_answer]
    if not stated:
        return None
    found: dict[tuple[str, int], Evidence] = {}
    for part, one in stated:
        for sentence in quote(part, one)[:_OF_A_PART]:
            for citation in sentence.citations:
                place = (citation.section.id, citation.start)
                found.setdefault(place, Evidence(citation.passage, citation.start, citation.end, 1.0))
    first = stated[0][1]
    return Reading(
        tuple(found.values()),
        min(one.confidence for _, one in stated),
        first.threshold,
        is_whole=True,
        reader=first.reader,
        notice=first.notice,
        missing=tuple(part.text for part, one in zip(asked, readings, strict=True) if not one.states_answer),
    )
