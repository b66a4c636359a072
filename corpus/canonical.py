"""Canonical text that remembers its source: built piece by piece, each piece with the place it was copied from."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

from corpus.types import Run

_JOINERS = "\u200c\u200d"  # change the shape of letters in some scripts, so they are text


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TO_LETTERS = str.maketrans(_LIGATURES)


def spelled(text: str) -> str:
    """The text with each ligature as the letters it is drawn for, which is how they are searched for."""
    return text.translate(_TO_LETTERS)


def is_invisible(character: str) -> bool:
    """Whether a reader would never see it: zero-width, direction and tag characters, in which text can be hidden."""
    return unicodedata.category(character) in {"Cf", "Cc"} and character not in _JOINERS + "\t\n"


def visible(text: str) -> str:
    """The text without invisible characters; one that parts words becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    text = spelled(text)
    return "".join(letter if not is_invisible(letter) else " " if letter.isspace() else "" for letter in text)


class SourceText:
    """A decoded file that answers which byte a character starts at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bytes: list[int] | None = (
            None if text.isascii() else [0, *accumulate(len(character.encode()) for character in text)]
        )

    def byte_at(self, character: int) -> int:
        """The offset in bytes of the character at this offset."""
        return character if self._bytes is None else self._bytes[character]


class TextBuilder:
    """Collects canonical text and its runs. Text added without a place (a joining space) belongs to no run."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self.length = 0

    def add(self, text: str, place: int | None = None) -> None:
        """Append `text`, copied from character `place` of the source; invisible characters are left out.

        A form feed or another control character that parts words becomes a space.
        """
        visible = ""
        for offset, character in enumerate(text):
            if character in _LIGATURES:  # more letters than stand in the source
                self._append(visible, None if place is None else place + offset - len(visible))
                visible = ""
                self._append(_LIGATURES[character], None)
            elif not is_invisible(character):
                visible += character
            else:
                self._append(visible, None if place is None else place + offset - len(visible))
                visible = ""
                if character.isspace():
                    self._append(" ", None)
        self._append(visible, None if place is None else place + len(text) - len(visible))

    def _append(self, text: str, place: int | None) -> None:
        if text.startswith(" ") and self._pieces and self._pieces[-1].endswith(" "):  # something between was left out
            text, place = text[1:], None if place is None else place + 1
        if not text:
            return
        if place is not None:
            self._runs.append(Run(self.length, self._source.byte_at(place), len(text)))
        self._pieces.append(text)
        self.length += len(text)

    def text(self) -> str:
        """All that was added."""
        return "".join(self._pieces)

    def runs(self) -> tuple[Run, ...]:
        """Where it came from, in order."""
        return tuple(self._runs)
