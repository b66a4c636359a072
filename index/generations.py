"""The index folder on disk: whole generations, one of them current. A build makes a new one and switches at the end.

    <folder>/current                 the name of the current generation
    <folder>/build.lock              held by whoever builds
    <folder>/pending.<model>         what a build has embedded so far; there only while one runs, or after it was killed
    <folder>/generations/<name>/     manifest.json, sections.jsonl, catalogue/, keyword/, chroma/

Nothing in a published generation is ever changed, so a reader needs no lock and a killed build leaves no trace.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.types import Document
from index.types import SearchError

FORMAT = 9
"""Raised whenever readers, passages or files change so that an index made before must be made again."""

_KEPT = 2  # the current generation, and the one before it, which another process may still be reading


class DocumentRecord(BaseModel):
    """What the index remembers of a document. `modified` and `size` tell cheaply that its file is unchanged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    source: str
    fingerprint: str
    added: str
    modified: int
    size: int
    date: str = ""
    publisher: str = ""
    language: str = ""

    def document(self) -> Document:
        """The document itself."""
        return Document(self.id, self.title, self.source, self.fingerprint, self.date, self.publisher, self.language)


class Manifest(BaseModel):
    """What made a generation.

    `passage_size` is (most, least) words; `chroma` a server's URL, or empty for the folder; `files` the size in bytes
    of each file but Chroma's database, by its place; `hashes` the SHA-256 of those that are not Chroma's; `removed` the
    fingerprints of documents that were taken out, so that those that come with the program stay out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    model: str
    model_fingerprint: str
    passage_size: tuple[int, int]
    chroma: str
    documents: tuple[DocumentRecord, ...]
    removed: tuple[str, ...] = ()
    files: dict[str, int] = {}
    hashes: dict[str, str] = {}


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the right to build; another process's build is waited for.

    Raises:
        SearchError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock")
        lock.acquire()
    except OSError as error:
        raise SearchError(
            f"{folder}: the index cannot be written ({error.strerror}); check its permissions or set COMMUNIQUE_HOME"
        ) from error
    try:
        yield
    finally:
        lock.release()


def current(folder: Path) -> Path | None:
    """The current generation, or None where there is none yet.

    Raises:
        SearchError: the folder cannot be read, or names a generation that is gone.
    """
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(folder, error) from error
    generation = folder / "generations" / name
    if not name or not (generation / "manifest.json").is_file():
        raise damaged(folder, FileNotFoundError(f"generation {name!r} is gone"))
    return generation


def existing(folder: Path) -> Path:
    """The current generation.

    Raises:
        SearchError: there is none, or it is damaged.
    """
    generation = current(folder)
    if generation is None:
        raise SearchError(f"{folder}: there is no index yet; run communique ingest")
    return generation


def new(folder: Path) -> Path:
    """An empty folder for the next generation; its name sorts after those before it."""
    numbers = [int(made.name.split("-")[0]) for made in _generations(folder)]
    generation = folder / "generations" / f"{max(numbers, default=0) + 1:06d}-{uuid4().hex[:8]}"
    generation.mkdir(parents=True)
    return generation


def publish(folder: Path, generation: Path) -> list[str]:
    """Make a finished generation the current one; returns the names of older ones, now removed."""
    pointer = folder / f"current.{generation.name}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / "current")
    return _remove(made for made in _generations(folder)[:-_KEPT])


def discard_unpublished(folder: Path) -> list[str]:
    """Remove what killed builds left behind; only the holder of the build lock may. Returns their names."""
    try:
        published = current(folder)
    except SearchError:
        return []
    newest = published.name if published else ""
    for pointer in folder.glob("current.*"):
        pointer.unlink(missing_ok=True)
    return _remove(made for made in _generations(folder) if made.name > newest)


def read_manifest(generation: Path) -> Manifest:
    """What made a generation.

    Raises:
        SearchError: the file is damaged.
    """
    try:
        return Manifest.model_validate_json((generation / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise damaged(generation, error) from error


def newest_manifest(folder: Path) -> Manifest | None:
    """The newest manifest that can be read, for a rebuild after damage."""
    for generation in reversed(_generations(folder)):
        try:
            return read_manifest(generation)
        except SearchError:
            continue
    return None


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write what made a generation; the last file of a build."""
    (generation / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")


def damaged(place: Path, error: Exception) -> SearchError:
    """The error for an index that cannot be read."""
    reason = str(error).split("\n", maxsplit=1)[0] or type(error).__name__
    return SearchError(f"{place}: the index is damaged ({reason}); run communique ingest --rebuild")


def _generations(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "generations").glob("*-*") if path.is_dir())


def _remove(generations: Iterator[Path]) -> list[str]:
    removed = []
    for generation in generations:
        shutil.rmtree(generation, ignore_errors=True)
        removed.append(generation.name)
    return removed
