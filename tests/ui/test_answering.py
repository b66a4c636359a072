"""A question on its way to its entry, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from assistant.inquiry import Found
from assistant.question import Question
from assistant.types import Answer, AssistantError, Status, Turn
from assistant.ui.answering import answering
from assistant.ui.entries import Entry, Pending, Problem
from assistant.ui.words import ENGLISH
from assistant.wanted import go_on
from corpus.types import CorpusError
from index.types import SearchError


@dataclass
class SteppingAssistant:
    """Takes three steps, each of which asks whether it is wanted; `begun` and `ended` name the question of each."""

    error: Exception | None = None
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]:
        answer = Answer(question, question, Status.NOT_STATED, message="It does not say.")
        for step in (Found(Question(question), ()), answer, answer):
            self.begun.append(question)
            go_on()
            self.ended.append(question)
            yield step
            if self.error:
                raise self.error


def asked(
    assistant: SteppingAssistant, question: str, is_wanted: Callable[[], bool] = lambda: True
) -> Iterator[Pending | Entry]:
    return answering(assistant, question, (), (), words=ENGLISH, is_wanted=is_wanted)


def test_two_questions_that_take_turns_in_one_thread_are_each_asked_whether_they_are_wanted() -> None:
    assistant = SteppingAssistant()
    looked: list[str] = []
    running = {name: asked(assistant, name, lambda name=name: not looked.append(name)) for name in ("first", "second")}
    shown = []
    for _ in range(4):
        for name, steps in running.items():
            shown.append(next(steps))
            assert set(looked) == {name}
            looked.clear()
            go_on()
            assert looked == [], "between two steps no question is in hand"

    assert [(type(one), one.question) for one in shown[-2:]] == [(Turn, "first"), (Turn, "second")]
    assert assistant.ended == ["first", "second"] * 3


@pytest.mark.parametrize("given_up", ["first", "second"])
def test_one_that_is_given_up_within_a_step_ends_alone(given_up: str) -> None:
    assistant = SteppingAssistant()

    def wanted(name: str) -> Callable[[], bool]:
        return lambda: not (name == given_up and assistant.begun.count(name) > 1)

    running = {name: asked(assistant, name, wanted(name)) for name in ("first", "second")}
    shown: dict[str, list[Pending | Entry]] = {name: [] for name in running}
    for _ in range(5):
        for name, steps in running.items():
            with suppress(StopIteration):
                shown[name].append(next(steps))

    (other,) = running.keys() - {given_up}
    assert [type(one) for one in shown[given_up]] == [Pending]
    assert (assistant.begun.count(given_up), assistant.ended.count(given_up)) == (2, 1)
    assert [type(one) for one in shown[other]] == [Pending, Pending, Pending, Turn]


def test_one_that_is_given_up_between_two_steps_begins_nothing_more() -> None:
    assistant = SteppingAssistant()
    steps = asked(assistant, "When?", lambda: len(assistant.ended) < 2)

    assert [type(one) for one in steps] == [Pending, Pending]
    assert len(assistant.begun) == 2


@pytest.mark.parametrize("error", [AssistantError("Too long."), SearchError("Too long."), CorpusError("Too long.")])
def test_what_the_reader_can_mend_is_said_in_its_own_words(error: Exception) -> None:
    first, last = asked(SteppingAssistant(error), "When?")

    assert (first, last) == (Pending("When?"), Problem("When?", "Too long."))


def test_whatever_else_goes_wrong_is_logged_and_its_words_are_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    *_, last = asked(SteppingAssistant(ZeroDivisionError("secret path /srv/x")), "When?")

    assert last == Problem("When?", ENGLISH.failed)
    assert "secret path" in caplog.text and "secret" not in ENGLISH.failed
