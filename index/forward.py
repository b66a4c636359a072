"""The default embedding model's forward pass in numpy, for a command that starts cold to encode one question.

Importing sentence-transformers costs such a command most of its time (docs/decisions/0005-cold-start.md). The weights
and the tokenizer are the same, and a test holds the vectors to those of sentence-transformers. Everything that encodes
more than a question goes through `index.embed`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from index.types import Vectors
from index.weights import EMBEDDING_MODEL, packaged_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class ForwardEmbedder:
    """MiniLM (BERT, Devlin et al. 2019; mean pooling, unit length) with the interface of `SentenceEmbedder`."""

    name = EMBEDDING_MODEL.name
    fingerprint = EMBEDDING_MODEL.sha256

    def __init__(self) -> None:
        """Check the weights.

        Raises:
            SearchError: the model's bytes are missing or wrong.
        """
        self._folder = packaged_folder(EMBEDDING_MODEL)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (texts, dimensions)."""
        if not texts:
            return np.zeros((0, self._config["hidden_size"]), dtype=np.float32)
        # OpenBLAS's threads spin while they wait: where another process has a core, two take up to 15 times as long.
        with threadpool_limits(1, user_api="blas"):
            return np.stack([self._vector(text.ids) for text in self._tokenizer.encode_batch(list(texts))])

    def _vector(self, tokens: Sequence[int]) -> Vectors:
        """The unit vector of one text; texts are not padded to one length, so a batch would save nothing."""
        states = self._embedded(tokens)
        for layer in range(self._config["num_hidden_layers"]):
            states = self._layer(states, f"encoder.layer.{layer}.")
        mean = states.mean(axis=0)
        vector: Vectors = mean / np.linalg.norm(mean)
        return vector

    def _embedded(self, tokens: Sequence[int]) -> Vectors:
        words = self._weights["embeddings.word_embeddings.weight"][list(tokens)]
        places = self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
        kinds = self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normalised(words + places + kinds, "embeddings.LayerNorm.")

    def _layer(self, states: Vectors, name: str) -> Vectors:
        length, width = states.shape
        heads: int = self._config["num_attention_heads"]

        def split(part: str) -> Vectors:
            return self._dense(states, f"{name}attention.self.{part}.").reshape(length, heads, -1).transpose(1, 0, 2)

        likeness = split("query") @ split("key").transpose(0, 2, 1) / math.sqrt(width // heads)
        attention = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
        attention /= attention.sum(axis=-1, keepdims=True)
        mixed = (attention @ split("value")).transpose(1, 0, 2).reshape(length, width)
        attended = self._normalised(
            states + self._dense(mixed, f"{name}attention.output.dense."), f"{name}attention.output.LayerNorm."
        )
        inner = _gelu(self._dense(attended, f"{name}intermediate.dense."))
        return self._normalised(attended + self._dense(inner, f"{name}output.dense."), f"{name}output.LayerNorm.")

    def _dense(self, states: Vectors, name: str) -> Vectors:
        product: Vectors = states @ self._weights[f"{name}weight"].T + self._weights[f"{name}bias"]
        return product

    def _normalised(self, states: Vectors, name: str) -> Vectors:
        centred = states - states.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self._config["layer_norm_eps"])
        scaled: Vectors = centred / deviation * self._weights[f"{name}weight"] + self._weights[f"{name}bias"]
        return scaled

    @cached_property
    def _weights(self) -> dict[str, Vectors]:
        from safetensors.numpy import load_file

        return load_file(self._folder / EMBEDDING_MODEL.weights)

    @cached_property
    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = _json(self._folder / "config.json")
        return config

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(_json(self._folder / "sentence_bert_config.json")["max_seq_length"])
        tokenizer.no_padding()
        return tokenizer


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _gelu(values: Vectors) -> Vectors:
    """The exact GELU, its error function by Abramowitz & Stegun 7.1.26 (error below 1.5e-7): numpy has none."""
    scaled: Any = np.abs(values) / math.sqrt(2)  # numpy's stubs take this for float64; it is float32
    step = 1 / (1 + 0.3275911 * scaled)
    series = step * (
        0.254829592 + step * (-0.284496736 + step * (1.421413741 + step * (-1.453152027 + step * 1.061405429)))
    )
    error_function = np.sign(values) * (1 - series * np.exp(-(scaled**2)))
    activated: Vectors = 0.5 * values * (1 + error_function)
    return activated
