"""Replies of a language model kept between runs."""

from __future__ import annotations

import pytest

from assistant.llm import LLMUnavailable, Message
from assistant.llm_choice import OpenedLLM
from assistant.settings import load_settings
from evals.replies import RememberedLLM, open_reading_llm, remembering


def test_a_prompt_is_sent_once_and_remembered_by_the_next_run(make_llm, tmp_path) -> None:
    first = make_llm({"river": 0.8}, "a river")
    remembered = RememberedLLM(first, tmp_path / "kept" / "replies", "model 1")
    asked = [Message("user", "what?")]

    replies = (remembered.complete(asked, max_tokens=4), remembered.probability_of_yes("s", "river", "q"))
    remembered.close()
    second = make_llm({"river": 0.1}, "something else")
    again = RememberedLLM(second, tmp_path / "kept" / "replies", "model 1")

    assert replies == ("a river", 0.8)
    assert (again.complete(asked, max_tokens=4), again.probabilities_of_yes("s", ["river"], "q")) == ("a river", (0.8,))
    assert second.prompts == []
    assert first.closed


def test_a_reply_that_was_begun_is_another_one(make_llm, tmp_path) -> None:
    llm = make_llm(copied="a river", opened={"the": "the weir"})
    remembered = RememberedLLM(llm, tmp_path / "replies", "model 1")
    asked = [Message("user", "what?")]

    plain = remembered.complete(asked, max_tokens=4)
    begun = [remembered.complete(asked, max_tokens=4, opening="the") for _ in range(2)]

    assert (plain, begun) == ("a river", ["the weir", "the weir"])
    assert len(llm.prompts) == 2


def test_another_model_is_asked_anew(make_llm, tmp_path) -> None:
    RememberedLLM(make_llm({"river": 0.8}), tmp_path / "replies", "model 1").probability_of_yes("s", "river", "q")

    other = RememberedLLM(make_llm({"river": 0.3}), tmp_path / "replies", "model 2")

    assert other.probability_of_yes("s", "river", "q") == 0.3


def test_no_reply_is_not_remembered(make_llm, tmp_path) -> None:
    down = RememberedLLM(make_llm(down=True), tmp_path / "replies", "model 1")
    with pytest.raises(LLMUnavailable):
        down.probability_of_yes("s", "river", "q")

    assert RememberedLLM(make_llm({}), tmp_path / "replies", "model 1").probability_of_yes("s", "river", "q") == 0.1


def test_replies_are_those_of_the_server_that_reads_whatever_writes(make_llm, tmp_path) -> None:
    def chance(reader: str, writer: str, own: float) -> float:
        """What is said by a reader that would itself say `own`."""
        settings = load_settings(llm=f"http://{reader}/v1", writer=f"http://{writer}/v1", draft="write")
        llm = remembering(settings, tmp_path / "replies")(make_llm({"river": own}))
        said = llm.probability_of_yes("s", "river", "q")
        llm.close()
        return said

    assert chance("a", "w", 0.8) == 0.8
    assert chance("b", "w", 0.3) == 0.3
    assert chance("a", "other", 0.5) == 0.8


def test_the_model_that_reads_keeps_its_replies_only_where_that_is_wanted(make_llm, tmp_path, monkeypatch) -> None:
    def opened(told: float, *, remember: bool) -> float:
        monkeypatch.setattr("evals.replies.open_llm", lambda _: OpenedLLM(make_llm({"river": told}), ""))
        llm = open_reading_llm(load_settings(llm="http://a/v1"), remember=remember, kept=tmp_path / "replies").llm
        assert llm is not None
        said = llm.probability_of_yes("s", "river", "q")
        llm.close()
        return said

    assert opened(0.8, remember=True) == 0.8
    assert opened(0.3, remember=True) == 0.8
    assert opened(0.3, remember=False) == 0.3


def test_without_a_language_model_nothing_is_kept(tmp_path) -> None:
    assert open_reading_llm(load_settings(llm="none"), remember=True, kept=tmp_path / "replies").llm is None
    assert not (tmp_path / "replies").exists()
