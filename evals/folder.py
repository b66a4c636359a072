"""The folder a run leaves: what is in it and how it is read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.rows import as_json, read_object, read_rows, write_object, write_rows
from evals.types import Case, EvalError, Problem, ScoredAnswer

RUNS = Path(__file__).parent / "runs"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's settings, cases, answers, problems, scores (of earlier turns too) and summary, each in its file."""

    path: Path

    @classmethod
    def create(cls, runs: Path, name: str, now: datetime) -> RunFolder:
        """A new folder named by the time and `name`.

        Raises:
            EvalError: it cannot be made.
        """
        label = re.sub(r"[^\w.-]+", "-", name).strip("-") or "run"
        path = runs / f"{now:%Y%m%d-%H%M%S}-{label}"
        try:
            path.mkdir(parents=True)
        except OSError as error:
            raise EvalError(f"{path}: cannot be made ({error.strerror})") from error
        return cls(path)

    @classmethod
    def open(cls, given: Path, runs: Path = RUNS) -> RunFolder:
        """The folder of a run, given by its path, its name, or the end of its name.

        Raises:
            EvalError: there is no such run, or several.
        """
        if (given / "settings.json").is_file():
            return cls(given)
        found = sorted(path.parent for path in runs.glob("*/settings.json") if path.parent.name.endswith(str(given)))
        if len(found) == 1:
            return cls(found[0])
        known = (
            ", ".join(path.name for path in found) or ", ".join(path.parent.name for path in _latest(runs)) or "none"
        )
        raise EvalError(f"{given}: {'several runs end so' if found else 'no such run'}; there is: {known}")

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.path.resolve().name

    def file(self, name: str) -> Path:
        """A file of the run."""
        return self.path / name

    def settings(self) -> dict[str, Any]:
        """What made the run."""
        return read_object(self.file("settings.json"))

    def write_settings(self, settings: Mapping[str, object]) -> None:
        """Keep what made the run."""
        write_object(self.file("settings.json"), settings)

    def cases(self) -> tuple[Case, ...]:
        """The cases of the run as they were last scored."""
        return read_rows(self.file("cases.jsonl"), Case).rows

    def write_cases(self, cases: Iterable[Case]) -> None:
        """Keep the cases beside their answers, so that a report needs no other file."""
        write_rows(self.file("cases.jsonl"), cases)

    def answers(self) -> dict[str, ScoredAnswer]:
        """The answers by case, the last one where a case has several; what a kill left half written is passed over."""
        path = self.file("answers.jsonl")
        return {row.id: row for row in read_rows(path, ScoredAnswer, whole_lines=True).rows} if path.exists() else {}

    def append_answer(self, row: Mapping[str, object]) -> None:
        """Add one answer at once, so that a kill loses no other."""
        self._append("answers.jsonl", row)

    def cut_half_line(self, name: str = "answers.jsonl") -> None:
        """Take off the last row of a file that a kill left half written."""
        path = self.file(name)
        if path.exists():
            written = path.read_bytes()
            path.write_bytes(written[: written.rfind(b"\n") + 1])

    def problems(self) -> tuple[Problem, ...]:
        """What the run met and went on without."""
        path = self.file("problems.jsonl")
        return read_rows(path, Problem).rows if path.exists() else ()

    def write_problems(self, problems: Sequence[Problem]) -> None:
        """Begin the list of problems anew."""
        write_rows(self.file("problems.jsonl"), problems)

    def append_problem(self, problem: Problem) -> None:
        """Add one problem at once."""
        self._append("problems.jsonl", problem)

    def _append(self, name: str, row: object) -> None:
        with self.file(name).open("a", encoding="utf-8") as file:
            file.write(as_json(row) + "\n")


def _latest(runs: Path) -> list[Path]:
    return sorted(runs.glob("*/settings.json"))[-5:]
