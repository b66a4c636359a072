"""A fair lock: one at a time, in the order of arrival, whatever becomes of those who wait."""

from __future__ import annotations

import threading
import time

import pytest

from assistant.turnstile import Turnstile


def test_who_comes_first_goes_first_and_alone() -> None:
    turnstile, order, inside, most = Turnstile(), [], 0, 0
    started = [threading.Event() for _ in range(6)]

    def go(number: int) -> None:
        nonlocal inside, most
        started[number].set()
        with turnstile.turn():
            inside += 1
            most = max(most, inside)
            time.sleep(0.01)
            order.append(number)
            inside -= 1

    with turnstile.turn():
        threads = [threading.Thread(target=go, args=(number,)) for number in range(6)]
        for number, thread in enumerate(threads):
            thread.start()
            started[number].wait()
            while len(turnstile._waiting) < number + 2:  # it stands in the queue
                time.sleep(0.001)
    for thread in threads:
        thread.join()

    assert order == list(range(6))
    assert most == 1


def test_one_that_fails_inside_lets_the_next_through() -> None:
    turnstile = Turnstile()

    with pytest.raises(ValueError, match="broken"), turnstile.turn():
        raise ValueError("broken")
    with turnstile.turn():
        pass

    assert not turnstile._waiting
