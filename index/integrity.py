"""Whether a published generation's files are as they were built. Says what is wrong; mends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.generations import damaged, read_manifest
from index.weights import sha256_of

_DATABASE = "chroma.sqlite3"  # opening it writes to it
_CHROMA = "chroma"  # whose files keep their sizes but not their bytes: Chroma writes into them when it only reads
_LARGEST = 64 * 1024 * 1024  # bytes; hashing so many takes some 50 ms of each cold start


def sizes(generation: Path) -> dict[str, int]:
    """The size in bytes of each file of a finished generation but Chroma's database, by its place."""
    return {_place(path, generation): path.stat().st_size for path in _files(generation)}


def hashes(generation: Path) -> dict[str, str]:
    """The SHA-256 of each file that is not Chroma's and has at most 64 MB, by its place."""
    own = [path for path in _files(generation) if path.relative_to(generation).parts[0] != _CHROMA]
    return {_place(path, generation): sha256_of(path) for path in own if path.stat().st_size <= _LARGEST}


def check_files(generation: Path) -> None:
    """Refuse a generation that lost files, or parts or bytes of them: Chroma may crash on a vector file cut short.

    Raises:
        SearchError: a file is gone, has another size, or was hashed and has other bytes.
    """
    manifest = read_manifest(generation)
    found = sizes(generation)
    for name, size in manifest.files.items():
        if found.get(name) != size:
            raise damaged(generation, ValueError(f"{name} is gone or cut short"))
    for name, sha256 in manifest.hashes.items():
        try:
            right = sha256_of(generation / name) == sha256
        except OSError as error:
            raise damaged(generation, error) from error
        if not right:
            raise damaged(generation, ValueError(f"{name} has other bytes than were written"))


def _files(generation: Path) -> Iterator[Path]:
    made = sorted(path for path in generation.rglob("*") if path.is_file())
    return (path for path in made if path.name not in {_DATABASE, "manifest.json"})


def _place(path: Path, generation: Path) -> str:
    return path.relative_to(generation).as_posix()
