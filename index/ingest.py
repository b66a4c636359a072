"""Files to index: adds what is new, replaces what changed, keeps the rest, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.read import read_document
from corpus.readers import READERS
from corpus.types import CorpusError, Passage, Section
from index import generations
from index.generations import DocumentRecord, Manifest
from index.keyword import KeywordIndex
from index.passages import PassageSize, embedded_text, indexed_text, passages_of
from index.store import VectorStore
from index.types import Embedder, Progress, SearchError, Vectors
from index.weights import sha256_of

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index is made with. `chroma` is a server's URL, or empty for a folder beside the index."""

    embedder: Embedder
    size: PassageSize = field(default_factory=PassageSize)
    chroma: str = ""

    def made(self, manifest: Manifest) -> bool:
        """Whether an index was made in just this way."""
        return (
            manifest.format == generations.FORMAT
            and manifest.model_fingerprint == self.embedder.fingerprint
            and manifest.passage_size == (self.size.most, self.size.least)
            and manifest.chroma == self.chroma
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that did not go in, and why."""

    source: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did: ids of documents, and the files left out."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    built: bool = False


def is_stale(folder: Path, recipe: Recipe, sources: Sequence[Path]) -> bool:
    """Whether the index is missing, was made otherwise, lacks one of `sources`, or holds a file that has changed since.

    Raises:
        SearchError: the index is damaged.
    """
    generation = generations.current(folder)
    if generation is None:
        return True
    manifest = generations.read_manifest(generation)
    held = {record.source for record in manifest.documents}
    texts = {record.fingerprint for record in manifest.documents}
    return (
        not recipe.made(manifest)
        or any(str(source.resolve()) not in held and _fingerprint(source) not in texts for source in sources)
        or any(_has_changed(record) for record in manifest.documents)
    )


def ingest(
    folder: Path,
    recipe: Recipe,
    sources: Sequence[Path],
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring the index in `folder` up to date with `sources` and with the files it already holds.

    A document whose file is gone is kept as it was read. A bad file is left out and named in the report, with what was
    held of it before kept. `rebuild` reads every file again and mends a damaged index.

    Raises:
        SearchError: the index cannot be read or written, or no document is left to index.
    """
    progress = progress or _silent
    with generations.build_lock(folder):
        _remove_from_server(recipe, generations.discard_unpublished(folder))
        previous = _Previous.open(folder, rebuild)
        reading = _Reading.of(previous, sources, rebuild, progress)
        if not reading.sections:
            raise SearchError("; ".join(missed.reason for missed in reading.report.left_out) or "no document to index")
        if not (reading.report.built or rebuild or previous.manifest is None or not recipe.made(previous.manifest)):
            return reading.report
        try:
            # A rebuild takes no vector over: what it mends may be the store they would come from.
            _build(folder, recipe, {} if rebuild else previous.vectors(recipe), reading, progress)
        except OSError as error:
            raise SearchError(
                f"{folder}: the index cannot be written ({error.strerror}); nothing was changed"
            ) from error
        return replace(reading.report, built=True)


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named and, of folders, those of a type that can be read, at any depth; hidden ones are passed over.

    Raises:
        SearchError: a folder cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        if not os.access(path, os.R_OK | os.X_OK):
            raise SearchError(f"{path}: the folder cannot be listed; check its permissions")
        inside = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READERS)
        found.extend(file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts))
    return found


def store_of(generation: Path, recipe: Recipe) -> VectorStore:
    """The vectors of a published generation.

    Raises:
        SearchError: they are missing or damaged, or the Chroma server is down.
    """
    return VectorStore.open(_location(generation, recipe), _name(generation))


@dataclass(frozen=True, slots=True)
class _Previous:
    """The generation before this one, as far as it can be read."""

    generation: Path | None
    manifest: Manifest | None
    sections: dict[str, list[Section]]

    @classmethod
    def open(cls, folder: Path, rebuild: bool) -> _Previous:
        try:
            generation = generations.current(folder)
            manifest = generations.read_manifest(generation) if generation else None
            sections = generations.read_sections(generation, manifest.documents) if generation and manifest else []
        except SearchError:
            if not rebuild:
                raise
            generation, manifest, sections = None, generations.newest_manifest(folder), []
        by_document: dict[str, list[Section]] = {}
        for section in sections:
            by_document.setdefault(section.document.id, []).append(section)
        return cls(generation, manifest, by_document)

    def vectors(self, recipe: Recipe) -> dict[str, Vectors]:
        """The vectors of passages of unchanged documents, where the same recipe made them."""
        if self.generation is None or self.manifest is None or not recipe.made(self.manifest):
            return {}
        try:
            return store_of(self.generation, recipe).vectors()
        except SearchError:
            return {}


class _Reading:
    """The documents of the next generation: those held, read again where needed, and those new."""

    def __init__(self) -> None:
        self.records: dict[str, DocumentRecord] = {}
        self.sections: dict[str, Sequence[Section]] = {}
        self.kept: set[str] = set()
        self.report = Report()

    @classmethod
    def of(cls, previous: _Previous, sources: Sequence[Path], rebuild: bool, progress: Progress) -> _Reading:
        reading = cls()
        held = previous.manifest.documents if previous.manifest else ()
        again = rebuild or (previous.manifest is not None and previous.manifest.format != generations.FORMAT)
        wanted = {str(source.resolve()) for source in sources}
        total = len(held) + len(wanted)
        for done, record in enumerate(held):
            progress("Reading", done, total)
            reading._keep_or_replace(record, previous.sections.get(record.id, []), again)
        known = {record.source for record in held}
        for done, source in enumerate(sorted(wanted - known), start=len(held)):
            progress("Reading", done, total)
            reading._add(Path(source))
        progress("Reading", total, total)
        return reading

    def _keep_or_replace(self, record: DocumentRecord, sections: Sequence[Section], again: bool) -> None:
        source = Path(record.source)
        if not (again or _has_changed(record)) or (sections and not source.exists()):
            self._put(record, sections)
            self.kept.add(record.id)
            self.report = replace(self.report, unchanged=(*self.report.unchanged, record.id))
            return
        try:
            read = read_document(source, document_id=record.id)
        except CorpusError as error:
            self._leave_out(source, error)
            if sections:
                self._put(record, sections)
                self.kept.add(record.id)
            return
        self._put(_record(read[0], source, added=record.added), read)
        if read[0].document.fingerprint == record.fingerprint:
            self.kept.add(record.id)
        self.report = replace(self.report, replaced=(*self.report.replaced, record.id), built=True)

    def _add(self, source: Path) -> None:
        try:
            read = read_document(source)
        except CorpusError as error:
            self._leave_out(source, error)
            return
        document = read[0].document
        twin = next((held for held in self.records.values() if held.fingerprint == document.fingerprint), None)
        if twin is not None and Path(twin.source).exists():
            self._leave_out(source, CorpusError(f"{source}: the same text is already in, as {twin.id}"))
            return
        if twin is not None:  # the file was moved
            self._put(_record(read[0], source, added=twin.added, document_id=twin.id), self.sections[twin.id])
            unchanged = tuple(kept for kept in self.report.unchanged if kept != twin.id)
            replaced = (*self.report.replaced, twin.id)
            self.report = replace(self.report, unchanged=unchanged, replaced=replaced, built=True)
            return
        number = 1
        while document.id in self.records:
            number += 1
            document = replace(document, id=f"{read[0].document.id}-{number}")
        read = tuple(replace(section, document=document) for section in read)
        self._put(_record(read[0], source, added=datetime.now(UTC).isoformat(timespec="seconds")), read)
        self.report = replace(self.report, added=(*self.report.added, document.id), built=True)

    def _put(self, record: DocumentRecord, sections: Sequence[Section]) -> None:
        self.records[record.id] = record
        self.sections[record.id] = sections

    def _leave_out(self, source: Path, error: Exception) -> None:
        self.report = replace(self.report, left_out=(*self.report.left_out, LeftOut(source, str(error))))


def _build(folder: Path, recipe: Recipe, vectors: dict[str, Vectors], reading: _Reading, progress: Progress) -> None:
    generation = generations.new(folder)
    sections = [section for held in reading.sections.values() for section in held]
    passages = [passage for section in sections for passage in passages_of(section, recipe.size)]
    generations.write_sections(generation, sections)
    KeywordIndex.build([indexed_text(passage) for passage in passages]).save(generation / "keyword")
    store = VectorStore.create(_location(generation, recipe), _name(generation))
    known = {
        passage: vector for passage, vector in vectors.items() if passage.split("#", maxsplit=1)[0] in reading.kept
    }
    for start in range(0, len(passages), _BATCH):
        progress("Embedding", start, len(passages))
        batch = passages[start : start + _BATCH]
        store.add(batch, _encode(batch, recipe.embedder, known))
    progress("Embedding", len(passages), len(passages))
    manifest = Manifest(
        format=generations.FORMAT,
        model=recipe.embedder.name,
        model_fingerprint=recipe.embedder.fingerprint,
        passage_size=(recipe.size.most, recipe.size.least),
        chroma=recipe.chroma,
        documents=tuple(reading.records.values()),
        files=generations.sizes(generation),
    )
    generations.write_manifest(generation, manifest)
    _remove_from_server(recipe, generations.publish(folder, generation))


def _remove_from_server(recipe: Recipe, names: Sequence[str]) -> None:
    if recipe.chroma:
        for name in names:
            VectorStore.remove(recipe.chroma, _name(Path(name)))


def _encode(passages: Sequence[Passage], embedder: Embedder, known: dict[str, Vectors]) -> Vectors:
    """The vectors of a batch, those already known taken over."""
    unknown = [passage for passage in passages if passage.id not in known]
    made: dict[str, Vectors] = {}
    if unknown:
        fresh = embedder.encode([embedded_text(passage) for passage in unknown])
        made = dict(zip((passage.id for passage in unknown), fresh, strict=True))
    return np.stack([made[passage.id] if passage.id in made else known[passage.id] for passage in passages])


def _record(section: Section, source: Path, added: str, document_id: str = "") -> DocumentRecord:
    status = source.stat()
    document = section.document
    return DocumentRecord(
        id=document_id or document.id,
        title=document.title,
        source=str(source.resolve()),
        fingerprint=document.fingerprint,
        added=added,
        modified=status.st_mtime_ns,
        size=status.st_size,
    )


def _fingerprint(source: Path) -> str:
    try:
        return sha256_of(source)
    except OSError:
        return ""


def _has_changed(record: DocumentRecord) -> bool:
    """Whether the file is there and not as it was. A touched file with the same bytes is read once more: no harm."""
    try:
        status = Path(record.source).stat()
    except OSError:
        return False
    return (status.st_mtime_ns, status.st_size) != (record.modified, record.size)


def _silent(doing: str, done: int, total: int) -> None:
    """What is told of progress where nobody listens."""


def _location(generation: Path, recipe: Recipe) -> Path | str:
    return recipe.chroma or generation / "chroma"


def _name(generation: Path) -> str:
    return f"communique-{generation.name}"
