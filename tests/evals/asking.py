"""Runs of a small set, asked of an assistant that is written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.inquiry import Found
from assistant.question import Question
from assistant.types import Answer, Citation, Sentence, Status, Turn
from corpus.types import Passage
from evals.folder import RunFolder
from evals.run import Plan, Runner, RunOptions, begin_run, plan_run
from evals.score import score_run
from evals.sources import Sources
from index.types import Hit

SETTINGS = {"embedding_model": "all-MiniLM-L6-v2", "llm": "none", "draft": "quote"}
USED = {"all-MiniLM-L6-v2": "0" * 64}


class QuotingAsker:
    """Quotes the sentence that shares most words with the question, keeps what it was asked, and fails on one word."""

    def __init__(self, sources: Sources, fails_on: str = "\0") -> None:
        self._places = list(sources.sentences.values())
        self._fails_on = fails_on
        self.asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def stream(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Iterator[Found | Answer]:
        self.asked.append((question, tuple(turn.question for turn in history), tuple(documents)))
        if self._fails_on in question:
            raise RuntimeError("out of memory")
        if "cost" in question:
            yield Answer(question, question, Status.NOT_STATED, message="It does not say.", seconds={"total": 0.1})
            return
        words = set(question.lower().split())
        place = max(self._places, key=lambda one: len(words & set(one.text.lower().split())))
        passage = Passage(place.section, place.start, place.end)
        yield Found(Question(question), (Hit(passage, 0.9, 0.8, 2.0),))
        citation = Citation(1, passage, place.start, place.end)
        sentence = Sentence(citation.quote, (citation,))
        times = {"search": 0.1, "total": 0.2}
        yield Answer(question, question, Status.ANSWERED, (sentence,), seconds=times, confidence=0.75)


def as_row(answer: Answer) -> Mapping[str, object]:
    """The JSON of the design, written again here, so that a change in the assistant's is noticed."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": str(answer.status),
        "text": answer.text,
        "note": answer.note,
        "sentences": [
            {"text": one.text, "citations": [cited.number for cited in one.citations]} for one in answer.sentences
        ],
        "citations": [
            {
                "number": one.number,
                "document": one.section.document.id,
                "section": list(one.section.path),
                "heading": one.section.heading,
                "paragraph": one.paragraph,
                "page": one.section.page,
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
            }
            for one in answer.citations
        ],
        "nearest": [],
        "dropped": [],
        "generator": answer.generator,
        "seconds": dict(answer.seconds),
    }


def options_for(set_file: Path, document_file: Path, **given: Any) -> RunOptions:
    return RunOptions(set_name=str(set_file), sources=(str(document_file),), **given)


def scored_run(tmp_path: Path, set_file: Path, document_file: Path, sources: Sources, name: str) -> RunFolder:
    folder, plan = begun(tmp_path, options_for(set_file, document_file), name)
    Runner(QuotingAsker(sources), as_row).run(folder, plan)
    score_run(folder, plan.case_set.name, plan.cases, plan.sources)
    return folder


def begun(tmp_path: Path, options: RunOptions, name: str = "first") -> tuple[RunFolder, Plan]:
    plan = plan_run(options)
    return begin_run(tmp_path / "runs", name, options, plan, SETTINGS, used=USED), plan
