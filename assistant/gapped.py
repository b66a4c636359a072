"""A question that is asked twice and said once: "Who sits on the board and who on the panel?"

What the second half leaves out is taken from the first. Rules about English, never about a document.
"""

from __future__ import annotations

import re

from assistant.ellipsis import TIMED

_PREPOSITION = r"(?:in|on|at|for|with|to|from|by|of|about|under|during|through|into|between)"
_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how (?:many|much|long|often)|how)"
_TWICE = re.compile(
    rf"^(?P<topic>[^?:;.]{{2,60}}: ?)?(?P<one>(?:{_PREPOSITION} )?(?P<ask>{_ASKING})\b[^?;:]{{4,160}}?),? "
    rf"(?:and|but|or) (?P<again>{_ASKING}) (?:then )?(?P<rest>[^?;:,]{{2,80}})$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|not|it|they|them|this|"
    r"that|these|those|he|she|other|others|else|both|each|who|what|which|when|where|why|how|(?<=\w )to [a-z]+|"
    r"[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bones?$", re.IGNORECASE)
_CLAUSE_WORDS = 8


def gapped(text: str) -> tuple[str, ...]:
    """The two questions, each whole; none where a text is anything else.

    Args:
        text: a question without the mark at its end.
    """
    match = _TWICE.match(text)
    if not match or match["ask"].casefold() != match["again"].casefold() or _SAID.search(match["rest"]):
        return ()
    if len(match["rest"].split()) > _CLAUSE_WORDS:
        return ()
    topic, one = match["topic"] or "", match["one"]
    other = _with_preposition(one, match["rest"]) or _in_its_place(one, match["rest"])
    return (f"{topic}{one}", f"{topic}{other}") if other else ()


def _with_preposition(one: str, rest: str) -> str:
    """The first half with what stands behind its last preposition of the kind that the second half begins with."""
    how, _, thing = rest.partition(" ")
    if not re.fullmatch(_PREPOSITION, how, re.IGNORECASE) or not thing:
        return ""
    old = re.match(rf"(?P<head>.+ {how}) (?P<thing>[^,]{{2,80}})$", one, re.IGNORECASE)
    return f"{old['head']} {_ONE.sub(old['thing'].split()[-1], thing)}" if old else ""


def _in_its_place(one: str, rest: str) -> str:
    """When, where or how long something was, asked of what the second half names: "When was it signed" has no thing."""
    timed = TIMED.match(one)
    if not timed or not re.match(r"(?:the|an?|our|their|its) |[A-Z\d]", rest):
        return ""
    return f"{timed['ask']} {_ONE.sub(timed['thing'].split()[-1], rest)}{timed['tail']}"
