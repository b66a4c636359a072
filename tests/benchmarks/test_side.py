"""A program in a process of its own is asked line by line; what a library prints between does not get in the way."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.side import Side

ECHO = """
import json, sys
print("a library says hello", flush=True)
for line in sys.stdin:
    asked = json.loads(line)["question"]
    if asked == "stop":
        sys.exit(3)
    print(json.dumps({"text": asked.upper()}, ensure_ascii=False), flush=True)
"""


@pytest.fixture
def side():
    with Side([sys.executable, "-X", "utf8", "-c", ECHO], os.environ) as running:
        yield running


def test_each_row_brings_its_own_and_the_end_tells_the_memory(side: Side) -> None:
    assert side.ask({"question": "which month?"}) == {"text": "WHICH MONTH?"}
    assert side.ask({"question": "évidence"}) == {"text": "ÉVIDENCE"}
    assert 1 < side.end() < 10_000


def test_a_program_that_breaks_off_ends_the_run_with_its_code(side: Side) -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        side.ask({"question": "stop"})
