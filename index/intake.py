"""Files to the documents of the next generation: which are added, replaced, kept and left out. Builds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.types import CorpusError, Refusal, Section
from index.files import Stamp, has_changed, is_there, place_of, stamp_of
from index.generations import DocumentRecord
from index.spool import SectionSpool
from index.types import Progress, SearchError
from index.workers import Asked, Outcome, ReadFiles


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that did not go in, and why: in words, and in short where it is one of the usual reasons."""

    source: Path
    reason: str
    why: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did: ids of documents, and the files left out."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    built: bool = False


class NothingToIndexError(SearchError):
    """No document is left to index; `left_out` are the files that might have been."""

    def __init__(self, left_out: Sequence[LeftOut] = ()) -> None:
        """Say why for each of them."""
        super().__init__("; ".join(missed.reason for missed in left_out) or "no document to index")
        self.left_out = tuple(left_out)


class Intake:
    """The documents of the next generation: those held, read again where needed, and those new.

    `records` and `sections` are all of them by id; `kept` the ids of those whose text is as it was; `removed` the
    fingerprints of those that are to stay out.
    """

    def __init__(self, spool: SectionSpool) -> None:
        self._by_fingerprint: dict[str, str] = {}
        self.records: dict[str, DocumentRecord] = {}
        self.sections = spool
        self.kept: set[str] = set()
        self.removed: tuple[str, ...] = ()
        self.report = Report()
        self._stamps: dict[Path, Stamp] = {}

    @classmethod
    def of(
        cls,
        held: Sequence[DocumentRecord],
        sections: Mapping[str, Sequence[Section]],
        sources: Sequence[Path],
        *,
        spool: SectionSpool,
        read: ReadFiles,
        again: bool,
        prune: bool,
        progress: Progress,
    ) -> Intake:
        """Go through the documents held, with their sections by their ids, then through the other `sources`.

        `spool` keeps the sections; `again` reads every file, changed or not; `prune` takes out the documents whose file
        is gone.
        """
        intake = cls(spool)
        known = {record.source for record in held}
        new = [Path(source) for source in sorted({str(place_of(source)) for source in sources} - known)]
        due = {record.id for record in held if _is_due(record, sections, again)}
        asked = [Asked(Path(record.source), record.id) for record in held if record.id in due]
        # Taken before any is read: a file that is written meanwhile is then seen to have changed.
        intake._stamps = {source: stamp_of(source) or Stamp() for source in [*(one.source for one in asked), *new]}
        outcomes = read([*asked, *map(Asked, new)])
        total = len(held) + len(new)
        for done, record in enumerate(held):
            progress("Reading", done, total)
            if record.id in due:
                intake._replace(record, sections, next(outcomes))
            else:
                intake._keep(record, sections)
        for done, source in enumerate(new, start=len(held)):
            progress("Reading", done, total)
            intake._add(source, next(outcomes))
        progress("Reading", total, total)
        if prune:
            intake.take_out([record.id for record in intake.records.values() if not is_there(Path(record.source))])
        return intake

    @classmethod
    def holding(
        cls, held: Sequence[DocumentRecord], sections: Mapping[str, Sequence[Section]], spool: SectionSpool
    ) -> Intake:
        """The documents held, as they are; nothing is read."""
        intake = cls(spool)
        for record in held:
            intake._keep(record, sections)
        return intake

    def take_out(self, documents: Sequence[str]) -> None:
        """Remove documents by their ids."""
        for document in documents:
            del self.records[document], self.sections[document]
            self.kept.discard(document)
        if documents:
            unchanged = tuple(kept for kept in self.report.unchanged if kept not in documents)
            removed = (*self.report.removed, *documents)
            self.report = replace(self.report, unchanged=unchanged, removed=removed, built=True)

    def _keep(self, record: DocumentRecord, sections: Mapping[str, Sequence[Section]]) -> None:
        self._put(record, sections.get(record.id, ()))
        self.kept.add(record.id)
        self.report = replace(self.report, unchanged=(*self.report.unchanged, record.id))

    def _replace(self, record: DocumentRecord, sections: Mapping[str, Sequence[Section]], read: Outcome) -> None:
        source = Path(record.source)
        if isinstance(read, CorpusError):
            self._leave_out(source, read)
            if record.id in sections:
                self._put(record, sections[record.id])
                self.kept.add(record.id)
            return
        self._put(self._record(read[0], source, added=record.added), read)
        if read[0].document.fingerprint == record.fingerprint:
            self.kept.add(record.id)
        self.report = replace(self.report, replaced=(*self.report.replaced, record.id), built=True)

    def _add(self, source: Path, read: Outcome) -> None:
        if isinstance(read, CorpusError):
            self._leave_out(source, read)
            return
        document = read[0].document
        twin = self.records.get(self._by_fingerprint.get(document.fingerprint, ""))
        if twin is not None and is_there(Path(twin.source)):
            if twin.id == document.id:
                return  # the same document from another place, such as a second checkout
            self._leave_out(
                source, CorpusError(f"{source}: the same text is already in, as {twin.id}", Refusal.ALREADY_IN)
            )
            return
        if twin is not None:  # the file was moved
            self._put(self._record(read[0], source, added=twin.added, document_id=twin.id), self.sections[twin.id])
            unchanged = tuple(kept for kept in self.report.unchanged if kept != twin.id)
            replaced = (*self.report.replaced, twin.id)
            self.report = replace(self.report, unchanged=unchanged, replaced=replaced, built=True)
            return
        number = 1
        while document.id in self.records:
            number += 1
            document = replace(document, id=f"{read[0].document.id}-{number}")
        read = tuple(replace(section, document=document) for section in read)
        self._put(self._record(read[0], source, added=datetime.now(UTC).isoformat(timespec="seconds")), read)
        self.report = replace(self.report, added=(*self.report.added, document.id), built=True)

    def _put(self, record: DocumentRecord, sections: Sequence[Section]) -> None:
        before = self.records.get(record.id)
        if before is not None and self._by_fingerprint.get(before.fingerprint) == record.id:
            del self._by_fingerprint[before.fingerprint]
        self._by_fingerprint.setdefault(record.fingerprint, record.id)
        self.records[record.id] = record
        self.sections[record.id] = sections

    def _record(self, section: Section, source: Path, added: str, document_id: str = "") -> DocumentRecord:
        document, stamp = section.document, self._stamps[source]
        return DocumentRecord(
            id=document_id or document.id,
            title=document.title,
            source=str(place_of(source)),
            fingerprint=document.fingerprint,
            added=added,
            modified=stamp.modified,
            size=stamp.size,
            date=document.date,
            publisher=document.publisher,
            language=document.language,
        )

    def _leave_out(self, source: Path, error: CorpusError) -> None:
        left = LeftOut(source, str(error), error.why)
        self.report = replace(self.report, left_out=(*self.report.left_out, left))


def _is_due(record: DocumentRecord, sections: Mapping[str, Sequence[Section]], again: bool) -> bool:
    """Whether a document held is to be read; one whose file is gone is kept as it was, if that is known."""
    return (again or has_changed(record)) and not (record.id in sections and not is_there(Path(record.source)))
