"""What is accepted as a question, and what is read off one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_kind import AnswerKind, holds
from assistant.messages import small_talk
from assistant.question import Question, checked_question
from assistant.types import AssistantError, NoWordsError, TooLongError


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u2060", "\u202e", "<b></b>", "\x00\x07"])
def test_nothing_visible_is_no_question(text: str) -> None:
    with pytest.raises(NoWordsError, match="There is no question"):
        checked_question(text, 100)


@pytest.mark.parametrize("text", ["😀🎉", "???", "12 + 3", "_", "<b>!</b>"])
def test_a_question_without_a_word_is_not_understood(text: str) -> None:
    with pytest.raises(NoWordsError, match="could not find a word"):
        checked_question(text, 100)


def test_a_question_that_is_too_long_is_told_both_lengths() -> None:
    assert checked_question("a" * 100, 100).text == "a" * 100
    with pytest.raises(TooLongError, match=r"1,001 characters; the most is 1,000"):
        checked_question("a" * 1001, 1000)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  Who\n met?  ", "Who met?"),
        ("Who\rmet\fwhom?", "Who met whom?"),
        ("<script>alert(1)</script>Who met?", "alert(1) Who met?"),
        ("Who <b onclick='x'>met</b>?", "Who met ?"),
        ("W\u200bho\u202e met\U000e0041?", "Who met?"),
        ("Ｗｈｏ ｍｅｔ？", "Who met?"),
        ("Is 3 < 5 in section 2?", "Is 3 < 5 in section 2?"),
        ("caf\udce9 talks", "caf? talks"),
    ],
)
def test_only_what_a_reader_would_see_is_asked(typed: str, asked: str) -> None:
    assert checked_question(typed, 100).text == asked


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_at_all_is_either_a_question_on_one_line_or_refused(text: str) -> None:
    try:
        question = checked_question(text, 50)
    except AssistantError as error:
        assert "\n" not in str(error)
    else:
        assert question.text == " ".join(question.text.split())
        question.text.encode()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When did they meet?", AnswerKind.DATE),
        ("In which year was it signed?", AnswerKind.DATE),
        ("How many fish may anglers keep?", AnswerKind.NUMBER),
        ("How far apart are the bridges?", AnswerKind.NUMBER),
        ("Who planted the oaks?", AnswerKind.NAME),
        ("Which government departments came?", AnswerKind.NAME),
        ("Why were oaks planted?", AnswerKind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(text: str, kind: AnswerKind) -> None:
    assert Question(text).wants is kind


def test_a_text_holds_a_kind_or_not() -> None:
    assert holds(AnswerKind.DATE, "It opened on 4 June.")
    assert not holds(AnswerKind.DATE, "It opened early.")
    assert holds(AnswerKind.NUMBER, "There are three.")
    assert not holds(AnswerKind.NAME, "Somebody did it.")
    assert holds(AnswerKind.OTHER, "")


@pytest.mark.parametrize(
    ("text", "is_yes_no"),
    [
        ("Can you list the bridges that were built?", False),
        ("could you please give me the opening date", False),
        ("Could I have the bridges with their dates?", False),
        ("Could you tell me whether it was built of oak?", True),
        ("Can ships pass the bridge?", True),
        ("Could the county list the bridge?", True),
    ],
)
def test_a_request_is_not_answered_with_yes(text: str, is_yes_no: bool) -> None:
    assert Question(text).is_yes_no is is_yes_no


def test_names_and_numbers_count_and_the_first_word_does_not() -> None:
    assert Question("Did the River Board plant 4,000 oaks near Brindle's mill?").names == {
        "river",
        "board",
        "4,000",
        "brindle",
    }
    assert Question("IOWN is what?").names == {"iown"}
    assert Question("WHO PLANTED OAKS?").names == frozenset()


@pytest.mark.parametrize("text", ["List all bridges.", "What are the bridges?", "Name three rivers."])
def test_a_question_for_a_list_is_known(text: str) -> None:
    assert Question(text).wants_list
    assert not Question("When was the bridge opened?").wants_list


@pytest.mark.parametrize(
    ("text", "is_english", "is_japanese"),
    [
        ("「Digital Government Transformation」の節の要点は何ですか。", False, True),
        ("『The Framework for the Exchange of Officials and Researchers』についてはどうですか。", False, True),
        ("Data Infrastructureの要点はなんですか。", False, True),
        ("What does the River Charter say of 「川の流れ」?", True, False),
        ("What is 「経済産業省」?", False, True),
        ("「River Charter」", True, False),
        ("Catches per boat per year?", True, False),
    ],
)
def test_what_a_question_quotes_does_not_make_its_language(text: str, is_english: bool, is_japanese: bool) -> None:
    assert (Question(text).is_english, Question(text).is_japanese) == (is_english, is_japanese)


def test_a_question_is_japanese_from_a_fifth_of_its_letters() -> None:
    assert Question("サケはいつ戻りますか").is_japanese
    assert Question("DFFTとは何ですか").is_japanese
    assert not Question("What does 川 mean in the River Charter of the county?").is_japanese


@pytest.mark.parametrize(
    "text",
    [
        "Hi",
        "hello!",
        "Good evening, a pleasure to meet you!",
        "Nice to meet you",
        "Hi there, how are you?",
        "Good morning",
        "Thanks!",
        "Thank you very much for that",
        "ok",
        "Great, thanks.",
        "Goodbye",
        "ok great, bye for now",
        "right, that's all. See you!",
        "Who are you?",
        "How does this work?",
        "What can I ask you?",
        "What can you do?",
        "help",
        "Are you an AI?",
    ],
)
def test_small_talk_gets_a_reply_in_english(text: str) -> None:
    assert small_talk(Question(text), ["River Charter"]).isascii()
    assert small_talk(Question(text), ["River Charter"])


@pytest.mark.parametrize("text", ["こんにちは", "おはようございます", "ありがとうございます", "ありがとう！"])
def test_small_talk_gets_a_reply_in_japanese(text: str) -> None:
    assert Question(small_talk(Question(text), ["River Charter"])).is_japanese


@pytest.mark.parametrize(
    "text",
    [
        "When did the council meet?",
        "Thanks, when did they meet?",
        "Thanks, any news on oaks?",
        "Thanks. And who planted the oaks",
        "Hello, who planted the oaks?",
        "Great oaks were planted where?",
        "Who are the members of the board?",
        "How do I work out which of the many rivers the charter covers in the county today?",
        "Tamble salmon",
        "Thanks, summarise the salmon part",
        "Thank you. Compare the two counties on oaks.",
        "Cheers. Any mention of eels",
        "How does this work help small mills?",
        "Who are you working with in Ottery?",
        "What can I do to join the board?",
    ],
)
def test_a_real_question_is_not_small_talk(text: str) -> None:
    assert small_talk(Question(text), ["River Charter"]) == ""


def test_a_greeting_names_the_only_document_or_counts_them() -> None:
    assert "River Charter" in small_talk(Question("Hello"), ["River Charter"])
    assert "3 documents" in small_talk(Question("Hello"), ["a", "b", "c"])


@pytest.mark.parametrize(
    ("asked", "is_list"),
    [
        ("which Danish dredgers are named", True),
        ("Outside the second part, where else are oaks brought up?", True),
        ("Where do they commit to planting?", True),
        ("Who else planted oaks?", True),
        ("Which Danish dredger is named?", False),
        ("Which dredger has the pilots' trust?", False),
        ("Where is the dredger?", False),
    ],
)
def test_everything_of_a_kind_may_be_asked_for_in_several_ways(asked: str, is_list: bool) -> None:
    assert Question(asked).asks_for_all is is_list
