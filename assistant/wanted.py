"""Whether the question in hand is still wanted: who asked it may have stopped it, asked another, or left.

That goes with the flow of the question (PEP 567), not through every step of it: what lies far below, such as a prompt
to a language model, asks here, and questions of several readers, each in a flow of its own, are never mixed up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("wanted", default=None)

LOOKED = 0.1
"""How often, in seconds, whoever waits for something looks whether it is still wanted."""


class NoLongerWantedError(Exception):
    """The question was given up. Nobody waits for an answer, so nothing is said of it."""


@contextmanager
def wanted_while(is_wanted: Callable[[], bool]) -> Iterator[None]:
    """What is done within is for a question that is wanted for as long as `is_wanted` says so.

    Within one step only, never across a generator's `yield`: another flow may go on with it there.
    """
    before = _wanted.set(is_wanted)
    try:
        yield
    finally:
        _wanted.reset(before)


def go_on() -> None:
    """Called before whatever takes long.

    Raises:
        NoLongerWantedError: the question that it is for was given up.
    """
    is_wanted = _wanted.get()
    if is_wanted is not None and not is_wanted():
        raise NoLongerWantedError
