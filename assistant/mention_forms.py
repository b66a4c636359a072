"""The forms in which one asks where a text mentions something: "where does it come up", "every mention of", …

What they ask for is shown without being read, so each form says by itself that mentions are wanted, and a question
that may be for a fact is left to the reader. Rules about English, never about a document.
"""

from __future__ import annotations

import re

_SAID = (
    r"(?:mentioned|named|discussed|referred to|brought up|talked about|spoken of|dealt with|touched (?:up)?on|raised)"
)
_TEXT = r"(?:(?:the|this) (?:whole |joint )?(?:text|statement|document|paper|report|communiqu[eé])|it)"
_THE_TEXT = rf"(?:{_TEXT}|they|the (?:two |both )?(?:sides|parties|governments|authors))"
_SAY = (
    r"(?:mentions?|names?|refers?(?: back)? to|brings? up|talks? (?:about|of)|speaks? (?:about|of)|"
    r"touch(?:es)? (?:up)?on|says? (?:something|anything|much) (?:about|on|of))"
)
# The parties to a text may talk about something anywhere; that they mention it is said of the text.
_ITSELF = rf"(?:(?:does )?{_TEXT} {_SAY}|do(?:es)? {_THE_TEXT} (?:mentions?|refers? to|brings? up))"
_CALLED = (
    r"(?:(?:described|spoken of|talked of|referred to|presented|characteri[sz]ed|labell?ed|billed|hailed) as|"
    r"said to (?:be|have been)|called(?= (?:an?|the) |\s*[‘“'\"]))"
)
_ASKED = re.compile(
    # Where something occurs or was discussed is a place, unless it is said to be in the text.
    r"\bwhere (?:do|does|did|is|are|was|were) (?P<a>.+?) (?:come up|crop up|mentioned|referred to|brought up|"
    r"talked about|spoken of|touched (?:up)?on|come in(?:to (?:it|this|the \w+|play))?(?=\W*$)|"
    rf"appear(?=\W*$| in {_TEXT})|(?:occur|feature|named|discussed|dealt with|raised)(?= in {_TEXT}))\b|"
    r"\bwhere (?:do|does) (?P<e>.+?) (?:turn|show) up(?: in (?:it|this|the \w+))?\s*[?.!]*$|"
    rf"\b(?:where|in which) (?P<b>.+?) (?:is|are|was|were|gets?) {_SAID}\b|"
    rf"\bwhere {_ITSELF} (?P<f>(?!who|what|when|where|why|how|that|whether|which)[^,;:]+?)[?.!]*$|"
    r"\b(?:every|all|each|any)(?: the)? (?:mentions?|references?) (?:of|to) (?P<c>.+?)[?.!]*$|"
    r"\b(?:every|all|each|any|which|what)(?: the| other)? (?:passages?|sentences?|paragraphs?|lines?) "
    r"(?:(?:is|are) there )?(?:on|about|concerning|regarding|mention(?:s|ing)?|(?:that )?deal(?:s|ing)? with|"
    r"touch(?:es|ing)? on) (?P<d>.+?)[?.!]*$",
    re.IGNORECASE,
)
# "Which things are described as a success, or as successes?"
_CALLED_SO = re.compile(
    rf"^(?:what(?: else)?|which things) (?:is|are|was|were) {_CALLED} (?P<called>(?!not\b)(?:(?! by )[^,;:?.!])+"
    r"(?:, or [^,;:?.!]+)?)(?:[?.!]+(?:\s|$)|$)",
    re.IGNORECASE,
)
# "Where is the weir mentioned, and where the bridge?" but not "…, and where is it?"
_AND_WHERE = re.compile(
    r",? and where (?:(?:is|are) )?(?:the )?"
    r"(?P<other>(?!(?:is|are|was|were|do|does|did|has|have|will|it|they|this|that|these|those|who|to)\b)"
    r"(?:[\w&’'-]+ ){0,4}[\w&’'-]+)(?<!\bfrom)(?<!\bheld)(?<!\bin)(?<!\bto)(?<!\bat)(?<!\bon)(?: mentioned)?\s*[?.!]*$",
    re.IGNORECASE,
)
# "National plans: where does the text mention them?"
_NAMED_BEFORE = re.compile(r"^(?P<thing>[^:?.!]{3,60}?)\s*(?::|\s[–—-])\s+(?P<asked>.+)$")
_POINTING = re.compile(
    r"^(?:it|them|these|those|this|that|either(?: of (?:them|these|those|the two))?|any of (?:them|these|those))$",
    re.IGNORECASE,
)
_POINTING_ON = re.compile(r"^(?:those|that|the ones?) (?:of|in|on|from|between|by|which|that)\b", re.IGNORECASE)
# "Salt and sugar: who said something about either?"
_OF_EITHER = re.compile(
    r"^(?:and )?(?:who|what|where|which)\b.*\b(?:says?|said|saying|mention(?:s|ed)?|something|anything)\b.*"
    r"\b(?:about|on|of) (?:either|any)(?: of (?:them|these|those|the two))?\s*[?.!]*$",
    re.IGNORECASE,
)
_NAMING = re.compile(r"^(?:(?:the|a) )?(?:words?|phrases?|terms?|expressions?|names?) (?:of )?", re.IGNORECASE)
_BOTH_MEANT = re.compile(r"^both | (?:both|together)$", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:,|\b(?:or|and)\b(?: (?:on|of|to|about)\b)?)+")

# What is quoted is looked for as it is written.
_QUOTED = re.compile(r"(?<!\w)[‘“'\"](?P<words>[^‘’“”'\"]{2,80})[’”'\"](?!\w)")
_PHRASE = r"(?:(?:the |that |this )?(?:exact )?(?:words?|phrases?|terms?|expressions?|names?) )"
_PLACES = r"(?:where(?: else)?|in (?:which|what) (?:places?|sections?|contexts?)|how often|how many times)"
_SHOWN = r"(?:mentions?|uses?|refers? to|brings? up|says?|writes?|speaks? of|talks? (?:of|about))"
_USED = re.compile(
    rf"\bwhere(?: else)? (?:(?:do|does) )?{_THE_TEXT} {_SHOWN} "
    rf"{_PHRASE}?(?:§|it\b|that\b)(?=\s*(?:[?.!,;:]|$|and\b|or\b))|"
    rf"\b{_PLACES} (?:do|does|is|are) (?:{_PHRASE}?§(?: (?:and|or) §)*|it|that (?:phrase|word|term|expression)) "
    rf"(?:{_SAID}|appear|occur|come up|crop up)\b|"
    rf"\b{_PLACES} (?:is|are) (?:{_PHRASE}(?:§ ?)?|it )(?:used|found)\b|\bhow (?:often|many times) (?:is|are) § used\b|"
    rf"\b(?:mentions?|uses?|occurrences?|instances?|references?) (?:of|to) {_PHRASE}?§|"
    r"\b(?:sentences?|passages?|places?|lines?) (?:with|containing|using|(?:where|in which|that) .{0,20}) ?"
    rf"{_PHRASE}?§",
    re.IGNORECASE,
)
_FOR_A_FACT = re.compile(
    r"^(?:(?:and|but|so) )?(?:who|whom|whose|why|when|how much|is|are|was|were|do|does|did|has|have|had|can|could|"
    r"will|would|should|may|must)\b",
    re.IGNORECASE,
)


def quoted(text: str) -> tuple[str, ...]:
    """The words that a question quotes, where it asks in which places they stand."""
    words = tuple(match["words"].strip(" ,.;:") for match in _QUOTED.finditer(text))
    plain = " ".join(_QUOTED.sub("§", text).split())
    return words if words and not _FOR_A_FACT.match(plain) and _USED.search(plain) else ()


def mentioned(text: str) -> tuple[str, ...]:
    """The things that a question asks the mentions of, in its own words; of several, those of any. None if no such."""
    before = _NAMED_BEFORE.match(text)
    if before and _OF_EITHER.search(before["asked"]):
        return _parted(before["thing"])
    also = _AND_WHERE.search(text)
    match = _ASKED.search(text[: also.start()] if also else text)
    if not match:
        return ()
    asked = re.sub(r"^(?:the|an?) ", "", _NAMING.sub("", next(filter(None, match.groups()))), flags=re.IGNORECASE)
    if _POINTING.match(asked):
        return (before["thing"],) if before else ()
    if _POINTING_ON.match(asked):
        return ()
    return (*_each_of(asked), *((also["other"],) if also else ()))


def called(text: str) -> tuple[str, ...]:
    """What a question asks to be shown what is called so; of several ways to say it, each."""
    match = _CALLED_SO.match(text)
    if not match:
        return ()
    ways = re.split(r",? or (?:as )?", match["called"])
    return tuple(re.sub(r"^(?:an?|the) ", "", way.strip(" ‘’“”'\""), flags=re.IGNORECASE) for way in ways)


def _each_of(asked: str) -> tuple[str, ...]:
    """The things in a list of them; a name may hold an "and", and what is asked of both together is one."""
    return (asked,) if re.search(r"[A-Z]", asked) or _BOTH_MEANT.search(asked) else _parted(asked)


def _parted(things: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEVERAL.split(things) if part.strip())
