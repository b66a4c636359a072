"""All benchmarks there are, by the name they have on the command line. A new one is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from evals.benchmark.types import Options, Outcome
from evals.types import EvalError

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
    from evals.benchmark.memory import Parts

    settings = load_settings(llm="none")
    recipe = recipe_of(settings)
    parts = Parts(recipe.embedder, recipe.size, settings.home.expanduser() / "benchmarks")
    return retrieval.measure(retrieval.TASKS[name], folder, options, parts)


BENCHMARKS: Mapping[str, Measure] = {name: partial(_retrieval, name) for name in ("doc2dial", "obliqa", "beir")}
