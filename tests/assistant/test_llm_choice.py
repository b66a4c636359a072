"""Settings lead to the LLM they name, to a line that says why not, or to an error."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from platformdirs import user_data_path

from assistant import llm_choice
from assistant.lacking import Lack, Notice
from assistant.llm import LLMUnavailable, Message
from assistant.llm_choice import OpenedLLM, OpenedLLMs, check_llms, engine_of, open_llm, open_llms
from assistant.llm_endpoint import EndpointLLM
from assistant.llm_loading import LoadingLLM
from assistant.settings import Settings, load_settings
from assistant.types import AssistantError
from index.fetch import fetch
from index.weights import DEFAULT_LLM, TEST_LLM, ModelState

HELLO = (Message("user", "Hello"),)


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
    assert isinstance(notice, Notice) and notice.why is Lack.MISSING


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
    assert isinstance(notice, Notice) and notice.why is Lack.OTHER_FILE


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


def test_what_is_put_round_the_reading_model_is_round_the_same_model_that_writes(make_llm) -> None:
    one, other = make_llm(name="one"), make_llm(name="other")

    wrapped = OpenedLLMs(OpenedLLM(one, ""), one).around(lambda llm: make_llm(name=f"around {llm.name}"))
    assert wrapped.writer is wrapped.reader.llm
    assert wrapped.writer.name == "around one"

    wrapped = OpenedLLMs(OpenedLLM(one, ""), other).around(lambda llm: make_llm(name=f"around {llm.name}"))
    assert wrapped.writer is other
    wrapped.close()
    assert (wrapped.reader.llm.closed, other.closed) == (True, True)
    assert OpenedLLMs(OpenedLLM(None, ""), other).around(lambda llm: make_llm()).writer is other


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


@pytest.fixture
def default_here(settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings whose default model is a file that is none, and llama.cpp that loads anything."""
    chosen = settings(llm="embedded")
    chosen.models_folder.mkdir(parents=True)
    (chosen.models_folder / DEFAULT_LLM.name).write_bytes(b"GGUF")
    monkeypatch.setattr(llm_choice, "verified_status", lambda model, folder: ModelState.HERE)
    monkeypatch.setattr(llm_choice, "EmbeddedLLM", lambda file, **given: SimpleNamespace(name="by llama.cpp"))
    return chosen


@pytest.mark.parametrize(("vnni", "engine"), [(True, "int8"), (False, "llama.cpp")])
def test_the_engine_goes_by_the_processor_unless_one_is_named(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, vnni: bool, engine: str
) -> None:
    monkeypatch.setattr("torch.cpu.get_capabilities", lambda: {"avx512_vnni": vnni})

    assert engine_of(settings()) == engine
    assert engine_of(settings(llm_engine="int8")) == "int8"
    assert engine_of(settings(llm_engine="llama.cpp")) == "llama.cpp"


def test_where_eight_bits_cannot_be_made_llama_cpp_runs_the_model(
    default_here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_choice, "engine_of", lambda settings: "int8")
    assert open_llm(default_here, shortage=lambda size: "").llm.name == "by llama.cpp"

    asked_for = default_here.model_copy(update={"llm_engine": "int8"})
    with pytest.raises(LLMUnavailable, match="cannot be made"):
        open_llm(asked_for, shortage=lambda size: "")


def test_the_default_model_is_run_in_eight_bits_with_the_adapter(
    default_here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(llm_choice, "engine_of", lambda settings: "int8")
    monkeypatch.setattr(
        "assistant.int8.llm.EightBitLLM",
        lambda file, writer, **options: given.update(options) or SimpleNamespace(name="int8", writer=writer),
    )

    llm: Any = open_llm(default_here, shortage=lambda size: "").llm

    assert llm.name == "int8"
    assert given["adapter"] == llm_choice.ADAPTER
    assert llm.writer().name == "by llama.cpp"
