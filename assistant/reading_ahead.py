"""Reading passages between questions, by a thread of its own, so that no question waits for more than one of them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_QUIET_SECONDS = 1.0


class ReadingAhead:
    """Takes passages one after the other, as long as there `is_room` for more and none has run for a second."""

    def __init__(self, take: Callable[[str, str], None], is_room: Callable[[], bool]) -> None:
        """`take` is given a system prompt and a passage's part of a prompt, and raises nothing."""
        self._take = take
        self._is_room = is_room
        self._turns = _Turns()
        self._unread: deque[tuple[str, str]] = deque()
        self._lock = threading.Lock()
        self._reads = False
        self._reader: threading.Thread | None = None
        self._closing = threading.Event()

    @contextmanager
    def question(self) -> Iterator[None]:
        """While something is asked. Nothing is read ahead then; what is being read is waited for."""
        with self._turns.question():
            yield

    def add(self, system: str, passage_parts: Sequence[str]) -> None:
        """Read these too, in the background. Returns at once."""
        with self._lock:
            self._unread.extend((system, part) for part in passage_parts)
            if not self._reads:
                self._reads = True
                self._reader = threading.Thread(target=self._read, name="llm-warming", daemon=True)
                self._reader.start()

    def wait(self, seconds: float) -> bool:
        """Whether all has been read within so many seconds."""
        if self._reader is not None:
            self._reader.join(seconds)
        return not self._unread

    def close(self) -> None:
        """End it, with the passage that is being read. May be called twice."""
        self._closing.set()
        if self._reader is not None:
            self._reader.join()

    def _read(self) -> None:
        while (unread := self._next()) and self._turns.wait_for_quiet(self._closing):
            try:
                self._take(*unread)
            finally:
                self._turns.end_quiet()

    def _next(self) -> tuple[str, str] | None:
        """What to read next. None ends the one thread that reads ahead; what comes after that begins another."""
        with self._lock:
            if self._closing.is_set() or not self._is_room():
                self._unread.clear()
            self._reads = bool(self._unread)
            return self._unread.popleft() if self._unread else None


class _Turns:
    """Questions run at once; reading ahead only while none has run for a second, and then they wait for one passage."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._questions = 0
        self._reading = False
        self._last = 0.0

    @contextmanager
    def question(self) -> Iterator[None]:
        with self._change:
            self._questions += 1
            self._change.wait_for(lambda: not self._reading)
        try:
            yield
        finally:
            with self._change:
                self._questions -= 1
                self._last = time.monotonic()

    def wait_for_quiet(self, closing: threading.Event) -> bool:
        """Begin to read ahead, unless it is time to close."""
        while not closing.is_set():
            with self._change:
                if not self._questions and time.monotonic() - self._last >= _QUIET_SECONDS:
                    self._reading = True
                    return True
            closing.wait(0.1)
        return False

    def end_quiet(self) -> None:
        with self._change:
            self._reading = False
            self._change.notify_all()
