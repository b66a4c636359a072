"""A Chroma server for the tests that need one."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest


@pytest.fixture(scope="module")
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def server(free_port: int, tmp_path: Path, child_environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = ["chroma", "run", "--host", "127.0.0.1", "--port", str(free_port), "--path", str(tmp_path / "server")]
    child = subprocess.Popen(command, env=child_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begun = time.monotonic()
        while not _answers(free_port):
            assert child.poll() is None, "the server ended"
            assert time.monotonic() - begun < 180, "the server did not start"
            time.sleep(0.1)
        yield child
    finally:
        child.terminate()
        child.wait(20)


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=5).close()
    except (URLError, OSError):
        return False
    return True
