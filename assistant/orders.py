"""Orders to the assistant that are not questions about a text: to forget its rules, play a role, or make something up.

Rules about English. They change nothing about safety, since nothing but quotes is ever shown; they only tell a user
plainly that this is not something the assistant does, instead of quoting what happens to share a word.
"""

from __future__ import annotations

import re

_RULES = r"(?:instructions?|prompts?|rules?|guidelines?|directions?|restrictions?|constraints?|safeguards?|programming)"
_ORDERS = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass|drop|skip)\b[^.?!]{{0,40}}\b{_RULES}\b|"
    rf"\b(?:ignore|disregard|forget) (?:everything|all|anything)\b[^.?!]{{0,30}}\b(?:above|before|told|said|know)\b|"
    rf"\b(?:system|hidden|initial|original|secret|your) (?:prompt|{_RULES})\b|"
    rf"\b{_RULES} (?:that )?(?:you (?:were|are|have|had|got|follow|work)|given to you|above)\b|"
    r"\b(?:developer|debug|god|admin(?:istrator)?|maintenance|unrestricted|jailbreak) mode\b|\bjailbreak\b|"
    r"\b(?:repeat|print|reveal|show|output|quote|recite|dump)\b[^.?!]{0,40}"
    r"\b(?:above|before this|verbatim your|your (?:configuration|settings|context|memory))\b|"
    r"\b(?:pretend|act as|behave as|role-?play|roleplay|impersonate|imagine (?:that )?you|speak as|talk like|"
    r"you are now|from now on,? you|let'?s play|let us play)\b|"
    r"^\W*(?:system|assistant|developer|admin(?:istrator)?)"
    r"(?: (?:note|message|notice|override|update|prompt))?\s*[:>\]]|"
    r"\b(?:do|would|did) you (?:really |personally |honestly )*(?:think|feel|believe|prefer|like|recommend)\b|"
    r"\byour (?:own |personal |honest )*(?:opinion|view|favou?rite)\b|"
    r"\b(?:respond|reply|answer|say|end|begin|start|finish)\b[^.?!]{0,25}"
    r"\b(?:only with|with the words?|with exactly|in the style|like a)\b",
    re.IGNORECASE,
)
_WORKS = (
    r"(?:poem|haiku|sonnet|limerick|song|lyrics|rap|story|tale|novel|joke|riddle|recipe|essay|tweet|letter|e-?mail|"
    r"script|function|program|code|regex|query|class|algorithm|slogan|advert|cover letter|cv|logo|picture|image)"
)
_MAKING = re.compile(
    rf"\b(?:write|compose|create|generate|make|draft|sing|tell|invent|code|draw|design|give)\b(?: (?:me|us))?"
    rf"[^.?!]{{0,30}}\b{_WORKS}s?\b",
    re.IGNORECASE,
)
# Without blanks round it a hyphen or stroke may be part of a document's number: 800-218, 2002/58.
_ARITHMETIC = re.compile(r"\d+\s*(?:times|plus|minus|divided by|[*+×÷x^]|(?<=\s)[-/](?=\s*\d))\s*\d+", re.IGNORECASE)
_PIECES = re.compile(r"(?<=[.!?;:\n])\s+")
_LAST_QUESTION = re.compile(r"\b(?:Who|Whom|Whose|What|When|Where|Which|Why|How)\b[^?.!]*\?\s*$")
_ASKS = re.compile(
    r"\?|^(?:and |also |but |now |then |please )*"
    r"(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|will|can|"
    r"list|name|give|tell|summari[sz]e|explain|describe|compare)\b",
    re.IGNORECASE,
)


def without_orders(text: str) -> str:
    """What of a question is left once orders to the assistant are taken out; empty where nothing is left to answer.

    A question in which nothing is an order comes back as it was.
    """
    if not is_order(text):
        return text
    pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
    left = [piece for piece in pieces if not is_order(piece) and _ASKS.search(piece.strip())]
    if left:
        return " ".join(left)
    last = _LAST_QUESTION.search(text)  # one that runs on from an order without a full stop, as after markup
    return last.group() if last and not is_order(last.group()) else ""


def is_order(text: str) -> bool:
    """Whether a text tells the assistant what to be or make rather than asks what a document says."""
    return bool(_ORDERS.search(text) or _MAKING.search(text) or _ARITHMETIC.search(text))
