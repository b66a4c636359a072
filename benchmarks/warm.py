"""Searching and building with a model that is loaded, against the part of each that nothing can save: encoding."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from assistant.bundled import bundled_documents
from benchmarks.figures import Figure
from corpus.read import read_document
from index.build import Recipe
from index.embed import SentenceEmbedder
from index.ingest import ingest
from index.passages import embedded_text, passages_of
from index.search import Search

_QUESTIONS = Path(__file__).parent.parent / "evals" / "datasets" / "statement.jsonl"
_ASKED = 200
_TIMES = 5  # how often each question is asked; its median counts


class _Seconds(NamedTuple):
    """What the work took, and what encoding alone took."""

    work: float
    encoding: float


def search_figure(recipe: Recipe, folder: Path) -> Figure:
    """The 95th percentile of a search over 200 questions, against that of encoding the questions."""
    searching = Search.open(folder, recipe)
    medians: list[_Seconds] = []
    for question in _questions():
        search, encode = partial(searching.search, question), partial(recipe.embedder.encode, [question])
        medians.append(_medians(_interleaved(search, encode, _TIMES)))
    searched = _p95([seconds.work for seconds in medians])
    encoded = _p95([seconds.encoding for seconds in medians])
    behind = f"{1000 * searched:.1f} ms against {1000 * encoded:.1f} ms"
    return Figure("warm search, p95, against encoding the question", searched / encoded, "×", 1.5, len(medians), behind)


def build_figure(recipe: Recipe, repetitions: int) -> Figure:
    """The median time of an index build of the bundled documents, against that of encoding their passages."""
    sections = [section for path in bundled_documents() for section in read_document(path)]
    texts = [embedded_text(passage) for section in sections for passage in passages_of(section, recipe.size)]
    with tempfile.TemporaryDirectory() as folders:

        def build() -> None:
            ingest(Path(tempfile.mkdtemp(dir=folders)), recipe, bundled_documents())

        seconds = _medians(_interleaved(build, partial(recipe.embedder.encode, texts), repetitions))
    behind = f"{seconds.work:.2f} s against {seconds.encoding:.2f} s, {len(texts)} passages"
    return Figure(
        "index build, against encoding its passages", seconds.work / seconds.encoding, "×", 2.0, repetitions, behind
    )


def warm_figures(repetitions: int) -> list[Figure]:
    """Both, with sentence-transformers loaded and warm."""
    recipe = Recipe(SentenceEmbedder())
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder), recipe, bundled_documents())
        return [search_figure(recipe, Path(folder)), build_figure(recipe, repetitions)]


def _questions() -> list[str]:
    rows = [json.loads(line) for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions = sorted({row["turns"][-1] for row in rows if row["turns"][-1].strip()})
    return random.Random(0).sample(questions, min(_ASKED, len(questions)))


def _interleaved(work: Callable[[], object], encoding: Callable[[], object], times: int) -> list[_Seconds]:
    """Both in turn, each first every second time, so that noise and caches hit both alike."""
    measured: list[_Seconds] = []
    for repetition in range(times):
        if repetition % 2:
            encoded = _seconds(encoding)
            measured.append(_Seconds(_seconds(work), encoded))
        else:
            measured.append(_Seconds(_seconds(work), _seconds(encoding)))
    return measured


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _medians(measured: list[_Seconds]) -> _Seconds:
    return _Seconds(
        statistics.median(seconds.work for seconds in measured),
        statistics.median(seconds.encoding for seconds in measured),
    )


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
