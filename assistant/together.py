"""What was read for each part of a question, put together into one reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafts.quote import quote
from assistant.evidence import Evidence, Reading
from assistant.question import Question

_OF_A_PART = 2  # sentences


def together(asked: Sequence[Question], readings: Sequence[Reading]) -> Reading | None:
    """One reading of what states each of the parts, `missing` those that nothing states; None if no part is stated."""
    stated = [(part, one) for part, one in zip(asked, readings, strict=True) if one.states_answer]
    if not stated:
        return None
    found = [one for part, reading in stated for one in _quoted(part, reading)[:_OF_A_PART]]
    first = stated[0][1]
    return Reading(
        tuple({(one.passage.section.id, one.start): one for one in found}.values()),
        min(one.confidence for _, one in stated),
        first.threshold,
        is_whole=True,
        reader=first.reader,
        notice=first.notice,
        missing=tuple(part.text for part, one in zip(asked, readings, strict=True) if not one.states_answer),
    )


def whole(question: Question, reading: Reading) -> Reading:
    """What would be quoted of a reading, to be shown whole, as what is read in parts is."""
    return replace(reading, evidence=tuple(_quoted(question, reading)), is_whole=True)


def _quoted(question: Question, reading: Reading) -> list[Evidence]:
    """The sentences that would be quoted."""
    cited = [citation for sentence in quote(question, reading) for citation in sentence.citations]
    return [Evidence(one.passage, one.start, one.end, 1.0) for one in cited]
