"""A Qwen2 decoder in eight bits (Qwen Team 2024), for several prompts in one pass.

Weights have one scale an output, inputs one scale a token (W8A8). The last product of a layer, whose inputs now and
then hold a very large one, has a scale for each thousand or so of them: that takes a third off the whole's error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn import functional

from assistant.int8.convert import adapter_of
from assistant.int8.folder import EightBitFolder, Shape

_GROUP = 1280  # inputs scaled together


class Read(NamedTuple):
    """What was read of a text: keys and values, shape (layers, 2, key-value heads, tokens, head), in half precision."""

    kept: torch.Tensor

    @property
    def tokens(self) -> int:
        """How many tokens."""
        return int(self.kept.shape[3])

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return self.kept.numel() * self.kept.element_size()


class Prompt(NamedTuple):
    """Tokens that come after what was read before; `adapted` is whether the adapter acts on them."""

    tokens: Sequence[int]
    before: Read | None = None
    adapted: bool = False


class _Product:
    """A matrix of eight bits, shape (outputs, inputs)."""

    def __init__(self, weights: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor | None = None) -> None:
        self._weights = weights.T
        self._scale = scale
        self._bias = bias

    def __call__(self, inputs: torch.Tensor) -> torch.Tensor:
        """Shape (tokens, inputs) to (tokens, outputs)."""
        outputs = None
        for start in range(0, inputs.shape[1], self._together):
            part = inputs[:, start : start + self._together]
            scale = part.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
            whole = (part / scale).round().to(torch.int8)
            product = torch._int_mm(whole, self._weights[start : start + self._together])
            scaled = product.to(torch.float32).mul_(scale)
            outputs = scaled if outputs is None else outputs.add_(scaled)
        assert outputs is not None
        outputs.mul_(self._scale)
        return outputs if self._bias is None else outputs.add_(self._bias)

    @property
    def _together(self) -> int:
        inputs = self._weights.shape[0]
        return _GROUP if inputs % _GROUP == 0 else inputs


class _Changes(NamedTuple):
    """What an adapter adds to one layer: for queries, keys and values, and for what comes of them."""

    qkv_in: torch.Tensor
    qkv_out: torch.Tensor
    out_in: torch.Tensor
    out_out: torch.Tensor


@dataclass(frozen=True, slots=True)
class _Layer:
    attention_norm: torch.Tensor
    mlp_norm: torch.Tensor
    qkv: _Product
    out: _Product
    gate_up: _Product
    down: _Product
    changes: _Changes | None


class Decoder:
    """The model. Not safe to call from several threads at once."""

    def __init__(self, weights: EightBitFolder, adapter: Path | None, context: int) -> None:
        """Map the weights; prompts may have `context` tokens with what was read before them.

        Raises:
            LLMUnavailable: the weights or the adapter cannot be read.
        """
        self.shape = weights.shape()
        self.invocation: list[int] = []
        scale, changes = 0.0, dict[str, torch.Tensor]()
        if adapter is not None:
            self.invocation, scale, changes = adapter_of(adapter, self.shape)
        self._layers = [
            _layer(weights.layer(number), _changes(changes, number, scale)) for number in range(self.shape.layers)
        ]
        ends = weights.ends()
        self._embedding, self._embedding_scale = ends["embedding"], ends["embedding_scale"]
        self._norm = ends["norm"]
        self._head_weights, self._head_scale = ends["head"], ends["head_scale"]
        self._head = _Product(self._head_weights, self._head_scale)
        self._cos, self._sin = _rotation(self.shape, context)

    @torch.inference_mode()
    def read(self, prompts: Sequence[Prompt], *, keep: bool = True) -> tuple[torch.Tensor, list[Read]]:
        """The last hidden state of each prompt, shape (prompts, width), and what was read with what was before it.

        Without `keep` nothing is kept of what was read.
        """
        texts = [torch.tensor(prompt.tokens) for prompt in prompts]
        spans = [
            _Span(start, len(text), prompt.before.tokens if prompt.before else 0)
            for start, text, prompt in zip(_starts(texts), texts, prompts, strict=True)
        ]
        tokens = torch.cat(texts)
        hidden = self._embedding[tokens].to(torch.float32).mul_(self._embedding_scale[tokens][:, None])
        at = torch.cat([torch.arange(span.before, span.before + span.tokens) for span in spans])
        adapted = torch.cat([torch.full((span.tokens, 1), p.adapted) for span, p in zip(spans, prompts, strict=True)])
        acts = adapted.to(torch.float32) if adapted.any() else None
        places = _Places(spans, self._cos[at][:, None], self._sin[at][:, None], acts)
        kept: list[list[torch.Tensor]] = [[] for _ in prompts] if keep else []
        for number, layer in enumerate(self._layers):
            seen = [prompt.before.kept[number] if prompt.before else None for prompt in prompts]
            hidden, pairs = self._through(layer, hidden, places, seen)
            for keeping, pair in zip(kept, pairs, strict=False):
                keeping.append(pair.to(torch.float16))
        last = torch.tensor([span.start + span.tokens - 1 for span in spans])
        return self._normed(hidden[last], self._norm), [Read(torch.stack(layers)) for layers in kept]

    @torch.inference_mode()
    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """Of all tokens, shape (prompts, tokens)."""
        return self._head(hidden)

    @torch.inference_mode()
    def logits_of(self, hidden: torch.Tensor, tokens: Sequence[int]) -> torch.Tensor:
        """Of some tokens, shape (prompts, those tokens)."""
        rows = torch.tensor(tokens)
        return hidden @ (self._head_weights[rows].to(torch.float32) * self._head_scale[rows][:, None]).T

    def _through(
        self,
        layer: _Layer,
        hidden: torch.Tensor,
        places: _Places,
        seen: Sequence[torch.Tensor | None],
    ) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """One layer: the hidden states after it, and the keys and values of each prompt."""
        shape, changes, acts = self.shape, layer.changes, places.acts
        inputs = self._normed(hidden, layer.attention_norm)
        qkv = layer.qkv(inputs)
        if changes is not None and acts is not None:
            qkv.addmm_(inputs * acts @ changes.qkv_in, changes.qkv_out)
        heads = qkv.view(len(hidden), shape.heads + 2 * shape.kv_heads, shape.head)
        turned = _turned(heads[:, : shape.heads + shape.kv_heads], places.cos, places.sin)
        queries, keys, values = turned[:, : shape.heads], turned[:, shape.heads :], heads[:, -shape.kv_heads :]
        attended = torch.empty(len(hidden), shape.width)
        pairs = []
        for span, before in zip(places.spans, seen, strict=True):
            here = slice(span.start, span.start + span.tokens)
            pair = torch.stack((keys[here], values[here])).transpose(1, 2)
            pair = pair if before is None else torch.cat((before.to(torch.float32), pair), dim=2)
            pairs.append(pair)
            mixed = functional.scaled_dot_product_attention(
                queries[here].transpose(0, 1)[None], pair[0][None], pair[1][None], span.mask, enable_gqa=True
            )
            attended[here] = mixed[0].transpose(0, 1).reshape(span.tokens, shape.width)
        change = layer.out(attended)
        if changes is not None and acts is not None:
            change.addmm_(attended * acts @ changes.out_in, changes.out_out)
        hidden = hidden + change
        gate, up = layer.gate_up(self._normed(hidden, layer.mlp_norm)).chunk(2, dim=1)
        return hidden + layer.down(functional.silu(gate) * up), pairs

    def _normed(self, hidden: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        return functional.rms_norm(hidden, (self.shape.width,), weights, self.shape.epsilon)


class _Span:
    """Where the tokens of one prompt stand among all, and what each of them sees."""

    def __init__(self, start: int, tokens: int, before: int) -> None:
        self.start, self.tokens, self.before = start, tokens, before
        self.mask = torch.ones(tokens, before + tokens, dtype=torch.bool).tril(before)


class _Places(NamedTuple):
    """Where a pass has its tokens: the spans of its prompts, what turns each by its place, on which the adapter acts.

    Shapes (tokens, 1, head) and (tokens, 1); None where it acts on none.
    """

    spans: Sequence[_Span]
    cos: torch.Tensor
    sin: torch.Tensor
    acts: torch.Tensor | None


def _starts(texts: Sequence[torch.Tensor]) -> list[int]:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text))
    return starts


def _layer(tensors: Mapping[str, torch.Tensor], changes: _Changes | None) -> _Layer:
    return _Layer(
        tensors["attention_norm"],
        tensors["mlp_norm"],
        _Product(tensors["qkv"], tensors["qkv_scale"], tensors["qkv_bias"]),
        _Product(tensors["out"], tensors["out_scale"]),
        _Product(tensors["gate_up"], tensors["gate_up_scale"]),
        _Product(tensors["down"], tensors["down_scale"]),
        changes,
    )


def _changes(tensors: Mapping[str, torch.Tensor], number: int, scale: float) -> _Changes | None:
    """An adapter's matrices for one layer, those for queries, keys and values as one pair; None where it has none."""

    def pair(part: str) -> tuple[torch.Tensor, torch.Tensor]:
        name = f"blk.{number}.{part}.weight.lora_"
        return tensors[f"{name}a"].T, tensors[f"{name}b"].T * scale

    if f"blk.{number}.attn_q.weight.lora_a" not in tensors:
        return None
    parts = [pair(part) for part in ("attn_q", "attn_k", "attn_v")]
    return _Changes(
        torch.cat([into for into, _ in parts], dim=1).contiguous(),
        torch.block_diag(*[out for _, out in parts]),  # type: ignore[no-untyped-call]
        *(matrix.contiguous() for matrix in pair("attn_output")),
    )


def _rotation(shape: Shape, context: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines of rotary positions, shape (places, head)."""
    speeds = shape.rope_base ** -(torch.arange(0, shape.head, 2, dtype=torch.float32) / shape.head)
    angles = torch.arange(context, dtype=torch.float32)[:, None] * speeds
    both = torch.cat((angles, angles), dim=1)
    return both.cos(), both.sin()


def _turned(heads: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Queries or keys turned by their places, shape (tokens, heads, head)."""
    half = heads.shape[-1] // 2
    return heads * cos + torch.cat((-heads[..., half:], heads[..., :half]), dim=-1) * sin
