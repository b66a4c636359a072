"""An activated LoRA (Greenewald et al. 2025): low-rank changes to the attention that act from the question on.

What the model computes of a text before the question is untouched, so that it serves with the adapter and without.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from evals.reader.gguf_file import Field, Halves, as_gguf

_CHANGED = {"q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output"}
"""The projections that are changed, as transformers and as llama.cpp call them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The rank and scale of the changes, and the first layer that is changed."""

    rank: int = 16
    alpha: float = 32.0
    first_layer: int = 6


class ActivatedLinear(nn.Module):
    """A linear layer, to which `alpha / rank` times two small matrices, one after the other, is added where `acts`."""

    def __init__(self, base: nn.Linear, shape: Shape, generator: torch.Generator) -> None:
        """Begin without any change: the second matrix is 0, the first is drawn."""
        super().__init__()
        self.base = base
        self.scale = shape.alpha / shape.rank
        self.acts = False
        drawn = torch.randn(shape.rank, base.in_features, generator=generator)
        self.a = nn.Parameter(drawn / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, shape.rank))

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Shape (…, inputs) to (…, outputs)."""
        outputs: torch.Tensor = self.base(inputs)
        if not self.acts:
            return outputs
        change = inputs @ self.a.to(inputs.dtype).T @ self.b.to(inputs.dtype).T
        return outputs + change * self.scale


class Adapter:
    """The changes to one model. They act only within `acting`."""

    def __init__(self, layers: dict[str, ActivatedLinear], shape: Shape, architecture: str) -> None:
        """`layers` are given by the name that llama.cpp has for them."""
        self.layers = layers
        self._shape = shape
        self._architecture = architecture

    @classmethod
    def attached(cls, model: Any, shape: Shape, seed: int) -> Adapter:
        """Put changed layers into a decoder of transformers, in place; its own weights are not trained any more."""
        generator = torch.Generator().manual_seed(seed)
        model.requires_grad_(False)
        layers: dict[str, ActivatedLinear] = {}
        for number, layer in enumerate(model.model.layers):
            if number < shape.first_layer:
                continue
            for name, called in _CHANGED.items():
                changed = ActivatedLinear(getattr(layer.self_attn, name), shape, generator)
                setattr(layer.self_attn, name, changed)
                layers[f"blk.{number}.{called}"] = changed
        return cls(layers, shape, model.config.model_type)

    @contextmanager
    def acting(self, acts: bool = True) -> Iterator[None]:
        """Within this the changes act, or do not."""
        for layer in self.layers.values():
            layer.acts = acts
        try:
            yield
        finally:
            for layer in self.layers.values():
                layer.acts = False

    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [matrix for layer in self.layers.values() for matrix in (layer.a, layer.b)]

    def as_gguf(self, invocation: Sequence[int]) -> bytes:
        """A file for llama.cpp, which switches the adapter on at the last place in a prompt with these tokens."""
        fields: dict[str, Field] = {
            "general.architecture": self._architecture,
            "general.type": "adapter",
            "adapter.type": "lora",
            "adapter.lora.alpha": self._shape.alpha,
            "adapter.alora.invocation_tokens": invocation,
        }
        tensors = {
            f"{name}.weight.lora_{which}": _halves(matrix)
            for name, layer in self.layers.items()
            for which, matrix in (("a", layer.a), ("b", layer.b))
        }
        return as_gguf(fields, tensors)


def _halves(matrix: torch.Tensor) -> Halves:
    return matrix.detach().float().numpy().astype(np.float16)
