"""Bytes to text: by byte order mark, by what a web page says of itself, as UTF-8, else by what its bytes can be."""

from __future__ import annotations

import codecs
import re

from corpus.readers.western import is_western
from corpus.types import CorpusError, Refusal

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAID = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says its encoding
# What browsers read where a page says one of these, as pages by Windows programs do.
_READ_AS = {
    **dict.fromkeys("iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii".split(), "cp1252"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis ms_kanji windows-31j".split(), "cp932"),
}
_GUESSED = ("cp932", "euc_jp", "cp1252")
_ESCAPES = (b"\x1b$B", b"\x1b$@")  # of ISO-2022-JP, whose bytes are ASCII and so would pass for UTF-8
_MARKUP = re.compile(r"<[^<>]*>")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_TOGETHER = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]{2,}")
_LEAST_KANA = 0.05  # of the characters beyond ASCII in a Japanese text …
_SHORT = 40  # … of more of them than this; Chinese and Korean have none, and decode as Japanese
_NUL_HALF = 0.3  # of all bytes; every second one is NUL where the letters are Western
_LETTERS = 0.7  # of the characters of a text that is text


def decoded(content: bytes, *, markup: bool = False) -> str:
    """The text of a file; `markup`: it may name its encoding.

    Raises:
        CorpusError: it is no text in an encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _tried(content, encoding) or _refuse()
    for half, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):  # with no mark, as some programs write it
        if content[half::2].count(0) > _NUL_HALF * len(content) and not content[1 - half :: 2].count(0):
            return _tried(content, encoding) or _refuse()
    if any(escape in content for escape in _ESCAPES):
        return _tried(content, "iso2022_jp_ext") or _refuse()
    said = _SAID.search(content[:_HEAD]) if markup else None
    label = said[1].decode().casefold() if said else "utf-8"
    named = [_READ_AS.get(label, label), label]
    for encoding in ["utf-8", *named] if label in {"utf-8", "utf8"} else [*named, "utf-8"]:
        text = _tried(content, encoding)
        if text is not None:
            return text
    for encoding in _GUESSED:
        text = _tried(content, encoding)
        shown = _MARKUP.sub(" ", text or "") if markup else text or ""
        if text is not None and _is_text(shown) and (is_western if encoding == "cp1252" else _is_japanese)(shown):
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


def _is_japanese(text: str) -> bool:
    """Whether it has kana or, in a few words, most of its letters beyond ASCII stand together as those of words do.

    `évaluation` in a Western encoding is a Japanese letter and `valuation` in a Japanese one.
    """
    beyond = sum(not letter.isascii() for letter in text)
    kana = len(_KANA.findall(text))
    if beyond > _SHORT:
        return kana > _LEAST_KANA * beyond
    return bool(kana) or sum(len(run) for run in _TOGETHER.findall(text)) > beyond / 2


def _refuse() -> str:
    raise CorpusError("not text in an encoding that can be told; save it as UTF-8 and try again", Refusal.ENCODING)
