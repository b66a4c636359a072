"""What the decoder has read of texts that many prompts begin with: in memory, and on disk over a restart."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from assistant.int8.decoder import Read
from assistant.llm_states import KeptStates

_MEGABYTE = 1024 * 1024
_NAME = "kept"


class ReadTexts:
    """Keeps what was read, those texts that were used last. Safe to use from several threads."""

    def __init__(self, megabytes: int, folder: Path | None, identity: str, disk_megabytes: int) -> None:
        """Keep so many `megabytes` in memory, one text at least; without a `folder` nothing is kept on disk.

        `identity` is all that what was read depends on but the text.
        """
        self._most = megabytes * _MEGABYTE
        self._held: OrderedDict[str, Read] = OrderedDict()  # those used last at the end
        self._lock = threading.Lock()
        self._folder = folder
        self._states = KeptStates(folder, identity, disk_megabytes) if folder else None

    @property
    def has_room(self) -> bool:
        """Whether another text can be kept in memory without forgetting one."""
        with self._lock:
            return sum(read.bytes for read in self._held.values()) < self._most

    def find(self, text: str) -> Read | None:
        """What was read of a text, from memory or from disk; None if nothing is kept."""
        with self._lock:
            if text in self._held:
                self._held.move_to_end(text)
                return self._held[text]
        read = self._from_disk(text)
        if read is not None:
            self._hold(text, read)
        return read

    def keep(self, text: str, read: Read) -> None:
        """Keep what was read. Where the disk is full or cannot be written it is kept in memory alone."""
        self._hold(text, read)
        if self._states is None or self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = self._states.unfinished("", text)
            save_file({_NAME: read.kept}, self._folder / name)
            self._states.finish(name)
        except (OSError, SafetensorError):
            self._states = None

    def _hold(self, text: str, read: Read) -> None:
        with self._lock:
            self._held[text] = read
            total = sum(held.bytes for held in self._held.values())
            while total > self._most and len(self._held) > 1:
                total -= self._held.popitem(last=False)[1].bytes

    def _from_disk(self, text: str) -> Read | None:
        if self._states is None:
            return None
        with suppress(OSError, SafetensorError, LookupError):  # one that cannot be read is read from the text again
            if path := self._states.find("", text):
                return Read(load_file(path)[_NAME].clone())  # not mapped: the file may go
        return None
