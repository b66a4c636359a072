"""Sentence boundaries that survive `8th`, `e.g.`, `3.1`, `£82.50`, `s. 12`, `U.S.` and initials.

A boundary is where a sentence would be cut to be quoted, so a missed one makes a quote too long, and a false one makes
half a sentence look like a whole one. The rules lean towards the first, which is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.types import Span

# Followed by more of the same sentence whatever the next letter is.
_TITLES = frozenset("mr mrs ms dr prof rev sir st hon gen col lt sgt capt messrs rt".split())
_REFERENCES = frozenset(
    "s ss sec secs art arts para paras no nos fig figs p pp vol vols ch cl cls reg regs sch ed eds cf app ann r rr v "
    "vs c ca approx e.g i.e eg ie viz al jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
# May end a sentence; the next word decides.
_EITHER = frozenset("etc inc ltd co corp plc dept gov a.m p.m".split())
_STARTERS = frozenset(
    "the this that these those it its he she they we both in on at as for from under by to with while when where if "
    "however moreover further also and but all each no such there after before during since building "
    "recognising".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*[⁰¹²³⁴-⁹]*(?=\s)|[。！？]+[」』）”]*")
_OPENERS = "\"'“‘«([*_"
_QUOTED_ON = re.compile(
    r"[」』]\s*[とをがはにでのもへやな、]"
)  # 「…。」と述べた: the quotation is part of the sentence
_WORD_BEFORE = re.compile(r"[^\s(\[“‘\"'—–/]+$")
_NEARBY = 80  # characters around a full stop that are looked at; a paragraph can be a whole book
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")


@lru_cache(maxsize=4096)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, without the white space between them; a blank line always parts two."""
    spans: list[Span] = []
    position = 0
    for paragraph in text.split("\n\n"):
        start = position
        for end in (*_boundaries(paragraph), len(paragraph)):
            span = _trimmed(text, start, position + end)
            if span.start < span.end:
                spans.append(span)
            start = position + end
        position += len(paragraph) + 2
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _boundaries(paragraph: str) -> Iterator[int]:
    depth_from = 0
    for match in _END.finditer(paragraph):
        if match.end() >= len(paragraph):
            return
        if match.group()[0] in "。！？":
            quoted_on = _QUOTED_ON.match(paragraph, match.end() - 1)
            closed = paragraph[depth_from : match.start()].count("「") <= paragraph[depth_from : match.end()].count(
                "」"
            )
            if closed and not quoted_on:
                depth_from = match.end()
                yield match.end()
        elif _ends_sentence(paragraph, match):
            yield match.end()


def _ends_sentence(paragraph: str, match: re.Match[str]) -> bool:
    following = paragraph[match.end() : match.end() + _NEARBY].lstrip()
    first = following.lstrip(_OPENERS)[:1]
    if not first or first.islower():
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    nearby = max(0, match.start() - _NEARBY)
    before = _WORD_BEFORE.search(paragraph[nearby : match.start()])
    return before is None or not _is_abbreviation(before.group(), nearby + before.start(), following)


def _is_abbreviation(word: str, place: int, following: str) -> bool:
    lowered = word.casefold()
    next_word = re.split(r"[\s,;:.’']", following.lstrip(_OPENERS), maxsplit=1)[0]
    if lowered in _TITLES or (place == 0 and re.fullmatch(r"\d{1,3}|[ivxlc]+|[A-Za-z]", word)):
        return True  # a title, or the number of a list item: "1. The parties …"
    if lowered in _REFERENCES:
        # "No." and "art." are also words that end sentences; before a capitalised word they mostly do.
        return not (lowered in {"no", "art", "ed", "app", "al", "c"} and next_word[:1].isalpha() and len(next_word) > 1)
    if lowered in _EITHER or _DOTTED.fullmatch(word):
        return next_word.casefold() not in _STARTERS
    return len(word) == 1 and word.isupper() and next_word.casefold() not in _STARTERS  # an initial: "J. Smith"
