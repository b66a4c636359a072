"""A comparison: a question for each of the things compared.

"Is the act older than the treaty?" asks when either was, "Compare A with B" what is said of each. Rules about English,
never about a document.
"""

from __future__ import annotations

import re

from assistant.claims.lexicon import countries
from assistant.question import Question

ASKING = r"(?:who|whom|when|where|why|how many|how much|how long|how often|how|(?:which|what)(?: [\w-]+){0,2})"
"""How a question opens, case aside."""
_TIME = (
    r"older|younger|newer|earlier|later|sooner|more recent(?:ly)?|before|after|first|last|most recent(?:ly)?|"
    r"longer ago|(?:oldest|newest|earliest|latest|soonest)(?=\s*(?:[,:]|$))"
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
# "Which did they do first, mend the weir or open the bridge?"
_DONE_FIRST = re.compile(
    rf"^(?:which|what) (?P<did>did|do|does|will) (?P<who>[^,:]{{1,40}}?) do (?:{_TIME})[^,:]*[,:]\s*"
    r"(?P<one>[a-z]+ [^,]+?),?\s+or\s+(?P<other>[a-z]+ .+)$",
    re.IGNORECASE,
)
# "The weir or the bridge, which is newer?"
_NAMED_FIRST = re.compile(
    rf"^(?!(?:{ASKING}|is|are|was|were|do|does|did|has|have|of|out of|compare|tell|if|in)\b)"
    r"(?P<one>[^,:;?]{3,80}?) (?:vs\.?|versus|or|and) (?P<other>[^,:;?]{3,80}?)(?:[,:;.]|\s+[–—-])\s*"
    r"(?:which|what)(?: one| of (?:them|these|those|the two))? "
    rf"(?:is|was|came|comes|happened|took place|started|opened|began)(?: the)? (?P<how>{_TIME})$",
    re.IGNORECASE,
)
# "Of salt, sugar and rum, which was taxed first?"
_OF_MANY = re.compile(
    r"^(?:out )?of (?P<all>[^?:;]{3,300}? and [^?:;,]{3,100}?),? (?:which|what)(?: one)?(?: of (?:them|these|those))? "
    rf"(?:is|was|came|comes|happened|took place|started|opened|began)(?: the)? (?:{_TIME})(?: of all)?$",
    re.IGNORECASE,
)
_MOST = 4  # things compared at once
_THAT = re.compile(r"^(?:that|those|the one|the ones) (?P<of>of|in|on|for|from|by|with|between)\b", re.IGNORECASE)
_HEAD = re.compile(r"^(?P<head>.+?) (?:of|in|on|for|from|by|with|between)\b", re.IGNORECASE)
_POINTS = re.compile(r"(?:it|they|he|she|there|that|this|these|those|us|we|you)\b", re.IGNORECASE)
_KINDLESS = frozenset(
    "of is was are were came comes has had will did does do one happened happens took takes started starts opened "
    "opens began begins occurred got goes went".split()
) | {""}
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


def compared(text: str) -> tuple[Question, ...] | None:
    """The questions that a comparison consists of, each standing alone.

    Args:
        text: a question without the mark at its end.

    Returns:
        Empty where it compares with something that cannot be asked of alone; None where it is no comparison.
    """
    if many := _OF_MANY.match(text):
        return _of_many(many["all"])
    if done := _DONE_FIRST.match(text):
        return tuple(Question(f"When {done['did']} {done['who']} {done[side]}?") for side in ("one", "other"))
    for pattern in (_NAMED_FIRST, _THAN, _BEFORE, _WHICH, _DIFFER, _COMPARE, _SET, _BETWEEN):
        if match := pattern.match(text):
            return _sides(match.groupdict(default=""))
    return None


def asked_openly(part: Question) -> Question | None:
    """The part of a comparison by time or progress, asked for whatever is said of it; None for any other.

    A date that is only in a name ("the Tolls Act 2019") does not state when something was, and what is only being
    considered states nothing of how far it has got.
    """
    match = _WHEN_WAS.match(part.text) or _HOW_FAR.match(part.text)
    side = next(filter(None, match.groups())) if match else ""
    return Question(f"What does the text say about {side}?") if side else None


def _sides(held: dict[str, str]) -> tuple[Question, ...]:
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


def _side(side: str, *, is_timed: bool) -> Question:
    if re.match(rf"{ASKING}\b", side, re.IGNORECASE):
        return Question(f"{capital(side)}?")
    return Question(f"{'When was' if is_timed else 'What does the text say about'} {_with_article(side)}?")


def _head(kind: str) -> str:
    return kind.casefold().removesuffix("s")


def _with_article(side: str) -> str:
    return (
        side if re.match(r"(?:the|an?|its?|their|his|her|this|that|both|[a-z]+ing\b|[A-Z]|\d)", side) else f"the {side}"
    )


def capital(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]
