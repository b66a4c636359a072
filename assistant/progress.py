"""A progress bar on standard error, drawn only if there is something to wait for and a terminal to draw it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.types import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


@contextmanager
def terminal_progress() -> Iterator[Progress]:
    """What long work is to be given; rich is not imported before the first call."""
    bars: Bars | None = None
    tasks: dict[str, TaskID] = {}

    def show(doing: str, done: int, total: int) -> None:
        nonlocal bars
        if bars is None:
            bars = _bars()
        if doing not in tasks:
            tasks[doing] = bars.add_task(doing, total=total)
        bars.update(tasks[doing], completed=done, total=total)

    try:
        yield show
    finally:
        if bars is not None:
            bars.stop()


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bars = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    bars.start()
    return bars
