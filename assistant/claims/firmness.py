"""How firmly something is meant (will, must, may, plans, agreed), and whether it is denied."""

from __future__ import annotations

import re

from assistant.claims.words import readable, words

# Matched in small letters only: May is a month, an Action Plan a name.
_FIRMNESS = {
    "will": r"will|shall|going to|(?<!purpose )(?<!aim )(?<!goal )(?<!objective )(?:is|are) to(?= [a-z])",
    "must": r"must|requir(?:e|es|ed|ing)|obliged|ha(?:s|ve) to|needs? to",
    "should": r"should|ought to|encouraged to|urged? to|recommend(?:s|ed|ing)?",
    "explore": r"explor(?:e|es|ed|ing)|scop(?:es|ed|ing)|scope(?= (?:\w+ )?(?:opportunit|option|way))|to scope"
    r"|consider(?:s|ed|ing)?|possib(?:le|ly|ility|ilities)|may|might|could|can|cannot|potential(?:ly)?"
    r"|look(?:s|ed|ing)? into",
    "plan": r"plans|planned|planning|plan to|inten(?:d|ds|ded|ding|tion|tions)|aim(?:s|ed|ing)? (?:to|at)"
    r"|seek(?:s|ing)? to|hop(?:e|es|ed|ing) to|look(?:s|ed|ing)? forward|working (?:to|on|towards)"
    r"|expect(?:s|ed|ing)? to|expected|scheduled|propos(?:e|es|ed|ing) to",
    "agree": r"agree(?:s|d|ing)?|commit(?:s|ted|ting)?|commitment|pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)"
    r"|under(?:took|takes?) to|(?:reach|reached) agreement",
}
_CUE = re.compile("|".join(rf"(?P<{name}>(?<![\w-])(?:{forms})(?![\w-]))" for name, forms in _FIRMNESS.items()))
_ABLE = re.compile(r"\b(?:can|could)\b(?! not| never)")
_SO_THAT = re.compile(r"\bso that\b[^,;]*?\b(?:can|could|may|might|will|would)\b")
_NEGATOR = re.compile(
    r"(?<![\w-])(?:not|no(?! later than| more than| fewer than| less than)|never|neither|nor|none|nobody|nothing|"
    r"cannot|\w+n't|exempt(?:s|ed)?|exemptions?|lack(?:s|ed)?|absence of|no longer|fail(?:s|ed|ing)? to|"
    r"refus(?:e|es|ed|ing) to|unable to|declin(?:e|es|ed) to)(?![\w-])",
    re.IGNORECASE,
)


def firmness(text: str) -> frozenset[str]:
    """The kinds of commitment that a stretch of text names."""
    return frozenset(match.lastgroup or "" for match in _CUE.finditer(_SO_THAT.sub(" ", text)))


def denials(sentence: str) -> int:
    """How often a sentence denies; `neither … nor` once."""
    return sum(match.group().casefold() != "nor" for match in _NEGATOR.finditer(readable(sentence)))


def cue_words(text: str) -> frozenset[str]:
    """The words in a text that say how firmly something is meant or that deny it, in small letters."""
    found = [match.group() for pattern in (_CUE, _NEGATOR) for match in pattern.finditer(text)]
    return frozenset(word.small for cue in found for word in words(cue))


def is_denied(text: str) -> bool:
    """Whether a stretch of text denies something."""
    return _NEGATOR.search(text) is not None


def without_ability(text: str) -> str:
    """The text without `can` and `could`, which allow as often as they doubt."""
    return _ABLE.sub("", text)
