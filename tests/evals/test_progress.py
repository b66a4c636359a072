"""How far a run is and how long it has to go, on a terminal and where there is none."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from evals.progress import progress_bar


@pytest.fixture
def written() -> Callable[..., str]:
    """What is written while cases of `each` seconds are asked, `done` of 20."""

    def write(*, terminal: bool, each: float, done: int) -> str:
        now = [0.0]
        console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
        with progress_bar("run", console=console, clock=lambda: now[0]) as show:
            for case in range(done + 1):
                show(case, 20)
                now[0] += each
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    return write


@pytest.mark.parametrize("terminal", [True, False])
def test_the_time_left_is_told_however_slow_a_question_is(terminal: bool, written: Callable[..., str]) -> None:
    assert "0:10:00" in written(terminal=terminal, each=50, done=8)  # 12 cases of 50 s


def test_where_no_bar_can_be_drawn_a_line_comes_now_and_then(written: Callable[..., str]) -> None:
    lines = [line for line in written(terminal=False, each=10, done=12).splitlines() if " of 20, " in line]
    assert lines[0] == "run: 3 of 20, about 0:02:50 left"
    assert len(lines) == 4
