"""Settings to a working assistant: the only place that chooses parts. Brings the index up to date first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from assistant.bundled import bundled_documents
from assistant.settings import Settings
from assistant.turnstile import Turnstile
from assistant.types import Wording
from assistant.workers import WorkerCount, open_workers
from index.types import Embedder, Progress

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.drafts.draft import Drafter
    from assistant.evidence import Reader
    from assistant.llm import LLM
    from assistant.llm_choice import OpenedLLM, OpenedLLMs
    from index.build import Recipe
    from index.intake import Report
    from index.library import Library
    from index.search import Search


@dataclass(frozen=True, slots=True)
class Holdings:
    """Where an index is kept, and the files that it always holds."""

    folder: Path
    files: tuple[Path, ...]


def build_assistant(
    settings: Settings,
    *,
    cold: bool = False,
    prepare: bool = False,
    progress: Progress | None = None,
    holdings: Holdings | None = None,
    around_llm: Callable[[LLM], LLM] | None = None,
    llms: OpenedLLMs | None = None,
) -> Assistant:
    """An assistant on the up-to-date index.

    Args:
        settings: all of them.
        cold: whether it is made for one question, so that starting fast matters more than the second question.
        prepare: whether to load the model and read the library in the background, for a server that waits for its
            first question.
        progress: told about a build.
        holdings: the index to use, if not the user's own with the documents that come with the program.
        around_llm: puts something between the assistant and the language model that reads, such as a memory of its
            replies; one that only writes is used as it is.
        llms: what is open already, and closed by whoever opened it.

    Raises:
        SearchError: the index cannot be built or opened.
        AssistantError: the calibration is damaged, or a language model asked for is not there.
    """
    from assistant.ask import Assistant
    from assistant.llm_choice import check_drafting, open_llms

    check_drafting(settings)  # before an index is built for nothing
    search = open_search(settings, cold=cold, progress=progress, holdings=holdings)
    found = llms or open_llms(settings, in_background=prepare)
    if around_llm is not None:
        found = found.around(around_llm)
    opened = open_reader(settings, search, found.reader)
    wording, turnstile = Wording(), None
    if opened.llm is not None:
        from assistant.wording_llm import wording_with

        wording = wording_with(opened.llm)
        turnstile = None if settings.llm_url else Turnstile()  # a server queues by itself
    if prepare:
        Thread(target=opened.reader.prepare, args=(search.library.passages,), name="reading-ahead", daemon=True).start()
    return Assistant(
        search,
        opened.reader,
        search.library.records,
        question_limit=settings.question_limit,
        wording=wording,
        drafter=_drafter(found.writer),
        turnstile=turnstile,
        close=_nothing if llms else found.close,
        notice=opened.notice,
    )


class OpenedReader(NamedTuple):
    """What reads; the language model it reads with, to be closed at the end; what to say where there is none."""

    reader: Reader
    llm: LLM | None
    notice: str


def open_reader(settings: Settings, search: Search, llm: OpenedLLM | None = None) -> OpenedReader:
    """What these settings read passages with; `llm` if that is open already.

    Raises:
        AssistantError: the calibration is damaged, or the language model asked for is not there.
    """
    from assistant.calibration import load_calibration
    from assistant.read import SignalReader

    signals = SignalReader(search.embedder, search.frequency, load_calibration("signals"))
    if settings.llm == "none":
        return OpenedReader(signals, None, "")
    from assistant.llm_choice import calibrated_as, open_llm
    from assistant.read_llm import LLMReader

    found, notice = llm or open_llm(settings)
    reader = LLMReader(found, signals, load_calibration(calibrated_as(settings))) if found is not None else signals
    return OpenedReader(reader, found, notice)


def _drafter(writer: LLM | None) -> Drafter:
    if writer is not None:
        from assistant.drafts.write import Writer

        return Writer(writer)
    from assistant.drafts.draft import Quoter

    return Quoter()


def _nothing() -> None:
    """What there is to close where somebody else closes the LLMs."""


def open_search(
    settings: Settings, *, cold: bool = False, progress: Progress | None = None, holdings: Holdings | None = None
) -> Search:
    """The index, built first if it is missing or stale; `cold` and `holdings` as for `build_assistant`.

    Raises:
        SearchError: it cannot be built or opened.
    """
    from index.search import Search

    held = holdings or _own_holdings(settings)
    recipe = recipe_of(settings, cold=cold)
    _bring_up_to_date(held, settings, recipe, progress)
    return Search.open(held.folder, recipe)


def open_library(settings: Settings, *, progress: Progress | None = None) -> Library:
    """What is indexed, to be listed rather than searched; built first if it is missing or stale.

    Raises:
        SearchError: it cannot be built or opened.
    """
    from index import generations
    from index.library import Library

    recipe = recipe_of(settings, cold=True)
    _bring_up_to_date(_own_holdings(settings), settings, recipe, progress)
    return Library.open(generations.existing(settings.index_folder))


def _own_holdings(settings: Settings) -> Holdings:
    return Holdings(settings.index_folder, bundled_documents())


def _bring_up_to_date(held: Holdings, settings: Settings, recipe: Recipe, progress: Progress | None) -> None:
    from index.ingest import is_stale

    if is_stale(held.folder, recipe, held.files):
        bring_in(settings, [], holdings=held, progress=progress)


def bring_in(
    settings: Settings,
    files: Sequence[Path],
    *,
    holdings: Holdings | None = None,
    rebuild: bool = False,
    prune: bool = False,
    workers: WorkerCount = 1,
    progress: Progress | None = None,
) -> Report:
    """Bring the library up to date with these files, those it holds and those that it always holds.

    Files are read in processes of their own, within the limits of the settings: in as many as `workers`, or on a
    cluster, which embeds too. `holdings` as for `build_assistant`, `rebuild` and `prune` as for `index.ingest.ingest`.

    Raises:
        SearchError: the index cannot be read or written, or no document is left to index.
    """
    from index.ingest import ingest

    held = holdings or _own_holdings(settings)
    with open_workers(settings, workers) as opened:
        return ingest(
            held.folder,
            recipe_of(settings),  # whatever encodes the questions, sentence-transformers encodes the library
            files,
            standing=held.files,
            rebuild=rebuild,
            prune=prune,
            workers=opened,
            progress=progress,
        )


def recipe_of(settings: Settings, *, cold: bool = False) -> Recipe:
    """How these settings make an index.

    Raises:
        SearchError: the embedding model is missing or its bytes are wrong.
    """
    from index.build import Recipe
    from index.passages import PassageSize

    size = replace(PassageSize(), most=settings.passage_words)
    return Recipe(_embedder(settings, cold=cold), size, settings.chroma)


def _embedder(settings: Settings, *, cold: bool) -> Embedder:
    """The model, asked for each question's vector once: both the search and the reader need it."""
    from index.remember import RememberingEmbedder
    from index.weights import EMBEDDING_MODEL

    if cold and settings.embedding_model == EMBEDDING_MODEL.name:
        from index.forward import ForwardEmbedder

        return RememberingEmbedder(ForwardEmbedder())
    from index.embed import SentenceEmbedder

    return RememberingEmbedder(SentenceEmbedder(settings.embedding_model))
