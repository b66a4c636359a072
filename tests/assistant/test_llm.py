"""What an LLM's server may do wrong is one clear error; what it does right is read rightly."""

from __future__ import annotations

import json
import logging
import math
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.llm import LLMUnavailable, Message
from assistant.llm_endpoint import EndpointLLM, without_control_tokens
from assistant.wanted import NoLongerWantedError, wanted_while

KEY = "sk-very-secret"
SCHEMA = {"type": "object", "properties": {"city": {"type": "string", "maxLength": 20}}, "required": ["city"]}
HELLO = (Message("system", "Be brief."), Message("user", "Hello"))


class FakeServer(ThreadingHTTPServer):
    """An OpenAI-compatible server that replies with the given statuses and bodies in turn, the last one for ever."""

    daemon_threads = True

    def __init__(self, *replies: tuple[int, str], hang: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), FakeHandler)
        self.replies = list(replies)
        self.hang = hang
        self.requests: list[dict[str, Any]] = []
        self.at_once = self.most_at_once = 0
        self.counting = threading.Lock()
        self.keys: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class FakeHandler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append({"path": self.path, **json.loads(body)})
        self.server.keys.append(self.headers["Authorization"])
        with self.server.counting:
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        time.sleep(self.server.hang)
        with self.server.counting:
            self.server.at_once -= 1
        code, text = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        reply = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        try:
            self.wfile.write(reply)
        except OSError:
            return  # the client has stopped waiting

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def said(text: str, probabilities: dict[str, float] | None = None) -> tuple[int, str]:
    choice: dict[str, Any] = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    if probabilities is not None:
        top = [{"token": token, "logprob": math.log(value), "bytes": None} for token, value in probabilities.items()]
        choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top}]}
    return 200, json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})


@pytest.fixture
def serve() -> Iterator[Any]:
    running: list[FakeServer] = []

    def start(*replies: tuple[int, str], hang: float = 0.0) -> FakeServer:
        running.append(FakeServer(*replies, hang=hang))
        return running[-1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def llm_at(server: FakeServer, **options: Any) -> EndpointLLM:
    return EndpointLLM(server.url, "m", SecretStr(KEY), **{"timeout": 5.0, **options})


def test_a_completion_sends_the_messages_and_the_key(serve: Any) -> None:
    server = serve(said("Hi."))
    assert llm_at(server).complete(HELLO, max_tokens=7, stop=("\n",)) == "Hi."
    request = server.requests[0]
    assert request["path"] == "/v1/chat/completions"
    assert [turn["role"] for turn in request["messages"]] == ["system", "user"]
    assert (request["model"], request["max_tokens"], request["stop"], request["temperature"]) == ("m", 7, ["\n"], 0.0)
    assert server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "token",
    [
        "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<s>", "</s>", "<start_of_turn>", "<end_of_turn>", "<|eot_id|>",
        "<｜User｜>", "<turn|>", "[INST]", "[/INST]", "[TOOL_CALLS]", "<unused7>", "<think>", "</think>",
    ],
)  # fmt: skip
def test_what_a_text_says_cannot_end_its_turn_or_begin_another(serve: Any, token: str) -> None:
    server = serve(said("Yes", {"Yes": 0.9}))
    llm = llm_at(server)

    llm.complete((Message("user", f"A{token}B"),), max_tokens=1)
    llm.probability_of_yes(f"S{token}", f"P{token}", f"Q{token}")

    sent = [turn["content"] for request in server.requests for turn in request["messages"]]
    assert not any(token in text for text in sent)
    assert "".join(sent).replace(" ", "").count(token) == 4


@pytest.mark.parametrize("text", ["fewer than 5 < 7", "x <- y", "as said in [1] and [a]", "R&D > all", "[Annex] I"])
def test_ordinary_text_is_sent_as_it_is(text: str) -> None:
    assert without_control_tokens(text) == text


def test_without_a_key_that_of_the_environment_is_not_sent(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server = serve(said("Hi."))
    EndpointLLM(server.url).complete(HELLO, max_tokens=7)
    assert KEY not in server.keys[0]


def test_a_reply_is_begun_only_for_a_server_that_goes_on_from_it(serve: Any) -> None:
    server = serve(said(" hatchery?"))

    assert llm_at(server).complete(HELLO, max_tokens=7, opening="Who runs the") == ""
    assert (
        llm_at(server, goes_on=True).complete(HELLO, max_tokens=7, opening="Who runs the") == "Who runs the hatchery?"
    )
    [request] = server.requests
    assert request["messages"][-1] == {"role": "assistant", "content": "Who runs the"}


def test_a_schema_is_passed_on_and_the_reply_is_whole_json(serve: Any) -> None:
    server = serve(said('{"city": "Kobe"}'), said('{"city": "Ko'))
    llm = llm_at(server)
    assert llm.complete(HELLO, max_tokens=7, schema=SCHEMA) == '{"city": "Kobe"}'
    assert server.requests[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    with pytest.raises(LLMUnavailable, match="not whole JSON"):
        llm.complete(HELLO, max_tokens=7, schema=SCHEMA)


def test_all_spellings_of_yes_and_no_are_counted(serve: Any) -> None:
    server = serve(said("Yes", {"Yes": 0.3, " yes": 0.2, "YES": 0.1, "No": 0.15, " no.": 0.05, "The": 0.2}))
    assert llm_at(server).probability_of_yes("Read.", "Passage", "Question") == pytest.approx(0.75)
    assert server.requests[0]["messages"][1]["content"] == "PassageQuestion"


@pytest.mark.parametrize(("text", "probability"), [("Yes", 1.0), (" no.", 0.0)])
def test_a_server_without_probabilities_is_taken_at_its_word(serve: Any, text: str, probability: float) -> None:
    assert llm_at(serve(said(text))).probability_of_yes("Read.", "Passage", "Question") == probability


def test_several_passages_come_back_in_their_order(serve: Any) -> None:
    server = serve(said("Yes", {"Yes": 0.9, "No": 0.1}), hang=0.05)
    found = llm_at(server).probabilities_of_yes("Read.", [f"Passage {number}" for number in range(6)], "Question")
    assert found == pytest.approx((0.9,) * 6)
    assert {request["messages"][1]["content"][8] for request in server.requests} == set("012345")


def test_questions_at_once_share_the_prompts_that_may_be_with_a_server(serve: Any) -> None:
    server = serve(said("Yes", {"Yes": 0.9}), hang=0.05)
    llm = llm_at(server, together=2)
    parts = [f"Passage {number}" for number in range(4)]
    readers = [threading.Thread(target=llm.probabilities_of_yes, args=("Read.", parts, "Question")) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(server.requests) == 16
    assert server.most_at_once == 2


@pytest.mark.parametrize("together", [1, 4])
def test_no_prompt_is_sent_for_a_question_once_it_is_given_up(serve: Any, together: int) -> None:
    server = serve(said("Yes", {"Yes": 0.9}), hang=0.05)
    llm = llm_at(server, together=together)
    parts = [f"Passage {number}" for number in range(40)]
    with wanted_while(lambda: not server.requests), pytest.raises(NoLongerWantedError):
        llm.probabilities_of_yes("Read.", parts, "Question")
    sent = len(server.requests)
    assert 1 <= sent <= together
    with wanted_while(lambda: False), pytest.raises(NoLongerWantedError):
        llm.complete(HELLO, max_tokens=7)
    assert len(server.requests) == sent
    assert llm.probability_of_yes("Read.", "Passage", "Question of somebody else") == 1.0


@pytest.mark.parametrize(
    "reply",
    [
        (200, "lorem ipsum"),
        (200, '{"id": "1", "choices": [{"index": 0, "mess'),
        (200, "[]"),
        (200, "{}"),
        (200, "null"),
        (200, '{"choices": []}'),
        (200, '{"choices": [{"message": null}]}'),
        (200, '{"choices": "none"}'),
        (200, ""),
        (404, "no such model"),
        (401, f"the key {KEY} is wrong"),
        said("Perhaps", {"Perhaps": 0.9}),
    ],
)
def test_garbage_is_one_clear_line_without_the_key(serve: Any, reply: tuple[int, str]) -> None:
    with pytest.raises(LLMUnavailable) as caught:
        llm_at(serve(reply)).probability_of_yes("Read.", "Passage", "Question")
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_short_trouble_is_tried_again(serve: Any) -> None:
    server = serve((503, "{}"), (429, "{}"), said("Hi."))
    assert llm_at(server).complete(HELLO, max_tokens=7) == "Hi."
    assert len(server.requests) == 3


def test_one_that_never_answers_is_waited_for_once(serve: Any) -> None:
    server = serve(said("Hi."), hang=30.0)
    llm = llm_at(server, timeout=0.5)
    started = time.monotonic()
    for _ in range(5):
        with pytest.raises(LLMUnavailable):
            llm.complete(HELLO, max_tokens=7)
    assert time.monotonic() - started < 3
    assert len(server.requests) == 1


def test_a_dead_port_is_said(serve: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LLMUnavailable, match=f"127.0.0.1:{port}.*cannot be reached"):
        EndpointLLM(f"http://127.0.0.1:{port}", timeout=2.0, attempts=2).complete(HELLO, max_tokens=7)


def test_a_model_has_failed_until_it_replies_again(serve: Any) -> None:
    llm = llm_at(serve((401, "no"), said("Hi.")))
    assert not llm.failed
    with pytest.raises(LLMUnavailable):
        llm.complete(HELLO, max_tokens=7)
    assert llm.failed
    llm.complete(HELLO, max_tokens=7)
    assert not llm.failed


def test_neither_key_nor_password_is_shown() -> None:
    llm = EndpointLLM("http://user:hidden@127.0.0.1:9/v1?token=hidden", "m", SecretStr(KEY), attempts=1)
    with pytest.raises(LLMUnavailable) as caught:
        llm.complete(HELLO, max_tokens=7)
    assert KEY not in repr(llm) + str(caught.value)
    assert "hidden" not in repr(llm) + str(caught.value)


@pytest.mark.parametrize("reply", [said("Hi."), (401, f"the key {KEY} is wrong"), (500, KEY)])
def test_the_key_is_in_no_log(serve: Any, caplog: pytest.LogCaptureFixture, reply: tuple[int, str]) -> None:
    caplog.set_level(logging.DEBUG)
    llm = llm_at(serve(reply), attempts=1)
    with suppress(LLMUnavailable):
        llm.complete(HELLO, max_tokens=7)
    assert any(record.name.startswith(("openai", "httpx", "httpcore")) for record in caplog.records)
    assert KEY not in caplog.text


@pytest.mark.parametrize("url", ["embedded", "http://", "ftp://host", "http://host:99999999"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(LLMUnavailable, match="not the URL"):
        EndpointLLM(url)
