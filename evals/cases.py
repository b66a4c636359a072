"""A set of cases, read from JSON Lines and checked against the documents it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evals.rows import Line, read_rows
from evals.sources import Sources
from evals.types import Case, EvalError, Expected, Gold, Problem

DATASETS = Path(__file__).parent / "datasets"


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The cases of one file. `fingerprint` is the SHA-256 of its bytes; `problems` tells of rows that were left out."""

    name: str
    path: Path
    fingerprint: str
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents its gold sentences stand in."""
        gold = (gold for case in self.cases for _, expected in _expectations(case) for gold in expected.gold)
        return tuple(sorted({one.id.split("#", maxsplit=1)[0] for one in gold}))


def set_path(name: str) -> Path:
    """The file of a set, given by its path or by its name in `evals/datasets`.

    Raises:
        EvalError: there is no such set.
    """
    for path in (Path(name), DATASETS / f"{name}.jsonl"):
        if path.is_file():
            return path
    known = ", ".join(sorted(path.stem for path in DATASETS.glob("*.jsonl")))
    raise EvalError(f"{name}: no such set; give a path or one of: {known}")


def load_cases(path: Path, sources: Sources, *, keep_going: bool = False) -> CaseSet:
    """Read a set.

    Args:
        path: its file.
        sources: the documents its gold sentences stand in.
        keep_going: leave malformed rows out and tell of them, rather than stop.

    Raises:
        EvalError: a row is malformed; or, whatever `keep_going` says, a gold sentence is no longer in its document,
            because then the set must be mended and not its rows dropped one by one.
    """
    read = read_rows(path, Case, keep_going=keep_going)
    problems = list(read.problems)
    cases: dict[str, Case] = {}
    for line in read.lines:
        fault = _fault(line.row, cases)
        if fault is None:
            cases[line.row.id] = line.row
        elif keep_going:
            problems.append(Problem(f"{path}:{line.number}", fault, line.row.id))
        else:
            raise EvalError(f"{path}:{line.number}: {fault}; mend the row or leave it out with --keep-going")
    stale = [fault for line in read.lines for fault in _stale(path, line, sources)]
    if stale:
        more = f" (and {len(stale) - 1} more)" if len(stale) > 1 else ""
        raise EvalError(stale[0] + more)
    if not cases:
        raise EvalError(f"{path}: no case in it")
    return CaseSet(path.stem, path, sha256(path.read_bytes()).hexdigest(), tuple(cases.values()), tuple(problems))


def _fault(case: Case, earlier: dict[str, Case]) -> str | None:
    if case.id in earlier:
        return f"id: {case.id} is taken by an earlier row"
    if case.earlier and len(case.earlier) != len(case.turns) - 1:
        return f"earlier: it tells of {len(case.earlier)} turns, and {len(case.turns) - 1} come before the last"
    for number, turn in enumerate(case.turns):
        if not re.search(r"\w", turn):
            return f"turns.{number}: there is no word in it"
    if case.must_answer and not (case.gold or case.vital):
        return "gold: an answer is expected, and nothing says which; give gold, or vital facts"
    return next((fault for field, pattern in _patterns(case) if (fault := _pattern_fault(field, pattern))), None)


def _pattern_fault(field: str, pattern: str) -> str | None:
    try:
        found = re.search(pattern, "")
    except re.error as error:
        return f"{field}: {pattern!r} is not a pattern ({error})"
    return f"{field}: {pattern!r} is found in every answer, since it fits no text at all" if found else None


def _expectations(case: Case) -> Iterator[tuple[str, Case | Expected]]:
    """What is expected of the last turn and of those before it, with where the row says it."""
    yield "", case
    for number, expected in enumerate(case.earlier):
        yield f"earlier.{number}.", expected


def _patterns(case: Case) -> Iterator[tuple[str, str]]:
    for where, expected in _expectations(case):
        for field, nuggets in (("vital", expected.vital), ("okay", expected.okay)):
            for number, alternatives in enumerate(nuggets):
                for place, pattern in enumerate(alternatives):
                    yield f"{where}{field}.{number}.{place}", pattern
        for number, pattern in enumerate(expected.forbidden):
            yield f"{where}forbidden.{number}", pattern


def _stale(path: Path, line: Line[Case], sources: Sources) -> Iterator[str]:
    for where, expected in _expectations(line.row):
        for number, gold in enumerate(expected.gold):
            place = sources.sentences.get(gold.id)
            if place is None or place.text != gold.text:
                yield f"{path}:{line.number}: {where}gold.{number} of {line.row.id}: {_change(gold, sources)}"


def _change(gold: Gold, sources: Sources) -> str:
    document = gold.id.split("#", maxsplit=1)[0]
    if document not in {known.id for known in sources.documents}:
        return f"the document {document} is not read; name its file with --source"
    held = sources.sentences.get(gold.id)
    what = f"{gold.id} now reads {held.text!r}" if held else f"there is no sentence {gold.id} any more"
    found = sources.nearest(gold.text)
    if found is None:
        return what
    name, likeness = found
    return f"{what}; nearest to the gold text is {name} ({likeness:.0%} alike): {sources.sentences[name].text!r}"
