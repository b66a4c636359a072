"""Keeps an assistant while its library changes: made ready behind an open page, given documents, given a model.

What it does while readers wait is told as `Work`; nothing of it waits for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol, TypedDict, Unpack

from assistant.inquiry import Found
from assistant.stock import Asker, Standing, Stock, Work
from assistant.types import Answer, AssistantError, NoDocumentError, Turn
from assistant.uploads import Brought, Upload, UploadFolder
from assistant.wanted import LOOKED, go_on
from corpus.types import CorpusError
from index.intake import NothingToIndexError, Report
from index.types import Progress, SearchError

logger = logging.getLogger(__name__)

_UNEXPECTED = "Something went wrong; the program’s log says what."


class _Changed(TypedDict, total=False):
    """What of a `Standing` changes."""

    library: Work | None
    model: Work | None
    failed: str
    is_open: bool


class Opened(Protocol):
    """An assistant on a library, as `assistant.opening.Opener` makes it."""

    @property
    def assistant(self) -> Asker: ...

    @property
    def stock(self) -> Stock: ...


class Opener(Protocol):
    """Makes them; see `assistant.opening.Opener`."""

    def open(self, progress: Progress) -> Opened:
        """An assistant on the library as it is now."""
        ...

    def bring_in(self, files: Sequence[Path], progress: Progress) -> Report:
        """Put files into the library."""
        ...

    def lacks_model(self) -> bool:
        """Whether a language model is wanted that is not here."""
        ...

    def fetch(self, progress: Progress) -> str:
        """Bring the language model if it is wanted; what keeps it from being used, in one line, or nothing."""
        ...

    def close(self) -> None:
        """End what runs for the assistants."""
        ...


class Librarian:
    """Answers from whatever the library holds when a question comes; one who asks before it is open waits for that."""

    def __init__(self, opener: Opener, uploads: UploadFolder | None, tell: Callable[[str], object] = str) -> None:
        """Without `uploads` nothing can be brought in; `tell` is given what an operator should know, a line each."""
        self._opener = opener
        self._uploads = uploads
        self._tell = tell
        self._opened: Opened | None = None
        self._standing = Standing(library=Work(), is_open=False)
        self._settled = Event()
        self._changing = Lock()
        self._noting = Lock()

    def start(self, *, fetch: bool = False) -> None:
        """Begin to open the library, and to fetch the model, each in a thread of its own. Returns at once."""
        fetch = fetch and self._opener.lacks_model()
        if fetch:
            self._note(model=Work())
        Thread(target=self._first_opening, name="opening", daemon=True).start()
        if fetch:
            Thread(target=self._fetching, name="fetching", daemon=True).start()

    def close(self) -> None:
        """End what runs for the assistants. What is under way with the library ends with the program.

        That harms nothing: an index is built whole or not at all.
        """
        self._opener.close()

    @property
    def failed(self) -> str:
        """Why the library could not be opened; empty if it was or is empty."""
        return self._standing.failed

    @property
    def most_bytes(self) -> int:
        """The largest file that can be brought in; 0 where none can."""
        return self._uploads.most_bytes if self._uploads else 0

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the opening is over, one way or the other, within so many seconds."""
        return self._settled.wait(seconds)

    def standing(self) -> Standing:
        """How things stand at this moment."""
        return self._standing

    def stock(self) -> Stock:
        """What there is at this moment: nothing until the library is open."""
        return self._opened.stock if self._opened else Stock()

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]:
        """See `Assistant.stream`; all documents of the stock where none is named.

        Raises:
            AssistantError: there is no library, or what `Assistant.stream` raises.
        """
        while not self._settled.wait(LOOKED):
            go_on()
        opened = self._opened
        if opened is None:
            if self.failed:
                raise AssistantError(self.failed)
            raise NoDocumentError("There is no document yet; add one first.")
        yield from opened.assistant.stream(question, history, documents or opened.stock.ids)

    def bring(self, files: Sequence[Upload]) -> Brought:
        """Put files into the library, for everyone; none of them can do harm to what is in it.

        Raises:
            AssistantError: this library takes none.
            SearchError: the index cannot be read or written; then nothing was changed.
        """
        if self._uploads is None:
            raise AssistantError("This library takes no documents from the page.")
        self._settled.wait()
        with self._changing:
            try:
                return self._bring(self._uploads, files)
            finally:
                self._note(library=None)

    def _bring(self, uploads: UploadFolder, files: Sequence[Upload]) -> Brought:
        self._note(library=Work())
        placed = uploads.place(files)
        try:
            report = self._opener.bring_in([one.place for one in placed], self._note_library)
        except NothingToIndexError as error:
            report = Report(left_out=error.left_out)
        except Exception:
            uploads.take_out(placed)
            raise
        if report.built:
            self._open()
            self._note(failed="", is_open=True)
        return uploads.settle(placed, report, self.stock().documents)

    def _first_opening(self) -> None:
        with self._changing:
            failed, is_open = self._try(self._open)
            self._note(library=None, failed=failed, is_open=is_open)
        self._settled.set()
        if failed:
            self._tell(failed)

    def _fetching(self) -> None:
        notice = ""

        def fetch() -> None:
            nonlocal notice
            notice = self._opener.fetch(self._note_model)

        failed, _ = self._try(fetch)
        self._settled.wait()
        with self._changing:
            if not failed:  # the library itself may only have waited for its model
                self._note(model=None)
                failed, is_open = self._try(self._open)
                self._note(library=None, failed=failed, is_open=is_open)
            self._note(model=None)
        for line in filter(None, (notice, failed)):
            self._tell(line)

    def _open(self) -> None:
        self._opened = self._opener.open(self._note_library)

    def _try(self, work: Callable[[], None]) -> tuple[str, bool]:
        """Why it failed, in one line, and whether the library is open; an empty one is, to be filled."""
        try:
            work()
        except NothingToIndexError as error:
            return "; ".join(missed.reason for missed in error.left_out), True
        except (AssistantError, SearchError, CorpusError) as error:
            return str(error), False
        except Exception:
            # A thread has nobody to raise it to, and the page would wait for good.
            logger.exception("The library could not be opened")
            return _UNEXPECTED, False
        return "", True

    def _note(self, **changed: Unpack[_Changed]) -> None:
        with self._noting:
            self._standing = replace(self._standing, **changed)

    def _note_library(self, doing: str, done: int, total: int) -> None:
        self._note(library=Work(doing, done, total))

    def _note_model(self, doing: str, done: int, total: int) -> None:
        self._note(model=Work(doing, done, total))
