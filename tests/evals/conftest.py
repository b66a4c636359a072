"""A small document, cases on it, and answers to them, and a small third-party set, all written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from corpus.read import read_document
from evals.benchmark.memory import Parts
from evals.run import RunOptions
from evals.sources import Sources
from evals.types import Case, CitationRow, Gold, ScoredAnswer, SentenceRow
from index.passages import PassageSize
from tests.evals.asking import options_for

DOCUMENT = """## Telecoms

The Telecoms Policy Dialogue took place on 19 November 2024. Both Participants agreed to further explore a research \
initiative on 6G with Rakuten.

The 8th Cyber Dialogue was hosted by METI in September 2024, with a budget of £82.50 for each of 3 teams.

## Data

DSIT and PPC are exploring the possibility of expanding the arrangements to academia. GDS will send an expert mission \
to Japan.
"""

CORPUS = [
    {"_id": "salmon", "title": "River Charter", "text": "The River Board will restore salmon to the Tamble by 2031."},
    {"_id": "bridge", "title": "River Charter", "text": "The county opened the Ottery bridge on 4 June 2019."},
    {"_id": "oaks", "title": "Forest Plan", "text": "Foresters planted 4,000 oaks near Brindle in 2022."},
    {"_id": "squirrels", "title": "Forest Plan", "text": "The Red Squirrel Trust counts squirrels every April."},
    {"_id": "empty", "title": "Forest Plan", "text": ""},
]
QUERIES = [
    {"_id": "q1", "text": "When will salmon return to the Tamble?"},
    {"_id": "q2", "text": "When was the Ottery bridge opened?", "metadata": {"source": "made up"}},
    {"_id": "q3", "text": "How many oaks were planted?"},
    {"_id": "unjudged", "text": "Who counts squirrels?"},
]
QRELS = [("q1", "salmon", 1), ("q2", "bridge", 1), ("q3", "oaks", 1), ("q3", "squirrels", 0), ("other", "gone", 1)]

AnswerMaker = Callable[..., ScoredAnswer]
CaseMaker = Callable[..., Case]


@pytest.fixture(scope="session")
def document_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documents") / "statement.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sources(document_file: Path) -> Sources:
    return Sources.of(read_document(document_file))


@pytest.fixture(scope="session")
def make_case(sources: Sources) -> CaseMaker:
    def make(name: str = "case", gold: Sequence[str] = ("telecoms:1.1",), **fields: Any) -> Case:
        given = {
            "kind": "fact",
            "split": "tune",
            "turns": ("When was the dialogue?",),
            "status": ("answered",),
        } | fields
        return Case(id=name, gold=tuple(_gold(sources, one) for one in gold), **given)

    return make


@pytest.fixture(scope="session")
def make_answer(sources: Sources) -> AnswerMaker:
    """Sentences are given as words and the id of what they cite; words of None stand for the cited sentence itself."""

    def make(
        *sentences: tuple[str | None, str], name: str = "case", status: str = "answered", text: str = "", **fields: Any
    ) -> ScoredAnswer:
        citations = tuple(_citation(sources, number, cited) for number, (_, cited) in enumerate(sentences, start=1))
        rows = tuple(
            SentenceRow(words or citation.quote, (citation.number,))
            for (words, _), citation in zip(sentences, citations, strict=True)
        )
        shown = text or " ".join(f"{row.text} [{row.citations[0]}]" for row in rows)
        given = {"question": "?", "standalone_question": "?", "note": "", "seconds": {"total": 1.5}} | fields
        return ScoredAnswer(name, status=status, text=shown, sentences=rows, citations=citations, **given)

    return make


def _gold(sources: Sources, cited: str) -> Gold:
    return Gold(f"statement#{cited}", sources.sentences[f"statement#{cited}"].text)


def _citation(sources: Sources, number: int, cited: str) -> CitationRow:
    place = sources.sentences[f"statement#{cited}"]
    section = place.section
    return CitationRow(
        number, section.document.id, section.path, section.heading, 1, place.text, place.start, place.end
    )


@pytest.fixture
def set_file(tmp_path: Path, sources: Sources) -> Path:
    """Four cases as they stand in a set's file."""
    yes = ["answered"]
    rows = [
        {"id": name, "kind": kind, "split": split, "topic": "", "turns": turns, "status": status, "gold": gold,
         "vital": vital, "okay": [], "forbidden": [], "note": ""}
        for name, kind, split, turns, status, gold, vital in [
            ("when", "fact", "tune", ["Telecoms Dialogue?"], yes, ["telecoms:1.1"], [["19 November 2024"]]),
            ("host", "fact", "report", ["Who hosted the Cyber Dialogue?"], yes, ["telecoms:2.1"], [["METI"]]),
            ("then", "follow_up", "tune", ["Is there a mission?", "Where to?"], yes, ["data:1.2"], [["Japan"]]),
            ("cost", "near_miss", "report", ["What did it cost?"], ["not_stated"], [], []),
        ]
    ]  # fmt: skip
    for row in rows:
        row["gold"] = [asdict(_gold(sources, cited)) for cited in row["gold"]]
    rows[2]["earlier"] = [{"status": yes, "gold": rows[2]["gold"], "vital": [["expert"]], "okay": [], "forbidden": []}]
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def corpus_rows() -> list[dict[str, str]]:
    return CORPUS


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    """A folder in BEIR's format; rows are given as mappings, or as the very line, and `more` of them by table."""

    def make(
        queries: Sequence[Any] = QUERIES,
        qrels: Sequence[Sequence[object]] = QRELS,
        corpus: Sequence[Any] = CORPUS,
        table: str = "qrels.tsv",
        more: Mapping[str, Sequence[Any]] = MappingProxyType({}),
    ) -> Path:
        folder = tmp_path / "set"
        (folder / table).parent.mkdir(parents=True, exist_ok=True)
        for name, rows in (("corpus", corpus), ("queries", queries)):
            lines = [row if isinstance(row, str) else json.dumps(row) for row in (*rows, *more.get(name, ()))]
            (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        lines = [
            "\t".join(map(str, row)) for row in (("query-id", "corpus-id", "score"), *qrels, *more.get("qrels", ()))
        ]
        (folder / table).write_text("\n".join(lines), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def parts(embedder, tmp_path: Path) -> Parts:
    return Parts(embedder, PassageSize(), tmp_path / "home" / "benchmarks")


@pytest.fixture
def options(set_file: Path, document_file: Path) -> RunOptions:
    return options_for(set_file, document_file)
