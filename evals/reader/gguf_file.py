"""Adapters as GGUF files, version 3, for llama.cpp to load (ggml/docs/gguf.md of ggml-org/ggml).

An adapter has few fields and one type of number, so writing it takes less than depending on a package would, and the
tests can write one wherever they run. Reading a model's quantised weights takes more: `base.py`.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.types import EvalError

Field = str | float | Sequence[int]
Halves = npt.NDArray[np.float16]

_MAGIC, _VERSION = b"GGUF", 3
_UINT32, _FLOAT32, _STRING, _ARRAY = 4, 6, 8, 9
_F16 = 1  # the type of a tensor
_ALIGNMENT = 32


def as_gguf(fields: Mapping[str, Field], tensors: Mapping[str, Halves]) -> bytes:
    """The bytes of a file. Fields are strings, floats (32 bits) or lists of whole numbers (32 bits, not negative)."""
    head = [_MAGIC, struct.pack("<IQQ", _VERSION, len(tensors), len(fields))]
    head += [_string(name) + _field(field) for name, field in fields.items()]
    body: list[bytes] = []
    offset = 0
    for name, tensor in tensors.items():
        sizes = tensor.shape[::-1]  # the one that changes fastest comes first
        head.append(_string(name) + struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, _F16, offset))
        body.append(_padded(tensor.astype("<f2").tobytes()))
        offset += len(body[-1])
    return _padded(b"".join(head)) + b"".join(body)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all or nothing: a killed program leaves no half one under its name.

    Raises:
        EvalError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise EvalError(f"{path}: cannot be written ({error.strerror})") from error


def _string(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def _field(field: Field) -> bytes:
    if isinstance(field, str):
        return struct.pack("<I", _STRING) + _string(field)
    if isinstance(field, float):
        return struct.pack("<If", _FLOAT32, field)
    return struct.pack(f"<IIQ{len(field)}I", _ARRAY, _UINT32, len(field), *field)


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _ALIGNMENT)
