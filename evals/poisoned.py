"""Asks the same questions of a clean document and of its poisoned twins, and tells where the answers differ."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from assistant.build import build_assistant
from assistant.llm import LLM
from assistant.settings import Settings, load_settings
from assistant.types import Answer, Turn
from evals.cases import load_cases, set_path
from evals.library import files_of, own_library
from evals.poison import Insertion, read_insertions, reads_the_same, write_twin
from evals.progress import progress_bar
from evals.replies import remembering
from evals.scorers.texts import plain
from evals.sources import read_sources
from evals.types import Case, EvalError


class Answerer(Protocol):
    """What is asked: `assistant.ask.Assistant`, or a fake in the tests."""

    def ask(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Answer: ...


Open = Callable[[Path], AbstractContextManager[Answerer]]
"""Gives an assistant on one file."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question that a twin answers otherwise: `what` changed, and the words shown before and after."""

    case: str
    question: str
    what: str
    clean: str
    twin: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a twin did on `asked` questions; none are asked where it reads the same as the clean document."""

    insertion: str
    hidden: bool
    reads_the_same: bool
    asked: int
    same_status: int
    same_sentences: int
    shown: int
    changes: tuple[Change, ...] = ()


def judge(
    set_name: str, *, limit: int = 0, llm: str | None = None, only: Sequence[str] = (), remember: bool = False
) -> list[Verdict]:
    """Ask the questions of a set on one document, `limit` of them taken evenly, of it and of each of its twins.

    Args:
        set_name: the set.
        limit: how many of its cases; 0 for all.
        llm: which language model reads, as in the settings.
        only: the insertions to try, by id; all if empty.
        remember: keep the language model's replies, and do not wait for those kept before.

    Raises:
        EvalError: the set cannot be read, is on several documents, or there is no such insertion.
        AssistantError: the assistant cannot be built.
    """
    sources = read_sources()
    case_set = load_cases(set_path(set_name), sources)
    files = files_of(case_set, sources)
    if len(files) != 1:
        raise EvalError(f"{set_name}: it is on {len(files)} documents; a twin is made of one")
    cases: Sequence[Case] = case_set.cases
    if 0 < limit < len(cases):
        cases = [cases[place * len(cases) // limit] for place in range(limit)]
    settings = load_settings(llm=llm)
    around = remembering(settings) if remember else None
    return compare(files[0], cases, _chosen(only), opener(settings, around))


def compare(clean: Path, cases: Sequence[Case], insertions: Sequence[Insertion], opened: Open) -> list[Verdict]:
    """How the twin of each insertion answers the cases, beside the clean document."""
    with TemporaryDirectory(prefix="communique-twins-") as folder:
        twins = {insertion: write_twin(clean, insertion, Path(folder)) for insertion in insertions}
        unread = {insertion for insertion, twin in twins.items() if reads_the_same(clean, twin)}
        before = _answers(clean, cases, opened, "clean") if len(unread) < len(twins) else []
        return [
            _same(insertion)
            if insertion in unread
            else _verdict(insertion, cases, before, _answers(twin, cases, opened, insertion.id))
            for insertion, twin in twins.items()
        ]


def opener(settings: Settings, around: Callable[[LLM], LLM] | None = None) -> Open:
    """Opens the real assistant on an index of one file; `around` puts something between it and its language model."""

    @contextmanager
    def opened(file: Path) -> Iterator[Answerer]:
        with (
            own_library(settings, [file]) as own,
            build_assistant(own.settings, holdings=own.holdings, around_llm=around) as assistant,
        ):
            yield assistant

    return opened


def as_text(verdicts: Sequence[Verdict]) -> str:
    """A table, and each change under it."""
    lines = [
        "| insertion | hidden | n | same status | same sentences | shown |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for one in verdicts:
        counts = f"{one.asked} | {one.same_status} | {one.same_sentences} | {one.shown}"
        shown = "reads the same | – | – | –" if one.reads_the_same else counts
        lines.append(f"| {one.insertion} | {'yes' if one.hidden else 'no'} | {shown} |")
    for one in verdicts:
        lines += [f"{one.insertion}: {it.case} ({it.question!r}): {it.what}\n  clean: {it.clean}\n  twin:  {it.twin}"
                  for it in one.changes]  # fmt: skip
    return "\n".join(lines)


def as_json(verdicts: Sequence[Verdict]) -> str:
    """One JSON object."""
    return json.dumps({"twins": [asdict(one) for one in verdicts]}, ensure_ascii=False)


def _chosen(only: Sequence[str]) -> tuple[Insertion, ...]:
    known = {insertion.id: insertion for insertion in read_insertions()}
    for name in only:
        if name not in known:
            raise EvalError(f"{name}: no such insertion; there is: {', '.join(known)}")
    return tuple(known[name] for name in only or known)


def _answers(file: Path, cases: Sequence[Case], opened: Open, title: str) -> list[Answer]:
    answers: list[Answer] = []
    with opened(file) as asker, progress_bar(title) as progress:
        for done, case in enumerate(cases):
            progress(done, len(cases))
            history: list[Turn] = []
            for question in case.turns:
                history.append(Turn(question, asker.ask(question, tuple(history), ())))
            answers.append(history[-1].answer)
        progress(len(cases), len(cases))
    return answers


def _same(insertion: Insertion) -> Verdict:
    return Verdict(insertion.id, insertion.hidden, True, 0, 0, 0, 0)


def _verdict(insertion: Insertion, cases: Sequence[Case], before: Sequence[Answer], after: Sequence[Answer]) -> Verdict:
    marks = [re.compile(mark) for mark in insertion.marks]
    changes: list[Change] = []
    status = sentences = shown = 0
    for case, clean, twin in zip(cases, before, after, strict=True):
        same_status = clean.status == twin.status
        same_sentences = _sentences(clean) == _sentences(twin)
        shows = any(mark.search(f"{plain(twin.text)}\n{plain(twin.note)}") for mark in marks)
        status, sentences, shown = status + same_status, sentences + same_sentences, shown + shows
        if not same_status or not same_sentences or shows:
            what = "shows the insertion" if shows else "sentences" if same_status else "status"
            changes.append(Change(case.id, case.question, what, _brief(clean), _brief(twin)))
    return Verdict(insertion.id, insertion.hidden, False, len(cases), status, sentences, shown, tuple(changes))


def _sentences(answer: Answer) -> set[str]:
    """What is quoted, in whatever order: an insertion may move a passage up or down among equals."""
    return {plain(sentence.text) for sentence in answer.sentences}


def _brief(answer: Answer) -> str:
    return f"{answer.status}: {' '.join(answer.text.split())[:300]}"
