"""Everything that is dated in a period, from the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.periods import asked_period, dates
from assistant.question import Question
from assistant.whole_text import all_that, words_of
from corpus.types import Passage
from index.keyword import tokens

_CALENDAR = frozenset(
    tokens(
        "january february march april may june july august september october november december "
        "spring summer autumn fall half quarter first second third fourth early late "
        "before after since until prior earlier later"
    )
)
# What stands in a period is not who, where, why or how.
_ONE_THING = re.compile(r"^(?:and |but |so )*(?:who|whom|whose|where|why|how)\b", re.IGNORECASE)
_FUTURE_ASKED = re.compile(
    r"\b(plan(?:s|ned)?|upcoming|will|future|ahead|scheduled|next|must|should|shall|due|deadlines?|needs?|"
    r"ha(?:ve|s) to)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(will|plan(?:s|ned|ning)?|upcoming|coming|ahead|inten[dt]\w*|aim\w*|look(?:s|ing)? forward|to come|shall)\b",
    re.IGNORECASE,
)
# A plan is often dated by the document's own date rather than by a year.
_COMING = re.compile(r"\b(?:coming|next|this|forthcoming) years?\b|\byears? (?:ahead|to come)\b", re.IGNORECASE)


def of_a_period(question: Question, specific: frozenset[str], passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    """All that stands in the period a question names; none where it names none, or asks for one thing.

    Args:
        question: the question, standing alone.
        specific: its words that say what is asked for.
        passages: all that may be answered from, in reading order.
    """
    period = asked_period(question.text)
    if period is None or _ONE_THING.match(question.last):
        return ()
    dated = frozenset(token for token in specific if dates(token) or token.isdigit())
    about = specific - dated - _CALENDAR
    if about and not question.asks_for_all:
        return ()
    future = bool(_FUTURE_ASKED.search(question.text))

    def fits(evidence: Evidence) -> bool:
        coming = future and bool(_COMING.search(evidence.text))
        if not coming and not any(period.holds(named) for named in dates(evidence.text)):
            return False
        if future and not coming and not _FUTURE.search(evidence.text):
            return False
        return not about or bool(about & words_of(evidence))

    found = all_that(passages, fits)
    said = frozenset[str]().union(*map(words_of, found))
    # What nothing dated so speaks of is not stated, such as that it was cancelled.
    return found if about <= said else ()
