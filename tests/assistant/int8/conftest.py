"""A Qwen2 model of two small layers, with weights drawn once, as a GGUF file; and an adapter for it."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest

from evals.reader.gguf_file import as_gguf

WIDTH, INNER, HEADS, KV_HEADS, LAYERS, RANK = 64, 96, 4, 2, 2, 4
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
WORDS = ("Yes", "No", "Question", ":")
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokens() -> list[str]:
    """Every byte as the byte-level alphabet writes it, what a merge makes, and the special tokens."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in plain]
    alphabet = [chr(byte) for byte in plain] + [chr(256 + number) for number in range(len(rest))]
    merged = [word[:end] for word in WORDS for end in range(2, len(word) + 1)]
    return [*alphabet, *merged, *SPECIAL]


def merges() -> list[str]:
    """How the words are put together, letter by letter."""
    return [f"{word[:end]} {word[end]}" for word in WORDS for end in range(1, len(word))]


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    """By the names that GGUF has for them, shape (outputs, inputs)."""
    random = np.random.default_rng(seed)

    def drawn(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)

    vocabulary, head = len(tokens()), WIDTH // HEADS
    made = {
        "token_embd.weight": drawn(vocabulary, WIDTH) * 8,
        "output.weight": drawn(vocabulary, WIDTH),
        "output_norm.weight": 1 + drawn(WIDTH),
    }
    for number in range(LAYERS):
        at = f"blk.{number}."
        for name, rows in (("attn_q", WIDTH), ("attn_k", KV_HEADS * head), ("attn_v", KV_HEADS * head)):
            made[f"{at}{name}.weight"], made[f"{at}{name}.bias"] = drawn(rows, WIDTH), drawn(rows)
        made[f"{at}attn_output.weight"] = drawn(WIDTH, WIDTH)
        made[f"{at}ffn_gate.weight"], made[f"{at}ffn_up.weight"] = drawn(INNER, WIDTH), drawn(INNER, WIDTH)
        made[f"{at}ffn_down.weight"] = drawn(WIDTH, INNER)
        made[f"{at}attn_norm.weight"], made[f"{at}ffn_norm.weight"] = 1 + drawn(WIDTH), 1 + drawn(WIDTH)
    return made


def write_model(path: Path, architecture: str = "qwen2") -> Path:
    """The model as a file."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens())
    writer.add_token_types([3 if token in SPECIAL else 1 for token in tokens()])
    writer.add_token_merges(merges())
    for name in ("eos", "pad", "bos"):
        getattr(writer, f"add_{name}_token_id")(tokens().index(SPECIAL[2] if name == "eos" else SPECIAL[0]))
    writer.add_chat_template(TEMPLATE)
    for name, matrix in weights().items():
        writer.add_tensor(name, matrix)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def changes() -> dict[str, np.ndarray]:
    """The adapter's matrices, for the second layer alone."""
    random = np.random.default_rng(1)
    rows = {"attn_q": WIDTH, "attn_k": WIDTH // 2, "attn_v": WIDTH // 2, "attn_output": WIDTH}
    made = {}
    for name, outputs in rows.items():
        made[f"blk.1.{name}.weight.lora_a"] = (random.standard_normal((RANK, WIDTH)) / 8).astype(np.float16)
        made[f"blk.1.{name}.weight.lora_b"] = (random.standard_normal((outputs, RANK)) / 2).astype(np.float16)
    return made


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model. Tests that change what is beside it take one of their own."""
    return write_model(tmp_path_factory.mktemp("int8") / "small.gguf")


@pytest.fixture(scope="session")
def adapter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that waits for "Question:"."""
    fields = {
        "general.architecture": "qwen2",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 8.0,
        "adapter.alora.invocation_tokens": [tokens().index("Question"), tokens().index(":")],
    }
    path = tmp_path_factory.mktemp("int8") / "adapter.gguf"
    path.write_bytes(as_gguf(fields, changes()))
    return path
