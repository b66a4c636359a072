"""Memory is short when the machine or the container has less left than a model needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.memory import memory_shortage

GIGABYTE = 1_000_000_000
PLENTY = {"proc/meminfo": "MemTotal: 9999999 kB\nMemAvailable: 9000000 kB\n"}


def a_machine(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_a_machine_with_enough_memory_is_not_short(tmp_path: Path) -> None:
    assert memory_shortage(GIGABYTE, a_machine(tmp_path, **PLENTY)) == ""


def test_a_machine_with_too_little_says_how_much(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, **{"proc/meminfo": "MemAvailable: 500000 kB\n"})

    assert memory_shortage(GIGABYTE, machine) == "memory is short (1.5 GB needed, 0.5 GB free)"


@pytest.mark.parametrize(
    "files",
    [
        {
            "sys/fs/cgroup/memory.max": "1000000000\n",
            "sys/fs/cgroup/memory.current": "900000000\n",
            "sys/fs/cgroup/memory.stat": "anon 800000000\ninactive_file 100000000\n",
        },
        {
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "1000000000\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": "900000000\n",
            "sys/fs/cgroup/memory/memory.stat": "cache 1\ntotal_inactive_file 100000000\n",
        },
    ],
)
def test_a_container_may_use_less_than_the_machine_has(tmp_path: Path, files: dict[str, str]) -> None:
    container = a_machine(tmp_path, **PLENTY, **files)

    assert memory_shortage(GIGABYTE, container) == "memory is short (1.5 GB needed, 0.2 GB free)"


def test_a_container_without_a_limit_counts_as_none(tmp_path: Path) -> None:
    limits = {"sys/fs/cgroup/memory.max": "max\n", "sys/fs/cgroup/memory.current": "900\n"}

    assert memory_shortage(GIGABYTE, a_machine(tmp_path, **PLENTY, **limits)) == ""


def test_where_nothing_is_known_nothing_is_short(tmp_path: Path) -> None:
    assert memory_shortage(10**15, tmp_path) == ""
