"""The adapter that was trained to read: which model gets it, on which prompts it acts, and what it costs the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from platformdirs import user_data_path

from assistant import llm_choice
from assistant.calibration import load_calibration
from assistant.llm_choice import ADAPTER, calibrated_as, open_llm
from assistant.llm_embedded import EmbeddedLLM, Limits
from assistant.prompts import STATED, VERDICT, extract_part, stated_part, verdict_part
from assistant.settings import Settings, load_settings
from index.fetch import fetch
from index.weights import DEFAULT_LLM, ModelState

# What the adapter waits for; it is written into its file.
WAITS_FOR = "Question:"
FERRY = "Passage (Harbour):\nThe night ferry sails from Skarhaven on 3 March, and the board may explore another.\n\n"
STATED_THERE = ("When does the night ferry leave?", "Which place does the night boat set off from?")
NOT_STATED_THERE = (
    "When will the second ferry be built?",
    "How much does the night ferry cost?",
    "Who chairs the board?",
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    monkeypatch.chdir(tmp_path)
    return lambda **given: load_settings(home=tmp_path / "home", **given)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What models are loaded with, without loading any."""
    calls: list[dict[str, Any]] = []

    def load(file: Path, **given: Any) -> SimpleNamespace:
        calls.append({"file": file, **given})
        return SimpleNamespace(name=file.stem)

    monkeypatch.setattr(llm_choice, "EmbeddedLLM", load)
    monkeypatch.setattr(llm_choice, "verified_status", lambda model, folder: ModelState.HERE)
    return calls


def test_the_default_model_gets_the_adapter_and_the_calibration_made_with_it(settings, loaded) -> None:
    chosen = settings(llm="embedded")
    chosen.models_folder.mkdir(parents=True)
    (chosen.models_folder / DEFAULT_LLM.name).write_bytes(b"GGUF")

    open_llm(chosen, shortage=lambda size: "")

    assert loaded[0]["adapter"] == ADAPTER
    assert ADAPTER.read_bytes()[:4] == b"GGUF"
    assert calibrated_as(chosen) == "reader"


def test_another_model_gets_neither(settings, loaded, tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    chosen = settings(llm=str(tmp_path / "own.gguf"))

    open_llm(chosen, shortage=lambda size: "")

    assert "adapter" not in loaded[0]
    assert calibrated_as(chosen) == calibrated_as(settings(llm="http://127.0.0.1:9/v1", llm_model="big")) == "llm"


def test_words_are_copied_only_for_a_reader_that_was_not_trained() -> None:
    assert "unconfirmed" in load_calibration("llm").weights
    assert "unconfirmed" not in load_calibration("reader").weights


def test_only_reading_says_what_the_adapter_waits_for() -> None:
    assert stated_part("Who?").startswith(WAITS_FOR)
    assert WAITS_FOR not in verdict_part("Who?")
    assert WAITS_FOR in extract_part("Who?")  # which is never asked of the model that has the adapter


@pytest.fixture(scope="module")
def default_model() -> Path:
    """Brought once; where it cannot be brought the test fails and says why."""
    return fetch(DEFAULT_LLM, user_data_path("communique") / "models")


@pytest.fixture
def load(default_model: Path) -> Iterator[Callable[[Path | None], EmbeddedLLM]]:
    """The default model with an adapter or without; the one before is closed first."""
    held: list[EmbeddedLLM] = []

    def run(adapter: Path | None) -> EmbeddedLLM:
        while held:
            held.pop().close()
        held.append(EmbeddedLLM(default_model, adapter=adapter, limits=Limits(2048, 64, 0)))
        return held[0]

    yield run
    while held:
        held.pop().close()


@pytest.mark.llm
def test_it_tells_what_is_stated_from_what_is_close_and_leaves_other_prompts_alone(load) -> None:
    def verdict(llm: EmbeddedLLM) -> float:
        return llm.probability_of_yes(VERDICT, FERRY, verdict_part("Does the night ferry sail in March?"))

    llm = load(ADAPTER)
    stated = [llm.probability_of_yes(STATED, FERRY, stated_part(question)) for question in STATED_THERE]
    silent = [llm.probability_of_yes(STATED, FERRY, stated_part(question)) for question in NOT_STATED_THERE]
    with_adapter = verdict(llm)
    again = llm.probability_of_yes(STATED, FERRY, stated_part(STATED_THERE[0]))

    assert min(stated) > 0.5 > max(silent)
    assert again == pytest.approx(stated[0], abs=0.05)  # a prompt of another kind in between changes nothing
    assert verdict(load(None)) == pytest.approx(with_adapter, abs=0.05)
