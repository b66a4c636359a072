"""One side of the comparison in a process of its own: reads the files, searches each question, prints JSON.

    python -m benchmarks.peer_sides communique|llama-index FILE… < questions.json

Each side is used as its own documentation does; both have the same embedding model, Chroma in a folder, and no language
model. Memory is the peak of this process and of the one it reads files in, added, though both need not be at once.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_WANTED = 5  # passages a question
_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss: bytes on macOS, kilobytes elsewhere


class Found(NamedTuple):
    """A passage as a reader gets it: the file it is from, its words, and what a citation can be made of."""

    document: str
    text: str
    citation: str


Ask = Callable[[str], list[Found]]


class Made(NamedTuple):
    """An index that can be asked, with the files it holds and into how many passages they were cut."""

    ask: Ask
    documents: int
    passages: int


def main() -> None:
    """Build, ask, print."""
    name, *files = sys.argv[1:]
    questions: list[str] = json.load(sys.stdin)
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        made = SIDES[name]([Path(file) for file in files], Path(folder))
        built, worked = (
            time.perf_counter() - started,
            sum(map(_worked, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
        )
        made.ask(questions[0])  # what is loaded at the first question is not counted to it
        asked = [_timed(made.ask, question) for question in questions]
    result = {
        "documents": made.documents,
        "passages": made.passages,
        "ingest_seconds": built,
        "processor_seconds": worked,
        "query_seconds": [seconds for _, seconds in asked],
        "megabytes": sum(map(_peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
        "hits": [[found._asdict() for found in hits] for hits, _ in asked],
    }
    json.dump(result, sys.stdout)


def communique(files: Sequence[Path], folder: Path) -> Made:
    """This project, by the way that `communique ingest` and `communique search` take."""
    from assistant.build import Holdings, bring_in, recipe_of
    from assistant.settings import load_settings
    from index.search import Search

    settings = load_settings(home=folder)
    bring_in(settings, files, holdings=Holdings(settings.index_folder, ()))
    search = Search.open(settings.index_folder, recipe_of(settings))

    def ask(question: str) -> list[Found]:
        passages = [hit.passage for hit in search.search(question, _WANTED)]
        return [Found(Path(p.section.document.source).name, p.text, " › ".join(p.section.path)) for p in passages]

    return Made(ask, len(search.library.records), len(search.library.passages))


def llama_index(files: Sequence[Path], folder: Path) -> Made:
    """llama-index with its default reader for each suffix and its default splitter."""
    import chromadb
    from llama_index.core import Settings, SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.weights import EMBEDDING_MODEL, packaged_folder

    Settings.embed_model = HuggingFaceEmbedding(model_name=str(packaged_folder(EMBEDDING_MODEL)), device="cpu")
    collection = chromadb.PersistentClient(str(folder)).create_collection("peer")
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    documents = SimpleDirectoryReader(input_files=list(files)).load_data()
    retriever = VectorStoreIndex.from_documents(documents, storage_context=context).as_retriever(
        similarity_top_k=_WANTED
    )

    def ask(question: str) -> list[Found]:
        nodes = [hit.node for hit in retriever.retrieve(question)]
        return [Found(node.metadata["file_name"], node.get_content(), _citation(node.metadata)) for node in nodes]

    return Made(ask, len({document.metadata["file_name"] for document in documents}), collection.count())


SIDES: dict[str, Callable[[Sequence[Path], Path], Made]] = {"communique": communique, "llama-index": llama_index}


def _citation(metadata: dict[str, Any]) -> str:
    """All that is told of where a passage stands, but the path and dates of the file."""
    return " ".join(
        str(value) for key, value in metadata.items() if not key.startswith(("file_", "creation_", "last_"))
    )


def _timed(ask: Ask, question: str) -> tuple[list[Found], float]:
    started = time.perf_counter()
    return ask(question), time.perf_counter() - started


def _worked(whose: int) -> float:
    """Processor time since the start, the loading of the libraries included."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def _peak(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / _MEGABYTE


if __name__ == "__main__":
    main()
