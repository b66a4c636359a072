"""What a llama.cpp server of our own has read of passages: which it still has in memory, and what is kept on disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import httpx

from assistant.llm_states import KeptStates

_MEGABYTE = 1024 * 1024
_QUESTION = _MEGABYTE  # what the tokens of a question add to a passage's in memory


class ReadPassages:
    """Has each passage read once, by itself and from its first token, whatever is asked of it then.

    The server forgets what was used longest ago when its memory is full; so does what is known of it here.
    """

    def __init__(self, url: str, key: str, states: KeptStates | None, megabytes: int, timeout: float) -> None:
        """The server at `url` has so many `megabytes` for what it read, and one slot; without `states` none is kept."""
        headers = {"Authorization": f"Bearer {key}"}
        self._server = httpx.Client(base_url=url, headers=headers, timeout=timeout, trust_env=False)
        self._states = states
        self._most = megabytes * _MEGABYTE
        self._held: OrderedDict[tuple[str, str], int] = OrderedDict()  # bytes, those used last at the end
        self._lock = threading.Lock()

    @property
    def outlives_the_server(self) -> bool:
        """Whether what is read is kept on disk."""
        return self._states is not None

    @property
    def has_room(self) -> bool:
        """Whether another passage can be read without forgetting one."""
        with self._lock:
            return sum(self._held.values()) < self._most

    def holds(self, system: str, part: str) -> bool:
        """Whether a passage is in the server's memory. If it is, it counts as used."""
        with self._lock:
            is_held = (system, part) in self._held
            if is_held:
                self._held.move_to_end((system, part))
            return is_held

    def take(self, system: str, part: str, read: Callable[[], object]) -> None:
        """Put back what was kept of a passage, else `read` it without a question and keep that.

        Raises:
            httpx.HTTPError, OSError, LookupError, ValueError: the server or the disk does not do it.
        """
        size = self._restored(system, part) or self._read(system, part, read)
        with self._lock:
            self._held[system, part] = size + _QUESTION
            while sum(self._held.values()) > self._most and len(self._held) > 1:
                self._held.popitem(last=False)

    def close(self) -> None:
        """Let go of the connection."""
        self._server.close()

    def _restored(self, system: str, part: str) -> int:
        """Put back what was kept of a passage. Returns its bytes, 0 if there are none to use."""
        kept = self._states.find(system, part) if self._states else None
        if kept is None:
            return 0
        # The server moves a prompt to its cache when another one comes. Restoring does not count as one.
        self._server.post("/completion", json={"prompt": "x", "n_predict": 1}).raise_for_status()
        if self._server.post("/slots/0?action=restore", json={"filename": kept.name}).is_success:
            return kept.stat().st_size
        kept.unlink()
        return 0

    def _read(self, system: str, part: str, read: Callable[[], object]) -> int:
        """Have a passage read, and keep what was read. Returns its bytes."""
        read()
        if self._states is None:
            return _MEGABYTE
        name = self._states.unfinished(system, part)
        saved = self._server.post("/slots/0?action=save", json={"filename": name}).raise_for_status().json()
        self._states.finish(name)
        return int(saved["n_written"])
