"""What the styles and lists of a Word document say of its paragraphs; works on its XML and imports no parser."""

from __future__ import annotations

import re
from typing import Any

from corpus.numbering import Counters, Numbering

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING_NAME = re.compile(r"^(?:heading|überschrift|titre|見出し)\s*(\d)$", re.IGNORECASE)
_FORMS = {
    "decimal": "1", "decimalZero": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "bullet": "", "none": "",
}  # fmt: skip
_HALF_POINTS = 2
_BODY_OUTLINE = 9  # the outline level of text


def qn(name: str) -> str:
    """The full name of an element or attribute given as `w:name`."""
    return f"{{{_WORD}}}{name.removeprefix('w:')}"


class WordStyles:
    """What the styles of a document say of its paragraphs and runs."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._defaults = [defaults] if defaults is not None else []
        self._plain = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"
            ),
            "",
        )

    def of(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return style.get(qn("w:val")) if style is not None else self._plain

    def heading_level(self, paragraph: Any, style: str) -> int:
        """The level from 1, or 0 for text."""
        for holder in [paragraph, *self._chain(style)]:
            outline = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                level = int(outline.get(qn("w:val")))
                return level + 1 if level < _BODY_OUTLINE else 0
            match = _HEADING_NAME.match(self._name(holder))
            if match:
                return int(match[1])
        return 0

    def is_title(self, style: str) -> bool:
        """Whether it is the style of a document's title."""
        return any(self._name(holder).casefold() == "title" for holder in self._chain(style))

    def list_of(self, paragraph: Any, style: str) -> tuple[str, int] | None:
        """The list a paragraph is an item of, and its level there."""
        for holder in [paragraph, *self._chain(style)]:
            numbered = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbered is not None:
                number, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
                if number is None or number.get(qn("w:val")) == "0":
                    return None
                return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
        return None

    def look(self, run: Any, style: str) -> tuple[bool, float] | None:
        """Whether a run is bold or underlined, and its size in points; None for text that is hidden or struck out."""
        styles = [holder.find(qn("w:rPr")) for holder in self._chain(style)]
        held = [*self._own(run), *(one for one in styles if one is not None), *self._defaults]
        if any(_switched(held, name) for name in ("w:vanish", "w:strike", "w:dstrike")):
            return None
        size = next((one.find(qn("w:sz")) for one in held if one.find(qn("w:sz")) is not None), None)
        return _switched(held, "w:b") or self._is_underlined(run), float(
            size.get(qn("w:val"))
        ) / _HALF_POINTS if size is not None else 10.0

    def _is_underlined(self, run: Any) -> bool:
        """Whether a run itself is set as underlined; the style of links is not asked."""
        own = run.find(f"{qn('w:rPr')}/{qn('w:u')}")
        return own is not None and own.get(qn("w:val")) != "none"

    def is_raised(self, run: Any) -> bool:
        """Whether a run is set as superscript."""
        found = (one.find(qn("w:vertAlign")) for one in self._own(run))
        return next((one.get(qn("w:val")) == "superscript" for one in found if one is not None), False)

    def _own(self, run: Any) -> list[Any]:
        """What is said of a run itself, and by its own style."""
        own = run.find(qn("w:rPr"))
        named = own.find(qn("w:rStyle")) if own is not None else None
        chain = self._chain(named.get(qn("w:val"))) if named is not None else []
        return [one for one in (own, *(holder.find(qn("w:rPr")) for holder in chain)) if one is not None]

    def _chain(self, style: str) -> list[Any]:
        chain: list[Any] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            based = chain[-1].find(qn("w:basedOn"))
            style = based.get(qn("w:val")) if based is not None else ""
        return chain

    def _name(self, holder: Any) -> str:
        name = holder.find(qn("w:name"))
        return (name.get(qn("w:val")) or "") if name is not None else ""


class WordLists:
    """Counts the items of a document's lists."""

    def __init__(self, document: Any) -> None:
        self._counters: dict[str, Counters] = {}
        self._of_number: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}  # where a list that others share the counting of counts anew
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iter(qn("w:lvl"))}
            self._counters[abstract.get(qn("w:abstractNumId"))] = Counters(levels)
        for number in root.iter(qn("w:num")):
            abstract = number.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._of_number[number.get(qn("w:numId"))] = abstract.get(qn("w:val"))
            for level in number.iter(qn("w:lvlOverride")):
                start = level.find(qn("w:startOverride"))
                if start is not None:
                    place = number.get(qn("w:numId")), int(level.get(qn("w:ilvl")))
                    self._restarts[place] = int(start.get(qn("w:val")))

    def label(self, number: str, level: int) -> str:
        """The number of the next item of a list, as Word shows it; empty for a bullet."""
        counters = self._counters.get(self._of_number.get(number, ""))
        if counters and (number, level) in self._restarts:
            counters.restart(level, self._restarts.pop((number, level)))
        return counters.label(level) if counters else ""


def _level(level: Any) -> Numbering:
    def value(name: str, missing: str) -> str:
        found = level.find(qn(name))
        return missing if found is None else found.get(qn("w:val")) or missing

    return Numbering(_FORMS.get(value("w:numFmt", "decimal"), "1"), value("w:lvlText", ""), int(value("w:start", "1")))


def _switched(properties: list[Any], name: str) -> bool:
    for one in properties:
        found = one.find(qn(name))
        if found is not None:
            return found.get(qn("w:val")) not in {"0", "false", "off"}
    return False
