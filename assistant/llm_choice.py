"""Settings to an LLM that is ready or on its way, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from assistant.lacking import Lack, NoLLMError, Notice
from assistant.llm import LLM, LLMUnavailable
from assistant.llm_embedded import EmbeddedLLM, Limits
from assistant.llm_endpoint import EndpointLLM
from assistant.llm_loading import LoadingLLM
from assistant.memory import memory_shortage
from assistant.settings import Settings
from assistant.types import AssistantError
from index.types import SearchError
from index.weights import DEFAULT_LLM, ModelState, verified_status

QUOTING = "Answers quote without a language model"
# Trained for the default LLM alone (docs/decisions/0022-trained-reader.md).
ADAPTER = Path(str(files("assistant") / "data" / "reader.gguf"))


class OpenedLLM(NamedTuple):
    """The LLM, if there is to be one; a line to show where one was hoped for and there is none."""

    llm: LLM | None
    notice: str


def open_llm(
    settings: Settings, *, in_background: bool = False, shortage: Callable[[int], str] = memory_shortage
) -> OpenedLLM:
    """The LLM these settings ask for. To an endpoint no prompt is sent yet.

    Args:
        settings: those of the LLM are used.
        in_background: return a `LoadingLLM` at once. Its calls wait for the loading, and raise `LLMUnavailable` if
            that fails; without this a failure is told here. An endpoint is looked for meanwhile.
        shortage: tells whether memory is too short for a model file of so many bytes.

    Raises:
        AssistantError: `llm` asks for one that is not there or cannot be loaded; with `auto` that is only a notice.
    """
    if settings.llm == "none":
        return OpenedLLM(None, "")
    try:
        name, load = _found(settings, shortage)
        if not in_background:
            return OpenedLLM(load(), "")
    except AssistantError as error:
        if settings.llm != "auto":
            raise
        return OpenedLLM(None, Notice.of(f"{QUOTING}: {error}", error))
    loading = LoadingLLM(name, lambda: _looked_for(load()) if settings.llm_url else load())
    loading.start()
    return OpenedLLM(loading, "")


def calibrated_as(settings: Settings) -> str:
    """The name of the calibration for the LLM these settings ask for: of the trained reader, or of any other LLM."""
    return "llm" if settings.llm_url or settings.llm_file else "reader"


class OpenedLLMs(NamedTuple):
    """The LLM that reads, and the one that writes, often the same; None where answers are quoted."""

    reader: OpenedLLM
    writer: LLM | None

    def around(self, wrap: Callable[[LLM], LLM]) -> OpenedLLMs:
        """The same with something put round the LLM that reads."""
        llm, notice = self.reader
        if llm is None:
            return self
        wrapped = wrap(llm)
        return OpenedLLMs(OpenedLLM(wrapped, notice), wrapped if self.writer is llm else self.writer)

    def close(self) -> None:
        """Close both."""
        for llm in (self.reader.llm, self.writer):
            if llm is not None:
                llm.close()


def open_llms(settings: Settings, *, in_background: bool = False) -> OpenedLLMs:
    """The LLMs these settings ask for; see `open_llm`.

    Raises:
        AssistantError: as `open_llm`; or answers are to be written, and there is to be no LLM.
    """
    check_drafting(settings)
    reader = open_llm(settings, in_background=in_background)
    if settings.draft != "write":
        return OpenedLLMs(reader, None)
    if not settings.writer:
        return OpenedLLMs(reader, reader.llm)
    return OpenedLLMs(reader, open_llm(settings.for_writing, in_background=in_background).llm)


def check_drafting(settings: Settings) -> None:
    """See to it that there is to be an LLM if answers are to be written.

    Raises:
        AssistantError: there is to be none.
    """
    if settings.draft == "write" and settings.llm == "none" and not settings.writer:
        raise AssistantError("draft write needs a language model, and llm is none; name one, or use draft quote")


def check_llms(settings: Settings) -> None:
    """See to it that the LLMs asked for are there, without loading them.

    Raises:
        AssistantError: they are not; with `auto` that is no error.
    """
    check_drafting(settings)
    for asked in (settings, settings.for_writing) if settings.draft == "write" else (settings,):
        if asked.llm not in {"auto", "none"}:
            _found(asked, memory_shortage)


def _looked_for(llm: LLM) -> LLM:
    if isinstance(llm, EndpointLLM):
        llm.look()
    return llm


def _found(settings: Settings, shortage: Callable[[int], str]) -> tuple[str, Callable[[], LLM]]:
    """The LLM's name and what loads it, after all checks that take no time."""
    if settings.llm_url:
        return settings.llm_model, lambda: EndpointLLM(
            settings.llm_url, settings.llm_model, settings.llm_key, timeout=settings.llm_timeout
        )
    file = _readable_gguf(settings.llm_file) if settings.llm_file else _default_file(settings)
    if short := shortage(file.stat().st_size):
        raise NoLLMError(f"{file.name}: {short}", Lack.MEMORY)
    limits = Limits(memory=settings.llm_memory, disk=settings.llm_disk, threads=settings.llm_threads)
    states = settings.states_folder if settings.llm_disk else None
    if settings.llm_file:
        return file.stem, lambda: EmbeddedLLM(file, states=states, limits=limits)
    return file.stem, lambda: _default_llm(settings, file, states, limits)


def engine_of(settings: Settings) -> str:
    """What is to run the default model: `int8` where that is asked for or faster here, else `llama.cpp`."""
    if settings.llm_engine != "auto":
        return settings.llm_engine
    from assistant.int8.llm import suits_processor

    return "int8" if suits_processor() else "llama.cpp"


def _default_llm(settings: Settings, file: Path, states: Path | None, limits: Limits) -> LLM:
    """The default model in eight bits, else by llama.cpp, which everything can be left to."""

    def by_llama_cpp() -> EmbeddedLLM:
        return EmbeddedLLM(file, adapter=ADAPTER, states=states, limits=limits)

    if engine_of(settings) == "llama.cpp":
        return by_llama_cpp()
    from assistant.int8.llm import EightBitLLM

    try:
        return EightBitLLM(file, by_llama_cpp, adapter=ADAPTER, states=states, limits=limits)
    except LLMUnavailable:  # no room on disk for it, say
        if settings.llm_engine == "int8":
            raise
        return by_llama_cpp()


def _default_file(settings: Settings) -> Path:
    try:
        state = verified_status(DEFAULT_LLM, settings.models_folder)
    except SearchError as error:
        raise AssistantError(str(error)) from error
    if state is ModelState.MISSING:
        raise NoLLMError(f"{DEFAULT_LLM.name} is not here; communique models fetch brings it", Lack.MISSING)
    if state is ModelState.WRONG:
        raise NoLLMError(
            f"{DEFAULT_LLM.name} is not the published file; communique models fetch brings that", Lack.OTHER_FILE
        )
    return settings.models_folder / DEFAULT_LLM.name


def _readable_gguf(file: Path) -> Path:
    try:
        with file.open("rb") as opened:
            if opened.read(4) == b"GGUF":
                return file
    except OSError as error:
        raise AssistantError(f"{file}: the model file cannot be read ({error.strerror})") from error
    raise AssistantError(f"{file}: not a GGUF model file")
