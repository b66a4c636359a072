"""What llama.cpp has read of passages, kept on disk over a restart. It knows nothing of models or servers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


class KeptStates:
    """What has been read of passages, one file each. A file's name ends in the hash of its bytes: llama.cpp ends the
    whole process when it is given half a file."""

    def __init__(self, folder: Path, identity: str, megabytes: int) -> None:
        """Keep at most so many `megabytes` in a folder; `identity` is all that a state depends on but its prompt."""
        self._folder = folder
        self._identity = identity
        self._most = megabytes * 1024 * 1024

    def find(self, system: str, part: str) -> Path | None:
        """The file of what was read of a passage, if there is a whole one; one that is damaged is removed."""
        for path in self._folder.glob(f"{self._key(system, part)}-*.state"):
            if path.name == self._finished(path, self._key(system, part)):
                os.utime(path)
                return path
            path.unlink()
        return None

    def unfinished(self, system: str, part: str) -> str:
        """The name under which to write what is read of a passage, until it is whole."""
        return f"{self._key(system, part)}.{os.getpid()}.part"

    def finish(self, name: str) -> None:
        """Take in what was written under that name; the files longest unused make room for it."""
        path = self._folder / name
        path.replace(path.with_name(self._finished(path, name.partition(".")[0])))
        self._trim()

    def _key(self, system: str, part: str) -> str:
        return hashlib.sha256(f"{self._identity}\0{system}\0{part}".encode()).hexdigest()[:24]

    def _finished(self, path: Path, key: str) -> str:
        return f"{key}-{hashlib.sha256(path.read_bytes()).hexdigest()[:24]}.state"

    def _trim(self) -> None:
        """Remove the files longest unused, beyond what they may take together."""
        newest = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in newest:
            total += path.stat().st_size
            if total > self._most:
                path.unlink()
