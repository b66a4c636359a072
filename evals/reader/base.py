"""The default language model as PyTorch sees it, and its log-odds for a pack of questions.

The only file that imports transformers, and gguf with it, which reads the quantised weights.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from evals.reader.adapter import Adapter
from evals.reader.packing import Pack, Seen
from evals.reader.prompt import Prompts
from evals.types import EvalError


class Base(NamedTuple):
    """A causal language model of transformers, and the prompts in its tokens."""

    model: Any
    prompts: Prompts


def load(file: Path) -> Base:
    """Read a GGUF model with its weights made whole again, two bytes each.

    Raises:
        EvalError: what reads it is not installed, or it cannot be read.
    """
    try:
        import accelerate  # noqa: F401
        import gguf  # noqa: F401
    except ImportError as error:
        raise EvalError(f"train-reader needs {error.name}; run pip install 'communique[train]'") from error
    os.environ["HF_HUB_OFFLINE"] = "1"  # the file is here
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
        model: Any = AutoModelForCausalLM.from_pretrained(
            str(file.parent),
            gguf_file=file.name,
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.bfloat16,
            attn_implementation="sdpa",
        )
    except (OSError, ValueError) as error:
        reason = str(error).split("\n", maxsplit=1)[0]
        raise EvalError(f"{file}: it cannot be read ({reason}); run communique models fetch") from error
    return Base(model.eval(), Prompts(tokenizer))


class YesOrNo:
    """Says how likely Yes is against No, as an adapted model finds it."""

    def __init__(self, base: Base, adapter: Adapter) -> None:
        """`adapter` is one that is attached to the model.

        Raises:
            EvalError: Yes or No is not one token.
        """
        self.adapter = adapter
        self._decoder = base.model.model
        weights = base.model.get_output_embeddings().weight
        self._yes_over_no = (weights[base.prompts.token("Yes")] - weights[base.prompts.token("No")]).detach().float()
        self._type = weights.dtype

    def log_odds(self, pack: Pack) -> torch.Tensor:
        """One a question. Texts are read without the adapter, and no gradient goes through them."""
        from transformers import DynamicCache

        cache = DynamicCache()
        with torch.no_grad(), self.adapter.acting(False):
            self._read(cache, pack.texts, pack.text_positions, pack.texts_see)
        with self.adapter.acting():
            hidden = self._read(cache, pack.questions, pack.question_positions, pack.questions_see)
        odds: torch.Tensor = hidden[torch.from_numpy(pack.ends)].float() @ self._yes_over_no
        return odds

    def _read(self, cache: Any, tokens: np.ndarray, positions: np.ndarray, seen: Seen) -> torch.Tensor:
        """The last hidden state of each token; the cache is filled with the keys and values."""
        hidden: torch.Tensor = self._decoder(
            input_ids=torch.from_numpy(tokens)[None],
            position_ids=torch.from_numpy(positions)[None],
            attention_mask=self._mask(seen),
            past_key_values=cache,
            use_cache=True,
        ).last_hidden_state[0]
        return hidden

    def _mask(self, seen: Seen) -> torch.Tensor:
        """What is added to the attention, shape (1, 1, tokens, tokens seen)."""
        unseen = torch.from_numpy(~seen)
        return torch.zeros(unseen.shape, dtype=self._type).masked_fill(unseen, torch.finfo(self._type).min)[None, None]
