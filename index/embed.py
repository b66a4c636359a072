"""Texts to unit vectors with sentence-transformers. The only file that imports it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from index.types import SearchError, Vectors
from index.weights import EMBEDDING_MODEL, packaged_folder, sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 64
_FEW = 2  # so few texts gain little from a second core


class SentenceEmbedder:
    """A sentence-transformers model. The library and the weights are loaded at the first text, not before."""

    def __init__(self, model: str = EMBEDDING_MODEL.name) -> None:
        """Name the default model, a folder, or a model of the hub (fetched by the library where it can be reached).

        Raises:
            SearchError: the default model's bytes are missing or wrong.
        """
        self.name = model
        self._loading = Lock()
        self._loaded: SentenceTransformer | None = None
        self._folder: Path | None = None
        if model == EMBEDDING_MODEL.name:
            self._folder = packaged_folder(EMBEDDING_MODEL)
        elif Path(model).is_dir():
            self._folder = Path(model)

    @cached_property
    def fingerprint(self) -> str:
        """What the vectors depend on: the hash of the weights, or the name of a model on the hub."""
        if self.name == EMBEDDING_MODEL.name:
            return EMBEDDING_MODEL.sha256
        weights = sorted(self._folder.glob("*.safetensors")) if self._folder else []
        return "+".join(sha256_of(path) for path in weights) or self.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions).

        Raises:
            SearchError: the model cannot be loaded.
        """
        model = self._model()
        # OpenMP's threads spin while they wait: where other processes have the cores, two take up to 20 times as long.
        with self._threads.limit(limits=1 if len(texts) <= _FEW else None, user_api="openmp"):
            vectors = model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _threads(self) -> ThreadpoolController:
        return ThreadpoolController()  # knows the libraries that are loaded by now

    def _model(self) -> SentenceTransformer:
        with self._loading:  # two threads may ask first, and loading twice would take twice the memory
            self._loaded = self._loaded or self._load()
        return self._loaded

    def _load(self) -> SentenceTransformer:
        if self._folder is not None:
            os.environ["HF_HUB_OFFLINE"] = "1"  # the weights are here: nobody's question may leave the machine
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder or self.name), device="cpu")
        except (OSError, ValueError) as error:
            reason = str(error).split("\n", maxsplit=1)[0]
            raise SearchError(
                f"{self.name}: the embedding model cannot be loaded ({reason}); "
                f"name a folder or use {EMBEDDING_MODEL.name}"
            ) from error
