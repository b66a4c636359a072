"""The files that documents come from: which there are, what tells that one has changed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
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
    """The files named and, of folders, those of a type that can be read, at any depth, also where links lead to.

    Hidden ones are passed over, and a README, which is about its folder; named by itself, it is a document as well. A
    folder inside that cannot be listed stands for itself: whoever reads it is told why.

    Raises:
        SearchError: a folder that is named cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        try:
            found.extend(_files_of(path) if path.is_dir() else [path])
        except OSError as error:
            raise SearchError(f"{path}: the folder cannot be listed; check its permissions") from error
    return found


def of_other_types(paths: Sequence[Path]) -> Counter[str]:
    """How many files of each suffix, in small letters, `files_in` passes over in folders; a README is none of them."""
    inside = (file for path in paths if path.is_dir() for file in _inside(path))
    return Counter(file.suffix.lower() for file in inside if not _is_read(file) and not _is_readme(file))


def _files_of(folder: Path) -> list[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise PermissionError
    return sorted(file for file in _inside(folder) if _is_read(file) and not _is_readme(file))


def _is_read(path: Path) -> bool:
    """Whether it has a suffix that a reader takes, or is a folder that cannot be listed."""
    return path.suffix.lower() in READERS or _is_folder(path)


def _inside(folder: Path) -> Iterator[Path]:
    """All files at any depth that are not hidden, and the folders that cannot be listed."""
    seen = {place_of(folder)}
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            inside = sorted(here.iterdir())
        except OSError:
            yield here
            continue
        for path in inside:
            if _is_hidden(path):
                continue
            if _is_folder(path):
                if place_of(path) not in seen:  # a link may lead back to a folder above
                    seen.add(place_of(path))
                    waiting.append(path)
            else:
                yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may be listed and not looked into
        return False


def _is_hidden(path: Path) -> bool:
    """Whether a file or folder is hidden, or the lock file that a word processor leaves beside its own."""
    return path.name.startswith((".", "~$"))


def _is_readme(file: Path) -> bool:
    return file.stem.casefold() == "readme"


def place_of(source: Path) -> Path:
    """Where a file is, whatever links lead to it; where they lead in a circle, the file as it is named."""
    return Path(os.path.realpath(source))


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
