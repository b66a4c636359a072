"""A model behind any OpenAI-compatible URL.

The only file that imports llama-index's LLMs. It knows nothing of prompts, passages or answers.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context, copy_context
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.llm import LLMUnavailable, Message, reading_prompt
from assistant.llm_reach import api_url, is_there, shown_url
from assistant.wanted import LOOKED, go_on

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

_TOP_TOKENS = 20
_DOWN_SECONDS = 30.0
# How models write them: <|im_end|>, <s>, </s>, <start_of_turn>, <｜User｜>, [INST], [/INST].
_CONTROL_TOKEN = re.compile(r"<(?=[|｜/\w])|\[(?=/?[A-Z_]{2,}\])")
_WRAPPING = " \t\n\"'*_.-:`“”‘’▁Ġ"


class EndpointLLM:
    """A model behind an OpenAI-compatible URL: Ollama, vLLM, llama.cpp, a hosted service.

    Short troubles (a refused connection, HTTP 429 or 5xx) are tried again with back-off. After a dead endpoint or one
    that never answers, further calls fail at once for half a minute, so that one question does not wait many times.
    """

    def __init__(
        self,
        url: str,
        model: str = "default",
        key: SecretStr | None = None,
        *,
        timeout: float = 30.0,
        attempts: int = 3,
        together: int = 4,
        top_tokens: int = _TOP_TOKENS,
        proxies: bool = True,
        goes_on: bool = False,
    ) -> None:
        """Name the server and model; nothing is sent yet.

        `timeout` is in seconds, a call; `together` is how many passages are read at once; `top_tokens` is how many
        first tokens are looked through for yes and no (hosted services refuse more than 20); without `proxies` those
        of the environment are passed by; `goes_on` says that the server goes on from a reply that was begun for it.

        Raises:
            LLMUnavailable: the URL is none.
        """
        self.name = model
        self.failed = False
        self._url = api_url(url)
        self._key = key or SecretStr("none")
        self._timeout = timeout
        self._attempts = attempts
        self._together = together
        self._places = BoundedSemaphore(together)
        self._top_tokens = top_tokens
        self._goes_on = goes_on
        self._down_until = 0.0
        self._llm = self._connect(proxies)

    def __repr__(self) -> str:
        """Name the model and where it is. llama-index's own repr would show the key."""
        return f"{type(self).__name__}({self.name!r} at {shown_url(self._url)!r})"

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        """The most likely reply; see `LLM.complete`."""
        if opening and not self._goes_on:
            return ""
        if opening:
            messages = [*messages, Message("assistant", opening)]
        options: dict[str, Any] = {"max_tokens": max_tokens}
        if stop:
            options["stop"] = list(stop)
        if schema is not None:
            named = {"name": "reply", "schema": dict(schema), "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": named}
        text = self._chat(messages, options).choices[0].message.content or ""
        if schema is not None and not _is_json(text):
            raise LLMUnavailable(f"{self.name}: its reply is not whole JSON ({len(text)} characters)")
        return text if text.startswith(opening) else opening + text

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """P(yes) / (P(yes) + P(no)); 1 or 0 where the server gives no probabilities. See `LLM.probability_of_yes`."""
        options = {"max_tokens": 1, "logprobs": True, "top_logprobs": self._top_tokens}
        choice = self._chat(reading_prompt(system, passage_part, question_part), options).choices[0]
        first = choice.logprobs.content[0] if choice.logprobs and choice.logprobs.content else None
        if first is None:
            share = _share_of_yes([(choice.message.content or "", 0.0)])
        else:
            share = _share_of_yes((token.token, token.logprob) for token in first.top_logprobs)
        if share is None:
            raise LLMUnavailable(f"{self.name} at {shown_url(self._url)}: it says neither yes nor no")
        return share

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        """One probability a passage; see `LLM.probabilities_of_yes`."""
        if self._together == 1 or len(passage_parts) < 2:
            return tuple(self.probability_of_yes(system, part, question_part) for part in passage_parts)
        flows = [copy_context() for _ in passage_parts]  # each in its thread, all of them for the one question

        def read(flow: Context, part: str) -> float:
            return flow.run(self.probability_of_yes, system, part, question_part)

        with ThreadPoolExecutor(min(self._together, len(passage_parts))) as readers:
            return tuple(readers.map(read, flows, passage_parts))

    def look(self) -> None:
        """Note whether the server is there, which costs nothing, before anything is asked of it."""
        self.failed = not is_there(self._url)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Do nothing: a server elsewhere may charge for each token."""

    def close(self) -> None:
        """Do nothing: the server is not ours."""

    def _connect(self, proxies: bool) -> Any:
        import httpx
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self.name,
            api_base=self._url,
            api_key=self._key.get_secret_value(),  # never empty: llama-index would send OPENAI_API_KEY instead
            is_chat_model=True,
            temperature=0.0,
            timeout=self._timeout,
            max_retries=0,  # counted twice, by llama-index and by the client, and time-outs with them
            http_client=httpx.Client(trust_env=proxies),
        )

    def _chat(self, messages: Sequence[Message], options: Mapping[str, Any]) -> ChatCompletion:
        try:
            reply = self._chat_or_say_why(messages, options)
        except LLMUnavailable:
            self.failed = True
            raise
        self.failed = False
        return reply

    def _chat_or_say_why(self, messages: Sequence[Message], options: Mapping[str, Any]) -> ChatCompletion:
        """The server's whole reply, which has a choice with a message; nothing is sent for a question given up.

        No error is chained to what is raised, nor its text shown: a server's words may hold the key.
        """
        import openai

        try:
            with self._place():
                if time.monotonic() < self._down_until:
                    raise LLMUnavailable(f"{shown_url(self._url)}: did not answer a moment ago")
                return self._chat_with_retries(messages, options)
        except openai.APITimeoutError:
            problem = f"no answer within {self._timeout:g} s"
        except openai.APIConnectionError:
            problem = "cannot be reached"
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise LLMUnavailable(
                f"{shown_url(self._url)}: refuses the key (HTTP {error.status_code}); set COMMUNIQUE_LLM_KEY"
            ) from None
        except openai.APIStatusError as error:
            raise LLMUnavailable(
                f"{shown_url(self._url)}: HTTP {error.status_code}; check the URL and the model's name, {self.name!r}"
            ) from None
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError):
            # Neither library checks what comes back; it fails wherever they first touch it.
            raise LLMUnavailable(f"{shown_url(self._url)}: what came back is not a chat completion") from None
        self._down_until = time.monotonic() + _DOWN_SECONDS
        raise LLMUnavailable(f"{shown_url(self._url)}: {problem}")

    @contextmanager
    def _place(self) -> Iterator[None]:
        """One of the prompts that may be with the server at once: those that wait there use up their time."""
        go_on()
        while not self._places.acquire(timeout=LOOKED):
            go_on()
        try:
            yield
        finally:
            self._places.release()

    def _chat_with_retries(self, messages: Sequence[Message], options: Mapping[str, Any]) -> ChatCompletion:
        from llama_index.core.llms import ChatMessage
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

        turns = [ChatMessage(role=message.role, content=without_control_tokens(message.text)) for message in messages]
        attempts = Retrying(
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential_jitter(multiplier=0.3, max=4.0, jitter=0.2),
            retry=retry_if_exception(_may_pass),
            reraise=True,
        )
        reply: ChatCompletion = attempts(self._llm.chat, turns, **options).raw
        return reply


def without_control_tokens(text: str) -> str:
    """The text with a space in whatever a model may take for a token that ends a turn or begins another one.

    llama.cpp's server, and those built on it, look for such tokens in the whole prompt, what a document or a user says
    included. "<5" gets a space too, which changes nothing of what it says.
    """
    return _CONTROL_TOKEN.sub(r"\g<0> ", text)


def _share_of_yes(likely: Iterable[tuple[str, float]]) -> float | None:
    """P(yes) among yes and no, over all spellings ("Yes", " yes", "YES"); None if neither is there."""
    weight = {"yes": 0.0, "no": 0.0}
    for token, logprob in likely:
        word = token.strip(_WRAPPING).casefold()
        if word in weight:
            weight[word] += math.exp(logprob)
    total = weight["yes"] + weight["no"]
    return weight["yes"] / total if total else None


def _may_pass(error: BaseException) -> bool:
    import openai

    if isinstance(error, openai.APIConnectionError):
        return not isinstance(error, openai.APITimeoutError)
    return isinstance(error, openai.RateLimitError | openai.InternalServerError)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
