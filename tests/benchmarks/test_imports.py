"""Every part of the benchmarks can be loaded: most run only where somebody asks them to."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import benchmarks


@pytest.mark.slow
def test_no_part_asks_for_what_is_not_there() -> None:
    names = [
        module.name for module in pkgutil.iter_modules(benchmarks.__path__, "benchmarks.") if "__" not in module.name
    ]

    command = [sys.executable, "-c", f"import {', '.join(names)}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=False)

    assert len(names) > 10
    assert loaded.returncode == 0, loaded.stderr
