"""What shape of words would answer a question, and whether a text holds any.

Rules about English, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from assistant.claims.amounts import amounts
from assistant.claims.dates import MONTHS, dates, without_named_years
from assistant.claims.lexicon import countries, units
from assistant.claims.names import name_words
from assistant.claims.words import plain


class AnswerKind(StrEnum):
    """What shape of words would answer."""

    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERSON = "person"
    NAME = "name"
    PLACE = "place"
    OTHER = "other"


# What is usually told by its proper name rather than described.
_NAMED = (
    r"compan(?:y|ies)|firms?|business(?:es)?|vendors?|suppliers?|manufacturers?|banks?|ministr(?:y|ies)|ministers?|"
    r"departments?|agenc(?:y|ies)|bod(?:y|ies)|organi[sz]ations?|institut(?:e|es|ions?)|universit(?:y|ies)|"
    r"associations?|groups?|countr(?:y|ies)|governments?|nations?|states?|cit(?:y|ies)|towns?|partners?|members?|"
    r"officials?|persons?|people|models?|products?|laws?|acts?|bills?|treat(?:y|ies)|operators?|carriers?|providers?|"
    r"contractors?|start-?ups?|authorit(?:y|ies)|regulators?|signator(?:y|ies)|sponsors?|experts?|speakers?|"
    r"delegat(?:es?|ions?)|laborator(?:y|ies)|labs?|schools?|colleges?|hospitals?|charit(?:y|ies)|unions?"
)
# "What did the ministers discuss?", "what support do firms get?" ask for no minister and no firm.
_NO_PART_OF_A_NAME = (
    r"(?:of|is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|should|shall|help|helps|"
    r"support|supports|make|makes|let|lets|allow|allows|affect|affects|apply|applies|for|to|about|between|with|by|in|on|"
    r"from|at|that|which|who)\b"
)
_WANTS = (
    (
        AnswerKind.MONEY,
        re.compile(
            r"\b(?:how (?:much|large|big|high)\b.{0,25}\b(?:money|budget|cost|costs|funding|funds|fund|price|fee|grant|"
            r"spend|spent|spending|invest\w*|pay|paid|fines?|saved?|savings)|"
            r"what(?: is|'s| was| will be)?(?: the| its| their)?(?: \w+)? "
            r"(?:budget|cost|price|fees?|fines?|penalt(?:y|ies)|sum of money)|"
            r"what (?:did|does|do|will|would|has|have)\b.{1,80}\bcosts?)\b",
            re.I,
        ),
    ),
    (
        AnswerKind.DATE,
        re.compile(
            r"(?:^|[,;:.?!]\s*|\b(?:and|but|or|so|by|from|since|until|exactly|me|know|say|says) )when\b|"
            r"\bwhen (?:did|was|were|is|are|will|do|does|has|have|had|should|can|exactly)\b|"
            r"\b(?:what|which)(?: exact| precise)? (?:date|day|month|year|time)\b(?!-| zones?\b)|"
            r"\bhow (?:recently|soon)\b|"
            r"^(?:the |name the )?date of\b|\bmonth and year\b|\bwhen\s*[?.!]*$|"
            r"^(?:the |what(?: is|'s| was) the )?(?:deadline|closing date|due date|expiry date)\b",
            re.I,
        ),
    ),
    (
        AnswerKind.NUMBER,
        re.compile(
            # How far something has got is not told by a number.
            r"\b(?:how far(?! (?:along|(?:has|have)\b.*\b(?:got|come|gone|progressed)\b))|"
            r"how (?:many|much|long|fast|big|large|old|high|low|tall|heavy)(?!-)|"
            r"what (?:number|percentage|proportion|share|distance|latency|speed))\b",
            re.I,
        ),
    ),
    (
        AnswerKind.PERSON,
        re.compile(
            r"\bnames? of (?:the |all |all the |both )?(?:\w+ )?"
            r"(?:ministers?|officials?|people|persons?|delegates?|heads?|"
            r"leaders?|negotiators?|chairs?|secretar(?:y|ies)|signator(?:y|ies))\b|"
            r"\bwhich (?:\w+ )?(?:ministers?|officials?|persons?|secretary|ambassadors?|leaders?)\b",
            re.I,
        ),
    ),
    (
        AnswerKind.NAME,
        re.compile(
            rf"\b(?:who|whom|whose|(?:which|what)(?: (?!{_NO_PART_OF_A_NAME})[\w-]+){{0,3}}? (?:{_NAMED}))\b", re.I
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(
            r"\bwhere(?: in the world| on earth)? (?:is|was|are|were|will|did|does|has|have|exactly)\b|"
            r"\bwhere (?:can|could) (?:i|we|you|one|people|anyone) (?:read|find|see|get|buy|download|obtain|view)\b|"
            r"\b(?:which|what) (?:city|town|venue)\b",
            re.I,
        ),
    ),
)
_TITLES = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Prof|Professor|Minister|Secretary|President|Chancellor|Ambassador)"
)
_PERSON = re.compile(
    rf"\b{_TITLES}\.? (?!of\b|for\b)[A-Z][\w’'-]+|\b[A-Z][a-z]+ [A-Z][a-z]+, (?:the )?(?:\w+ )?{_TITLES}\b"
)
# What answers "when" without a date.
_TIME = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b|\b(?:noon|midnight|spring|summer|autumn|winter|"
    r"daily|weekly|monthly|quarterly|annual(?:ly)?|yearly)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|"
    r"\b(?:every|each|next|this|last|coming) (?:day|week|month|quarter|year|decade)s?\b",
    re.IGNORECASE,
)
# How exact a date must be to answer.
_MONTH_ASKED = re.compile(r"\b(?:what|which)(?: exact)? month\b(?!-)|\bmonth and year\b", re.IGNORECASE)
_DAY_ASKED = re.compile(
    r"\b(?:what|which)(?: exact| precise)? day\b(?!-)|\b(?:exact|precise) (?:date|day)\b", re.IGNORECASE
)
_PART_OF_AN_EVENT = re.compile(r"\b(?:day|month) of (?:the|its|their|this|that)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)
_CLOCK_ASKED = re.compile(r"\b(?:what|which) time\b(?!-)", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b|\b(?:noon|midnight)\b", re.I)
_PLACE = re.compile(
    rf"\b(?:in|at|near|to|from|into)\s+(?:the\s+)?(?!(?:{'|'.join(map(str.title, MONTHS))})\b)[A-Z][\w’'-]+"
)
_SOMEWHERE = re.compile(
    rf"\b(?:in|at|on|near|inside|outside|aboard|beside|from|to|into|through)\s+(?:the\s+)?"
    rf"(?!\d|(?:{'|'.join(MONTHS)}|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)\w|"
    r"\b(?:online|virtual(?:ly)?|remote(?:ly)?|here|abroad|nationwide)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 8
_NAME_ALONE = 3  # words


def kind_wanted(question: str) -> AnswerKind:
    """The kind of answer a question asks for."""
    return next((kind for kind, pattern in _WANTS if pattern.search(question)), AnswerKind.OTHER)


def holds(kind: AnswerKind, text: str, question: str = "") -> bool:
    """Whether a text holds words of the kind asked for; a name must be another than those of the question."""
    return kind is AnswerKind.OTHER or _HELD[kind](plain(text), plain(question))


def asks_for_part_of_a_date(question: str) -> bool:
    """Whether a day or a month is asked for, which no other date answers; not "on which day of the fair"."""
    return bool(_DAY_ASKED.search(question) or _MONTH_ASKED.search(question)) and not _PART_OF_AN_EVENT.search(question)


def says_where(text: str) -> bool:
    """Whether a text may say where something is, in small letters or by no name: "at sea", "online"."""
    return bool(_SOMEWHERE.search(plain(text)))


def _other_names(text: str, question: str) -> frozenset[str]:
    """Parts of names that are not in the question; countries only where the question is for countries."""
    asked = frozenset(re.findall(r"\w+", question.casefold()))
    # A capital at the start of a sentence says nothing; at the start of a few copied words it does.
    is_sentence = text.endswith(".") or len(text.split()) > _FEW_WORDS
    names = (name_words(text) if is_sentence else name_words(f"the {text}")) - asked
    for_countries = re.search(r"\b(?:countr(?:y|ies)|governments?|nations?|states?|who|whose|whom)\b", question, re.I)
    return names if for_countries else names - frozenset(countries())


def _holds_date(text: str, question: str) -> bool:
    """A date as exact as it is asked for, or words that tell the time another way.

    The date that the question itself gives is no answer: "When in 2025?" is not answered by "in 2025".
    """
    last = re.split(r"(?<=[.?!])\s+", question)[-1]  # earlier questions may stand in front of it
    given = dates(without_named_years(last))
    found = [date for date in dates(text) if len(given) != 1 or not date.within(given[0])]
    if _CLOCK_ASKED.search(question):
        return bool(_CLOCK.search(text))
    if _DAY_ASKED.search(question):
        return any(date.day for date in found) or bool(_WEEKDAY.search(text))
    if _MONTH_ASKED.search(question):
        return any(date.month for date in found)
    return bool(found) or bool(_TIME.search(text))


def _holds_money(text: str, _question: str) -> bool:
    money = {units()[sign] for sign in "£€$¥" if sign in units()}  # here, so that importing this reads no file
    return any(amount.unit in money for amount in amounts(text))


def _holds_number(text: str, _question: str) -> bool:
    return any(not amount.ordinal for amount in amounts(text))


def _holds_place(text: str, _question: str) -> bool:
    """A few copied words may be a place by themselves, but a date is none; in a sentence something stands in, at or
    near it."""
    is_copied = len(text.split()) <= (_NAME_ALONE if text.endswith(".") else _FEW_WORDS)
    return (is_copied and not dates(text)) or bool(_PLACE.search(text))


_HELD: dict[AnswerKind, Callable[[str, str], bool]] = {
    AnswerKind.DATE: _holds_date,
    AnswerKind.MONEY: _holds_money,
    AnswerKind.NUMBER: _holds_number,
    AnswerKind.PERSON: lambda text, _: bool(_PERSON.search(text)),
    AnswerKind.NAME: lambda text, question: bool(_other_names(text, question)),
    AnswerKind.PLACE: _holds_place,
}
