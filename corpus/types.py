"""What a file becomes: a document, its sections in reading order, and the passages cut from them.

Every text here is canonical: inline markup and page furniture are gone. It is stored with the index, so a quote, which
is a slice of it, can always be shown in place. Where the file itself is text in UTF-8 (Markdown, plain text) each
character also knows which bytes it came from (`Section.source_bytes`); in a PDF, a web page, a Word file or text in
another encoding no such bytes exist, and section, paragraph and page say where the words are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Refusal(StrEnum):
    """Why a file cannot be read or is not taken in, for those who say it in another language."""

    UNKNOWN_TYPE = "unknown type"
    EMPTY = "empty"
    NO_TEXT = "no text"
    SCAN = "scan"
    UNMAPPED = "letters not mapped to text"
    LOCKED = "locked"
    OLD_OR_LOCKED = "old or locked"
    DAMAGED = "damaged"
    NOT_TEXT = "not text"
    ENCODING = "encoding"
    TOO_LARGE = "too large"
    TOO_LARGE_UNZIPPED = "too large unzipped"
    TOO_MANY_PAGES = "too many pages"
    TOO_SLOW = "too slow"
    ALREADY_IN = "already in"


class CorpusError(Exception):
    """A file or folder that cannot be read, said in one line: what, where, and what to do.

    `why` is the same in short, where it is one of the usual reasons.
    """

    def __init__(self, said: str, why: Refusal | None = None) -> None:
        super().__init__(said)
        self.why = why


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class Run(NamedTuple):
    """`length` characters of canonical text from character `start`, copied from byte `source` of the file."""

    start: int
    source: int
    length: int


class BlockKind(StrEnum):
    """What a reader saw a block to be."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row as a reader found it, before the heading tree is repaired.

    `level` is the reader's own belief (1 is outermost) and 0 for anything but a heading; `said` is whether the file
    says so, and not the heading's looks. Line breaks inside the source block are kept as `\\n` in `text`, because the
    shape of the lines tells a contents list from prose.
    """

    kind: BlockKind
    text: str
    runs: tuple[Run, ...]
    level: int = 0
    page: int | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file. `id` comes from its name, `fingerprint` is the SHA-256 of its bytes, `source` where it was read.

    `date` (`2024-01-31`, or less of it), `publisher` and `language` are what the file says of itself, often nothing.
    """

    id: str
    title: str
    source: str
    fingerprint: str
    date: str = ""
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and the text directly under it, before the next heading.

    `path` names the headings from the outermost to this one; `anchor` is the same made fit for an id; `page` is where
    the section starts, if known. Paragraphs in `text` are parted by a blank line. A heading with nothing directly
    under it is a section with an empty text, so the list of sections is the whole tree.
    """

    document: Document
    path: tuple[str, ...]
    anchor: str
    text: str
    page: int | None = None
    runs: tuple[Run, ...] = ()

    @property
    def id(self) -> str:
        """Readable and stable: document and anchor, `uk-japan#pillar-two-data/data`."""
        return f"{self.document.id}#{self.anchor}"

    @property
    def heading(self) -> str:
        """The innermost heading, or the document's title for text before any heading."""
        return self.path[-1] if self.path else self.document.title

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs' places in `text`, in order."""
        spans: list[Span] = []
        start = 0
        for paragraph in self.text.split("\n\n"):
            if paragraph:
                spans.append(Span(start, start + len(paragraph)))
            start += len(paragraph) + 2
        return tuple(spans)

    def paragraph_at(self, offset: int) -> int:
        """The number, from 1, of the paragraph that holds character `offset`."""
        return max(1, bisect_right([span.start for span in self.paragraphs], offset))

    def source_bytes(self, start: int, end: int) -> Span:
        """The bytes of the source file from the first to past the last character of `text[start:end]`.

        Raises:
            ValueError: the range is empty, or none of it was copied byte by byte from the file.
        """
        covering = [run for run in self.runs if run.start < end and run.start + run.length > start]
        if start >= end or not covering:
            raise ValueError(f"no source for characters {start} to {end} of {self.id}")
        first, last = covering[0], covering[-1]
        head = self.text[first.start : max(first.start, start)]
        tail = self.text[last.start : min(last.start + last.length, end)]
        return Span(first.source + len(head.encode()), last.source + len(tail.encode()))


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section: what is searched, read and quoted. `text` is a slice, so it cannot drift."""

    section: Section
    start: int
    end: int

    @property
    def id(self) -> str:
        """Section id and character range, `uk-japan#pillar-two-data/data:0-412`."""
        return f"{self.section.id}:{self.start}-{self.end}"

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.section.text[self.start : self.end]

    @property
    def paragraph(self) -> int:
        """The number, from 1, of the paragraph in its section that the passage starts in."""
        return self.section.paragraph_at(self.start)
