"""An LLM that is loaded by a thread of its own, so that whoever opens it need not wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from typing import Any

from assistant.llm import LLM, LLMUnavailable, Message
from assistant.wanted import LOOKED, go_on


class LoadingLLM:
    """Loads another LLM once, at `start` or at first use. Calls made before it is there wait for it.

    llama.cpp lets no other Python thread run for most of its loading, so a server answers nothing meanwhile.
    """

    def __init__(self, name: str, load: Callable[[], LLM]) -> None:
        """Name the LLM as it will name itself. `load` may raise `LLMUnavailable`; then so does every call."""
        self._name = name
        self._load = load
        self._lock = threading.Lock()
        self._begun = False
        self._closed = False
        self._loaded: Future[LLM] = Future()

    @property
    def name(self) -> str:
        """The LLM's name, as it was given until it is loaded."""
        return self._loaded.result().name if self.ready else self._name

    @property
    def ready(self) -> bool:
        """Whether a call would be answered without waiting for the loading."""
        return self._loaded.done() and not self._closed and self._loaded.exception() is None

    @property
    def failed(self) -> bool:
        """See `LLM.failed`; while it loads, nothing is known."""
        return self._loaded.done() and (self._loaded.exception() is not None or self._loaded.result().failed)

    def start(self) -> None:
        """Begin to load, unless that has begun before. Returns at once."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        # Not a daemon: one that still loads when the program ends would be cut off inside llama.cpp.
        threading.Thread(target=self._run, name="llm-loading").start()

    def wait(self, seconds: float) -> bool:
        """Whether it is ready within so many seconds."""
        wait([self._loaded], timeout=seconds)
        return self.ready

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        """See `LLM.complete`."""
        return self._llm().complete(messages, max_tokens=max_tokens, schema=schema, stop=stop, opening=opening)

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """See `LLM.probability_of_yes`."""
        return self._llm().probability_of_yes(system, passage_part, question_part)

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        """See `LLM.probabilities_of_yes`."""
        return self._llm().probabilities_of_yes(system, passage_parts, question_part)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Begin to load, and have the passages read after that; see `LLM.warm`."""
        parts = tuple(passage_parts)
        self.start()
        self._loaded.add_done_callback(lambda done: None if done.exception() else done.result().warm(system, parts))

    def close(self) -> None:
        """Close the LLM, after its loading if that is under way."""
        with self._lock:
            unused, self._begun, self._closed = not self._begun, True, True
        if unused:
            self._loaded.set_exception(LLMUnavailable(f"{self.name}: closed"))
        if self._loaded.exception() is None:
            self._loaded.result().close()

    def _run(self) -> None:
        try:
            llm = self._load()
        except BaseException as error:  # whoever calls gets it; here nobody would
            self._loaded.set_exception(error)
        else:
            self._loaded.set_result(llm)

    def _llm(self) -> LLM:
        self.start()
        while not wait([self._loaded], timeout=LOOKED).done:
            go_on()
        try:
            return self._loaded.result()
        except LLMUnavailable as error:
            raise LLMUnavailable(str(error)) from error  # one exception must not be raised by several threads
