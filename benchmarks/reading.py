"""Reading with the language model beside llama-index's stock `CitationQueryEngine`: `python -m benchmarks reading`.

Both sides have the same GGUF file in the same llama.cpp, the same embedding model, and the same questions of
`evals/datasets/statement.jsonl` in turn, each in a process of its own. The assistant has a home that is made for it,
and has read the statement before it is asked, as the chat page has when it has been open for some minutes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.bundled import bundled_documents
from assistant.settings import load_settings
from benchmarks.cold import COMMUNIQUE, Run, offline, run_to_end
from benchmarks.figures import Figure
from benchmarks.reading_cases import chosen, evenly
from benchmarks.reading_figures import Asked, Together, asked_figures, cold_figures, memory_figures, together_figures
from benchmarks.side import Side
from evals.cases import load_cases, set_path
from evals.sources import read_sources
from evals.types import Case
from index.weights import DEFAULT_LLM

_FIRST = "When did the third Digital Council take place?"  # loads what is loaded at a first question; not counted
_STARTS = 3
_PEOPLE = 5


class Measured(NamedTuple):
    """The figures, and what each side said to each question, as JSON."""

    figures: list[Figure]
    questions: list[dict[str, Any]]


def model_file() -> Path | None:
    """The GGUF file that the settings name, or the default one; None where it is not here."""
    settings = load_settings()
    file = settings.llm_file or settings.models_folder / DEFAULT_LLM.name
    return file.resolve() if file.is_file() else None


def reading_measured(model: Path, count: int, *, ahead: bool = True) -> Measured:
    """Ask both sides so many questions, then the assistant several at once.

    Without `ahead` the assistant has read nothing before it is asked, as right after the first start.
    """
    cases = load_cases(set_path("statement"), read_sources()).cases
    facts = evenly([case for case in chosen(cases, len(cases)) if case.kind == "fact"], _PEOPLE)
    with tempfile.TemporaryDirectory() as home:
        environment = offline(home) | {"COMMUNIQUE_LLM": _named(home), "TQDM_DISABLE": "1"}
        _tell("starting with the language model")
        starts = _starts(environment, facts[0].question)
        with Side(_ours(ahead), environment) as ours:
            seconds_ahead = ours.said()["ahead"]
            with Side(_theirs(model), environment) as theirs:  # only now: it would slow the reading ahead
                ours.ask({"questions": [_FIRST]})
                theirs.ask({"question": _FIRST})
                asked = [_both(case, ours, theirs, number) for number, case in enumerate(chosen(cases, count), start=1)]
                their_memory = theirs.end()
            _tell("several at once")
            several = _several(ours, [case.question for case in facts])
            memory = ours.end()
    figures = [
        *asked_figures(asked),
        *cold_figures(starts, seconds_ahead),
        *memory_figures(memory, their_memory, len(asked)),
        *together_figures(several),
    ]
    return Measured(figures, [one.row() for one in asked])


def _named(home: str) -> str:
    """What the assistant is to be asked for: the default model by its name, since by its path it has no adapter."""
    settings = load_settings()
    if settings.llm_file:
        return str(settings.llm_file.resolve())
    (Path(home) / "models").symlink_to(settings.models_folder.resolve())
    return "embedded"


def _ours(ahead: bool) -> list[str]:
    return [sys.executable, "-m", "benchmarks.reading_side", *([] if ahead else ["--nothing-ahead"])]


def _theirs(model: Path) -> list[str]:
    threads = str(load_settings().llm_threads)
    return [sys.executable, "-m", "benchmarks.baseline_cite", str(model), threads, *map(str, bundled_documents())]


def _starts(environment: Mapping[str, str], question: str) -> list[Run]:
    """`communique ask` from the start of the process to its end, the first time not counted: it fills the caches."""
    command = [str(COMMUNIQUE), "ask", question]
    return [run_to_end(command, environment) for _ in range(1 + _STARTS)][1:]


def _both(case: Case, ours: Side, theirs: Side, number: int) -> Asked:
    """One question to both, each first every second time."""

    def cited() -> dict[str, Any]:
        return theirs.ask({"question": case.question})

    before = cited() if number % 2 == 0 else None
    answered = ours.ask({"questions": [case.question]})["answers"][0]
    asked = Asked(case, answered, before or cited())
    _tell(f"{number}: {case.id}, {asked.ours['whole']:.1f} s against {asked.theirs['seconds']:.1f} s")
    return asked


def _several(ours: Side, questions: Sequence[str]) -> Together:
    """The same questions alone, the first two at once, and all at once."""
    alone = [ours.ask({"questions": [question]})["answers"][0] for question in questions]
    two = ours.ask({"questions": questions[:2]})["answers"]
    return Together(alone, two, ours.ask({"questions": questions})["answers"])


def _tell(what: str) -> None:
    print(f"reading: {what}", file=sys.stderr, flush=True)
