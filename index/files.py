"""The files that documents come from: which there are, what tells that one has changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.readers import READERS
from index.generations import DocumentRecord
from index.types import SearchError
from index.weights import sha256_of


class Stamp(NamedTuple):
    """What tells cheaply that a file is unchanged: when it was last written, in nanoseconds, and its size in bytes."""

    modified: int = 0
    size: int = 0


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named and, of folders, those of a type that can be read, at any depth.

    Hidden ones are passed over, and a README, which is about its folder; named by itself, it is a document as well.

    Raises:
        SearchError: a folder cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        try:
            found.extend(_files_of(path) if path.is_dir() else [path])
        except OSError as error:
            raise SearchError(f"{path}: the folder cannot be listed; check its permissions") from error
    return found


def _files_of(folder: Path) -> list[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise PermissionError
    inside = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() in READERS)
    return [file for file in inside if not (_is_hidden(file.relative_to(folder)) or _is_readme(file))]


def _is_hidden(file: Path) -> bool:
    """Whether a file, or a folder it is in, is hidden, or the lock file that a word processor leaves beside its own."""
    return any(part.startswith((".", "~$")) for part in file.parts)


def _is_readme(file: Path) -> bool:
    return file.stem.casefold() == "readme"


def fingerprint_of(source: Path) -> str:
    """The hash of a file's bytes as documents carry it; empty where it cannot be read."""
    try:
        return sha256_of(source)
    except OSError:
        return ""


def has_changed(record: DocumentRecord) -> bool:
    """Whether the file is there and not as it was. A touched file with the same bytes is read once more: no harm."""
    now = stamp_of(Path(record.source))
    return now is not None and now != (record.modified, record.size)


def stamp_of(source: Path) -> Stamp | None:
    """The stamp of a file as it is now; None where none can be had."""
    try:
        status = source.stat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def is_there(source: Path) -> bool:
    """Whether a file is there, as far as can be told: one in a folder that may not be looked into is not gone."""
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
