"""The documents a set is about, read again from their files: what the scorers hold an answer against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import corpus
from corpus.read import read_document
from corpus.readers import READERS
from corpus.sentences import sentence_spans
from corpus.types import CorpusError, Document, Section
from evals.rows import as_json
from evals.types import CitationRow, EvalError, Gold

FOLDERS = (Path(corpus.__file__).parent / "documents", Path(__file__).parent / "datasets" / "documents")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a section, `section.text[start:end]`."""

    section: Section
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.section.text[self.start : self.end]

    def covered_by(self, start: int, end: int) -> bool:
        """Whether more than half of it lies in the range."""
        return 2 * (min(self.end, end) - max(self.start, start)) > self.end - self.start


@dataclass(frozen=True, slots=True)
class Sources:
    """The sections of all documents, and each of their sentences by id."""

    sections: tuple[Section, ...]
    sentences: Mapping[str, Place]

    @classmethod
    def of(cls, sections: Iterable[Section]) -> Sources:
        """Number the sentences of `sections`."""
        kept = tuple(sections)
        return cls(kept, {name: place for section in kept for name, place in _sentences(section)})

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in order."""
        return tuple({section.document.id: section.document for section in self.sections}.values())

    def section_of(self, citation: CitationRow) -> Section | None:
        """The section a citation names; where two have the same headings, the one its quote stands in."""
        named = [
            section
            for section in self.sections
            if section.document.id == citation.document and section.path == citation.section
        ]
        exact = [section for section in named if section.text[citation.start : citation.end] == citation.quote]
        return next(iter(exact or named), None)

    def nearest(self, text: str) -> tuple[str, float] | None:
        """The id of the sentence most like `text`, and how like, from 0 to 1."""
        likeness = {name: SequenceMatcher(None, text, place.text).ratio() for name, place in self.sentences.items()}
        return max(likeness.items(), key=lambda entry: entry[1], default=None)


def read_sources(files: Sequence[Path] = ()) -> Sources:
    """Read the documents that come with the project, and `files` besides.

    Raises:
        EvalError: a document cannot be read, or two have the same id.
    """
    sections: dict[str, tuple[Section, ...]] = {}
    for path in (*_shipped(), *files):
        try:
            read = read_document(path)
        except CorpusError as error:
            raise EvalError(str(error)) from error
        if read[0].document.id in sections:
            raise EvalError(f"{path}: a document {read[0].document.id} is already read; rename the file")
        sections[read[0].document.id] = read
    return Sources.of(section for document in sections.values() for section in document)


def listed(documents: Sequence[str] = (), files: Sequence[Path] = ()) -> Sequence[str]:
    """The sentences of documents, each as the JSON of a case's gold sentence, in reading order.

    Args:
        documents: their ids; none stands for those of `files`, and without files for all.
        files: documents that do not come with the project.

    Raises:
        EvalError: a document cannot be read, or there is none of that id.
    """
    sources = read_sources(files)
    known = {Path(document.source).resolve(): document.id for document in sources.documents}
    wanted = set(documents) or {known[path.resolve()] for path in files} or set(known.values())
    if unknown := wanted - set(known.values()):
        there = ", ".join(known.values())
        raise EvalError(f"{min(unknown)}: no such document; give its file with --source, or one of: {there}")
    return [
        as_json(Gold(name, place.text))
        for name, place in sources.sentences.items()
        if place.section.document.id in wanted
    ]


def _shipped() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted(folder.glob("*"))
        if path.suffix.lower() in READERS and path.stem.lower() != "readme"
    ]


def _sentences(section: Section) -> Iterable[tuple[str, Place]]:
    for paragraph, whole in enumerate(section.paragraphs, start=1):
        spans = sentence_spans(section.text[whole.start : whole.end])
        for number, span in enumerate(spans, start=1):
            yield f"{section.id}:{paragraph}.{number}", Place(section, whole.start + span.start, whole.start + span.end)
