"""Brings an index up to date with its files: builds a new generation and swaps it in, all or nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.types import Section
from index import generations, integrity
from index.build import Recipe, build, remove_from_server, store_of
from index.files import fingerprint_of, has_changed, place_of
from index.generations import Manifest
from index.intake import Intake, NothingToIndexError, Report
from index.library import SectionsByDocument
from index.spool import SectionSpool
from index.store import VectorStore
from index.types import Progress, SearchError
from index.workers import Workers

_ALONE = Workers()


def is_stale(folder: Path, recipe: Recipe, sources: Sequence[Path]) -> bool:
    """Whether the index is missing, was made otherwise, lacks one of `sources` that was not removed from it, or holds a
    file that has changed since.

    Raises:
        SearchError: the index is damaged.
    """
    generation = generations.current(folder)
    if generation is None:
        return True
    manifest = generations.read_manifest(generation)
    held = {record.source for record in manifest.documents}
    texts = {record.fingerprint for record in manifest.documents} | set(manifest.removed)
    return (
        not recipe.made(manifest)
        or any(str(place_of(source)) not in held and fingerprint_of(source) not in texts for source in sources)
        or any(has_changed(record) for record in manifest.documents)
    )


def ingest(
    folder: Path,
    recipe: Recipe,
    sources: Sequence[Path],
    *,
    standing: Sequence[Path] = (),
    rebuild: bool = False,
    prune: bool = False,
    workers: Workers = _ALONE,
    progress: Progress | None = None,
) -> Report:
    """Bring the index in `folder` up to date with `sources` and with the files it already holds.

    A bad file is left out and named in the report, with what was held of it before kept.

    Args:
        folder: where the index is kept.
        recipe: what it is made with.
        sources: files to be in it, those removed before too.
        standing: files to be in it unless they were removed.
        rebuild: whether to read every file again, which mends a damaged index.
        prune: whether to take out documents whose file is gone; else they are kept as they were read.
        workers: who reads and embeds.
        progress: told about the work.

    Raises:
        SearchError: the index cannot be read or written; `NothingToIndexError` where no document is left to index.
    """
    progress = progress or _silent
    with _building(folder):
        remove_from_server(recipe, generations.discard_unpublished(folder))
        previous = _Previous.open(folder, rebuild)
        held = previous.manifest.documents if previous.manifest else ()
        again = rebuild or (previous.manifest is not None and previous.manifest.format != generations.FORMAT)
        removed = previous.removed(sources)
        wanted = [*sources, *(source for source in standing if fingerprint_of(source) not in removed)]
        intake = Intake.of(
            held,
            previous.sections,
            wanted,
            spool=SectionSpool(folder),
            read=workers.read,
            again=again,
            prune=prune,
            progress=progress,
        )
        intake.removed = removed
        if not intake.sections:
            raise NothingToIndexError(intake.report.left_out)
        if not (intake.report.built or rebuild or previous.manifest is None or not recipe.made(previous.manifest)):
            return intake.report
        # A rebuild takes no vector over: what it mends may be the store they would come from.
        known = None if rebuild else previous.store(recipe)
        build(folder, recipe, known, intake, progress=progress, embed=workers.embed)
        return replace(intake.report, built=True)


def remove(folder: Path, recipe: Recipe, documents: Sequence[str], progress: Progress | None = None) -> None:
    """Take documents out of the index by their ids; files are left alone.

    Raises:
        SearchError: there is no such document, none would be left, another version made the index, or it cannot be read
            or written.
    """
    with _building(folder):
        remove_from_server(recipe, generations.discard_unpublished(folder))
        generations.existing(folder)
        previous = _Previous.open(folder, rebuild=False)
        if previous.manifest and previous.manifest.format != generations.FORMAT:  # of its texts nothing can be kept
            raise SearchError(
                f"{folder}: another version of this program made the index; run communique ingest, then remove again"
            )
        held = previous.manifest.documents if previous.manifest else ()
        known = [record.id for record in held]
        for document in documents:
            if document not in known:
                raise SearchError(f"there is no document {document!r}; there is: {', '.join(known)}")
        if set(known) <= set(documents):
            raise SearchError("no document would be left; add another first: communique ingest PATH")
        intake = Intake.holding(held, previous.sections, SectionSpool(folder))
        intake.take_out(documents)
        gone = [record.fingerprint for record in held if record.id in documents]
        intake.removed = (*previous.removed(()), *gone)
        build(folder, recipe, previous.store(recipe), intake, progress=progress or _silent)


@contextmanager
def _building(folder: Path) -> Iterator[None]:
    """Hold the right to build; what cannot be written, such as on a full disk, is said in one line."""
    with generations.build_lock(folder):
        try:
            yield
        except OSError as error:
            reason = error.strerror or error
            raise SearchError(f"{folder}: the index cannot be written ({reason}); nothing was changed") from error


@dataclass(frozen=True, slots=True)
class _Previous:
    """The generation before this one, as far as it can be read."""

    generation: Path | None
    manifest: Manifest | None
    sections: Mapping[str, Sequence[Section]]

    @classmethod
    def open(cls, folder: Path, rebuild: bool) -> _Previous:
        try:
            generation = generations.current(folder)
            if generation and not rebuild:  # what is damaged would live on in the next generation
                integrity.check_files(generation)
            manifest = generations.read_manifest(generation) if generation else None
            # What another version wrote cannot be read by this one; its files are read again.
            sections: Mapping[str, Sequence[Section]] = {}
            if generation and manifest and manifest.format == generations.FORMAT:
                sections = SectionsByDocument(generation)
            if rebuild:  # nothing was checked: better to know now that a section is damaged
                deque(sections.values(), maxlen=0)
            return cls(generation, manifest, sections)
        except SearchError:
            if not rebuild:
                raise
            return cls(None, generations.newest_manifest(folder), {})

    def removed(self, sources: Sequence[Path]) -> tuple[str, ...]:
        """The fingerprints of documents taken out before, without those of `sources`, which are wanted again."""
        before = self.manifest.removed if self.manifest else ()
        wanted = {fingerprint_of(source) for source in sources} if before else set()
        return tuple(fingerprint for fingerprint in before if fingerprint not in wanted)

    def store(self, recipe: Recipe) -> VectorStore | None:
        """The vectors of passages of unchanged documents, where the same recipe made them."""
        if self.generation is None or self.manifest is None or not recipe.made(self.manifest):
            return None
        try:
            return store_of(self.generation, recipe)
        except SearchError:
            return None


def _silent(doing: str, done: int, total: int) -> None:
    """What is told of progress where nobody listens."""
