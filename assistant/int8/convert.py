"""A GGUF model turned into eight-bit weights, once. The only file that imports gguf, which reads quantised weights.

Each matrix gets one scale a row (an output), so that products of whole numbers can be scaled afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import torch
from filelock import FileLock
from safetensors.torch import save_file

from assistant.int8.folder import EightBitFolder, Shape, source_of
from assistant.llm import LLMUnavailable
from index.types import Progress

_ARCHITECTURE = "qwen2"
_ROWS = 4096  # of a matrix made whole at once: 150 MB at most
# What is multiplied by the same input is one matrix: the parts of a layer, by the names that GGUF has for them.
_MATRICES = {
    "qkv": ("attn_q", "attn_k", "attn_v"),
    "out": ("attn_output",),
    "gate_up": ("ffn_gate", "ffn_up"),
    "down": ("ffn_down",),
}
_NORMS = {"attention_norm": "attn_norm", "mlp_norm": "ffn_norm"}


def make(model_file: Path, progress: Progress = lambda _doing, _done, _of: None) -> EightBitFolder:
    """The folder of a file's eight-bit weights, made unless it is here: a minute and 1.8 GB on disk for the default.

    One process makes it, others wait. What was not finished is never taken for whole.

    Raises:
        LLMUnavailable: the file is of another kind of model, or the folder cannot be written.
    """
    folder = EightBitFolder.beside(model_file)
    unfinished = EightBitFolder(folder.path.with_name(f".{folder.path.name}.part"))
    if folder.is_made_from(model_file):
        return folder
    try:
        with FileLock(folder.path.with_name(f".{folder.path.name}.lock")):
            if folder.is_made_from(model_file):
                return folder
            shutil.rmtree(unfinished.path, ignore_errors=True)
            unfinished.path.mkdir()
            _convert_apart(model_file, unfinished, progress)
            shutil.rmtree(folder.path, ignore_errors=True)
            unfinished.path.replace(folder.path)
    except (OSError, ValueError, LookupError) as error:
        shutil.rmtree(unfinished.path, ignore_errors=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LLMUnavailable(f"{folder.path}: the eight-bit weights cannot be made ({reason})") from error
    return folder


def adapter_of(file: Path, shape: Shape) -> tuple[list[int], float, dict[str, torch.Tensor]]:
    """A trained adapter: the tokens it waits for, what its changes are multiplied by, and its matrices by GGUF name.

    Raises:
        LLMUnavailable: it cannot be read, or is for another model.
    """
    from gguf import GGUFReader

    try:
        read = GGUFReader(file)
        tensors = {tensor.name: torch.from_numpy(np.array(tensor.data, np.float32)) for tensor in read.tensors}
        invocation = [int(token) for token in _value(read, "adapter.alora.invocation_tokens")]
        ranks = {len(matrix) for name, matrix in tensors.items() if name.endswith(".lora_a")}
        widths = {matrix.shape[1] for name, matrix in tensors.items() if name.endswith("attn_q.weight.lora_a")}
        if len(ranks) == 1 and widths == {shape.width}:
            return invocation, float(_value(read, "adapter.lora.alpha")) / ranks.pop(), tensors
    except (OSError, ValueError, LookupError) as error:
        raise LLMUnavailable(f"{file}: the adapter cannot be read") from error
    raise LLMUnavailable(f"{file}: the adapter is for another model")


def _convert_apart(file: Path, folder: EightBitFolder, progress: Progress) -> None:
    """Convert in a process of its own, which gives back the 3 GB that this takes; each line of it is a step done.

    Raises:
        ValueError: it failed, with its last words.
    """
    doing = f"making {folder.path.name.strip('.').removesuffix('.part')}"
    # -P: not a folder called assistant that happens to be where this is run.
    command = [sys.executable, "-P", "-m", "assistant.int8.convert", str(file), str(folder.path)]
    with (
        TemporaryFile("w+", encoding="utf-8") as errors,  # a pipe that nobody reads meanwhile can fill up
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                done, _, steps = line.partition(" ")
                progress(doing, int(done), int(steps))
        except BaseException:
            process.kill()
            raise
        process.wait()
        errors.seek(0)
        words = errors.read().strip()
    if process.returncode:
        raise ValueError(words.splitlines()[-1] if words else f"it ended with {process.returncode}")


def _convert(file: Path, folder: EightBitFolder, step: Callable[[int, int], None]) -> None:
    from gguf import GGUFReader

    read = GGUFReader(file)
    shape = _shape(read, file)
    found = {tensor.name: tensor for tensor in read.tensors}
    steps = shape.layers + 2
    step(0, steps)
    for number in range(shape.layers):
        save_file(_layer(found, number), folder.shard(str(number)))
        step(number + 1, steps)
    save_file(_ends(found), folder.shard())
    step(steps - 1, steps)
    _save_tokenizer(file, folder.path)
    folder.finish(shape)
    step(steps, steps)


def _shape(read: Any, file: Path) -> Shape:
    if (kind := _value(read, "general.architecture")) != _ARCHITECTURE:
        raise ValueError(f"{file.name} is a {kind} model, not a {_ARCHITECTURE}")
    return Shape(
        layers=int(_value(read, f"{kind}.block_count")),
        width=int(_value(read, f"{kind}.embedding_length")),
        inner=int(_value(read, f"{kind}.feed_forward_length")),
        heads=int(_value(read, f"{kind}.attention.head_count")),
        kv_heads=int(_value(read, f"{kind}.attention.head_count_kv")),
        rope_base=float(_value(read, f"{kind}.rope.freq_base")),
        epsilon=float(_value(read, f"{kind}.attention.layer_norm_rms_epsilon")),
        source=source_of(file),
    )


def _layer(found: Mapping[str, Any], number: int) -> dict[str, torch.Tensor]:
    made: dict[str, torch.Tensor] = {}
    for name, parts in _MATRICES.items():
        pairs = [_eight_bit(found[f"blk.{number}.{part}.weight"]) for part in parts]
        made[name] = torch.cat([weights for weights, _ in pairs])
        made[f"{name}_scale"] = torch.cat([scale for _, scale in pairs])
    made["qkv_bias"] = torch.cat([_whole(found[f"blk.{number}.{part}.bias"]) for part in _MATRICES["qkv"]])
    return made | {name: _whole(found[f"blk.{number}.{part}.weight"]) for name, part in _NORMS.items()}


def _ends(found: Mapping[str, Any]) -> dict[str, torch.Tensor]:
    embedding, embedding_scale = _eight_bit(found["token_embd.weight"])
    head, head_scale = (embedding.clone(), embedding_scale.clone())
    if "output.weight" in found:  # else the two are one matrix
        head, head_scale = _eight_bit(found["output.weight"])
    ends = {"embedding": embedding, "embedding_scale": embedding_scale, "head": head, "head_scale": head_scale}
    return ends | {"norm": _whole(found["output_norm.weight"])}


def _eight_bit(tensor: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers from -127 to 127, shape (outputs, inputs), and what each row is multiplied by."""
    weights, scales = [], []
    for rows in _blocks(tensor):
        scale = rows.abs().amax(1).clamp_min(1e-12) / 127
        weights.append((rows / scale[:, None]).round().to(torch.int8))
        scales.append(scale)
    return torch.cat(weights), torch.cat(scales)


def _whole(tensor: Any) -> torch.Tensor:
    return torch.cat([rows.flatten() for rows in _blocks(tensor)])


def _blocks(tensor: Any) -> Iterator[torch.Tensor]:
    """The rows of a tensor as floating-point numbers, some thousand at a time."""
    from gguf.quants import dequantize

    for start in range(0, len(tensor.data), _ROWS):
        yield torch.from_numpy(np.array(dequantize(tensor.data[start : start + _ROWS], tensor.tensor_type)))


def _save_tokenizer(file: Path, folder: Path) -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the file is here
    from transformers import AutoTokenizer

    AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name).save_pretrained(str(folder))


def _value(read: Any, name: str) -> Any:
    return read.fields[name].contents()


def _say(done: int, steps: int) -> None:
    sys.stdout.write(f"{done} {steps}\n")
    sys.stdout.flush()


def _main() -> None:
    file, folder = map(Path, sys.argv[1:3])
    try:
        _convert(file, EightBitFolder(folder), _say)
    except (OSError, ValueError, LookupError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        sys.exit(reason)


if __name__ == "__main__":
    _main()
