"""The numbers a word processor gives to lists and headings, which stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one level of a list counts: `form` is `1`, `a`, `A`, `i`, `I` or, for bullets, empty; `pattern` `%1.%2`."""

    form: str = ""
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class Counters:
    """Counts the items of one list over its levels, the outermost being 0."""

    levels: Mapping[int, Numbering]
    _counts: dict[int, int] = field(default_factory=dict)

    def label(self, level: int) -> str:
        """The number of the next item at a level, as it is shown; empty for a bullet."""
        numbering = self.levels.get(level, Numbering())
        self._counts[level] = self._counts.get(level, numbering.start - 1) + 1
        for deeper in [held for held in self._counts if held > level]:
            del self._counts[deeper]
        if not numbering.form:
            return ""
        return _PLACE.sub(lambda place: self._shown(int(place[1]) - 1), numbering.pattern).strip()

    def restart(self, level: int, at: int) -> None:
        """Let the next item at a level have this number."""
        self._counts[level] = at - 1

    def _shown(self, level: int) -> str:
        numbering = self.levels.get(level, Numbering("1"))
        return shown(self._counts.get(level, numbering.start), numbering.form)


def shown(number: int, form: str) -> str:
    """A number from 1 in one of the forms of `Numbering`."""
    if form in {"a", "A"}:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "a" else letters.upper()
    if form in {"i", "I"}:
        return roman(number) if form == "i" else roman(number).upper()
    return str(number)


def roman(number: int) -> str:
    """A number from 1 in small Roman figures."""
    figures = ""
    for value, figure in _ROMAN:
        while number >= value:
            figures += figure
            number -= value
    return figures
