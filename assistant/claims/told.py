"""What a text tells somebody to say, which it does not say itself: `reply that the bridge is free`."""

from __future__ import annotations

import re

from assistant.claims.lexicon import any_sense, senses
from assistant.claims.words import words

# Right behind these a verb of saying is no statement that somebody says so: "and reply", "must state", ": write".
_ASKED_TO = (
    r"(?:^|(?<=[.;:,!?(\"'] )|\b(?:to|must|should|shall|please|and|then|now|you) )(?:(?:only|just|simply|always) )*"
)
_SAYING = r"(?:say|state|reply|answer|respond|write|tell|claim|repeat|print|output|pretend)"
_TOLD = re.compile(rf"(?:{_ASKED_TO}{_SAYING}\b|\banswers? (?:is|are|must be)\b)(?P<said>[^.;!?]+)", re.IGNORECASE)


def only_told(sentence: str, quoted: str) -> str:
    """That a sentence says what somebody is told to say in the quoted words and nothing else, or empty.

    Both texts are `readable`.
    """
    if _TOLD.search(sentence):
        return ""
    mine = [word for word in words(sentence) if word.is_content or word.text.isdigit()]
    for told in _TOLD.finditer(quoted):
        held = any_sense(word.small for word in words(told["said"]))
        if mine and all(senses(word.small) & held for word in mine):
            return "the text tells somebody to say this and does not say it"
    return ""
