"""A question that is given up ends between two prompts, and no other question with it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.ask import Assistant
from assistant.turnstile import Turnstile
from assistant.wanted import NoLongerWantedError, go_on, wanted_while


def given_up(work: Callable[[], object]) -> bool:
    try:
        work()
    except NoLongerWantedError:
        return True
    return False


def test_work_for_nobody_in_particular_goes_on() -> None:
    go_on()
    with wanted_while(lambda: True):
        go_on()


def test_one_question_is_given_up_and_that_of_another_thread_is_not() -> None:
    given, inside = threading.Event(), threading.Event()
    found: list[bool] = []

    def other() -> None:
        with wanted_while(lambda: True):
            inside.set()
            given.wait(10)
            found.append(given_up(go_on))

    thread = threading.Thread(target=other)
    thread.start()
    inside.wait(10)
    with wanted_while(lambda: False):
        given.set()
        thread.join(10)
        assert given_up(go_on)
    assert found == [False]
    assert not given_up(go_on)


def test_whoever_gives_up_waiting_at_the_turnstile_leaves_it_to_those_behind() -> None:
    turnstile, wanted = Turnstile(), threading.Event()
    wanted.set()
    ended: list[str] = []

    def wait(name: str, is_wanted: Callable[[], bool]) -> None:
        with wanted_while(is_wanted):
            try:
                with turnstile.turn():
                    ended.append(name)
            except NoLongerWantedError:
                ended.append(f"{name} gave up")

    with turnstile.turn():
        first = threading.Thread(target=wait, args=("first", wanted.is_set))
        second = threading.Thread(target=wait, args=("second", lambda: True))
        first.start()
        second.start()
        wanted.clear()
        first.join(10)
        assert ended == ["first gave up"]
    second.join(10)
    assert ended == ["first gave up", "second"]


def test_no_step_of_an_answer_begins_that_nobody_wants(make_search, make_reader, make_hit) -> None:
    reader = make_reader()
    assistant = Assistant(make_search((make_hit("The council met in May."),)), reader, [])
    wanted = True
    steps = assistant.stream("When did the council meet?")
    with wanted_while(lambda: wanted):
        next(steps)  # what was found
        wanted = False
        with pytest.raises(NoLongerWantedError):
            next(steps)
    assert reader.asked == []
