"""Numbers, letters and words that stand before a heading: `2.1`, `A.`, `iv)`, `Chapter 3: …`, `第三条`, `§ 12`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNT_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_PART_RANKS = {
    **dict.fromkeys(("book", "volume"), 0),
    **dict.fromkeys(
        ("part", "pillar", "title", "theme", "priority", "strand", "goal", "annex", "appendix", "schedule"), 1
    ),
    **dict.fromkeys(("chapter", "objective", "mission"), 2),
    **dict.fromkeys(("section", "sec", "division"), 3),
    **dict.fromkeys(("article", "rule", "step"), 4),
}
_PART = re.compile(
    rf"^(?P<word>{'|'.join(_PART_RANKS)})\b\.?\s+(?:{'|'.join(_COUNT_WORDS)}|\d+|[ivxlc]+|[a-z])\b\s*(?:[:.\-–—]|$)",
    re.IGNORECASE,
)
_JAPANESE_PART = re.compile(
    r"^(?:第[0-9０-９一二三四五六七八九十百千〇_のノ]+(?P<word>[編部章節款目条])|(?P<annex>別[表紙添記]|附則|付録))"
    r"(?=$|[\s　（(第の0-9０-９一二三])"
)
_JAPANESE_RANKS = {"編": 0, "部": 1, "章": 2, "節": 3, "款": 4, "目": 5, "条": 6}
_SECTION_SIGN = re.compile(r"^§+\s*\d")
_CAPTION = re.compile(r"^(?:(?:fig(?:ure)?|table|chart|exhibit|map)\b\.?\s*[\dA-Z]|[図表]\s*[\d０-９])", re.IGNORECASE)
_MARKER = re.compile(
    r"^(?:(?P<decimal>\d{1,3}(?:\.\d{1,3})*)[.)]?|(?P<mark>[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,6})[.)]"
    r"|（?[0-9０-９一二三四五六七八九十]{1,3}[．）、]|[Ⅰ-Ⅻ①-⑳][．.]?)(?=[\s　]|$|[^\x00-\x7f])"
)
_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+\S")


def is_caption(text: str) -> bool:
    """Whether a line names a figure or a table, which it stands beside; it heads no text."""
    return bool(_CAPTION.match(text))


def is_part(title: str) -> bool:
    """Whether a line names a part by word and number: `Chapter 2`, `ANNEX I: …`, `第三条`, `§ 12`."""
    return part_rank(title) is not None or bool(_SECTION_SIGN.match(title))


def marker_depth(title: str) -> int | None:
    """How many numbers stand before a heading: 2 for `3.1 …`, 1 for `3 …`, `A. …` or `iv) …`; None without any."""
    match = _MARKER.match(title)
    if not match:
        return None
    return match["decimal"].count(".") + 1 if match["decimal"] else 1


def part_rank(title: str) -> int | None:
    """How deep a part of its name stands, 0 for a book or volume; None where no part is named."""
    match = _PART.match(title)
    if match:
        return _PART_RANKS[match["word"].lower()]
    japanese = _JAPANESE_PART.match(title)
    return _JAPANESE_RANKS.get(japanese["word"] or "", 1) if japanese else None


def number_depth(title: str) -> int | None:
    """How many decimal numbers stand before a heading: 2 for `3.1 …`; None without any."""
    match = _NUMBER.match(title)
    return match.group(1).count(".") + 1 if match else None


def letter_mark(title: str) -> str | None:
    """The single number or letter before a heading, without its dot; None without one, or for `3.1`."""
    match = _MARKER.match(title)
    if not match:
        return None
    return match["mark"] or (match["decimal"] if match["decimal"] and "." not in match["decimal"] else None)


def kind_of(mark: str, previous: Mapping[str, str]) -> str:
    """Whether `C` or `I` is a letter or a Roman number: what counts on from the last of its kind."""
    case = "upper" if mark.isupper() else "lower"
    if mark.isdigit():
        return "number"
    letter, roman = f"{case} letter", f"{case} roman"
    if len(mark) > 1:
        return roman
    if letter in previous and ord(mark) == ord(previous[letter]) + 1:
        return letter
    return roman if mark.casefold() == "i" or (roman in previous and mark.casefold() in "vxlc") else letter
