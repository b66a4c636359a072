"""Bytes to text: by byte order mark, by what a web page says of itself, as UTF-8, else by what its bytes can be."""

from __future__ import annotations

import codecs
import re

from corpus.types import CorpusError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAID = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says its encoding
_GUESSED = ("shift_jis", "euc_jp", "cp1252")
_LETTERS = 0.7  # of the characters of a text that is text


def decoded(content: bytes, *, markup: bool = False) -> str:
    """The text of a file; `markup`: it may name its encoding.

    Raises:
        CorpusError: it is no text in an encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _tried(content, encoding) or _refuse()
    said = _SAID.search(content[:_HEAD]) if markup else None
    candidates = ["utf-8", *([said[1].decode()] if said else [])]
    if said and said[1].lower() not in {b"utf-8", b"utf8"}:
        candidates.reverse()
    for encoding in candidates:
        text = _tried(content, encoding)
        if text is not None:
            return text
    for encoding in _GUESSED:
        text = _tried(content, encoding)
        if text is not None and _is_text(text):
            return text
    return _refuse()


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_text(text: str) -> bool:
    """Whether the characters are such as people write, and not what random bytes decode to."""
    if any(ord(letter) < 32 and letter not in "\t\n\r\f\v" for letter in text):
        return False
    written = sum(letter.isalpha() or letter.isspace() for letter in text)
    return written >= _LETTERS * len(text)


def _refuse() -> str:
    raise CorpusError("not text in an encoding that can be told; save it as UTF-8 and try again")
