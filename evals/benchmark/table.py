"""All benchmarks there are, by the name they have on the command line. A new one is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evals.benchmark.types import Options, Outcome
from evals.types import EvalError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.benchmark.memory import Parts
    from index.build import Recipe

Measure = Callable[[Path, Options], Outcome]


def run_benchmark(name: str, folder: Path, options: Options) -> Outcome:
    """Measure the product with its settings on the files in a folder.

    Raises:
        EvalError: there is no such benchmark, or its files cannot be used.
        AssistantError: the settings cannot be used.
        SearchError: the embedding model cannot be loaded.
    """
    if name not in BENCHMARKS:
        raise EvalError(f"{name}: no such benchmark; there is: {', '.join(BENCHMARKS)}")
    if not folder.is_dir():
        raise EvalError(f"{folder}: no such folder")
    return BENCHMARKS[name](folder, options)


def _retrieval(name: str, folder: Path, options: Options) -> Outcome:
    from assistant.build import recipe_of
    from assistant.settings import load_settings
    from evals.benchmark import retrieval

    if options.llm not in {None, "none"} or options.remember:
        given = "--remember" if options.remember else "--llm"
        raise EvalError(f"{name}: it measures the search, which no language model takes part in; leave out {given}")
    settings = load_settings(llm="none")
    return retrieval.measure(retrieval.TASKS[name], folder, options, _parts(recipe_of(settings), settings))


def _answerability(folder: Path, options: Options) -> Outcome:
    """Without a language model, and with the one the settings name if there is one."""
    from assistant.build import open_reader, recipe_of
    from assistant.settings import load_settings
    from evals.benchmark import answerability
    from evals.replies import open_reading_llm

    settings = load_settings(llm=options.llm)
    paragraphs = answerability.open_paragraphs(
        folder, _parts(recipe_of(settings), settings), keep_going=options.keep_going
    )
    signals = open_reader(settings.model_copy(update={"llm": "none"}), paragraphs.search)
    readers = {"no language model": signals.reader}
    opened = open_reader(settings, paragraphs.search, open_reading_llm(settings, remember=options.remember))
    with closing(opened.llm) if opened.llm else nullcontext():
        if opened.llm:
            readers[f"with {opened.llm.name}"] = opened.reader
        return answerability.measure(paragraphs, readers, options)


def _parts(recipe: Recipe, settings: Settings) -> Parts:
    from evals.benchmark.memory import Parts

    return Parts(recipe.embedder, recipe.size, settings.home.expanduser() / "benchmarks")


BENCHMARKS: Mapping[str, Measure] = {
    "doc2dial": partial(_retrieval, "doc2dial"),
    "obliqa": partial(_retrieval, "obliqa"),
    "beir": partial(_retrieval, "beir"),
    "squad2": _answerability,
}
