"""What went wrong, said in the page's language."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.lacking import Lack, NoLLMError, Notice
from assistant.question import Question
from assistant.types import AssistantError, NoDocumentError, NoWordsError, TooLongError
from assistant.ui.events import Chat, Parts
from assistant.ui.premises import brought
from assistant.ui.taking import Taking
from assistant.ui.troubles import not_answered, not_taken_in, without_model
from assistant.ui.visit import Visit
from assistant.ui.words import ENGLISH, JAPANESE
from assistant.uploads import Brought, Refused
from corpus.types import Refusal


@pytest.mark.parametrize("why", Refusal)
def test_every_reason_for_which_a_file_is_refused_has_japanese_words(why):
    refused = Refused("a.pdf", "what the command line says", why)
    assert Question(not_taken_in(refused, JAPANESE)).is_japanese
    assert not_taken_in(refused, ENGLISH) == "what the command line says"


@pytest.mark.parametrize("why", Lack)
def test_so_has_every_reason_for_which_there_is_no_language_model(why):
    notice = Notice.of("Answers quote: what the command line says", NoLLMError("what the command line says", why))
    assert Question(without_model(notice, JAPANESE)).is_japanese
    assert without_model(notice, ENGLISH) == "Answers quote: what the command line says"


@pytest.mark.parametrize(
    "error", [TooLongError(2400, 2000), NoWordsError("There is no question."), NoDocumentError("There is no document.")]
)
def test_and_every_question_that_is_not_taken(error):
    assert Question(not_answered(error, JAPANESE)).is_japanese
    assert not_answered(error, ENGLISH) == str(error)


def test_what_is_not_known_is_said_as_it_was_raised():
    assert not_answered(AssistantError("odd"), JAPANESE) == "odd"
    assert not_taken_in(Refused("a.pdf", "odd"), JAPANESE) == "odd"
    assert without_model("odd", JAPANESE) == without_model(Notice.of("odd", AssistantError("odd")), JAPANESE) == "odd"


def test_what_stays_english_on_a_japanese_page_is_marked_and_stays_words():
    html = brought(Brought(refused=(Refused("{0}<i>", "odd <b> {name}"),)), JAPANESE, "The index is <b>.")
    assert "{0}&lt;i&gt;：追加していません：<span lang='en'>odd &lt;b&gt; {name}</span>" in html
    assert "どのファイルも追加できませんでした：<span lang='en'>The index is &lt;b&gt;.</span>" in html


def test_a_rating_that_was_not_kept_is_told_in_japanese(assistant, library):
    names: Any = Parts._fields
    request = SimpleNamespace(headers={"accept-language": "ja"}, session_hash="tab")

    def full(*_: object, **__: object) -> str:
        raise AssistantError("feedback.jsonl: no space left")

    visit, box = Visit(is_shown=True), SimpleNamespace(add=full)
    list(Chat(assistant, library, Parts(*names)).reply("When did it meet?", visit, request))
    taking: Any = Taking("parcel", "liked", box)
    line = taking.rate(visit, SimpleNamespace(turn=1, verdict="good", note="", wrong=[]), request)["line"]
    assert line.startswith("保存できませんでした。")
    assert line.endswith("feedback.jsonl: no space left")
