"""Whole commands, each in a new process: how long it takes and how much memory it takes at most.

Must be run by a small process: Linux counts what the parent held at the fork into a child's peak memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.bundled import bundled_documents
from benchmarks.figures import Figure

COMMUNIQUE = Path(sys.executable).parent / "communique"
_BASELINE = Path(__file__).parent / "baseline_ask.py"
_QUESTION = "Which group ran the experiment that connected two data centres over an optical network?"
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss: bytes on macOS, kilobytes elsewhere


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end; `memory` is its peak resident size in MB."""

    seconds: float
    memory: float


def cold_figures(repetitions: int) -> list[Figure]:
    """The help text, and one question asked cold, with the index and the baseline's stored before."""
    with tempfile.TemporaryDirectory() as folder:
        stored, environment = str(Path(folder) / "baseline"), offline(folder)
        # The baseline has no language model, so none is started here either.
        ask = [str(COMMUNIQUE), "ask", _QUESTION, "--llm", "none"]
        baseline = [sys.executable, str(_BASELINE), "ask", stored, _QUESTION]
        run_to_end([str(COMMUNIQUE), "ingest"], environment)
        for document in bundled_documents():
            run_to_end([sys.executable, str(_BASELINE), "build", stored, str(document)], environment)
        helped, asked, plain = _in_turn([[str(COMMUNIQUE), "--help"], ask, baseline], environment, repetitions)
    return [_help_figure(helped), _time_figure(asked, plain), _memory_figure(asked, plain)]


def _help_figure(helped: Sequence[Run]) -> Figure:
    return Figure("communique --help", _seconds(helped), "s", 0.5, len(helped), "")


def _time_figure(asked: Sequence[Run], plain: Sequence[Run]) -> Figure:
    ours, theirs = _seconds(asked), _seconds(plain)
    behind = f"{ours:.2f} s against {theirs:.2f} s"
    return Figure("cold communique ask, against the baseline script", ours / theirs, "×", 0.6, len(asked), behind)


def _memory_figure(asked: Sequence[Run], plain: Sequence[Run]) -> Figure:
    ours, theirs = (statistics.median(run.memory for run in runs) for runs in (asked, plain))
    behind = f"{ours:.0f} MB against {theirs:.0f} MB"
    return Figure("its peak memory, against the baseline's", ours / theirs, "×", None, len(asked), behind)


def _seconds(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _in_turn(commands: Sequence[Sequence[str]], environment: Mapping[str, str], repetitions: int) -> list[list[Run]]:
    """Every command once to fill the caches, uncounted; then each in turn, forwards and backwards."""
    runs: list[list[Run]] = [[] for _ in commands]
    for command in commands:
        run_to_end(command, environment)
    for repetition in range(repetitions):
        order = range(len(commands))
        for place in order if repetition % 2 == 0 else reversed(order):
            runs[place].append(run_to_end(commands[place], environment))
    return runs


def offline(home: str) -> dict[str, str]:
    """The environment of a process that keeps its things in `home` and calls nobody."""
    return {**os.environ, "COMMUNIQUE_HOME": home, "HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}


def run_to_end(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end; what it prints is thrown away. Where it fails, this program ends with what it said."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Run(seconds, usage.ru_maxrss / MEGABYTE)
