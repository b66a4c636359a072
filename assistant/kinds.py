"""Kinds of thing that can be told from the words of a sentence alone: how each is asked for, and what shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims.dates import MONTHS


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is `asked` for in a question, and what in a sentence has `shown` one.

    Where `named` is set, each match is one of the things, and a sentence is only needed for those not yet shown.
    """

    asked: re.Pattern[str]
    shown: re.Pattern[str]
    named: bool = False


_CAPITALS = r"(?:[A-Z][\w&’'-]*(?:,? (?:and|of|for|the|on|&) | )){1,6}"
_BODIES = "Ministry|Department|Office|Agency|Commission|Authority|Institutes?|Council|Service|Board|Bureau|Committee"

TENTATIVE = Kind(
    re.compile(
        r"\b(explor\w*|scop(?:e|ed|ing)|considering|under consideration|tentative|not yet (?:decided|agreed))\b", re.I
    ),
    re.compile(r"\b(explor\w+|scop(?:e|ed|ing)|consider(?:s|ed|ing)?|examin\w+|possibilit\w+)\b", re.I),
)
COMMITMENTS = Kind(
    re.compile(r"\b(commit(?:s|ted|ment|ments)?|pledg\w+|promis\w+|agreed|agreements?)\b", re.I),
    re.compile(r"\b(commit(?:s|ted|ments?)?|pledg\w+|promis\w+|agreed)\b", re.I),
)
LAWS = Kind(
    re.compile(r"\b(laws?|bills?|acts?|legislation|statutes?|regulations?)\b", re.I),
    re.compile(rf"{_CAPITALS}(?:Act|Bill|Law|Regulations?|Directive|Order|Code|Treaty|Convention)(?: \d{{4}})?\b"),
    named=True,
)
BODIES = Kind(
    re.compile(
        r"\b(ministr(?:y|ies)|departments?|agenc(?:y|ies)|public bodies|bodies|organi[sz]ations?|institutions?|"
        r"commissions?)\b",
        re.I,
    ),
    re.compile(rf"(?:{_BODIES}) (?:of|for) {_CAPITALS}?[A-Z]\w+|{_CAPITALS}(?:{_BODIES})\b"),
    named=True,
)
MONEY = Kind(
    re.compile(r"\b(amounts? of money|sums?(?: of money)?|amounts?|costs?|budgets?|payments?|prices?)\b", re.I),
    re.compile(
        r"[£€$¥]\s?\d|\b\d[\d,.]*\s?(?:thousand|million|billion|trillion)?\s?(?:pounds|euros|dollars|yen)\b", re.I
    ),
)
_MONTH = rf"(?:{'|'.join(map(str.title, MONTHS))})"
DAYS = Kind(
    re.compile(
        r"\b((?:all |the )*(?:exact|full|precise|calendar) (?:dates?|days?)(?:,? (?:down )?to the day)?|"
        r"(?:all |the )*dates?,? (?:down )?to the day)\b",
        re.I,
    ),
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b(?!\d)"),
)
DATES = Kind(
    re.compile(r"\b((?:all |exact |full |calendar |specific |key )*dates?(?:,? (?:down )?to the day)?)\b", re.I),
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH} (?:\d{{1,2}},? )?\d{{4}}\b|\b(?:19|20)\d\d\b"),
)
KINDS = (TENTATIVE, COMMITMENTS, LAWS, BODIES, MONEY, DAYS, DATES)
