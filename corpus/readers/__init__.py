"""One file a format. A reader turns bytes into blocks in reading order and knows nothing of the heading tree.

Each imports the library that parses its format, and only when a file of that format comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from corpus.types import Block, CorpusError, Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. `file` and `expanded` are bytes: as it is, and unzipped."""

    file: int = 100 * 1024 * 1024
    expanded: int = 500 * 1024 * 1024
    pages: int = 2000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself outside its text. `date` is `2024-01-31`, `2024-01` or `2024`; all may be empty."""

    title: str = ""
    date: str = ""
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: blocks in reading order, the title if the file names one outside its text, and the rest."""

    blocks: tuple[Block, ...]
    title: str = ""
    metadata: Metadata = field(default_factory=Metadata)


_FILE_NAME = re.compile(
    r"^\(?(?:anonymous|unspecified|unknown)\)?$|"
    r"^microsoft |\.(docx?|pdf|indd|rtf|odt|pptx?|txt|html?|md)$|^untitled|^document\d*$|^(powerpoint|word) ",
    re.IGNORECASE,
)


def is_file_name(title: str) -> bool:
    """Whether what a file gives as its title is only the name of a file, or says nothing."""
    return bool(_FILE_NAME.search(title.strip())) or not any(letter.isalpha() for letter in title)


Reader = Callable[[bytes, Limits], Reading]


def _markdown() -> Reader:
    from corpus.readers.markdown import read_markdown

    return lambda content, _: read_markdown(content)


def _pdf() -> Reader:
    from corpus.readers.pdf import read_pdf

    return read_pdf


def _html() -> Reader:
    from corpus.readers.html import read_html

    return lambda content, _: read_html(content)


def _docx() -> Reader:
    from corpus.readers.docx import read_docx

    return read_docx


def _odt() -> Reader:
    from corpus.readers.odt import read_odt

    return read_odt


def _text() -> Reader:
    from corpus.readers.text import read_text

    return lambda content, _: read_text(content)


READERS: dict[str, Callable[[], Reader]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
    ".odt": _odt,
    ".txt": _text,
}


def reader_for(source: PurePath) -> Reader:
    """The reader for a file's suffix.

    Raises:
        CorpusError: no reader takes that suffix.
    """
    if source.suffix.lower() not in READERS:
        known = ", ".join(sorted(READERS))
        raise CorpusError(
            f"{source}: cannot read a {source.suffix or 'file without a suffix'}; this version reads {known}",
            Refusal.UNKNOWN_TYPE,
        )
    return READERS[source.suffix.lower()]()
