"""A small set of rows, a tokenizer of words, and a small transformer with random weights."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import torch

from evals.reader.base import Base
from evals.reader.prompt import Prompts
from evals.reader.rows import PassageRow, ReaderSet, load

VOCABULARY = 200
PLACES = ("Tamble", "Ottery", "Brindle", "Selwick", "Morvane", "Kessary", "Callow", "Velmora")


@dataclass
class WordTokenizer:
    """A token a word, a space or a sign, numbered as they come; writes prompts as ChatML."""

    known: dict[str, int] = field(default_factory=dict)

    def encode(self, text: str, **_: Any) -> list[int]:
        return [self.known.setdefault(word, len(self.known)) for word in re.findall(r"\w+|\s+|[^\w\s]", text)]

    def apply_chat_template(self, conversation: list[dict[str, str]], **_: Any) -> str:
        turns = [f"<|im_start|>{turn['role']}\n{turn['content']}<|im_end|>\n" for turn in conversation]
        return "".join(turns) + "<|im_start|>assistant\n"


@pytest.fixture
def tokenizer() -> WordTokenizer:
    return WordTokenizer()


@pytest.fixture
def prompts(tokenizer: WordTokenizer) -> Prompts:
    return Prompts(tokenizer)


@pytest.fixture
def make_base(prompts: Prompts) -> Callable[..., Base]:
    """The same model every time; a large `spread` of its weights lets what a token sees show in the last state."""
    from transformers import Qwen2Config, Qwen2ForCausalLM

    def make(spread: float = 0.3) -> Base:
        torch.manual_seed(3)
        config = Qwen2Config(
            vocab_size=VOCABULARY,
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=3,
            num_attention_heads=4,
            num_key_value_heads=2,
            initializer_range=spread,
            tie_word_embeddings=True,
        )
        return Base(Qwen2ForCausalLM(config).eval(), prompts)

    return make


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base()


def passage_rows() -> list[dict[str, Any]]:
    """Eight passages of two sentences on one town each, and one of another document."""
    rows = [
        {"id": f"towns#{number}", "document": "towns", "heading": place,
         "sentences": [f"{place} has a bridge.\n\n", f"Its harbour opened in {1900 + number}."]}
        for number, place in enumerate(PLACES)
    ]  # fmt: skip
    return [*rows, {"id": "woods#0", "document": "woods", "heading": "Oaks", "sentences": ["Oaks grow near Brindle."]}]


def question_rows() -> list[dict[str, Any]]:
    """Of each town a question that is stated and one that is not; one on two sentences together, and a list."""
    rows: list[dict[str, Any]] = []
    for number, place in enumerate(PLACES):
        asked = {"passage": f"towns#{number}"}
        rows += [
            {"kind": "fact", "question": f"When was the harbour of {place} opened?", "sentences": [2], **asked},
            {"kind": "near_miss", "question": f"Who paid for the bridge of {place}?", "sentences": [], **asked},
        ]
    return [
        *rows,
        {"kind": "yes_no", "passage": "towns#0", "question": "Are there both?", "sentences": [1, 2], "together": True},
        {"kind": "fact", "passage": "woods#0", "question": "What grows near Brindle?", "sentences": [1]},
        {"kind": "list", "document": "towns", "question": "Which harbours are old?",
         "holds": {"towns#0": [2], "towns#1": [2]}},
    ]  # fmt: skip


def write_rows(path: Path, rows: Sequence[Any]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def make_set(tmp_path: Path) -> Callable[..., tuple[dict[str, PassageRow], Path]]:
    """The small set's passages, and a file with these questions, or its own."""

    def make(questions: Sequence[Any] | None = None) -> tuple[dict[str, PassageRow], Path]:
        file = tmp_path / "questions.jsonl"
        write_rows(file, question_rows() if questions is None else questions)
        passages = (PassageRow(**{**row, "sentences": tuple(row["sentences"])}) for row in passage_rows())
        return {row.id: row for row in passages}, file

    return make


@pytest.fixture
def rows(make_set: Callable[..., tuple[dict[str, PassageRow], Path]]) -> ReaderSet:
    return load(*make_set())


@pytest.fixture
def small_rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The small set's passages and questions as they stand in its files, to be spoilt."""
    return passage_rows(), question_rows()
