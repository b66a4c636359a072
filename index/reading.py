"""Reading a file in a process of its own: a parser that hangs is ended, one that crashes takes nothing with it.

The process is this module, run by `python -m`; it and its caller send each other pickled messages over its standard
input and output, so it needs nothing of the program that starts it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from corpus.read import read_document
from corpus.readers import Limits
from corpus.types import CorpusError, Section

ReadDocument = Callable[[Path, str | None], tuple[Section, ...]]
"""Reads a file under the id given, or under one made from its name; a `CorpusError` says why it cannot."""

_STARTING_SECONDS = 60  # for a process to come up on a busy machine; not counted as reading
_ROOT = Path(__file__).parent.parent


def read_here(source: Path, document_id: str | None) -> tuple[Section, ...]:
    """Read a file in this process, within the usual limits.

    Raises:
        CorpusError: it cannot be read.
    """
    return read_document(source, document_id=document_id)


class ReadingProcess:
    """Reads files one after the other in a process that is started when first needed, and anew after it was ended."""

    def __init__(self, limits: Limits, seconds: float) -> None:
        """`seconds` is how long one file may take."""
        self._limits = limits
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="reading")

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()
        self._waiting.shutdown()

    def __call__(self, source: Path, document_id: str | None = None) -> tuple[Section, ...]:
        """The sections of a file.

        Raises:
            CorpusError: it cannot be read, took too long, or broke its reader.
        """
        try:
            process = self._started()
            answer = self._asked(process, (source, document_id, self._limits), self._seconds)
        except TimeoutError as error:
            self._end()
            raise CorpusError(
                f"{source}: reading it took longer than {self._seconds:g} s; raise COMMUNIQUE_READING_SECONDS to add it"
            ) from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._end()
            raise CorpusError(f"{source}: it broke its reader; it may be damaged") from error
        if isinstance(answer, str):
            raise CorpusError(answer)
        sections: tuple[Section, ...] = answer
        return sections

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
            self._process = subprocess.Popen(
                [sys.executable, "-m", "index.reading"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
            )
            with suppress(TimeoutError):  # slow to come up; the first file's time then counts from here
                self._asked(self._process, None, _STARTING_SECONDS)
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], asked: object, seconds: float) -> Any:
        """Send a message and wait for what comes back."""
        if process.stdin is None or process.stdout is None:
            raise EOFError
        pickle.dump(asked, process.stdin)
        process.stdin.flush()
        return self._waiting.submit(pickle.load, process.stdout).result(seconds)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()  # which also ends the wait for its output
            self._process.wait()
            with suppress(OSError):  # what was still to be sent cannot be
                if self._process.stdin is not None:
                    self._process.stdin.close()
        self._process = None


def _serve() -> None:
    """Read what is asked for until the other side is gone; an error goes back as its text."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between two messages
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            asked = pickle.load(sys.stdin.buffer)
            pickle.dump(_answer(*asked) if asked else "ready", out)
            out.flush()


def _answer(source: Path, document_id: str | None, limits: Limits) -> tuple[Section, ...] | str:
    try:
        return read_document(source, document_id=document_id, limits=limits)
    except CorpusError as error:
        return str(error)
    except MemoryError:
        return f"{source}: there is not memory enough to read it"


if __name__ == "__main__":
    _serve()
