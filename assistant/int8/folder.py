"""The folder of a model's eight-bit weights: what is in it, and reading it. Nothing here imports torch before that."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.llm import LLMUnavailable

if TYPE_CHECKING:
    import torch

    Tensors = dict[str, torch.Tensor]

_FORMAT = 1
_ABOUT = "about.json"
_ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a decoder, and the constants of its layers; `source` says which file it was made from."""

    layers: int
    width: int
    inner: int
    heads: int
    kv_heads: int
    rope_base: float
    epsilon: float
    source: str

    @property
    def head(self) -> int:
        """The width of one head."""
        return self.width // self.heads


class EightBitFolder:
    """Where one model's eight-bit weights are kept, with its tokenizer."""

    def __init__(self, path: Path) -> None:
        """Name the folder. Nothing is read yet."""
        self.path = path

    @classmethod
    def beside(cls, model_file: Path) -> EightBitFolder:
        """The folder for a GGUF file, beside it."""
        return cls(model_file.with_name(f"{model_file.stem}-int8"))

    def is_made_from(self, model_file: Path) -> bool:
        """Whether it is whole, of this version, and was made from this very file."""
        try:
            return self.shape().source == source_of(model_file)
        except LLMUnavailable:
            return False

    def shape(self) -> Shape:
        """The sizes of the model.

        Raises:
            LLMUnavailable: the folder is not there, or of another version.
        """
        with suppress(OSError, ValueError, LookupError, TypeError):
            about = json.loads((self.path / _ABOUT).read_text(encoding="utf-8"))
            if about.pop("format") == _FORMAT:
                return Shape(**about)
        raise LLMUnavailable(f"{self.path}: no eight-bit weights; run communique models fetch")

    def layer(self, number: int) -> Tensors:
        """The tensors of one layer, mapped from disk."""
        from safetensors.torch import load_file

        return load_file(self.shard(str(number)))

    def ends(self) -> Tensors:
        """The embedding of tokens, the last norm and the output matrix, mapped from disk."""
        from safetensors.torch import load_file

        return load_file(self.shard(_ENDS))

    def tokenizer(self) -> Any:
        """The model's tokenizer, with its chat template; one of transformers."""
        from transformers import PreTrainedTokenizerFast

        return PreTrainedTokenizerFast.from_pretrained(str(self.path), local_files_only=True)

    def shard(self, name: str = _ENDS) -> Path:
        """The file of one layer, or of what is before and after all of them."""
        return self.path / f"{name}.safetensors"

    def finish(self, shape: Shape) -> None:
        """Say that all is here. Without this the folder counts as none."""
        (self.path / _ABOUT).write_text(json.dumps({"format": _FORMAT, **asdict(shape)}), encoding="utf-8")


def source_of(model_file: Path) -> str:
    """What changes whenever a file does; nothing if it is not there."""
    with suppress(OSError):
        about = model_file.stat()
        return f"{model_file.name} {about.st_size} {about.st_mtime_ns}"
    return ""
