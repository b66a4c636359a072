"""One at a time, in the order of arrival: a lock that is fair, which Python's own are not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from assistant.wanted import LOOKED, go_on


class Turnstile:
    """Lets one through at a time, first come, first served. Whoever gives up waiting holds up nobody."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until all who came before are through.

        Raises:
            NoLongerWantedError: the question that waits was given up.
        """
        mine = Event()
        with self._lock:
            self._waiting.append(mine)
            self._waiting[0].set()
        try:
            while not mine.wait(LOOKED):
                go_on()
            yield
        finally:
            with self._lock:
                self._waiting.remove(mine)
                if self._waiting:
                    self._waiting[0].set()
