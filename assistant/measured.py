"""How well this release answers, as `make baseline` measured it and wrote it into the package's data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FIGURES = Path(__file__).parent / "data" / "evals.json"
_SOURCE = Path(__file__).parent.parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measured(_Strict):
    """A mean over `count` cases with its 95 % interval; a share of 1 where it has no `unit`, None where none says."""

    count: int = Field(ge=0)
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None


class MeasuredRun(_Strict):
    """One run of a set: by name of measure, and the share answered right by half of the set and by kind of question.

    `llm` is whether a language model read; `report` is where the full report is in the project's source.
    """

    name: str
    llm: bool
    report: str
    set: str
    cases: int
    version: str
    commit: str
    measures: Mapping[str, Measured]
    halves: Mapping[str, Measured]
    kinds: Mapping[str, Measured]

    @property
    def has_report(self) -> bool:
        """Whether the full report is on this machine, as it is beside the source but not in an installed package."""
        return (_SOURCE / self.report).is_file()


class _Runs(_Strict):
    runs: tuple[MeasuredRun, ...]


def measured_runs(path: Path = FIGURES) -> tuple[MeasuredRun, ...]:
    """The runs that the release was measured by; none where their file is missing or damaged: nothing hangs on it."""
    try:
        return _Runs.model_validate_json(path.read_bytes()).runs
    except (OSError, ValidationError):
        return ()
