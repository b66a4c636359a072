"""Where settings come from, which wins, and that a mistake in one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.build import build_assistant
from assistant.settings import load_settings
from assistant.types import AssistantError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without settings of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "CHROMA", "LLM", "PORT", "PASSAGE_WORDS"):
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


def test_the_index_is_kept_in_the_home_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path / "home"))
    assert load_settings().index_folder == tmp_path / "home" / "index"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 'red'\n", "colour"),
        ("port = 70000\n", "port"),
        ("port =\n", "communique.toml"),
        ("chroma = 'ftp://x'\n", "chroma"),
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


@pytest.mark.parametrize("asked", [{"llm": "embedded"}, {"llm": "http://127.0.0.1:1"}, {"draft": "write"}])
def test_a_language_model_that_would_not_be_used_is_refused(asked: dict[str, str], tmp_path: Path):
    with pytest.raises(AssistantError, match="without a language model"):
        build_assistant(load_settings(home=tmp_path, **asked))
