"""A bar on stderr with the time left; where that is no terminal, a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from evals import run

_REMEMBERED = 600.0  # seconds that the estimate is made from: one question may take a language model half a minute
_EVERY = 30.0  # seconds from line to line


@contextmanager
def progress_bar(
    title: str, *, console: Console | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[run.Progress]:
    """Yield what a runner calls with the cases done and all cases."""
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    told = clock()
    with Progress(*columns, console=console, get_time=clock, speed_estimate_period=_REMEMBERED) as progress:
        task = progress.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            nonlocal told
            progress.update(task, completed=done, total=total)
            if not console.is_terminal and clock() - told >= _EVERY:
                told = clock()
                console.print(f"{title}: {done} of {total}, {_left(progress.tasks[0].time_remaining)} left")

        yield show


def _left(seconds: float | None) -> str:
    return "some time" if seconds is None else f"about {timedelta(seconds=round(seconds))}"
