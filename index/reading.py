"""Reading files in processes of their own: a parser that hangs is ended, one that crashes takes nothing with it.

A process is this module, run by `python -P -m`: a file of the current folder that is named like a library is none. It
and its caller send each other pickled messages over its standard input and output, so it needs nothing of the program
that starts it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from corpus.read import read_document
from corpus.readers import Limits
from corpus.types import CorpusError, Refusal, Section
from index.workers import Asked, Outcome

_STARTING_SECONDS = 60  # for a process to come up on a busy machine; not counted as reading
_AHEAD = 2  # files a process that may be read before the first of them is asked for
_ROOT = Path(__file__).parent.parent


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
        self.end()
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
            self.end()
            raise CorpusError(
                f"{source}: reading it took longer than {self._seconds:g} s; "
                "raise COMMUNIQUE_READING_SECONDS to add it",
                Refusal.TOO_SLOW,
            ) from error
        except Exception as error:  # what a broken process left of its answer may raise anything
            self.end()
            raise CorpusError(f"{source}: it broke its reader; it may be damaged", Refusal.DAMAGED) from error
        if isinstance(answer, CorpusError):
            raise answer
        if not (isinstance(answer, tuple) and all(isinstance(section, Section) for section in answer)):
            self.end()
            raise CorpusError(f"{source}: it broke its reader; it may be damaged", Refusal.DAMAGED)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            # An empty part would be the current folder, whose files must not be run either.
            path = os.pathsep.join([str(_ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))])
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "index.reading"],
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

    def end(self) -> None:
        """End the process, and with it the reading of a file. Another thread than the one that waits for it may."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()  # which also ends the wait for its output
            process.wait()
            with suppress(OSError):  # what was still to be sent cannot be
                if process.stdin is not None:
                    process.stdin.close()


class ReadingProcesses:
    """Reads files in several such processes at once, a few files ahead of what is asked for."""

    def __init__(self, limits: Limits, seconds: float, count: int = 1) -> None:
        """`seconds` is how long one file may take, `count` how many processes there are, at least 1."""
        self._processes = [ReadingProcess(limits, seconds) for _ in range(count)]
        self._idle: SimpleQueue[ReadingProcess] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="reading-file")

    def __enter__(self) -> ReadingProcesses:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.end()  # what is still being read, nobody waits for
        self._pool.shutdown()
        for process in self._processes:
            process.__exit__(kind, error, traceback)

    def __call__(self, files: Sequence[Asked]) -> Iterator[Outcome]:
        """The outcomes of reading files, in the files' order."""
        ahead: deque[Future[Outcome]] = deque()
        for asked in files:
            ahead.append(self._pool.submit(self._read, asked))
            if len(ahead) >= _AHEAD * len(self._processes):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def _read(self, asked: Asked) -> Outcome:
        process = self._idle.get()
        try:
            return process(asked.source, asked.document)
        except CorpusError as error:
            return error
        finally:
            self._idle.put(process)


def _serve() -> None:
    """Read what is asked for until the other side is gone; a refusal goes back as the error it is."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between two messages
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            asked = pickle.load(sys.stdin.buffer)
            pickle.dump(_answer(*asked) if asked else "ready", out)
            out.flush()


def _answer(source: Path, document_id: str | None, limits: Limits) -> Outcome:
    try:
        return read_document(source, document_id=document_id, limits=limits)
    except CorpusError as error:
        return CorpusError(str(error), error.why)  # without what it came from, which may not be fit to be sent
    except MemoryError:
        return CorpusError(f"{source}: there is not memory enough to read it", Refusal.TOO_LARGE)


if __name__ == "__main__":
    _serve()
