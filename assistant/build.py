"""Settings to a working assistant: the only place that chooses parts. Brings the index up to date first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.types import AssistantError
from index.types import Embedder, Progress

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.evidence import Reader
    from corpus.readers import Limits
    from index.ingest import Recipe
    from index.intake import Report
    from index.library import Library
    from index.search import Search


def build_assistant(
    settings: Settings, *, cold: bool = False, prepare: bool = False, progress: Progress | None = None
) -> Assistant:
    """An assistant on the up-to-date index.

    Args:
        settings: all of them.
        cold: whether it is made for one question, so that starting fast matters more than the second question.
        prepare: whether to load the model and read the library in the background, for a server that waits for its
            first question.
        progress: told about a build.

    Raises:
        SearchError: the index cannot be built or opened.
        AssistantError: the calibration is damaged, or the language model asked for is not there.
    """
    from assistant.ask import Assistant
    from assistant.calibration import load_calibration
    from assistant.read import SignalReader

    if settings.draft == "write":
        raise AssistantError("this version quotes; leave out --draft write")
    search = open_search(settings, cold=cold, progress=progress)
    signals = SignalReader(search.embedder, search.frequency, load_calibration("signals"))
    reader: Reader = signals
    translator, close, notice = None, _nothing, ""
    if settings.llm != "none":
        from assistant.llm_choice import open_llm
        from assistant.read_llm import LLMReader
        from assistant.translate import LLMTranslator

        llm, notice = open_llm(settings, in_background=prepare)
        if llm is not None:
            reader = LLMReader(llm, signals, load_calibration("llm"))
            translator, close = LLMTranslator(llm), llm.close
    if prepare:
        Thread(target=reader.prepare, args=(search.library.passages,), name="reading-ahead", daemon=True).start()
    return Assistant(
        search,
        reader,
        search.library.records,
        question_limit=settings.question_limit,
        translator=translator,
        close=close,
        notice=notice,
    )


def _nothing() -> None:
    """What there is to close without an LLM."""


def open_search(settings: Settings, *, cold: bool = False, progress: Progress | None = None) -> Search:
    """The index, built first if it is missing or stale; `cold` as for `build_assistant`.

    Raises:
        SearchError: it cannot be built or opened.
    """
    from index.search import Search

    recipe = recipe_of(settings, cold=cold)
    _bring_up_to_date(settings, recipe, progress)
    return Search.open(settings.index_folder, recipe)


def open_library(settings: Settings, *, progress: Progress | None = None) -> Library:
    """What is indexed, to be listed rather than searched; built first if it is missing or stale.

    Raises:
        SearchError: it cannot be built or opened.
    """
    from index import generations
    from index.library import Library

    recipe = recipe_of(settings, cold=True)
    _bring_up_to_date(settings, recipe, progress)
    return Library.open(generations.existing(settings.index_folder), recipe.size)


def _bring_up_to_date(settings: Settings, recipe: Recipe, progress: Progress | None) -> None:
    from index.ingest import is_stale

    if is_stale(settings.index_folder, recipe, bundled_documents()):
        bring_in(settings, [], progress=progress)


def bring_in(
    settings: Settings,
    files: Sequence[Path],
    *,
    rebuild: bool = False,
    prune: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring the library up to date with these files, those it holds and those that come with the program.

    Each file is read in a process of its own, within the limits of the settings. `rebuild` and `prune` as for
    `index.ingest.ingest`.

    Raises:
        SearchError: the index cannot be read or written, or no document is left to index.
    """
    from index.ingest import ingest
    from index.reading import ReadingProcess

    with ReadingProcess(_limits(settings), settings.reading_seconds) as read:
        return ingest(
            settings.index_folder,
            recipe_of(settings),  # whatever encodes the questions, sentence-transformers encodes the library
            files,
            standing=bundled_documents(),
            rebuild=rebuild,
            prune=prune,
            read=read,
            progress=progress,
        )


def _limits(settings: Settings) -> Limits:
    from corpus.readers import Limits

    megabyte = 1024 * 1024
    return Limits(settings.file_megabytes * megabyte, settings.expanded_megabytes * megabyte, settings.pages)


def recipe_of(settings: Settings, *, cold: bool = False) -> Recipe:
    """How these settings make an index.

    Raises:
        SearchError: the embedding model is missing or its bytes are wrong.
    """
    from index.ingest import Recipe
    from index.passages import PassageSize

    size = replace(PassageSize(), most=settings.passage_words)
    return Recipe(_embedder(settings, cold=cold), size, settings.chroma)


def bundled_documents() -> tuple[Path, ...]:
    """The documents that come with the program."""
    import corpus

    folder = Path(corpus.__file__).parent / "documents"
    return tuple(sorted(path for path in folder.glob("*.md") if path.name != "README.md"))


def bundled_examples(documents: Sequence[str]) -> list[str]:
    """Questions to show on the chat page, kept as data beside the documents; none for a document without any."""
    import corpus

    path = Path(corpus.__file__).parent / "documents" / "examples.json"
    examples: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return [question for document in documents for question in examples.get(document, [])]


def _embedder(settings: Settings, *, cold: bool) -> Embedder:
    """The model, asked for each question's vector once: both the search and the reader need it."""
    from index.remember import RememberingEmbedder
    from index.weights import EMBEDDING_MODEL

    if cold and settings.embedding_model == EMBEDDING_MODEL.name:
        from index.forward import ForwardEmbedder

        return RememberingEmbedder(ForwardEmbedder())
    from index.embed import SentenceEmbedder

    return RememberingEmbedder(SentenceEmbedder(settings.embedding_model))
