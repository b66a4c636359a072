"""The plain llama-index program that reading is measured against: its `CitationQueryEngine`, writing with a GGUF file.

    python -m benchmarks.baseline_cite MODEL.gguf THREADS FILE… < questions.jsonl

Each row `{"question": "…"}` brings a row `{"text": "…", "sources": ["…", …], "seconds": s}`: the answer as the model
wrote it, what it was shown, and how long the engine took. Reader, splitter, prompts and engine are stock; three chunks
are found with the embedding model that the assistant has. llama.cpp runs with the assistant's context and threads, and
is left its own 8 GB to remember prompts in: nothing that helps this side is taken from it.
"""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import httpx
import xllamacpp
from llama_index.core import Settings, SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.openai_like import OpenAILike
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.weights import EMBEDDING_MODEL, packaged_folder

_CONTEXT = 8192  # tokens
_ANSWER = 512  # tokens at most; left to itself, a small model can repeat itself until the context is full
_FOUND = 3  # chunks
_TIMEOUT = 900.0  # seconds an answer


def main(model: Path, threads: int, files: Sequence[Path]) -> None:
    """Store the files, then answer line by line until there is none; `threads` is 0 for one a core."""
    key = secrets.token_urlsafe(24)
    server = _server(model, threads, key)
    with tempfile.TemporaryDirectory() as folder, httpx.Client(trust_env=False) as client:
        llm = OpenAILike(
            model=model.stem,
            api_base=f"{server.listening_address}/v1",
            api_key=key,
            is_chat_model=True,
            context_window=_CONTEXT,
            max_tokens=_ANSWER,
            temperature=0.0,
            timeout=_TIMEOUT,
            max_retries=0,
            http_client=client,
        )
        engine = CitationQueryEngine.from_args(_stored(files, folder), llm=llm, similarity_top_k=_FOUND)
        for line in sys.stdin:
            print(json.dumps(_answered(engine, json.loads(line)["question"]), ensure_ascii=False), flush=True)


def _server(model: Path, threads: int, key: str) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any free one
    params.api_keys = [key]
    params.ui = False
    params.verbosity = -1
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.warmup = False
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE  # as the assistant's; mapped, it would take more
    params.offline = True
    params.fit_params = False
    if threads:
        params.cpuparams.n_threads = threads
        params.cpuparams_batch.n_threads = threads
    return xllamacpp.Server(params)


def _stored(files: Sequence[Path], folder: str) -> VectorStoreIndex:
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(packaged_folder(EMBEDDING_MODEL)), device="cpu")
    collection = chromadb.PersistentClient(folder).create_collection("statement")
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    documents = SimpleDirectoryReader(input_files=list(files)).load_data()
    return VectorStoreIndex.from_documents(documents, storage_context=context)


def _answered(engine: CitationQueryEngine, question: str) -> dict[str, Any]:
    started = time.perf_counter()
    response = engine.query(question)
    seconds = time.perf_counter() - started
    return {"text": str(response), "sources": [hit.get_content() for hit in response.source_nodes], "seconds": seconds}


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]), [Path(file) for file in sys.argv[3:]])
