"""Reading a file in a process of its own: a parser that hangs is ended, one that crashes takes nothing with it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from corpus.read import read_document
from corpus.readers import Limits
from corpus.types import CorpusError, Section

ReadDocument = Callable[[Path, str | None], tuple[Section, ...]]
"""Reads a file under the id given, or under one made from its name; a `CorpusError` says why it cannot."""

_STARTING_SECONDS = 60  # for a process to come up on a busy machine; not counted as reading


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
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def __call__(self, source: Path, document_id: str | None = None) -> tuple[Section, ...]:
        """The sections of a file.

        Raises:
            CorpusError: it cannot be read, took too long, or broke its reader.
        """
        pipe = self._started()
        try:
            pipe.send((source, document_id, self._limits))
            if not pipe.poll(self._seconds):
                self._end()
                raise CorpusError(
                    f"{source}: reading it took longer than {self._seconds:g} s; "
                    "raise COMMUNIQUE_READING_SECONDS to add it"
                )
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self._end()
            raise CorpusError(f"{source}: it broke its reader; it may be damaged") from error
        if isinstance(answer, str):
            raise CorpusError(answer)
        sections: tuple[Section, ...] = answer
        return sections

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), name="reading", daemon=True)
            self._process.start()
            other.close()
            if self._pipe.poll(_STARTING_SECONDS):
                self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection) -> None:
    """Read what is asked for until the other side is gone; an error goes back as its text."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send("ready")
        while True:
            source, document_id, limits = pipe.recv()
            try:
                answer: tuple[Section, ...] | str = read_document(source, document_id=document_id, limits=limits)
            except CorpusError as error:
                answer = str(error)
            except MemoryError:
                answer = f"{source}: there is not memory enough to read it"
            pipe.send(answer)
