"""A question that asks two things: its parts.

"When and where was it signed?" asks two things of one; "Is the act older than the treaty?" one thing of two, or more.
Each part is read by itself: no single passage need state both. Rules about English, never about a document.
"""

from __future__ import annotations

import re

from assistant.comparisons import ASKING, capital, compared
from assistant.gapped import gapped
from assistant.question import Question
from assistant.rewrite import points_back

_TWICE = re.compile(rf"^(?P<first>{ASKING}),? (?:and|or) (?P<second>{ASKING}) (?P<rest>{ASKING}?.+)$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|took|takes|runs?|ran|led|leads?|hosted|"
    r"signed|attended|organi[sz]ed|held)\b",
    re.IGNORECASE,
)
# "What is planned on salt as against sugar?"
_AS_AGAINST = re.compile(
    rf"^(?P<ask>.{{0,60}}?\b{ASKING}\b.{{2,120}}?\b(?P<how>on|for|in|about|with|of|from|by)) (?P<one>[^,:;]+?),? "
    r"(?:as against|versus|vs\.?|(?:as )?compared (?:with|to)|in contrast (?:to|with)) "
    r"(?:(?P=how) )?(?P<other>[^,:;]+)$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:year|month|week|time|today|now|before|(?:19|20)\d\d|previous\w*|last|average)\b", re.IGNORECASE
)
# "Who signed the treaty, and when was the act passed?"
_OPENS = r"(?:(?:in|on|for|at|by|with|to|from|under|between|through|of) )?"
_IS = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
_AND_ASKED = re.compile(
    rf"^(?P<one>{_OPENS}{ASKING} .{{4,200}}?),? and (?P<other>{_OPENS}(?:who(?= \w+s\b)|"
    r"(?:who|whom|when|where|why|how (?:many|much|long|often)(?: \w+)?|(?:which|what)(?: \w+){0,2})"
    rf" {_IS})\b .{{4,200}})$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(r"(?<=\?)\s+[^?]+$")  # "… I need to keep them apart."
_FEW = r"(?:[\w&'’-]+ ){0,4}[\w&'’-]+"
# "Salt and sugar: which duty is on each?"
_EACH_ASKED = (
    rf"(?:and )?(?:(?:in|on|for|at|by|with|to|from|under) )?{ASKING}\b.*\beach\b"
    r"(?! (?:part|section|pillar|chapter|paragraph|point|year|month|case|country|nation|side|party|government|"
    r"other)\b).*"
)
_EACH = re.compile(
    rf"^(?!(?:{ASKING}|is|are|was|were|do|does|did|has|have|compare|contrast|tell|name|give|list|show|explain|describe|"
    r"set|put|weigh|hold|take)\b)"
    rf"(?:(?:for|on) )?(?P<one>{_FEW}) and (?P<other>{_FEW})(?:\s*[,:;]|\s+[–—-]+)\s+(?P<asked>{_EACH_ASKED})$",
    re.IGNORECASE,
)
# "Set the weir against the bridge: how far has each got?"
_SET_EACH = re.compile(
    r"^(?:please )?(?:set|put|weigh|hold|compare|contrast|take)\s+(?!(?:out|up|aside|forward|in|off)\b)"
    r"(?P<one>[^,:;.?!]{2,80}?)\s+(?:against|beside|alongside|next to|side by side with|with|and)\s+"
    rf"(?P<other>[^,:;.?!]{{2,80}})[,:;.]\s+(?P<asked>{_EACH_ASKED})$",
    re.IGNORECASE,
)
# "Salt and sugar: what was paid for the one, and what is said of the other?"
_TWO_NAMED = re.compile(rf"^(?P<one>{_FEW}) and (?P<other>{_FEW})(?:[,:;.]|\s+[–—-]+)\s+(?P<asked>.+)$")
_THE_ONE = re.compile(r"\bthe one(?=\s*(?:[,;]|$))", re.IGNORECASE)
_THE_OTHER = re.compile(r"\bthe other(?=\s*(?:[,;]|$))", re.IGNORECASE)
_OF_EACH = re.compile(r"\beach(?: of (?:them|these|those|the two)| one)?\b", re.IGNORECASE)
_OF_BOTH = re.compile(r"\b(?:each|both|same)\b", re.IGNORECASE)
_SUBJECT = 2  # words


def parts(question: Question) -> tuple[Question, ...]:
    """The questions that a question consists of, each standing alone; none unless there are two or more."""
    text = _SAID_AFTER.sub("", question.text).rstrip(" ?.!")
    twice = _TWICE.match(text)
    if twice and _VERB.search(twice["rest"]) and not any(_VERB.search(twice[ask]) for ask in ("first", "second")):
        return tuple(Question(f"{capital(twice[one])} {twice['rest']}?") for one in ("first", "second"))
    if halves := _of_two_named(text):
        return tuple(Question(f"{capital(half)}?") for half in halves)
    comparison = compared(text)
    return _asked_of_both(text) if comparison is None else comparison


def _of_two_named(text: str) -> tuple[str, ...]:
    """What is asked of each of two things that are named first."""
    if each := _SET_EACH.match(text) or _EACH.match(text):
        asked = re.sub(r"^and ", "", each["asked"], flags=re.IGNORECASE)
        return tuple(each[side].join(_OF_EACH.split(asked)) for side in ("one", "other"))
    named = _TWO_NAMED.match(text)
    halves = re.split(r",? and (?=(?:\w+ )?(?:who|what|when|where|which|why|how)\b)", named["asked"]) if named else ()
    if named and len(halves) == 2 and _THE_ONE.search(halves[0]) and _THE_OTHER.search(halves[1]):
        return _THE_ONE.sub(named["one"], halves[0]), _THE_OTHER.sub(named["other"], halves[1])
    return ()


def _asked_of_both(text: str) -> tuple[Question, ...]:
    """What is asked of one thing as against another, or of each in a question of its own."""
    against = _AS_AGAINST.match(text)
    if against and not _THEN.search(against["other"]):
        return tuple(Question(f"{against['ask']} {against[side]}?") for side in ("one", "other"))
    both = _AND_ASKED.match(text)
    if both and all(_asks_alone(both[side]) for side in ("one", "other")):
        return tuple(Question(f"{capital(both[side])}?") for side in ("one", "other"))
    return tuple(Question(f"{capital(half)}?") for half in gapped(text))


def _asks_alone(half: str) -> bool:
    """Whether half of a question says by itself what it is about, and is not on a question: "who decides who"."""
    asking = re.findall(r"\b(?:who|whom|what|when|where|which|why|how)\b", half, re.IGNORECASE)
    alone = not points_back(half) and not _OF_BOTH.search(half)
    return alone and len(Question(half).words) >= _SUBJECT and len(asking) == 1
