"""What is installed holds what the program reads."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE_DATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
    "package-data"
]


@pytest.mark.parametrize("package", ["assistant", "corpus", "evals", "index"])
def test_every_file_of_a_package_that_is_not_code_is_installed_with_it(package: str) -> None:
    tracked = subprocess.run(["git", "ls-files", package], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    data = {ROOT / name for name in tracked.splitlines() if not name.endswith(".py")}
    installed = {path for pattern in PACKAGE_DATA.get(package, ()) for path in (ROOT / package).glob(pattern)}
    assert not {str(path.relative_to(ROOT)) for path in data - installed}
