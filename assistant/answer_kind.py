"""What shape of words would answer a question, and whether a text holds any.

Rules about English, never about a document.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.claims.amounts import amounts
from assistant.claims.dates import dates
from assistant.claims.lexicon import countries, units
from assistant.claims.names import name_words
from assistant.claims.words import plain


class AnswerKind(StrEnum):
    """What shape of words would answer."""

    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    NAME = "name"
    OTHER = "other"


# What is usually told by its proper name rather than described.
_NAMED = (
    r"compan(?:y|ies)|firms?|business(?:es)?|vendors?|suppliers?|manufacturers?|banks?|ministr(?:y|ies)|ministers?|"
    r"departments?|agenc(?:y|ies)|bod(?:y|ies)|organi[sz]ations?|institut(?:e|es|ions?)|universit(?:y|ies)|"
    r"associations?|groups?|countr(?:y|ies)|governments?|nations?|states?|cit(?:y|ies)|towns?|partners?|members?|"
    r"officials?|persons?|people|models?|products?|laws?|acts?|bills?|treat(?:y|ies)"
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
            r"\b(?:what|which)(?: exact| precise)? (?:date|day|month|year|time)\b|\bhow (?:recently|soon)\b|"
            r"^(?:the |name the )?date of\b|\bmonth and year\b|\bwhen\s*[?.!]*$",
            re.I,
        ),
    ),
    (
        AnswerKind.NUMBER,
        re.compile(
            r"\b(?:how (?:many|much|far|long|fast|big|large|old|high|low|tall|heavy)|"
            r"what (?:number|percentage|proportion|share|distance|latency|speed))\b",
            re.I,
        ),
    ),
    (
        AnswerKind.NAME,
        re.compile(rf"\b(?:who|whom|whose|(?:which|what)(?: (?!of\b)[\w-]+){{0,3}}? (?:{_NAMED}))\b", re.I),
    ),
)
_FEW_WORDS = 8
_MONEY = frozenset(units()[sign] for sign in "£€$¥" if sign in units())


def kind_wanted(question: str) -> AnswerKind:
    """The kind of answer a question asks for."""
    return next((kind for kind, pattern in _WANTS if pattern.search(question)), AnswerKind.OTHER)


def holds(kind: AnswerKind, text: str, question: str = "") -> bool:
    """Whether a text holds words of the kind asked for; a name must be another than those of the question."""
    text = plain(text)
    if kind is AnswerKind.DATE:
        return bool(dates(text))
    if kind is AnswerKind.MONEY:
        return any(amount.unit in _MONEY for amount in amounts(text))
    if kind is AnswerKind.NUMBER:
        return any(not amount.ordinal for amount in amounts(text))
    if kind is AnswerKind.NAME:
        return bool(_other_names(text, plain(question)))
    return True


def _other_names(text: str, question: str) -> frozenset[str]:
    """Parts of names that are not in the question; countries only where the question is for countries."""
    asked = frozenset(re.findall(r"\w+", question.casefold()))
    # A capital at the start of a sentence says nothing; at the start of a few copied words it does.
    is_sentence = text.endswith(".") or len(text.split()) > _FEW_WORDS
    names = (name_words(text) if is_sentence else name_words(f"the {text}")) - asked
    for_countries = re.search(r"\b(?:countr(?:y|ies)|governments?|nations?|states?|who|whose|whom)\b", question, re.I)
    return names if for_countries else names - frozenset(countries())
