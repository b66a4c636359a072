"""What form of answer a question wants is told from its wording, whatever it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import fitted, forms
from assistant.forms import FormRule, FormRules, runs, sounds_like_several, sounds_like_two
from assistant.question import Question
from assistant.split_llm import asks_for_two
from assistant.types import AssistantError

COMMON = frozenset({"which", "of", "the", "are", "?"})


def test_names_numbers_and_plain_words_count_as_what_they_look_like() -> None:
    assert {run for run in runs("Which of the 12 Kelp Harbour boats are mended?", COMMON) if " " not in run} == {
        "^", "which", "of", "the", "#", "Name", "xs", "are", "xed", "?", "$",
    }  # fmt: skip


def test_a_question_on_another_subject_has_the_same_runs() -> None:
    one, other = "Which of the Kelp boats are mended?", "Which of the Moor Street schools are painted?"
    assert set(runs(one, COMMON)) == set(runs(other, COMMON))


def test_a_rule_adds_up_the_runs_of_a_question_once_each() -> None:
    rule = FormRule(intercept=-1.0, threshold=0.5, weights={"which": 1.5, "nowhere": 9.0})
    rules = FormRules(fitted_on="nothing", words=COMMON, several=rule, two=rule)
    assert rules.probability(rule, "Which, which, which?") == pytest.approx(0.622, abs=0.001)
    assert rules.wants(rule, "Which?") and not rules.wants(rule, "Who?")


@pytest.mark.parametrize(
    "question",
    [
        "Anything with a date in it, please.",
        "Which harbours, lakes and rivers get a mention?",
        "Pick out the passages where somebody says sorry.",
        "Go through the parts and tell me what is new.",
        "Give me whatever the report says is still to come.",
    ],
)
def test_several_things_are_asked_for_in_many_words(question: str) -> None:
    assert sounds_like_several(question)
    assert Question(question).wants_list


@pytest.mark.parametrize(
    "question",
    ["When was the weir opened?", "Who runs the ferry?", "How much does the licence cost?", "Is the bridge open?"],
)
def test_one_thing_is_not_taken_for_several_or_two(question: str) -> None:
    assert not sounds_like_several(question) and not sounds_like_two(question)
    assert not Question(question).wants_list


@pytest.mark.parametrize(
    "question",
    [
        "Put these two in order for me: the opening of the weir, and the ban on nets.",
        "Is the promise to the farmers vaguer than what the fishermen were told?",
        "What do the mayor and the abbot each want from the mill?",
    ],
)
def test_what_compares_two_things_is_put_to_the_splitter(question: str) -> None:
    assert asks_for_two(Question(question)) and Question(question).wants_list


def test_what_is_only_guessed_to_be_a_list_is_not_shown_without_being_read() -> None:
    question = Question("Anything with a date in it, please.")
    assert question.wants_list and not question.asks_for_all


@pytest.mark.parametrize(
    "question",
    [
        "Who is keeping the register up to date?",
        "Which country other than Norway signed the treaty?",
        "Why was a ferry chosen rather than a bridge?",
        "Will more than 100 boats be mended?",
    ],
)
def test_a_word_of_comparing_does_not_make_a_list(question: str) -> None:
    assert not Question(question).wants_list


def test_a_word_of_asking_for_all_does_not_make_a_list_of_what_hardly_sounds_like_one() -> None:
    question = Question("Which get-together of net-makers do they hail as having gone well?")
    assert question.asks_for_all and not question.wants_list


def test_two_questions_that_were_joined_are_not_taken_for_one_on_two_things() -> None:
    text = "When was the Ottery bridge opened? And who paid for painting it?"
    assert Question(text).wants_two and Question(text).wants_list
    assert not Question(text, is_joined=True).wants_list


def test_a_list_that_also_compares_is_read_as_a_list() -> None:
    assert not Question("List every regular inspection of the two weirs, and how often each is due.").wants_two


def test_shouting_and_curly_apostrophes_change_nothing() -> None:
    plain = "Which harbours, lakes and rivers get a mention?"
    assert sounds_like_several(plain) and sounds_like_several(plain.upper())
    assert list(runs("What's planned?", COMMON)) == list(runs("What’s planned?", COMMON))


def test_rules_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "forms.json").write_text('{"fitted_on": "nothing"}', encoding="utf-8")
    monkeypatch.setattr(fitted, "files", lambda _: tmp_path)
    forms._rules.cache_clear()
    with pytest.raises(AssistantError, match="python -m evals forms"):
        sounds_like_two("Who?")
    forms._rules.cache_clear()
