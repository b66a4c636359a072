"""Where settings come from, which wins, and that a mistake in one is told."""

from __future__ import annotations

import json
import traceback
from pathlib import Path

import pytest

from assistant.build import build_assistant
from assistant.settings import load_settings
from assistant.types import AssistantError

KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without settings of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "CHROMA", "LLM", "LLM_KEY", "WRITER", "WRITER_KEY", "DRAFT", "PORT", "PASSAGE_WORDS"):
        monkeypatch.delenv(f"COMMUNIQUE_{name}", raising=False)
    return tmp_path


def test_arguments_win_over_the_environment_and_that_over_the_file(elsewhere: Path, monkeypatch) -> None:
    (elsewhere / "communique.toml").write_text("port = 1\npassage_words = 40\nllm = 'none'\n")
    monkeypatch.setenv("COMMUNIQUE_PORT", "2")
    monkeypatch.setenv("COMMUNIQUE_PASSAGE_WORDS", "50")

    settings = load_settings(port=3, llm=None)

    assert (settings.port, settings.passage_words, settings.llm) == (3, 50, "none")


def test_an_empty_variable_is_as_good_as_none(elsewhere: Path, monkeypatch) -> None:
    default = load_settings().home
    monkeypatch.setenv("COMMUNIQUE_HOME", "")

    assert load_settings().home == default


def test_everything_is_kept_in_the_home_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path / "home"))
    settings = load_settings()
    assert settings.index_folder == tmp_path / "home" / "index"
    assert settings.models_folder == tmp_path / "home" / "models"
    assert settings.states_folder == tmp_path / "home" / "states"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 'red'\n", "colour"),
        ("port = 70000\n", "port"),
        ("port =\n", "communique.toml"),
        ("chroma = 'ftp://x'\n", "chroma"),
        ("llm_timeout = 0\n", "llm_timeout"),
        ("llm_threads = -1\n", "llm_threads"),
        ("llm_memory = 'much'\n", "llm_memory"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_that_names_it(elsewhere: Path, text: str, words: str) -> None:
    (elsewhere / "communique.toml").write_text(text)

    with pytest.raises(AssistantError, match=words) as caught:
        load_settings()

    assert "\n" not in str(caught.value)


def test_a_mistake_in_the_environment_names_the_setting(monkeypatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_PASSAGE_WORDS", "many")

    with pytest.raises(AssistantError, match="passage_words"):
        load_settings()


@pytest.mark.parametrize(
    ("llm", "url", "file"),
    [
        ("auto", "", None),
        ("none", "", None),
        ("embedded", "", None),
        ("http://localhost:11434", "http://localhost:11434", None),
        ("https://example.org/v1", "https://example.org/v1", None),
        ("own.gguf", "", "own.gguf"),
        ("models/blobs/sha256-0a1b", "", "models/blobs/sha256-0a1b"),
    ],
)
def test_an_llm_is_a_word_a_url_or_a_file(llm: str, url: str, file: str | None) -> None:
    settings = load_settings(llm=llm)

    assert (settings.llm_url, settings.llm_file) == (url, Path(file) if file else None)


def test_a_file_in_the_home_folder_may_be_named_with_a_tilde() -> None:
    assert load_settings(llm="~/own.gguf").llm_file == Path.home() / "own.gguf"


@pytest.mark.parametrize("llm", ["", "embeded", "None", "gpt-4o", "ftp://host/own.gguf", "localhost:11434"])
def test_an_llm_of_no_known_form_is_told_which_there_are(llm: str) -> None:
    with pytest.raises(AssistantError, match=r"llm: it must be auto, none, embedded, .*http://.*\.gguf") as caught:
        load_settings(llm=llm)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("llm", ["http://", "http://host:99999999", "https://[::1", "http://two words"])
def test_half_a_url_is_refused(llm: str) -> None:
    with pytest.raises(AssistantError, match="llm: not the URL of a server"):
        load_settings(llm=llm)


@pytest.mark.parametrize("llm", [f"https://me:{KEY}@host", f"https://{KEY}@host", f"https://host/v1?key={KEY}"])
def test_a_key_in_the_url_is_refused_without_saying_it(llm: str) -> None:
    with pytest.raises(AssistantError, match="COMMUNIQUE_LLM_KEY") as caught:
        load_settings(llm=llm)

    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", ["llm_key", "writer_key"])
def test_a_key_in_the_file_is_refused_without_saying_it(elsewhere: Path, name: str) -> None:
    (elsewhere / "communique.toml").write_text(f"{name} = '{KEY}'\n")

    with pytest.raises(AssistantError, match=f"COMMUNIQUE_{name.upper()}") as caught:
        load_settings()

    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert "\n" not in str(caught.value)


def test_the_key_comes_from_the_environment_and_is_neither_shown_nor_saved(monkeypatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_LLM_KEY", f"{KEY}\n")

    settings = load_settings(llm="https://example.org/v1")

    assert settings.llm_key.get_secret_value() == KEY
    assert KEY not in repr(settings) + str(settings)
    saved = settings.model_dump(mode="json")  # what a run of the evals keeps
    assert "llm_key" not in saved
    assert KEY not in json.dumps(saved)
    monkeypatch.delenv("COMMUNIQUE_LLM_KEY")
    assert load_settings(llm="https://example.org/v1").model_dump(mode="json") == saved


@pytest.mark.parametrize("ending", ["é", "\nX-More: 1", "\x00"])
def test_a_key_that_no_request_can_carry_is_refused_without_saying_it(ending: str) -> None:
    with pytest.raises(AssistantError, match="llm_key: a key is one line") as caught:
        load_settings(llm_key=KEY + ending)

    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_writing_without_a_language_model_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="draft write needs a language model, and llm is none"):
        build_assistant(load_settings(home=tmp_path, llm="none", draft="write"))

    assert list(tmp_path.iterdir()) == []


def test_another_model_may_write_with_a_key_of_its_own(monkeypatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_LLM_KEY", "sk-reads")
    monkeypatch.setenv("COMMUNIQUE_WRITER_KEY", KEY)

    settings = load_settings(llm="https://one.example", writer="https://other.example", writer_model="big")

    assert load_settings(llm="none").for_writing.llm == "none"
    writing = settings.for_writing
    assert (writing.llm_url, writing.llm_model) == ("https://other.example", "big")
    assert writing.llm_key.get_secret_value() == KEY
    assert KEY not in repr(settings) + json.dumps(settings.model_dump(mode="json"))


@pytest.mark.parametrize("writer", ["auto", "none", "gpt-4o", "http://", f"https://{KEY}@host"])
def test_a_writer_of_no_known_form_is_refused_without_saying_it(writer: str) -> None:
    with pytest.raises(AssistantError, match="writer: ") as caught:
        load_settings(writer=writer)

    assert KEY not in "".join(traceback.format_exception(caught.value))
