"""The command line: quick help, one-line errors, scoring and comparing without any model."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def evals(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def test_help_is_quick() -> None:
    begun = time.monotonic()
    done = evals("run", "--help")
    assert done.returncode == 0 and "--keep-going" in done.stdout
    assert time.monotonic() - begun < 5


def test_an_error_is_one_line_on_stderr_and_exit_1(tmp_path: Path) -> None:
    done = evals("report", str(tmp_path / "nothing"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "no such run" in done.stderr


def test_resume_takes_no_other_options(tmp_path: Path) -> None:
    done = evals("run", "--resume", str(tmp_path), "--llm", "none")
    assert done.returncode == 2
    assert "--resume takes the run's own options; leave out llm" in done.stderr


def test_scorers_know_nothing_of_the_assistant() -> None:
    code = (
        "import sys, evals.score; sys.exit(any(name.split('.')[0] in {'assistant', 'index'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0
