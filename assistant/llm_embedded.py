"""A GGUF model run by llama.cpp in this process, reached over loopback like any other server.

The only file that imports xllamacpp. What it has read of a passage is kept in memory and on disk, so that a question,
even after a restart, costs only its own tokens.
"""

from __future__ import annotations

import atexit
import gc
import os
import secrets
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
from pydantic import SecretStr

from assistant.llm import LLMUnavailable, Message, reading_prompt
from assistant.llm_endpoint import EndpointLLM
from assistant.llm_passages import ReadPassages
from assistant.llm_states import KeptStates
from assistant.memory import memory_shortage
from assistant.reading_ahead import ReadingAhead

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion


class Limits(NamedTuple):
    """What the embedded model may use: tokens of context; megabytes of read passages in memory and on disk; threads, 0
    for one a core."""

    context: int = 8192
    memory: int = 512
    disk: int = 1024
    threads: int = 0


_LIMITS = Limits()


class EmbeddedLLM(EndpointLLM):
    """llama.cpp in the process. One request runs at a time; those that come meanwhile queue in order."""

    def __init__(
        self,
        model_file: Path,
        *,
        states: Path | None = None,
        adapter: Path | None = None,
        limits: Limits = _LIMITS,
        timeout: float = 180.0,
    ) -> None:
        """Load a model, which takes seconds and lets no other Python thread run meanwhile.

        `states` is a folder for what has been read of passages; without it nothing is kept on disk. `adapter` is what
        was trained for this model to say whether a passage states an answer.

        Raises:
            LLMUnavailable: the file is missing or broken, or memory is short.
        """
        self._key_of_server = secrets.token_urlsafe(24)  # other programs on this machine, and web pages, stay out
        self._server = _start(model_file, adapter, states, limits, self._key_of_server)
        kept = KeptStates(states, _identity(model_file, limits), limits.disk) if states else None
        url = self._server.listening_address
        self._passages = ReadPassages(url, self._key_of_server, kept, limits.memory, timeout)
        self._is_hampered = False  # whether passages cannot be read ahead, or kept
        self._ahead = ReadingAhead(self._take, lambda: not self._is_hampered and self._passages.has_room)
        self._slot = threading.RLock()  # between reading a passage and keeping what was read nothing else may come
        super().__init__(
            url,
            model_file.stem,
            SecretStr(self._key_of_server),
            timeout=timeout,
            together=1,
            top_tokens=200,  # a small model may put both far down
            proxies=False,
            goes_on=True,
        )
        atexit.register(self.close)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Read passages, or restore what was read before, between questions; see `LLM.warm`."""
        self._ahead.add(system, passage_parts)

    def wait_until_warm(self, seconds: float) -> bool:
        """Whether all passages given to `warm` have been read within so many seconds."""
        return self._ahead.wait(seconds)

    def close(self) -> None:
        """Stop the server and free the model."""
        atexit.unregister(self.close)
        self._ahead.close()
        self._passages.close()
        self._server = None  # its destructor stops it
        gc.collect()

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """See `LLM.probability_of_yes`. What is read of the passage is kept, and put back after a restart."""
        with self._ahead.question(), self._slot:
            if self._passages.outlives_the_server and not self._is_hampered:
                self._take(system, passage_part)
            return super().probability_of_yes(system, passage_part, question_part)

    def _chat(self, messages: Sequence[Message], options: Mapping[str, Any]) -> ChatCompletion:
        with self._ahead.question(), self._slot:
            return super()._chat(messages, options)

    def _take(self, system: str, part: str) -> None:
        """Have a passage in the server's memory. Without it questions are answered all the same, only not as fast."""
        if self._passages.holds(system, part):
            return
        chat = super()._chat
        try:
            self._passages.take(system, part, lambda: chat(reading_prompt(system, part, ""), {"max_tokens": 1}))
        except (httpx.HTTPError, LLMUnavailable, OSError, LookupError, ValueError):
            self._is_hampered = True


def _start(model_file: Path, adapter: Path | None, states: Path | None, limits: Limits, key: str) -> Any:
    import xllamacpp

    try:
        size = model_file.stat().st_size
        if states is not None:
            states.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise LLMUnavailable(f"{error.filename}: {error.strerror}; run communique models fetch") from error
    if short := memory_shortage(size):
        raise LLMUnavailable(f"{model_file.name}: {short}")
    params = xllamacpp.CommonParams()
    params.model.path = str(model_file)
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any free one
    params.api_keys = [key]
    params.ui = False
    params.verbosity = -1
    params.n_ctx = limits.context
    params.n_parallel = 1
    params.cache_ram_mib = limits.memory
    params.warmup = False
    # Mapped, the file would stay in memory beside the copy llama.cpp makes for fast matrix products: 2.0 GB, not 1.4.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.offline = True
    params.fit_params = False  # a trial load for graphics cards, which costs a second
    if adapter is not None:
        # It acts from the words on that it was trained to wait for, and on no prompt without them, so what was read of
        # a passage serves with and without it. Switched by request, it would cost llama.cpp's memory of the passages.
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter))]
    if states is not None:
        params.slot_save_path = f"{states}{os.sep}"  # joined to file names without a separator
    if limits.threads:
        params.cpuparams.n_threads = limits.threads
        params.cpuparams_batch.n_threads = limits.threads
    try:
        return xllamacpp.Server(params)
    except (RuntimeError, ValueError) as error:
        raise LLMUnavailable(
            f"{model_file}: llama.cpp cannot load it; it is damaged, or of a kind this version does not know"
        ) from error


def _identity(model_file: Path, limits: Limits) -> str:
    """What a kept state depends on besides its prompt."""
    from importlib.metadata import version

    about = model_file.stat()
    return f"{model_file.name} {about.st_size} {about.st_mtime_ns} {version('xllamacpp')} {limits.context}"
