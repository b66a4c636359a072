"""The command line: quick help, one-line errors, scoring and comparing without any model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def evals(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def test_help_waits_for_no_model_and_no_index() -> None:
    told = "import sys; sys.argv = ['evals', 'run', '--help']\nfrom evals.__main__ import main\ntry: main()\n"
    heavy = (
        "except SystemExit: print([name for name in ('torch', 'chromadb', 'sklearn', 'gradio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told + heavy], capture_output=True, text=True, check=True)
    assert "--keep-going" in done.stdout and done.stdout.splitlines()[-1] == "[]"


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
