"""A question that asks two things: its parts, and what was read for each put together.

"When and where was it signed?" asks two things of one; "Is the act older than the treaty?" one thing of two. Each part
is read by itself, since no single passage need state both. Rules about English, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts.quote import quote
from assistant.evidence import Evidence, Reading
from assistant.question import Question

_OF_A_PART = 2  # sentences
_ASKING = r"(?:who|whom|when|where|why|how many|how much|how long|how often|how|(?:which|what)(?: [\w-]+){0,2})"
_TWICE = re.compile(rf"^(?P<first>{_ASKING}),? (?:and|or) (?P<second>{_ASKING}) (?P<rest>{_ASKING}?.+)$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|took|takes|runs?|ran|led|leads?|hosted|"
    r"signed|attended|organi[sz]ed|held)\b",
    re.IGNORECASE,
)
_TIME = r"older|younger|newer|earlier|later|sooner|more recent(?:ly)?|before|after|first|last|most recent(?:ly)?"
_OTHER = r"bigger|larger|smaller|longer|shorter|higher|lower|more|less|fewer|most|least|cheaper|faster|slower"
_THAN = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|will)\s+(?P<one>.+?)\s+"
    r"(?:(?:come|happen|take place|start|open|begin|held|signed|published|launched) )?(?:any )?"
    rf"(?P<how>(?:{_TIME})(?: or (?:{_TIME}))? than|before|after)\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"^(?:which|what|who)\b(?: of the (?:two|both))?\s*(?P<kind>[\w-]+)?.*?\b(?P<how>{_TIME}|{_OTHER})\b[^,:]*[,:]\s*"
    r"(?P<one>[^,]+?),?\s+or\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"^how (?:do|does|did|is|are|was|were)\s+(?P<one>.+?)\s+(?:differ|different|compare)\s+"
    r"(?:from|with|to)\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:please )?(?:compare|contrast)\s+(?P<one>.+?)\s+(?:with|against)\s+(?P<other>.+)$", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"^(?:(?:what is|what's|what are) )?(?:the )?differences? between\s+(?P<one>.+?)\s+and\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_FEW = r"(?:[\w&'’-]+ ){0,4}[\w&'’-]+"
# "Salt and sugar: which duty is on each?"
_EACH = re.compile(
    rf"^(?!(?:{_ASKING}|is|are|was|were|do|does|did|has|have|compare|contrast|tell|name|give|list|show|explain|describe)\b)"
    rf"(?:(?:for|on) )?(?P<one>{_FEW}) and (?P<other>{_FEW})(?:\s*[,:;]|\s+[–—-]+)\s+"
    rf"(?P<asked>(?:and )?(?:(?:in|on|for|at|by|with|to|from|under) )?{_ASKING}\b.*\beach\b"
    r"(?! (?:part|section|pillar|chapter|paragraph|point|year|month|case|country|nation|side|party|government|"
    r"other)\b).*)$",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\beach(?: of (?:them|these|those|the two)| one)?\b", re.IGNORECASE)
_THAT = re.compile(r"^(?:that|those|the one|the ones) (?P<of>of|in|on|for|from|by|with|between)\b", re.IGNORECASE)
_HEAD = re.compile(r"^(?P<head>.+?) (?:of|in|on|for|from|by|with|between)\b", re.IGNORECASE)


def parts(question: Question) -> tuple[Question, ...]:
    """The questions that a question consists of, each standing alone; none unless there are two."""
    text = question.text.rstrip(" ?.!")
    twice = _TWICE.match(text)
    if twice and _VERB.search(twice["rest"]):
        return tuple(Question(f"{_capital(twice[one])} {twice['rest']}?") for one in ("first", "second"))
    if each := _EACH.match(text):
        asked = re.sub(r"^and ", "", each["asked"], flags=re.IGNORECASE)
        halves = [each[side].join(_OF_EACH.split(asked)) for side in ("one", "other")]
        return tuple(Question(f"{_capital(half)}?") for half in halves)
    for pattern in (_THAN, _WHICH, _DIFFER, _COMPARE, _BETWEEN):
        if match := pattern.match(text):
            return _compared(match.groupdict(default=""))
    return ()


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


def _compared(held: dict[str, str]) -> tuple[Question, ...]:
    """One question for each side; none where a side names nothing by itself."""
    one, other = held["one"].strip(), held["other"].strip()
    if (kind := held.get("kind", "")).casefold() not in _KINDLESS:
        one, other = (side if _head(kind) in side.casefold() else f"{side} {_head(kind)}" for side in (one, other))
    if that := _THAT.match(other):
        head = _HEAD.match(one)
        other = f"{head['head']} {that['of']}{other[that.end() :]}" if head else other
    if any(not Question(side).words or _POINTS.match(side) or side.isdigit() for side in (one, other)):
        return ()
    is_timed = bool(re.match(_TIME, held.get("how", ""), re.IGNORECASE))
    return tuple(_side(side, is_timed=is_timed) for side in (one, other))


def _side(side: str, *, is_timed: bool) -> Question:
    if re.match(rf"{_ASKING}\b", side, re.IGNORECASE):
        return Question(f"{_capital(side)}?")
    return Question(f"{'When was' if is_timed else 'What does the text say about'} {_with_article(side)}?")


_POINTS = re.compile(r"(?:it|they|he|she|there|that|this|these|those)\b", re.IGNORECASE)
_KINDLESS = frozenset(
    {"", "of", "is", "was", "are", "were", "came", "comes", "has", "had", "will", "did", "does", "one"}
)


def _head(kind: str) -> str:
    return kind.casefold().removesuffix("s")


def _with_article(side: str) -> str:
    return side if re.match(r"(?:the|an?|its?|their|his|her|this|that|both|[A-Z]|\d)", side) else f"the {side}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
