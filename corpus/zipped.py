"""Zipped formats looked at before they are opened: a file that would fill memory, or is locked, is refused."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from corpus.types import CorpusError, Refusal

_MOST_ENTRIES = 10_000
_MEGABYTE = 1024 * 1024
_BLOCK = 1024 * 1024


def checked_zip(content: bytes, most: int, needed: str) -> None:
    """Refuse a zip that is damaged, locked, lacks the file `needed`, or holds more than `most` bytes when unzipped.

    The sizes a zip declares may lie, so its files are unzipped once, and no further than allowed.

    Raises:
        CorpusError: it is one of these.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise CorpusError("it is locked with a password; save an unlocked copy and add that", Refusal.LOCKED)
            if needed not in {entry.filename for entry in entries}:
                raise CorpusError(f"it is damaged or of another type: it has no {needed}", Refusal.DAMAGED)
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > most:
                raise _too_large(most)
            _unzip(archive, entries, most)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise CorpusError(
            "it is damaged or of another type; open it, save it again and add that", Refusal.DAMAGED
        ) from error


def _unzip(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most: int) -> None:
    held = 0
    for entry in entries:
        with archive.open(entry) as file:
            while block := file.read(_BLOCK):
                held += len(block)
                if held > most:
                    raise _too_large(most)


def _too_large(most: int) -> CorpusError:
    return CorpusError(
        f"unzipped it would be larger than {most // _MEGABYTE:,} MB; "
        "if it is no bomb, raise COMMUNIQUE_EXPANDED_MEGABYTES",
        Refusal.TOO_LARGE_UNZIPPED,
    )
