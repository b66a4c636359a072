"""The README's commands do what it says: every line of every `sh` block is run, in order, on a library of its own."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", _README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
_SECONDS = 300


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("readme")
    for name in ("corpus", "evals"):
        (folder / name).symlink_to(_ROOT / name)
    binaries = Path(sys.executable).parent
    environment = {**os.environ, "COMMUNIQUE_HOME": str(folder / "home"), "PATH": f"{binaries}:{os.environ['PATH']}"}
    return folder, environment


def test_the_readme_has_commands():
    assert {"make run", "make test", "communique sections"} <= set(_COMMANDS)


@pytest.mark.model
@pytest.mark.parametrize("command", _COMMANDS)
def test_a_command_of_the_readme_runs(command: str, place: tuple[Path, dict[str, str]]):
    folder, environment = place
    if command.startswith("make"):
        # Run for real by whoever runs this test; here it only has to be a target.
        subprocess.run([*shlex.split(command), "--dry-run"], cwd=_ROOT, check=True, capture_output=True)
    elif command.startswith("communique chat"):
        assert _first_line(command, folder, environment).startswith("Communiqué is at http://127.0.0.1:")
    else:
        done = _run(command, folder, environment)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.model
def test_the_answer_shown_is_the_answer_given(place: tuple[Path, dict[str, str]]):
    folder, environment = place
    shown = re.search(r"```console\n\$ (.*?)\n(.*?)```", _README, re.DOTALL)
    assert shown
    done = _run(f"{shown.group(1)} --llm none", folder, environment)
    assert done.stdout.strip() == shown.group(2).strip()


def _run(command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def _first_line(command: str, folder: Path, environment: dict[str, str]) -> str:
    with subprocess.Popen(
        shlex.split(command), cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout
        started = time.monotonic()
        try:
            while time.monotonic() - started < _SECONDS:
                line = server.stdout.readline()
                if line.strip():
                    return line.strip()
            return ""
        finally:
            os.killpg(server.pid, signal.SIGTERM)
