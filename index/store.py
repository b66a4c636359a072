"""Passages' vectors in Chroma, in a folder or on a server named by URL. llama-index's vector store writes them; reading
asks Chroma itself, which need not send the texts along (docs/decisions/0009-reading-from-chroma.md).

The only file that imports chromadb and llama-index's node types.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.types import Passage
from index.types import Neighbour, SearchError, Vectors

_BATCH = 2000  # below Chroma's limit of 5,461 records a call
# Chroma's default of 100 lets the graph miss near neighbours in small collections with many alike vectors.
_HNSW = {"space": "cosine", "ef_search": 200, "ef_construction": 200}


class VectorStore:
    """One collection. Made once by `create`, filled by `add`, then only asked."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection

    @classmethod
    def create(cls, location: Path | str, name: str) -> VectorStore:
        """A new empty collection in a folder or on a server (`http://host:port`).

        Raises:
            SearchError: the folder cannot be written or the server not reached.
        """
        try:
            client = _client(location)
            return cls(client.create_collection(name, configuration={"hnsw": _HNSW}, embedding_function=None))
        except (ChromaError, OSError, ValueError) as error:
            raise _unusable(location, error) from error

    @classmethod
    def open(cls, location: Path | str, name: str) -> VectorStore:
        """A collection that is there.

        Raises:
            SearchError: the server cannot be reached, or the collection is missing or damaged.
        """
        if isinstance(location, Path) and not (location / "chroma.sqlite3").is_file():
            raise _unusable(location, FileNotFoundError("no collection there"))
        try:
            return cls(_client(location).get_collection(name, embedding_function=None))
        except Exception as error:  # chromadb's Rust side raises its own base exceptions on a damaged file
            raise _unusable(location, error) from error

    @classmethod
    def remove(cls, location: str, name: str) -> None:
        """Delete a collection from a server; it may already be gone."""
        try:
            _client(location).delete_collection(name)
        except (ChromaError, ValueError):
            return

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages with their vectors, shape (passages, dimensions), into the collection.

        Raises:
            SearchError: the disk is full, or the server gone.
        """
        # Imported late, since who only asks need not wait for it.
        from llama_index.core.schema import BaseNode, TextNode
        from llama_index.vector_stores.chroma import ChromaVectorStore

        store = ChromaVectorStore(chroma_collection=self._collection)
        nodes: list[BaseNode] = [
            TextNode(
                id_=passage.id,
                text=passage.text,
                metadata={"document": passage.section.document.id, "section": passage.section.id},
                embedding=vector.tolist(),
            )
            for passage, vector in zip(passages, vectors, strict=True)
        ]
        try:
            for start in range(0, len(nodes), _BATCH):
                store.add(nodes[start : start + _BATCH])
        except Exception as error:  # as in open; on a server's side also httpx's own
            raise SearchError(
                f"the index cannot be written ({_reason(error)}); check the disk or the Chroma server, then try again"
            ) from error

    def nearest(self, vector: Vectors, count: int, documents: Sequence[str] = ()) -> list[Neighbour]:
        """The `count` passages nearest to a unit vector, best first, from the named documents or all.

        Raises:
            SearchError: the collection cannot be asked.
        """
        try:
            found = self._collection.query(
                query_embeddings=[vector],
                n_results=count,
                where={"document": {"$in": list(documents)}} if documents else None,
                include=["distances"],
            )
        except Exception as error:  # as in open
            raise _unreadable(error) from error
        distances = found["distances"][0]  # of the collection's space, cosine: 1 - cosine
        return [
            Neighbour(passage, 1.0 - distance) for passage, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def vectors_of(self, passages: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of passages by their ids, of those that are there.

        Raises:
            SearchError: the collection is damaged, or the server gone.
        """
        if not passages:
            return {}
        try:
            records = self._collection.get(ids=list(passages), include=["embeddings"])
        except Exception as error:  # as in open
            raise _unreadable(error) from error
        return dict(zip(records["ids"], np.asarray(records["embeddings"], dtype=np.float32), strict=True))

    def ids(self) -> list[str]:
        """Every passage's id, in no order.

        Raises:
            SearchError: the collection is damaged, or the server gone.
        """
        found: list[str] = []
        for start in range(0, self.count(), _BATCH):
            try:
                found += self._collection.get(include=[], limit=_BATCH, offset=start)["ids"]
            except Exception as error:  # as in open
                raise _unreadable(error) from error
        return found

    def count(self) -> int:
        """How many passages the collection holds.

        Raises:
            SearchError: the collection is damaged, or the server gone.
        """
        try:
            return int(self._collection.count())
        except Exception as error:  # as in open
            raise _unreadable(error) from error


def _client(location: Path | str) -> Any:
    settings = Settings(anonymized_telemetry=False)  # a client writes into what it is given, so each gets its own
    if isinstance(location, Path):
        location.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(location), settings=settings)
    address = urlsplit(location)
    secure = address.scheme == "https"
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if secure else 8000),
        ssl=secure,
        settings=settings,
    )


def _unusable(location: Path | str, error: Exception) -> SearchError:
    if isinstance(location, Path):
        return SearchError(
            f"{location}: the index cannot be opened ({_reason(error)}); run communique ingest --rebuild"
        )
    return SearchError(
        f"{location}: the Chroma server cannot be used ({_reason(error)}); "
        "start it (chroma run) or unset COMMUNIQUE_CHROMA"
    )


def _unreadable(error: Exception) -> SearchError:
    return SearchError(f"the index cannot be searched ({_reason(error)}); run communique ingest --rebuild")


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().split("\n", maxsplit=1)[0]
