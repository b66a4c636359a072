"""Opens an assistant with its library, as often as the library changes; the language model stays open throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.build import bring_in, build_assistant, open_library
from assistant.bundled import bundled_starters
from assistant.settings import Settings
from assistant.starters import Starter, StartersOf
from assistant.starters_made import made_from
from assistant.stock import Asker, Stock
from index.intake import Report
from index.types import Progress

if TYPE_CHECKING:
    from assistant.llm_choice import OpenedLLMs
    from corpus.types import Section


class Translating(Asker, Protocol):
    """`assistant.ask.Assistant`, as far as it is needed here."""

    @property
    def translates(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class OpenedLibrary:
    """An assistant and what it answers from."""

    assistant: Translating
    held: Stock

    @property
    def stock(self) -> Stock:
        """What is held, with what the assistant understands at this moment: its language model may fail, or come."""
        return replace(self.held, translates=self.assistant.translates)


class Opener:
    """What `assistant.librarian.Librarian` works with."""

    def __init__(self, settings: Settings, documents: Sequence[str] = ()) -> None:
        """`documents` are the only ones to speak from, beside those brought in later; all if none is given."""
        self._settings = settings
        self._only = tuple(documents)
        self._llms: OpenedLLMs | None = None

    def open(self, progress: Progress) -> OpenedLibrary:
        """An assistant on the library as it is now, which is built first if it is missing or stale.

        Raises:
            NothingToIndexError: there is no document.
            SearchError: it cannot be built or opened.
            AssistantError: the language model asked for is not there, or a document to speak from.
        """
        assistant = build_assistant(self._settings, prepare=True, progress=progress, llms=self._opened_llms())
        sections = open_library(self._settings, progress=progress).sections
        records = assistant.documents(self._only)
        own = {record.id for record in records}
        kept = tuple(section for section in sections if section.document.id in own)
        return OpenedLibrary(assistant, Stock(tuple(records), kept, starters_from(kept), assistant.notice))

    def bring_in(self, files: Sequence[Path], progress: Progress) -> Report:
        """Put files into the library, by the rules of `communique ingest`.

        Raises:
            NothingToIndexError: no document could be read, and none was there before.
            SearchError: the index cannot be read or written.
        """
        report = bring_in(self._settings, files, progress=progress)
        if self._only:
            self._only = (*self._only, *report.added)
        return report

    def lacks_model(self) -> bool:
        """Whether the default model is wanted and not here."""
        from index.weights import DEFAULT_LLM, ModelState, verified_status

        wanted = self._settings.llm in {"auto", "embedded"}
        return wanted and verified_status(DEFAULT_LLM, self._settings.models_folder) is not ModelState.HERE

    def fetch(self, progress: Progress) -> str:
        """See `assistant.model_files.bring_if_wanted`."""
        from assistant.model_files import bring_if_wanted

        return bring_if_wanted(self._settings, progress)

    def close(self) -> None:
        """Close the language models."""
        if self._llms is not None:
            self._llms.close()

    def _opened_llms(self) -> OpenedLLMs:
        """The language models; looked for again where the one that is to read was not there before."""
        if self._llms is None or (self._llms.reader.llm is None and self._settings.llm != "none"):
            from assistant.llm_choice import open_llms

            self.close()
            self._llms = open_llms(self._settings, in_background=True)
        return self._llms


def starters_from(sections: Sequence[Section]) -> StartersOf:
    """Those that come with a document, or are made from its sections when they are first asked for."""
    own: defaultdict[str, list[Section]] = defaultdict(list)
    for section in sections:
        own[section.document.id].append(section)

    @cache
    def starters(document: str) -> tuple[Starter, ...]:
        if bundled := bundled_starters(document):
            return bundled
        beside = [section for section in sections if section.document.id != document]
        return made_from(own.get(document, ()), beside)

    return starters
