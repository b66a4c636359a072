"""What the styles of an OpenDocument text say of its paragraphs, runs and lists; works on its elements and imports no
parser."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from corpus.numbering import Numbering

_BOLD = {"bold", "600", "700", "800", "900"}
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}
_SIZE = re.compile(r"^([\d.]+)(pt|cm|mm|in)$")
_RAISED = re.compile(r"^(?:super|[1-9]\d*(?:\.\d+)?%)(?:\s|$)")
_HEADING_STYLE = re.compile(r"^Heading_20_(\d)$")
_LINK_STYLE = "Internet_20_link"
_TITLE_STYLE = "Title"


class Look(NamedTuple):
    """How text looks: whether it is bold, and its size in points."""

    bold: bool
    size: float


_USUAL = Look(False, 12.0)


class OdtStyles:
    """What the styles of a document say."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles: dict[tuple[str, str], Any] = {}

    def heading_level(self, paragraph: Any, style: str) -> int:
        """The level from 1, 0 for text; a converter may write one outline level for all and keep the styles' names."""
        names = (_HEADING_STYLE.match(name) for name in self._names("paragraph", style))
        named = next((int(name[1]) for name in names if name), 0)
        if named or paragraph.tag != "text:h":
            return named
        return int(paragraph.get_attribute("text:outline-level") or 1)

    def is_title(self, style: str) -> bool:
        """Whether it is the style of a document's title."""
        return any(name == _TITLE_STYLE for name in self._names("paragraph", style))

    def look(self, family: str, name: str, around: Look = _USUAL) -> Look:
        """How text of a style looks; what the style does not say is as around it."""
        bold: bool | None = None
        size: float | None = None
        for found in self._properties(family, name):
            weight = found.get_attribute("fo:font-weight")
            written = _SIZE.match(found.get_attribute("fo:font-size") or "")
            line = found.get_attribute("style:text-underline-style")
            weight = "bold" if line and line != "none" and name != _LINK_STYLE else weight
            bold = weight in _BOLD if bold is None and weight else bold
            size = float(written[1]) * _POINTS[written[2]] if size is None and written else size
        return Look(around.bold if bold is None else bold, around.size if size is None else size)

    def is_raised(self, name: str) -> bool:
        """Whether text of a style is set as superscript."""
        places = (found.get_attribute("style:text-position") for found in self._properties("text", name))
        return bool(_RAISED.match(next((place for place in places if place), "")))

    def is_unseen(self, name: str) -> bool:
        """Whether text of a style is hidden or struck out."""
        said = self._properties("text", name)
        names = ("style:text-line-through-style", "style:text-line-through-type")
        struck = (one.get_attribute(attribute) for one in said for attribute in names)
        hidden = (one.get_attribute("text:display") for one in said)
        return (
            next((one for one in struck if one), "none") != "none" or next((one for one in hidden if one), "") == "none"
        )

    def list_levels(self, name: str) -> dict[int, Numbering]:
        """How each level of lists of a style counts."""
        style = self._style("list", name)
        return _levels_of(style) if style is not None else {}

    def outline_levels(self) -> dict[int, Numbering]:
        """How each level of the document's headings counts."""
        outline = self._document.get_part("styles.xml").root.get_element("//text:outline-style")
        return _levels_of(outline) if outline is not None else {}

    def _properties(self, family: str, name: str) -> list[Any]:
        """What a style and those it is based on say of text, itself first."""
        styles = [style for one in self._names(family, name) if (style := self._style(family, one)) is not None]
        held = [style.get_element("style:text-properties") for style in styles]
        return [one for one in held if one is not None]

    def _style(self, family: str, name: str) -> Any:
        if (family, name) not in self._styles:
            self._styles[family, name] = self._document.get_style(family, name) if name else None
        return self._styles[family, name]

    def _names(self, family: str, name: str) -> list[str]:
        """A style and those it is based on."""
        names: list[str] = []
        while name and name not in names:
            names.append(name)
            style = self._style(family, name)
            name = (style.get_attribute("style:parent-style-name") or "") if style is not None else ""
        return names


def _levels_of(style: Any) -> dict[int, Numbering]:
    """How each level of a list or outline style counts."""
    levels: dict[int, Numbering] = {}
    for child in style.children:
        level = child.get_attribute("text:level")
        if level is None:
            continue
        form = child.get_attribute("style:num-format") or ""
        shown = int(child.get_attribute("text:display-levels") or 1)
        places = ".".join(f"%{number}" for number in range(int(level) - shown + 1, int(level) + 1))
        before, after = child.get_attribute("style:num-prefix") or "", child.get_attribute("style:num-suffix") or ""
        start = int(child.get_attribute("text:start-value") or 1)
        levels[int(level) - 1] = Numbering(form, f"{before}{places}{after}", start)
    return levels
