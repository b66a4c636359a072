"""The folder for documents that readers bring: files come in under names of their own and leave again if refused."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple, Protocol

from assistant.types import AssistantError
from corpus.readers import READERS
from corpus.types import Refusal
from index.intake import LeftOut, Report

_LONGEST_NAME = 150  # bytes; file systems take 255, with a number and a suffix behind it


class Upload(NamedTuple):
    """A file that a reader sent: what it was called, and where it is for now."""

    name: str
    path: Path


class Placed(NamedTuple):
    """A file that was sent, and where it is in the folder."""

    upload: Upload
    place: Path


class Held(Protocol):
    """A document as the library records it."""

    @property
    def title(self) -> str: ...

    @property
    def source(self) -> str: ...


class Added(NamedTuple):
    """A file that is in the library now, and its document's title there."""

    name: str
    title: str


class Refused(NamedTuple):
    """A file that did not go in, and why: in one line, and in short where it is one of the usual reasons."""

    name: str
    reason: str
    why: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of files, in the order they were sent."""

    added: tuple[Added, ...] = ()
    refused: tuple[Refused, ...] = ()


class UploadFolder:
    """Where the files are kept from which the library is read again when it must be."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        """`most_bytes` is the largest file that is taken."""
        self.most_bytes = most_bytes
        self._folder = folder

    def place(self, files: Sequence[Upload]) -> list[Placed]:
        """Copy files into the folder, none over another.

        Raises:
            AssistantError: the folder cannot be written; then none is there.
        """
        placed: list[Placed] = []
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                placed.append(Placed(file, self._free_place(file.name)))
                shutil.copyfile(file.path, placed[-1].place)
        except OSError as error:
            self.take_out(placed)
            raise AssistantError(f"The documents cannot be kept on the server ({error.strerror}).") from error
        return placed

    def take_out(self, placed: Sequence[Placed]) -> None:
        """Remove files from the folder again."""
        for one in placed:
            one.place.unlink(missing_ok=True)

    def settle(self, placed: Sequence[Placed], report: Report, documents: Sequence[Held]) -> Brought:
        """Take out what was refused, and say what became of each file."""
        missing = {missed.source.resolve(): missed for missed in report.left_out}
        titles = {Path(held.source).resolve(): held.title for held in documents}
        added, refused = [], []
        for one in placed:
            place = one.place.resolve()
            if place in titles and place not in missing:
                added.append(Added(one.upload.name, titles[place]))
            else:
                missed = missing.get(place) or LeftOut(place, "the same text is already in", Refusal.ALREADY_IN)
                reason = _without_place(missed.reason, place, one.place)
                refused.append(Refused(one.upload.name, reason, missed.why))
                self.take_out([one])
        return Brought(tuple(added), tuple(refused))

    def _free_place(self, sent_as: str) -> Path:
        name = Path(safe_name(sent_as))
        place, number = self._folder / name, 1
        while place.exists():
            number += 1
            place = self._folder / f"{name.stem}-{number}{name.suffix}"
        return place


def safe_name(name: str) -> str:
    """A sent file's name as it may be used in a folder: no path, nothing hidden, nothing a console would obey."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(" " if unicodedata.category(it).startswith("C") else it for it in last)
    stem, dot, suffix = re.sub(r"\s+", " ", shown).rstrip(" .").rpartition(".")
    if not dot or f".{suffix.lower()}" not in READERS:
        stem, dot, suffix = (f"{stem}{dot}{suffix}", "", "")
    short = stem.strip(" .~$").encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f"{short or 'document'}{dot}{suffix}"


def _without_place(reason: str, *places: Path) -> str:
    """A reason without the folder that it names: a reader knows the file by its own name."""
    for place in places:
        reason = reason.replace(f"{place}: ", "")
    return reason
