"""A model in the process: what it has read outlives it, and several may ask it at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from platformdirs import user_data_path

from assistant.llm import LLMUnavailable, Message
from assistant.llm_embedded import EmbeddedLLM, Limits
from index.fetch import fetch
from index.weights import TEST_LLM

SCHEMA = {"type": "object", "properties": {"city": {"type": "string", "maxLength": 20}}, "required": ["city"]}
HELLO = (Message("system", "Be brief."), Message("user", "Hello"))
MODELS = user_data_path("communique") / "models"
PASSAGES = [f"Passage ({name}):\n{name} lives in {place}, by the river.\n" * 4 for name, place in
            (("Ada", "Leeds"), ("Ben", "Kobe"), ("Cem", "Bonn"))]  # fmt: skip


def test_a_missing_or_broken_model_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(LLMUnavailable, match="communique models fetch"):
        EmbeddedLLM(tmp_path / "none.gguf")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF and then nothing" * 100)
    with pytest.raises(LLMUnavailable, match="cannot load it"):
        EmbeddedLLM(tmp_path / "broken.gguf")


@pytest.fixture
def small_model() -> Path:
    """98 MB, brought once; where it cannot be brought the test fails and says why."""
    return fetch(TEST_LLM, MODELS)


@pytest.fixture
def embedded(small_model: Path, tmp_path: Path) -> Iterator[EmbeddedLLM]:
    llm = EmbeddedLLM(small_model, states=tmp_path / "states", limits=Limits(2048, 128, 64))
    yield llm
    llm.close()


@pytest.mark.llm
def test_the_embedded_model_writes_json_and_reads(embedded: EmbeddedLLM) -> None:
    reply = embedded.complete([Message("user", "Name a city.")], max_tokens=60, schema=SCHEMA)
    assert isinstance(json.loads(reply)["city"], str)
    assert 0.0 <= embedded.probability_of_yes("Reply Yes or No.", PASSAGES[0], "Is it stated?") <= 1.0


@pytest.mark.llm
def test_it_goes_on_from_a_reply_that_was_begun(embedded: EmbeddedLLM) -> None:
    begun = embedded.complete([Message("user", "Count from three to six.")], max_tokens=12, opening="Three, four,")

    assert begun.startswith("Three, four,")
    assert "five" in begun.removeprefix("Three, four,").casefold()


@pytest.mark.llm
def test_two_people_asking_at_once_get_their_own_answers(embedded: EmbeddedLLM) -> None:
    questions = [f"\nQuestion: Where does {name} live?" for name in ("Ada", "Ben", "Cem", "Dan", "Eva")]
    with ThreadPoolExecutor(5) as people:
        together = list(people.map(lambda q: embedded.probabilities_of_yes("Reply Yes or No.", PASSAGES, q), questions))
    for question, found in zip(questions, together, strict=True):
        assert embedded.probabilities_of_yes("Reply Yes or No.", PASSAGES, question) == pytest.approx(found, abs=0.05)


@pytest.mark.llm
def test_a_restart_finds_what_was_read_and_a_spoilt_state_does_no_harm(small_model: Path, tmp_path: Path) -> None:
    states = tmp_path / "states"
    for _ in range(2):
        llm = EmbeddedLLM(small_model, states=states, limits=Limits(2048, 128, 64))
        llm.warm("Reply Yes or No.", PASSAGES)
        assert llm.wait_until_warm(60)
        assert llm.probability_of_yes("Reply Yes or No.", PASSAGES[0], "\nQuestion: Who?") >= 0.0
        llm.close()
    kept = sorted(states.iterdir())
    assert len(kept) == len(PASSAGES)
    kept[0].write_bytes(kept[0].read_bytes()[:1000])  # llama.cpp would end the process on it
    llm = EmbeddedLLM(small_model, states=states, limits=Limits(2048, 128, 64))
    llm.warm("Reply Yes or No.", PASSAGES)
    assert llm.wait_until_warm(60)
    llm.close()
    assert len(list(states.iterdir())) == len(PASSAGES)


@pytest.mark.llm
def test_what_a_question_had_read_is_put_back_for_the_next_after_a_restart(small_model: Path, tmp_path: Path) -> None:
    def asked(passage: str) -> float:
        llm = EmbeddedLLM(small_model, states=tmp_path / "states", limits=Limits(2048, 128, 64))
        likely = llm.probability_of_yes("Reply Yes or No.", passage, "\nQuestion: Who lives by the weir?")
        llm.close()
        return likely

    first = asked(PASSAGES[0])
    (kept,) = (tmp_path / "states").iterdir()
    changed = kept.stat().st_mtime_ns
    again = asked(PASSAGES[0])
    assert again == pytest.approx(first, abs=0.05)
    assert [path.name for path in (tmp_path / "states").iterdir()] == [kept.name]
    assert kept.stat().st_mtime_ns > changed  # it was put back, not read again


@pytest.mark.llm
def test_passages_asked_about_at_once_are_each_kept_as_they_are(small_model: Path, tmp_path: Path) -> None:
    def asked(llm: EmbeddedLLM) -> list[float]:
        with ThreadPoolExecutor(3) as people:
            question = "\nQuestion: Where does Ben live?"
            return list(people.map(lambda one: llm.probability_of_yes("Reply Yes or No.", one, question), PASSAGES))

    found = []
    for _ in range(2):
        llm = EmbeddedLLM(small_model, states=tmp_path / "states", limits=Limits(2048, 128, 64))
        found.append(asked(llm))
        llm.close()
    assert len(list((tmp_path / "states").iterdir())) == len(PASSAGES)
    assert found[1] == pytest.approx(found[0], abs=0.05)


@pytest.mark.llm
def test_several_may_have_passages_read_ahead_at_once(small_model: Path, tmp_path: Path) -> None:
    llm = EmbeddedLLM(small_model, states=tmp_path / "states", limits=Limits(2048, 128, 64))
    for _ in range(2):  # the second time all has been read, and the thread that read it is gone
        with ThreadPoolExecutor(4) as readers:
            list(readers.map(lambda passage: llm.warm("Reply Yes or No.", [passage]), PASSAGES * 2))
        assert llm.wait_until_warm(60)
    assert llm.probability_of_yes("Reply Yes or No.", PASSAGES[0], "\nQuestion: Who?") >= 0.0
    llm.close()
    assert len(list((tmp_path / "states").iterdir())) == len(PASSAGES)


@pytest.mark.llm
def test_a_closed_model_is_unavailable_and_may_be_closed_again(embedded: EmbeddedLLM) -> None:
    embedded.close()
    embedded.close()
    with pytest.raises(LLMUnavailable):
        embedded.complete(HELLO, max_tokens=3)
