"""The default model itself, in eight bits, beside llama.cpp with the same file and adapter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import user_data_path

from assistant.int8.convert import make
from assistant.int8.llm import EightBitLLM
from assistant.likelihood import log_odds
from assistant.llm import LLM, Message
from assistant.llm_choice import ADAPTER
from assistant.llm_embedded import EmbeddedLLM, Limits
from assistant.prompts import STATED, stated_part
from index.fetch import fetch
from index.weights import DEFAULT_LLM
from tests.assistant.test_trained_reader import FERRY, NOT_STATED_THERE, STATED_THERE

pytestmark = pytest.mark.llm

LIMITS = Limits(2048, 64, 0)
BRIDGE = "Passage (Bridges):\nThe county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre.\n\n"


@pytest.fixture(scope="module")
def default_model() -> Path:
    """Brought once; where it cannot be brought the test fails and says why."""
    return fetch(DEFAULT_LLM, user_data_path("communique") / "models")


@pytest.fixture(scope="module")
def eight_bits(default_model: Path) -> Iterator[LLM]:
    make(default_model)
    llm = EightBitLLM(default_model, lambda: pytest.fail("not asked for"), adapter=ADAPTER, limits=LIMITS)
    yield llm
    llm.close()


@pytest.fixture(scope="module")
def llama_cpp(default_model: Path) -> Iterator[LLM]:
    llm = EmbeddedLLM(default_model, adapter=ADAPTER, limits=LIMITS)
    yield llm
    llm.close()


def test_it_finds_what_llama_cpp_finds(eight_bits: LLM, llama_cpp: LLM) -> None:
    for question in (*STATED_THERE, *NOT_STATED_THERE):
        part = stated_part(question)
        here = [log_odds(found) for found in eight_bits.probabilities_of_yes(STATED, [FERRY, BRIDGE], part)]
        there = [log_odds(found) for found in llama_cpp.probabilities_of_yes(STATED, [FERRY, BRIDGE], part)]

        assert here == pytest.approx(there, abs=0.7), question
        assert (here[0] > 0) == (question in STATED_THERE)


def test_it_writes_what_llama_cpp_writes(eight_bits: LLM, llama_cpp: LLM) -> None:
    asked = [
        Message("system", "Reply with one word."),
        Message("user", "What is the capital of France?"),
        Message("assistant", "Paris"),
        Message("user", "What is the capital of Japan?"),
    ]
    written = [llm.complete(asked, max_tokens=8, stop=("\n", ".")) for llm in (eight_bits, llama_cpp)]
    assert written == ["Tokyo", "Tokyo"]
