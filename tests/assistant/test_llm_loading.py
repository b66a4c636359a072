"""A model that takes a while to load: who waits for it, who need not, and what becomes of one that cannot be loaded."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.llm import LLMUnavailable, Message
from assistant.llm_loading import LoadingLLM
from assistant.wanted import NoLongerWantedError, wanted_while

HELLO = (Message("user", "Hello"),)


@dataclass
class FakeLLM:
    """Says what it was made to say; keeps what it was given to read ahead."""

    name: str = "fake"
    reply: str = "Hi."
    warmed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    closed: int = 0
    failed: bool = False

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        return self.reply[:max_tokens]

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        return 0.75

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        return tuple(0.75 for _ in passage_parts)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        self.warmed.append((system, tuple(passage_parts)))

    def close(self) -> None:
        self.closed += 1


@dataclass
class SlowLoad:
    """Loads when it is let; counts how often it was asked."""

    llm: FakeLLM = field(default_factory=FakeLLM)
    problem: str = ""
    may_end: threading.Event = field(default_factory=threading.Event)
    asked: int = 0

    def __call__(self) -> FakeLLM:
        self.asked += 1
        assert self.may_end.wait(10)
        if self.problem:
            raise LLMUnavailable(self.problem)
        return self.llm


@pytest.fixture
def load() -> Iterator[SlowLoad]:
    slow = SlowLoad()
    yield slow
    slow.may_end.set()


def test_a_model_is_known_to_have_failed_once_its_loading_has_or_it_has_itself(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    llm.start()
    assert not llm.failed
    load.may_end.set()
    assert llm.wait(10)
    assert not llm.failed
    load.llm.failed = True
    assert llm.failed
    load.problem = "fake: memory is short"
    broken = LoadingLLM("fake", load)
    broken.start()
    assert not broken.wait(1)
    assert broken.failed


def test_whoever_calls_while_it_loads_waits(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    replies: list[str] = []
    callers = [threading.Thread(target=lambda: replies.append(llm.complete(HELLO, max_tokens=2))) for _ in range(3)]
    for caller in callers:
        caller.start()
    time.sleep(0.05)
    assert (replies, llm.ready) == ([], False)

    load.may_end.set()
    for caller in callers:
        caller.join(10)

    assert (replies, llm.ready, load.asked) == (["Hi"] * 3, True, 1)
    assert llm.probability_of_yes("Read.", "Passage", "Question") == 0.75
    assert llm.probabilities_of_yes("Read.", ["Passage"] * 2, "Question") == (0.75, 0.75)


def test_whoever_gives_up_need_not_wait_for_the_loading(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    with wanted_while(lambda: not load.asked), pytest.raises(NoLongerWantedError):
        llm.complete(HELLO, max_tokens=2)
    load.may_end.set()
    assert llm.complete(HELLO, max_tokens=2) == "Hi"


def test_nothing_is_loaded_before_it_is_used(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    assert not llm.wait(0.02)
    llm.close()
    assert load.asked == 0
    with pytest.raises(LLMUnavailable, match="closed"):
        llm.complete(HELLO, max_tokens=2)


def test_passages_given_while_it_loads_are_read_afterwards(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    llm.warm("Read.", ["One", "Two"])
    load.may_end.set()
    assert llm.wait(10)
    llm.warm("Read.", ["Three"])
    assert sorted(load.llm.warmed) == [("Read.", ("One", "Two")), ("Read.", ("Three",))]


def test_a_loading_that_fails_is_told_to_every_caller_and_warming_never_fails(load: SlowLoad) -> None:
    load.problem = "fake: memory is short"
    load.may_end.set()
    llm = LoadingLLM("fake", load)
    llm.warm("Read.", ["One"])
    for _ in range(2):
        with pytest.raises(LLMUnavailable, match="memory is short"):
            llm.probability_of_yes("Read.", "Passage", "Question")
    assert not llm.wait(1)
    llm.warm("Read.", ["Two"])
    llm.close()


def test_closing_waits_for_the_loading_and_closes_what_was_loaded(load: SlowLoad) -> None:
    llm = LoadingLLM("fake", load)
    llm.start()
    threading.Timer(0.05, load.may_end.set).start()
    llm.close()
    assert load.llm.closed == 1
    assert not llm.ready
