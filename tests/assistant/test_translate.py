"""Questions put into English: names by the glossary, the rest by a model whose reply is looked at."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.opening import OpenedLibrary
from assistant.stock import Stock
from assistant.translate import LLMTranslator, with_known_words
from assistant.types import Wording


def test_official_names_are_looked_up_the_longest_first(make_llm) -> None:
    llm = make_llm(copied="What did Rakuten Symphony do?")

    assert LLMTranslator(llm).translate("楽天シンフォニーは何をしましたか") == "What did Rakuten Symphony do?"
    assert llm.prompts == [" Rakuten Symphony は何をしましたか"]
    assert "Cabinet Office" in with_known_words("英国内閣府は何をしましたか")


@pytest.mark.parametrize(
    ("question", "reply", "translated"),
    [
        ("会議は何月ですか", "When is the meeting?", "In which month is the meeting?"),
        ("会議は何年何月ですか", "When was the meeting?", "In which month and year was the meeting?"),
        ("会議は何日ですか", "When is the meeting?", "On which day is the meeting?"),
        ("会議は何月ですか", "What month is the meeting?", "What month is the meeting?"),
        ("会議はいつですか", "When is the meeting?", "When is the meeting?"),
    ],
)
def test_who_asks_for_a_month_is_not_content_with_a_year(make_llm, question, reply, translated) -> None:
    assert LLMTranslator(make_llm(copied=reply)).translate(question) == translated


@pytest.mark.parametrize(
    ("question", "prepared"),
    [
        ("事務局はどの国に置かれますか", " secretariat は which country に置かれますか"),
        ("再確認された目標は？", " reaffirmed された objectives は？"),
        ("データを共有", " data を sharing "),
        ("データベースは？", "データベースは？"),
    ],
)
def test_words_of_government_are_looked_up_too_if_they_stand_alone(question: str, prepared: str) -> None:
    assert with_known_words(question) == prepared


@pytest.mark.parametrize(
    "reply",
    ["", "何をしましたか", "What happened in 2024?", "12 34"],
    ids=["nothing", "Japanese", "lost year", "no word"],
)
def test_a_reply_that_cannot_be_the_translation_is_none(make_llm, reply: str) -> None:
    assert LLMTranslator(make_llm(copied=reply)).translate("2025年に何がありましたか") == ""


def test_a_digit_may_become_a_word(make_llm) -> None:
    llm = make_llm(copied="When was the third meeting held?")

    assert LLMTranslator(llm).translate("第3回の会合はいつ開かれましたか。") == "When was the third meeting held?"


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("What did the General Council of the Otters (GCO) do?", "What did GCO do?"),
        ("What did the River Board (RB) do?", "What did the River Board (RB) do?"),
    ],
)
def test_an_acronym_gets_no_long_name_that_was_not_said(make_llm, reply: str, kept: str) -> None:
    assert LLMTranslator(make_llm(copied=reply)).translate("GCO と River Board (RB) は何をしましたか") == kept


def test_without_a_reply_there_is_no_translation(make_llm) -> None:
    translator = LLMTranslator(make_llm(down=True))
    assert translator.translate("2025年に何がありましたか") == ""
    assert not translator.works


def test_an_assistant_understands_other_languages_as_long_as_its_model_replies(
    make_llm, make_search, make_reader
) -> None:
    llm = make_llm()
    assistant = Assistant(make_search([]), make_reader(), [], wording=Wording(LLMTranslator(llm)))
    opened = OpenedLibrary(assistant, Stock())
    assert opened.stock.translates
    llm.down = True
    assert not opened.stock.translates
    llm.down = False
    assert opened.stock.translates
    assert not OpenedLibrary(Assistant(make_search([]), make_reader(), []), Stock()).stock.translates
