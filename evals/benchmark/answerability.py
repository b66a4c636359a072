"""Does the reader know when a paragraph does not hold the answer? Questions in the manner of SQuAD 2.0 (Rajpurkar et
al. 2018), each read against its own paragraph, with and without a language model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ConfigDict, with_config

from assistant.evidence import Reader
from assistant.reading import SEARCHED
from evals.benchmark.beir import CorpusRow, Id
from evals.benchmark.conversations import as_asked
from evals.benchmark.memory import FUSED, Parts, searches
from evals.benchmark.types import Options, Outcome, Row
from evals.confidence import auroc
from evals.figures import Figure, figure, figure_of
from evals.progress import progress_bar
from evals.rows import read_rows
from evals.types import EvalError, Problem, Words
from index.search import Search

FILE = "questions.jsonl"
_ALL = "all"


@with_config(ConfigDict(extra="ignore"))
@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question and the paragraph that answers it, or only seems to."""

    id: Id
    context: Words
    question: Words
    answerable: bool
    title: str = ""

    @property
    def paragraph(self) -> str:
        """Names the paragraph, which several questions share."""
        return sha256(f"{self.title}\0{self.context}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Decision:
    """How sure a reader is that the paragraph answers, whether it would answer, and whether that is right."""

    confidence: float
    answers: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A folder's questions and the product's search over their paragraphs, each a document of its own."""

    questions: tuple[QuestionRow, ...]
    search: Search
    problems: tuple[Problem, ...]
    sha256: str


def open_paragraphs(folder: Path, parts: Parts, *, keep_going: bool = False) -> Paragraphs:
    """Read a folder and embed its paragraphs.

    Raises:
        EvalError: a row does not fit and `keep_going` is not given, or the vectors cannot be kept.
        SearchError: the embedding model cannot be loaded.
    """
    path = folder / FILE
    read = read_rows(path, QuestionRow, keep_going=keep_going)
    if not read.rows:
        raise EvalError(f"{path}: no question in it")
    texts = {row.paragraph: CorpusRow(row.paragraph, row.context, row.title) for row in read.rows}
    fingerprint = sha256(path.read_bytes()).hexdigest()
    search = searches(tuple(texts.values()), fingerprint, parts)[FUSED]
    return Paragraphs(read.rows, search, read.problems, fingerprint)


def measure(paragraphs: Paragraphs, readers: Mapping[str, Reader], options: Options) -> Outcome:
    """Let each reader, given by what its row is called, decide each question. The headline is that of the last one.

    Raises:
        EvalError: a reader's language model does not reply.
        SearchError: the paragraphs cannot be searched.
    """
    asked = options.sample(paragraphs.questions)
    decided = {what: _decisions(what, reader, asked, paragraphs.search) for what, reader in readers.items()}
    rows = [Row(what, _ALL, _figures(decisions)) for what, decisions in decided.items()]
    refusing = {"auroc": Figure(None, 0), "accuracy": figure([float(not question.answerable) for question in asked])}
    return Outcome(
        "squad2",
        (Row("always refusing", _ALL, refusing), *rows),
        rows[-1].figures,
        {"reader": rows[-1].what, "paragraphs_sha256": paragraphs.sha256},
        paragraphs.problems,
        len(asked),
    )


def _decisions(what: str, reader: Reader, asked: Sequence[QuestionRow], search: Search) -> list[Decision]:
    with progress_bar(what) as progress:
        decisions: list[Decision] = []
        for done, question in enumerate(asked):
            progress(done, len(asked))
            decisions.append(_decision(reader, question, search))
        progress(len(asked), len(asked))
    return decisions


def _decision(reader: Reader, row: QuestionRow, search: Search) -> Decision:
    question = as_asked(row.question, search)
    if question is None:
        return Decision(0.0, False, row.answerable)
    reading = reader.read(question, search.search(question.text, SEARCHED, (row.paragraph,)))
    if reading.reader != reader.name:  # it went on without its model, and would be measured as if it had not
        raise EvalError(f"{row.id}: {reader.name} did not read it; {reading.notice}")
    return Decision(reading.confidence, reading.confidence >= reading.threshold, row.answerable)


def _figures(decisions: Sequence[Decision]) -> dict[str, Figure]:
    stated = [one.confidence for one in decisions if one.answerable]
    silent = [one.confidence for one in decisions if not one.answerable]
    right = figure([float(one.answers == one.answerable) for one in decisions])
    return {"auroc": figure_of(auroc, stated, silent), "accuracy": right}
