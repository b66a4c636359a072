"""One measurement of size in a process of its own, so that its memory and its start are its own; prints JSON.

python -m benchmarks.scale_parts ingest|encode FOLDER HOME real|free
python -m benchmarks.scale_parts open HOME
python -m benchmarks.scale_parts vectors HOME COUNT
"""

from __future__ import annotations

import hashlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generated import made_up_questions
from corpus.read import read_document
from corpus.readers import Limits
from index import generations
from index.build import Recipe, store_of
from index.embed import SentenceEmbedder
from index.files import files_in
from index.ingest import ingest
from index.keyword import KeywordIndex, tokens
from index.passages import embedded_text, passages_of
from index.reading import ReadingProcesses
from index.search import Search
from index.store import VectorStore
from index.types import Embedder, Vectors
from index.workers import Workers

_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10
_DIMENSIONS = 384
_QUESTIONS = 100
_ENCODED = 1024  # texts a call, as in an ingest
_CENTRES = 1000


class FreeEmbedder:
    """A random direction a text: costs next to nothing, so that the rest can be measured at any size."""

    name = "free"
    fingerprint = "free-1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, 384)."""
        seeds = [int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts]
        rows = [np.random.default_rng(seed).standard_normal(_DIMENSIONS) for seed in seeds]
        made: Vectors = np.array(rows, dtype=np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made


def main() -> None:
    """Measure and print."""
    part, *arguments = sys.argv[1:]
    json.dump(_PARTS[part](*arguments), sys.stdout)


def ingested(folder: str, home: str, model: str) -> dict[str, Any]:
    """The files of a folder into an index, read in a process of their own as the command does."""
    embedder = _embedder(model)
    embedder.encode(["a"])
    sources = files_in([Path(folder)])
    with ReadingProcesses(Limits(), 300) as read:
        used = _used(lambda: ingest(Path(home), Recipe(embedder), sources, workers=Workers(read)))
    return {**used, "megabytes": _peak()}


def encoded(folder: str, _home: str, model: str) -> dict[str, Any]:
    """The texts of the same passages through the model, and nothing else."""
    embedder = _embedder(model)
    embedder.encode(["a"])
    sections = [section for source in files_in([Path(folder)]) for section in read_document(source)]
    texts = [embedded_text(passage) for section in sections for passage in passages_of(section, Recipe(embedder).size)]

    def encode() -> None:
        for start in range(0, len(texts), _ENCODED):
            embedder.encode(texts[start : start + _ENCODED])

    return {**_used(encode), "passages": len(texts)}


def opened(home: str) -> dict[str, Any]:
    """An index opened cold, and then asked: both legs, and the keyword leg beside Chroma's full text."""
    recipe = Recipe(FreeEmbedder())
    before = _peak()
    generation = generations.existing(Path(home))
    loading = _used(lambda: KeywordIndex.load(generation / "keyword"))["seconds"]
    started = time.perf_counter()
    search = Search.open(Path(home), recipe)
    opening = time.perf_counter() - started
    first = _used(lambda: search.search("What does the plan say?"))["seconds"]
    keyword = KeywordIndex.load(generation / "keyword")
    questions = made_up_questions(_QUESTIONS)
    peak = _peak()
    collection = _collection(generation / "chroma", f"communique-{generation.name}")

    def by_full_text(question: str) -> None:
        words = sorted(set(tokens(question)), key=len)[-3:]
        collection.get(where_document={"$or": [{"$contains": word} for word in words]}, include=[], limit=100)

    return {
        "passages": len(search.library.passages),
        "open_seconds": opening,
        "first_seconds": first,
        "keyword_open_seconds": loading,
        "megabytes": peak - before,
        "search_p95": _p95(search.search, questions),
        "keyword_p95": _p95(keyword.scores, questions),
        "full_text_p95": _p95(by_full_text, questions),
        "store_count": store_of(generation, recipe).count(),
    }


def asked_vectors(home: str, count: str) -> dict[str, Any]:
    """Made-up vectors about a thousand centres in a collection of this project's, and the 100 nearest of a question."""
    random = np.random.default_rng(0)
    centres = random.standard_normal((_CENTRES, _DIMENSIONS)).astype(np.float32)

    def vectors(number: int) -> Vectors:
        made = centres[random.integers(0, _CENTRES, number)] + random.standard_normal((number, _DIMENSIONS))
        unit: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return unit

    folder = Path(home)
    store = VectorStore.create(folder, "vectors")
    collection = _collection(folder, "vectors")

    def fill() -> None:
        for start in range(0, int(count), 5000):
            batch = vectors(min(5000, int(count) - start))
            collection.add(ids=[f"p{start + place}" for place in range(len(batch))], embeddings=batch)

    built = _used(fill)
    store.nearest(vectors(1)[0], 100)
    return {
        **built,
        "p95": _p95(lambda vector: store.nearest(vector, 100), list(vectors(_QUESTIONS))),
        "megabytes": _peak(),
    }


def _collection(folder: Path, name: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return client.get_collection(name, embedding_function=None)


def _embedder(model: str) -> Embedder:
    return SentenceEmbedder() if model == "real" else FreeEmbedder()


def _used(work: Callable[[], object]) -> dict[str, float]:
    """How long it takes by the clock, and of processors."""
    started, before = time.perf_counter(), _processor()
    work()
    return {"seconds": time.perf_counter() - started, "processor": _processor() - before}


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def _p95(ask: Callable[[Any], object], questions: Sequence[Any]) -> float:
    taken = [_used(partial(ask, question))["seconds"] for question in questions]
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


_PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "ingest": ingested,
    "encode": encoded,
    "open": opened,
    "vectors": asked_vectors,
}


if __name__ == "__main__":
    main()
