"""How much memory a model could still take: what the machine has free, and what the container may use of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_BEYOND_THE_FILE = 512 * 1024 * 1024
_CONTAINERS = (  # limit, use, and what of the use is only files kept at hand: cgroup version 2, then 1
    ("memory.max", "memory.current", "inactive_file"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file"),
)


def memory_shortage(model_size: int, root: Path = Path("/")) -> str:
    """That memory is too short to load a model file of so many bytes, and by how much; empty if it is not.

    `root` is where /proc and /sys are. Where neither tells, as on other systems than Linux, nothing is short.
    """
    needed = model_size + _BEYOND_THE_FILE
    known = [free for free in (_free_on_machine(root), *_free_in_container(root)) if free is not None]
    if not known or min(known) >= needed:
        return ""
    return f"memory is short ({needed / 1e9:.1f} GB needed, {max(0, min(known)) / 1e9:.1f} GB free)"


def _free_on_machine(root: Path) -> int | None:
    kilobytes = _numbers(root / "proc/meminfo").get("MemAvailable:")
    return None if kilobytes is None else kilobytes * 1024


def _free_in_container(root: Path) -> list[int]:
    free = []
    for limit, use, reclaimable in _CONTAINERS:
        folder = (root / "sys/fs/cgroup" / limit).parent
        with suppress(OSError, ValueError):  # no container, or "max", which is no number
            most = int((root / "sys/fs/cgroup" / limit).read_text(encoding="ascii"))
            used = int((root / "sys/fs/cgroup" / use).read_text(encoding="ascii"))
            free.append(most - used + _numbers(folder / "memory.stat").get(reclaimable, 0))
    return free


def _numbers(path: Path) -> dict[str, int]:
    """The lines of a file as names and numbers."""
    try:
        lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    except OSError:
        return {}
    return {line[0]: int(line[1]) for line in lines if len(line) > 1 and line[1].isdigit()}
