"""Settings lead to the LLM they name, to a line that says why not, or to an error. Loading takes a while."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_data_path

from assistant.llm import LLMUnavailable, Message
from assistant.llm_choice import OpenedLLM, OpenedLLMs, check_llms, open_llm, open_llms
from assistant.llm_endpoint import EndpointLLM
from assistant.llm_loading import LoadingLLM
from assistant.settings import Settings, load_settings
from assistant.types import AssistantError
from assistant.wanted import NoLongerWantedError, wanted_while
from index.fetch import fetch
from index.weights import DEFAULT_LLM, TEST_LLM

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


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Settings with a home folder that has no models."""
    monkeypatch.chdir(tmp_path)
    return lambda **given: load_settings(home=tmp_path / "home", **given)


def plenty(size: int) -> str:
    return ""


def short(size: int) -> str:
    return f"memory is short ({size} bytes)"


def test_none_is_none_without_a_word(settings: Callable[..., Settings]) -> None:
    assert open_llm(settings(llm="none")) == (None, "")


def test_auto_without_the_file_quotes_and_says_which_command_brings_it(settings: Callable[..., Settings]) -> None:
    llm, notice = open_llm(settings(llm="auto"), shortage=plenty)

    assert llm is None
    assert DEFAULT_LLM.name in notice
    assert "communique models fetch" in notice
    assert "quote" in notice
    assert "\n" not in notice


def test_embedded_without_the_file_is_an_error_that_names_the_command(settings: Callable[..., Settings]) -> None:
    with pytest.raises(AssistantError, match="communique models fetch"):
        open_llm(settings(llm="embedded"), shortage=plenty)


@pytest.mark.parametrize("in_background", [True, False])
def test_another_file_under_the_name_is_not_loaded(settings: Callable[..., Settings], in_background: bool) -> None:
    chosen = settings(llm="auto")
    chosen.models_folder.mkdir(parents=True)
    (chosen.models_folder / DEFAULT_LLM.name).write_bytes(b"GGUF, but another")

    llm, notice = open_llm(chosen, in_background=in_background, shortage=plenty)

    assert llm is None
    assert "not the published file" in notice


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), (b"PK\x03\x04", "not a GGUF"), (b"", "GGUF")])
def test_a_path_that_leads_to_no_model_is_one_line(
    settings: Callable[..., Settings], tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "own.gguf"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(AssistantError, match=words) as caught:
        open_llm(settings(llm=str(file)), in_background=True, shortage=plenty)

    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_was_asked_for_and_does_not_fit_into_memory_is_an_error(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF" + bytes(96))

    with pytest.raises(AssistantError, match=r"own.gguf: memory is short \(100 bytes\)"):
        open_llm(settings(llm=str(tmp_path / "own.gguf")), shortage=short)


def test_a_file_that_llama_cpp_cannot_load_is_told_at_once_or_at_the_first_call(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF and then nothing" * 100)
    chosen = settings(llm=str(tmp_path / "own.gguf"))

    with pytest.raises(AssistantError, match="cannot load it"):
        open_llm(chosen, shortage=plenty)
    llm, _ = open_llm(chosen, in_background=True, shortage=plenty)
    assert llm is not None
    assert llm.name == "own"
    with pytest.raises(LLMUnavailable, match="cannot load it"):
        llm.complete(HELLO, max_tokens=3)


def test_an_endpoint_is_named_and_not_asked(settings: Callable[..., Settings]) -> None:
    llm, notice = open_llm(settings(llm="http://127.0.0.1:9", llm_model="qwen3", llm_key="sk-secret"))

    assert isinstance(llm, EndpointLLM)
    assert (llm.name, notice) == ("qwen3", "")
    assert "sk-secret" not in repr(llm)


@pytest.mark.parametrize("is_there", [True, False])
def test_in_the_background_an_endpoint_is_looked_for(settings: Callable[..., Settings], is_there: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        if is_there:
            threading.Thread(target=_refuse_once, args=(taken,), daemon=True).start()
        else:
            taken.close()
        llm, _ = open_llm(settings(llm=url), in_background=True)
        assert isinstance(llm, LoadingLLM)
        assert llm.wait(10)
        assert llm.failed is not is_there


def _refuse_once(server: socket.socket) -> None:
    caller, _ = server.accept()
    with caller:
        asked = caller.recv(10_000)
        assert asked.startswith(b"GET /v1/models HTTP")
        caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


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


URL = "http://127.0.0.1:9"


def test_nothing_writes_unless_that_is_asked_for(settings: Callable[..., Settings]) -> None:
    for draft in ("auto", "quote"):
        reader, writer = open_llms(settings(llm=URL, draft=draft, writer="http://127.0.0.1:10"))
        assert isinstance(reader.llm, EndpointLLM)
        assert writer is None


def test_the_model_that_reads_writes_unless_another_is_named(settings: Callable[..., Settings]) -> None:
    reader, writer = open_llms(settings(llm=URL, draft="write"))
    assert writer is reader.llm

    reader, writer = open_llms(settings(llm="none", draft="write", writer=URL, writer_model="big"))
    assert reader == (None, "")
    assert writer is not None
    assert writer.name == "big"


def test_without_the_default_file_writing_quotes_and_says_so(settings: Callable[..., Settings]) -> None:
    reader, writer = open_llms(settings(llm="auto", draft="write"))

    assert writer is None
    assert "communique models fetch" in reader.notice


def test_a_writer_that_is_not_there_is_one_line_before_a_page_is_opened(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    chosen = settings(llm="none", draft="write", writer=str(tmp_path / "gone.gguf"))
    for look in (check_llms, open_llms):
        with pytest.raises(AssistantError, match=r"gone\.gguf: the model file cannot be read"):
            look(chosen)
    for look in (check_llms, open_llms):
        with pytest.raises(AssistantError, match="draft write needs a language model"):
            look(settings(llm="none", draft="write"))
    check_llms(settings(llm="none", draft="quote", writer=str(tmp_path / "gone.gguf")))


def test_what_is_put_round_the_reading_model_is_round_the_same_model_that_writes() -> None:
    one, other = FakeLLM("one"), FakeLLM("other")

    wrapped = OpenedLLMs(OpenedLLM(one, ""), one).around(lambda llm: FakeLLM(f"around {llm.name}"))
    assert wrapped.writer is wrapped.reader.llm
    assert wrapped.writer.name == "around one"

    wrapped = OpenedLLMs(OpenedLLM(one, ""), other).around(lambda llm: FakeLLM(f"around {llm.name}"))
    assert wrapped.writer is other
    wrapped.close()
    assert (wrapped.reader.llm.closed, other.closed) == (1, 1)
    assert OpenedLLMs(OpenedLLM(None, ""), other).around(FakeLLM).writer is other


@pytest.mark.llm
def test_a_real_model_is_loaded_in_the_background_and_keeps_what_it_read(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    file = fetch(TEST_LLM, user_data_path("communique") / "models")
    chosen = settings(llm=str(file), llm_memory=64, llm_disk=64, llm_threads=1)
    llm, notice = open_llm(chosen, in_background=True)
    assert isinstance(llm, LoadingLLM)
    assert notice == ""
    llm.warm("Reply Yes or No.", ["Passage (Ada):\nAda lives in Leeds.\n"])

    assert 0.0 <= llm.probability_of_yes("Reply Yes or No.", "Passage (Ada):\nAda lives in Leeds.\n", "Is it?") <= 1.0
    deadline = time.monotonic() + 30
    while not list(chosen.states_folder.glob("*.state")) and time.monotonic() < deadline:
        time.sleep(0.05)
    llm.close()

    assert len(list(chosen.states_folder.glob("*.state"))) == 1
    with pytest.raises(LLMUnavailable):
        llm.complete(HELLO, max_tokens=3)
