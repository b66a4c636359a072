from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from assistant.int8 import llm as llm_module
from assistant.int8.decoder import Decoder, Prompt
from assistant.int8.llm import EightBitLLM
from assistant.llm import LLMUnavailable, Message
from assistant.llm_embedded import Limits
from assistant.wanted import NoLongerWantedError, wanted_while

SYSTEM = "Reply Yes or No."
ADA, BOB = "Passage (Ada):\nAda lives in Leeds.\n\n", "Passage (Bob):\nBob has lived in Bath for many years.\n\n"
WHERE = "Question: Where does Ada live?"

Opening = Callable[..., EightBitLLM]


@pytest.fixture
def opened(model_file: Path, adapter_file: Path) -> Iterator[Opening]:
    held: list[EightBitLLM] = []

    def run(writer: Callable[[], Any] = lambda: pytest.fail("not asked for"), **given: Any) -> EightBitLLM:
        options = {"adapter": adapter_file, "limits": Limits(512, 64, 64)} | given
        held.append(EightBitLLM(model_file, writer, **options))
        return held[-1]

    yield run
    for llm in held:
        llm.close()


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The numbers of tokens of the prompts of each pass."""
    counted: list[list[int]] = []
    read = Decoder.read

    def counting(self: Decoder, prompts: list[Prompt], **given: Any) -> Any:
        counted.append([len(prompt.tokens) for prompt in prompts])
        return read(self, prompts, **given)

    monkeypatch.setattr(Decoder, "read", counting)
    return counted


def test_several_passages_are_read_in_one_pass_as_one_by_one(opened: Opening, passes: list[list[int]]) -> None:
    apart = [opened().probability_of_yes(SYSTEM, part, WHERE) for part in (ADA, BOB)]
    passes.clear()

    together = opened().probabilities_of_yes(SYSTEM, [ADA, BOB], WHERE)

    assert [len(prompts) for prompts in passes] == [2, 2]  # the passages, then the question after both
    assert together == pytest.approx(apart, abs=1e-3)
    assert apart[0] != pytest.approx(apart[1], abs=1e-3)


def test_a_passage_is_read_once_whatever_is_asked_of_it(opened: Opening, passes: list[list[int]]) -> None:
    llm = opened()
    llm.probability_of_yes(SYSTEM, ADA, WHERE)
    passes.clear()

    llm.probability_of_yes(SYSTEM, ADA, "Question: Who?")

    assert len(passes) == 1
    assert passes[0][0] < 60


def test_what_was_read_outlives_the_process_and_damage(
    opened: Opening, passes: list[list[int]], tmp_path: Path
) -> None:
    states = tmp_path / "states"
    first = opened(states=states).probability_of_yes(SYSTEM, ADA, WHERE)
    passes.clear()

    assert opened(states=states).probability_of_yes(SYSTEM, ADA, WHERE) == pytest.approx(first, abs=1e-3)
    assert len(passes) == 1

    (kept,) = states.glob("*.state")
    kept.write_bytes(kept.read_bytes()[:100])
    assert opened(states=states).probability_of_yes(SYSTEM, ADA, WHERE) == pytest.approx(first, abs=1e-3)
    assert len(passes) == 3


def test_where_nothing_can_be_kept_on_disk_it_reads_all_the_same(opened: Opening, tmp_path: Path) -> None:
    (tmp_path / "states").write_text("a file, no folder")
    llm = opened(states=tmp_path / "states")

    assert 0.0 < llm.probability_of_yes(SYSTEM, ADA, WHERE) < 1.0
    assert not llm.failed


def test_passages_are_read_ahead_until_memory_is_full(opened: Opening, passes: list[list[int]]) -> None:
    llm = opened()
    llm.warm(SYSTEM, [ADA, BOB])
    assert llm.wait_until_warm(30)
    passes.clear()

    llm.probabilities_of_yes(SYSTEM, [ADA, BOB], WHERE)
    assert len(passes) == 1

    full = opened(limits=Limits(512, 0, 0))
    full.warm(SYSTEM, [ADA, BOB])
    assert full.wait_until_warm(30)
    assert len(passes) == 1  # there was no room


def test_the_adapter_acts_from_the_last_words_it_waits_for(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    adapted: list[list[bool]] = []
    read = Decoder.read
    monkeypatch.setattr(
        Decoder,
        "read",
        lambda self, prompts, **given: (adapted.append([p.adapted for p in prompts]), read(self, prompts, **given))[1],
    )
    llm = opened()
    llm.probability_of_yes(SYSTEM, ADA, "Is it so that Ada lives?")
    llm.probability_of_yes(SYSTEM, ADA, "First this. Question: Where?")
    llm.complete([Message("user", "Question: Where?")], max_tokens=1)

    assert adapted == [[False], [False], [False], [True], [False]]


def test_words_that_end_a_turn_are_no_such_token_in_a_passage(opened: Opening, passes: list[list[int]]) -> None:
    opened().probability_of_yes(SYSTEM, "Passage:\n<|im_end|>\n", "Question: Who?")

    broken = passes[0][0]
    passes.clear()
    opened().probability_of_yes(SYSTEM, "Passage:\n", "Question: Who?")
    assert broken - passes[0][0] > 5  # letters, not one token


def test_it_writes_until_a_stop_and_goes_on_from_an_opening(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    llm = opened()
    said = iter("Ada\nBob")
    alphabet = {letter: llm._tokens(letter)[0] for letter in "Adab\nBo"}

    def likely(self: Decoder, hidden: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.one_hot(torch.tensor([alphabet[next(said)]]), 400).float()

    monkeypatch.setattr(Decoder, "logits", likely)
    asked = [Message("system", SYSTEM), Message("user", "Who?")]

    assert llm.complete(asked, max_tokens=9, stop=("\n",), opening="It is ") == "It is Ada"
    assert llm.complete(asked, max_tokens=2) == "Bo"


def test_a_reply_held_to_a_schema_is_left_to_the_writer(opened: Opening, make_llm: Callable[..., Any]) -> None:
    made: list[Any] = []

    def writer() -> Any:
        made.append(make_llm("{}", "{}"))
        return made[-1]

    llm = opened(writer)
    for _ in range(2):
        assert llm.complete([Message("user", "x")], max_tokens=5, schema={"type": "object"}) == "{}"
    assert len(made) == 1


def test_a_prompt_too_long_or_a_closed_model_is_unavailable(opened: Opening) -> None:
    llm = opened()
    with pytest.raises(LLMUnavailable, match="more than 512"):
        llm.probability_of_yes(SYSTEM, "a " * 600, WHERE)
    assert 0.0 < llm.probability_of_yes(SYSTEM, ADA, WHERE) < 1.0
    llm.close()
    llm.close()
    with pytest.raises(LLMUnavailable, match="closed"):
        llm.probability_of_yes(SYSTEM, ADA, WHERE)


def test_a_passage_too_long_to_be_read_ahead_is_passed_over(opened: Opening, passes: list[list[int]]) -> None:
    llm = opened()
    llm.warm(SYSTEM, ["a " * 600, ADA])

    assert llm.wait_until_warm(30)
    assert not llm.failed
    assert len(passes) == 1


def test_it_may_be_closed_while_a_question_is_being_read(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    llm = opened()
    read = Decoder.read

    def closing(self: Decoder, prompts: list[Prompt], **given: Any) -> Any:
        llm._decoder = None
        return read(self, prompts, **given)

    monkeypatch.setattr(Decoder, "read", closing)
    with pytest.raises(LLMUnavailable, match="closed"):
        llm.complete([Message("user", "x")], max_tokens=5)


def test_memory_that_runs_out_is_unavailable(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    llm = opened()

    def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("[enforce fail at alloc_cpu.cpp:117]\nno memory")

    monkeypatch.setattr(Decoder, "read", fails)
    with pytest.raises(LLMUnavailable, match="enforce fail"):
        llm.complete([Message("user", "x")], max_tokens=5)
    assert llm.failed


def test_short_memory_is_told_before_anything_is_read(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_module, "memory_shortage", lambda size: "memory is short")
    with pytest.raises(LLMUnavailable, match="memory is short"):
        opened()


def test_a_question_given_up_reads_no_more(opened: Opening, passes: list[list[int]]) -> None:
    llm = opened()
    with wanted_while(lambda: False), pytest.raises(NoLongerWantedError):
        llm.probability_of_yes(SYSTEM, ADA, WHERE)
    assert passes == []


def test_several_asking_at_once_get_their_own_answers(opened: Opening) -> None:
    llm = opened()
    questions = [f"Question: Where does {name} live?" for name in ("Ada", "Bob", "Cy", "Di", "Eve")]
    alone = [llm.probability_of_yes(SYSTEM, ADA, question) for question in questions]
    found: dict[str, float] = {}

    def ask(question: str) -> None:
        found[question] = llm.probability_of_yes(SYSTEM, ADA, question)

    threads = [threading.Thread(target=ask, args=[question]) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[question] for question in questions] == pytest.approx(alone, abs=1e-4)
