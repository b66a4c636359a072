"""What the opening of a source's sentence limits it to: "In Wales, ferries are free" does not say that ferries are."""

from __future__ import annotations

import re

from assistant.claims.dates import MONTHS
from assistant.claims.lexicon import countries
from corpus.sentences import sentence_spans

_OPENING = re.compile(
    r"^(?P<how>In|Within|Across|Under|At|Through|With|On|For|By|During|Following|Since|After|Before|Building on|"
    r"As part of) (?P<what>[^,;]{1,80}), "
)
_PLACES = frozenset({"In", "Within", "Across"})
_NAME = re.compile(r"\b(?!(?:The|A|An|This|That|These|Those|Both|Its|Their|Our)\b)[A-Z][\w&’'-]*")


def lost_limit(said: str, quoted: str) -> str:
    """That a text goes without what a quoted sentence opens with, though that limits it, or empty.

    That is a place by name, or the one word that makes of a name something else than who does it: "The charter, both
    sides …" for "Under the charter, both sides …". Both texts are plain.
    """
    for span in sentence_spans(quoted):
        opening = _OPENING.match(quoted[span.start : span.end])
        if opening is None or not _shares_the_rest(said, quoted[span.start + opening.end() : span.end]):
            continue
        if re.match(rf"{re.escape(opening['what'])},", said, re.IGNORECASE):
            return f"it leaves out “{opening['how']}”, with which the words cited open"
        names = _places(opening["what"]) if opening["how"] in _PLACES else frozenset()
        if names and not names & _places(said):
            return f"the words cited are on “{opening['how'].lower()} {opening['what']}” alone"
    return ""


def _places(text: str) -> frozenset[str]:
    """The names in a text that are no months, countries by their first names."""
    known = {countries().get(name.casefold(), name.casefold()) for name in _NAME.findall(text)}
    held = {
        name for said, name in countries().items() if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text.casefold())
    }
    return frozenset(known | held) - frozenset(MONTHS)


def _shares_the_rest(said: str, rest: str) -> bool:
    """Whether a text is about what a sentence says behind its opening: it holds half of its longer words."""
    longer = set(re.findall(r"\w{5,}", rest.casefold()))
    return len(longer & set(re.findall(r"\w{5,}", said.casefold()))) * 2 >= len(longer) > 0
