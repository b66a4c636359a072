"""The language of words on the page, as an attribute: for what reads them aloud, and for the shape of their letters."""

from __future__ import annotations

from assistant.question import Question
from corpus.types import Section

_ENOUGH = 400  # characters to tell a language by


def lang(text: str) -> str:
    """A `lang` attribute with a space before it, for English and Japanese; nothing where neither can be told."""
    start = Question(text[:_ENOUGH])
    if start.is_japanese:
        return " lang='ja'"
    return " lang='en'" if start.is_english and any(map(str.isalpha, start.text)) else ""


def lang_of(section: Section) -> str:
    """That of a section, by what its file says of itself or else by its words."""
    told = section.document.language
    is_tag = told.replace("-", "").isascii() and told.replace("-", "").isalnum()
    return f" lang='{told}'" if is_tag else lang(section.text or section.heading)
