from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from assistant.int8 import decoder as decoder_module
from assistant.int8.convert import make
from assistant.int8.decoder import Decoder, Prompt
from tests.assistant.int8.conftest import HEADS, INNER, KV_HEADS, LAYERS, RANK, WIDTH, changes, tokens, weights

FIRST, SECOND = [40, 41, 42, 43, 44], [50, 51, 52]


@pytest.fixture(scope="module")
def decoder(model_file: Path, adapter_file: Path) -> Decoder:
    return Decoder(make(model_file), adapter_file, 128)


def whole_numbers_aside(extra: dict[str, np.ndarray]) -> Any:
    """The same model by transformers, in floating-point numbers, with something added to its matrices."""
    from transformers import Qwen2Config, Qwen2Model

    config = Qwen2Config(
        vocab_size=len(tokens()),
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
    )
    model = Qwen2Model(config)
    names = {
        "attn_q": "self_attn.q_proj",
        "attn_k": "self_attn.k_proj",
        "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj",
        "ffn_gate": "mlp.gate_proj",
        "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj",
        "attn_norm": "input_layernorm",
        "ffn_norm": "post_attention_layernorm",
    }
    state = {}
    for name, plain in weights().items():
        matrix = plain + extra.get(name, 0)
        if name.startswith("blk."):
            _, number, part, kind = name.split(".")
            state[f"layers.{number}.{names[part]}.{kind}"] = torch.from_numpy(matrix)
    state["embed_tokens.weight"] = torch.from_numpy(weights()["token_embd.weight"])
    state["norm.weight"] = torch.from_numpy(weights()["output_norm.weight"])
    model.load_state_dict(state)
    return model.eval()


def last_hidden(model: Any, prompt: list[int]) -> torch.Tensor:
    with torch.inference_mode():
        hidden: torch.Tensor = model(input_ids=torch.tensor([prompt])).last_hidden_state[0, -1]
    return hidden


def far(one: torch.Tensor, other: torch.Tensor) -> float:
    """The length of the difference, as a share of the other's length."""
    return float((one - other).norm() / other.norm())


def test_it_computes_what_transformers_does_but_for_the_eight_bits(decoder: Decoder) -> None:
    expected = last_hidden(whole_numbers_aside({}), FIRST + SECOND)

    hidden, _ = decoder.read([Prompt(FIRST + SECOND)])

    assert far(hidden[0], expected) < 0.03
    logits = expected @ torch.from_numpy(weights()["output.weight"]).T
    assert far(decoder.logits(hidden)[0], logits) < 0.03
    assert far(decoder.logits_of(hidden, [7, 9])[0], logits[[7, 9]]) < 0.05


def test_inputs_scaled_in_groups_give_the_same(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = last_hidden(whole_numbers_aside({}), FIRST)
    together = far(decoder.read([Prompt(FIRST)])[0][0], expected)

    monkeypatch.setattr(decoder_module, "_GROUP", 16)

    assert far(decoder.read([Prompt(FIRST)])[0][0], expected) < together


def test_what_was_read_before_serves_as_if_it_stood_in_the_prompt(decoder: Decoder) -> None:
    at_once, _ = decoder.read([Prompt(FIRST + SECOND)])
    _, (first,) = decoder.read([Prompt(FIRST)])

    after, (both,) = decoder.read([Prompt(SECOND, first)])

    assert first.tokens == 5
    assert both.tokens == 8
    assert far(after, at_once) < 0.01


def test_several_prompts_in_one_pass_are_read_as_one_by_one(decoder: Decoder) -> None:
    _, (short, long) = decoder.read([Prompt(FIRST[:2]), Prompt(FIRST)])
    apart = torch.cat([decoder.read([Prompt(SECOND, read, True)])[0] for read in (short, long)])

    together, none = decoder.read([Prompt(SECOND, short, True), Prompt(SECOND, long, True)], keep=False)

    assert none == []
    assert torch.allclose(together, apart, atol=1e-4)


def test_the_adapter_acts_on_the_prompts_that_say_so_as_if_it_were_in_the_weights(decoder: Decoder) -> None:
    made = changes()
    extra = {
        name.removesuffix(".lora_a"): 8.0 / RANK * made[name.replace("lora_a", "lora_b")].astype(np.float32) @ matrix
        for name, matrix in made.items()
        if name.endswith("lora_a")
    }
    plain, adapted = (last_hidden(whole_numbers_aside(added), FIRST) for added in ({}, extra))

    hidden, _ = decoder.read([Prompt(FIRST), Prompt(FIRST, adapted=True)])

    assert far(plain, adapted) > 0.2
    assert far(hidden[0], plain) < 0.03
    assert far(hidden[1], adapted) < 0.03
