"""A question that asks two things: its parts.

"When and where was it signed?" asks two things of one; "Is the act older than the treaty?" one thing of two, or more.
Each part is read by itself: no single passage need state both. Rules about English, never about a document.
"""

from __future__ import annotations

import re

from assistant.claims.lexicon import countries
from assistant.question import Question
from assistant.rewrite import points_back

_ASKING = r"(?:who|whom|when|where|why|how many|how much|how long|how often|how|(?:which|what)(?: [\w-]+){0,2})"
_TWICE = re.compile(rf"^(?P<first>{_ASKING}),? (?:and|or) (?P<second>{_ASKING}) (?P<rest>{_ASKING}?.+)$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|took|takes|runs?|ran|led|leads?|hosted|"
    r"signed|attended|organi[sz]ed|held)\b",
    re.IGNORECASE,
)
_TIME = (
    r"older|younger|newer|earlier|later|sooner|more recent(?:ly)?|before|after|first|last|most recent(?:ly)?|"
    r"(?:oldest|newest|earliest|latest|soonest)(?=\s*(?:[,:]|$))"
)
_OTHER = (
    r"bigger|larger|smaller|longer|shorter|higher|lower|more|less|fewer|most|least|cheaper|faster|slower|"
    r"further (?:along|ahead)|(?:firmer|stronger|closer|nearer)(?=\s*[,:])"
)
_THAN = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|will)\s+(?P<one>.+?)\s+"
    r"(?:(?:come|happen|take place|start|open|begin|held|signed|published|launched) )?(?:any )?"
    rf"(?P<how>(?:{_TIME})(?: or (?:{_TIME}))? than)\s+(?P<other>.+)$",
    re.IGNORECASE,
)
# Not "Do firms have to tell the board before selling salt?", nor "Did it open before the tanker sank?"
_BEFORE = re.compile(
    r"^(?:is|are|was|were|did|will)\s+(?P<one>.+?)\s+"
    r"(?:come|happen|take place|start|open|begin|held|signed|published|launched|opened|agreed|set up|announced|built) "
    r"(?P<how>before|after)\s+"
    r"(?P<other>(?:the|an?|its|their|[A-Z])(?:(?! (?:is|are|was|were|has|have|had|[a-z]+ed)\b).)+)$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    # Of "who", what is done would have to be asked of each, and a verb alone does not say it.
    rf"^(?:which|what)\b(?: of the (?:two|both))?\s*(?P<kind>[\w-]+)?.*?\b(?P<how>{_TIME}|{_OTHER})\b[^,:]*[,:]\s*"
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
# "Set what A promised against what B promised. Which goes further?" but no order that compares nothing ("set out …").
_SIDE = r"(?:(?i:what|how|who|the|those|that|their|its)\b|[A-Z])[^,:;.?!]*?"
_SET = re.compile(
    rf"^(?i:please )?(?i:set|put|weigh)\s+(?P<one>{_SIDE})\s+"
    rf"(?i:against|beside|alongside|next to|side by side with)\s+(?P<other>{_SIDE})(?:[.?!]\s+(?i:which) .*)?$"
)
_BETWEEN = re.compile(
    r"^(?:(?:what is|what's|what are) )?(?:the )?differences? between\s+(?P<one>.+?)\s+and\s+(?P<other>.+)$",
    re.IGNORECASE,
)
# "What is planned on salt as against sugar?"
_AS_AGAINST = re.compile(
    rf"^(?P<ask>.{{0,60}}?\b{_ASKING}\b.{{2,120}}?\b(?P<how>on|for|in|about|with|of|from|by)) (?P<one>[^,:;]+?),? "
    r"(?:as against|versus|vs\.?|(?:as )?compared (?:with|to)|in contrast (?:to|with)) "
    r"(?:(?P=how) )?(?P<other>[^,:;]+)$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:year|month|week|time|today|now|before|(?:19|20)\d\d|previous\w*|last|average)\b", re.IGNORECASE
)
# "Of salt, sugar and rum, which was taxed first?"
_OF_MANY = re.compile(
    r"^(?:out )?of (?P<all>[^?:;]{3,300}? and [^?:;,]{3,100}?),? (?:which|what)(?: one)?(?: of (?:them|these|those))? "
    rf"(?:is|was|came|comes|happened|took place|started|opened|began)(?: the)? (?:{_TIME})(?: of all)?$",
    re.IGNORECASE,
)
# "Who signed the treaty, and when was the act passed?"
_OPENS = r"(?:(?:in|on|for|at|by|with|to|from|under|between|through|of) )?"
_IS = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
_AND_ASKED = re.compile(
    rf"^(?P<one>{_OPENS}{_ASKING} .{{4,200}}?),? and (?P<other>{_OPENS}(?:who(?= \w+s\b)|"
    r"(?:who|whom|when|where|why|how (?:many|much|long|often)(?: \w+)?|(?:which|what)(?: \w+){0,2})"
    rf" {_IS})\b .{{4,200}})$",
    re.IGNORECASE,
)
_MOST = 4  # things compared at once
_FEW = r"(?:[\w&'’-]+ ){0,4}[\w&'’-]+"
# "Salt and sugar: which duty is on each?"
_EACH_ASKED = (
    rf"(?:and )?(?:(?:in|on|for|at|by|with|to|from|under) )?{_ASKING}\b.*\beach\b"
    r"(?! (?:part|section|pillar|chapter|paragraph|point|year|month|case|country|nation|side|party|government|"
    r"other)\b).*"
)
_EACH = re.compile(
    rf"^(?!(?:{_ASKING}|is|are|was|were|do|does|did|has|have|compare|contrast|tell|name|give|list|show|explain|describe|"
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
_THAT = re.compile(r"^(?:that|those|the one|the ones) (?P<of>of|in|on|for|from|by|with|between)\b", re.IGNORECASE)
_HEAD = re.compile(r"^(?P<head>.+?) (?:of|in|on|for|from|by|with|between)\b", re.IGNORECASE)


def parts(question: Question) -> tuple[Question, ...]:
    """The questions that a question consists of, each standing alone; none unless there are two or more."""
    text = question.text.rstrip(" ?.!")
    twice = _TWICE.match(text)
    if twice and _VERB.search(twice["rest"]) and not any(_VERB.search(twice[ask]) for ask in ("first", "second")):
        return tuple(Question(f"{_capital(twice[one])} {twice['rest']}?") for one in ("first", "second"))
    if halves := _of_two_named(text):
        return tuple(Question(f"{_capital(half)}?") for half in halves)
    if many := _OF_MANY.match(text):
        return _of_many(many["all"])
    for pattern in (_THAN, _BEFORE, _WHICH, _DIFFER, _COMPARE, _SET, _BETWEEN):
        if match := pattern.match(text):
            return _compared(match.groupdict(default=""))
    return _asked_of_both(text)


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
        return tuple(Question(f"{_capital(both[side])}?") for side in ("one", "other"))
    return ()


def asked_openly(part: Question) -> Question | None:
    """The part of a comparison by time or progress, asked for whatever is said of it; None for any other.

    A date that is only in a name ("the Tolls Act 2019") does not state when something was, and what is only being
    considered states nothing of how far it has got.
    """
    match = _WHEN_WAS.match(part.text) or _HOW_FAR.match(part.text)
    side = next(filter(None, match.groups())) if match else ""
    return Question(f"What does the text say about {side}?") if side else None


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
    if _AS_PLANNED.match(other):
        return ()
    is_timed = bool(re.match(_TIME, held.get("how", ""), re.IGNORECASE))
    return tuple(_side(side, is_timed=is_timed) for side in (one, other))


def _of_many(listed: str) -> tuple[Question, ...]:
    """When each of several things was; none where one of them names nothing by itself."""
    things = [thing.strip() for thing in re.split(r",| and ", listed) if thing.strip()]
    bare = [re.sub(r"^the ", "", thing, flags=re.IGNORECASE) for thing in things]
    if not 1 < len(things) <= _MOST or any(
        not Question(one).words or _POINTS.match(one) or one.casefold() in countries() for one in bare
    ):
        return ()
    return tuple(_side(thing, is_timed=True) for thing in things)


def _asks_alone(half: str) -> bool:
    """Whether half of a question says by itself what it is about, and is not on a question: "who decides who"."""
    asking = re.findall(r"\b(?:who|whom|what|when|where|which|why|how)\b", half, re.IGNORECASE)
    alone = not points_back(half) and not _OF_BOTH.search(half)
    return alone and len(Question(half).words) >= _SUBJECT and len(asking) == 1


def _side(side: str, *, is_timed: bool) -> Question:
    if re.match(rf"{_ASKING}\b", side, re.IGNORECASE):
        return Question(f"{_capital(side)}?")
    return Question(f"{'When was' if is_timed else 'What does the text say about'} {_with_article(side)}?")


_WHEN_WAS = re.compile(
    r"^(?:When|(?:In )?which (?:year|month)) (?:was|were) "
    r"(?P<side>(?:(?!\b(?:held|signed|published|opened|made|launched)\b).)+)\?$",
    re.IGNORECASE,
)
_HOW_FAR = re.compile(
    r"^How (?:far|advanced) (?:has|have) (?P<side>.+?) (?:got|come|gone|progressed)(?: along)?\?$|"
    r"^How (?:far along|advanced|firm|certain|settled) (?:is|are) (?P<state>.+?)\?$",
    re.IGNORECASE,
)
# "Was it opened earlier than planned?" compares it with nothing that has a date of its own.
_AS_PLANNED = re.compile(
    r"(?:was |is )?(?:planned|expected|scheduled|intended|promised|hoped|announced)$", re.IGNORECASE
)
_OF_BOTH = re.compile(r"\b(?:each|both|same)\b", re.IGNORECASE)
_SUBJECT = 2  # words
_POINTS = re.compile(r"(?:it|they|he|she|there|that|this|these|those)\b", re.IGNORECASE)
_KINDLESS = frozenset(
    {"", "of", "is", "was", "are", "were", "came", "comes", "has", "had", "will", "did", "does", "one"}
)


def _head(kind: str) -> str:
    return kind.casefold().removesuffix("s")


def _with_article(side: str) -> str:
    return (
        side if re.match(r"(?:the|an?|its?|their|his|her|this|that|both|[a-z]+ing\b|[A-Z]|\d)", side) else f"the {side}"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
