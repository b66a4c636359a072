"""A program in a process of its own that brings a line of JSON for a line of JSON, and what memory it took in all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from benchmarks.cold import MEGABYTE


class Side:
    """One such program, running. Must be ended, by `end` or by the end of a `with`."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it; what it says on standard error is shown."""
        self._command = command
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Side:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()

    def ask(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Write a row and wait for the one it brings."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._fail()
        return self.said()

    def said(self) -> dict[str, Any]:
        """The next row; whatever else a library prints is passed over. Where there is none, this program ends."""
        assert self._process.stdout is not None
        row = next((line for line in self._process.stdout if line.startswith("{")), None)
        if row is None:
            self._fail()
        said: dict[str, Any] = json.loads(row)
        return said

    def end(self) -> float:
        """Let it come to its end. Returns its peak resident size in MB."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.read()
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._process.stdout.close()
        if self._process.returncode:
            self._fail()
        return usage.ru_maxrss / MEGABYTE

    def _fail(self) -> NoReturn:
        sys.exit(f"{' '.join(self._command)} ended with {self._process.wait()}")
