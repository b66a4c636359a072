"""Small hand-written fakes and made-up documents, shared by the tests of all folders."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from assistant.evidence import Evidence, Reading
from assistant.llm import LLMUnavailable, Message
from assistant.question import Question
from corpus.sentences import sentence_spans
from corpus.types import Document, Passage, Run, Section
from index.keyword import tokens
from index.types import Hit, Vectors

os.environ["HF_HUB_OFFLINE"] = "1"
# The same examples every run, however slow the machine.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")

STATEMENT = Path(__file__).parents[1] / "corpus" / "documents" / "uk-japan-digital-council-2025-01.md"

RIVERS = """# River Charter

## Salmon

The River Board will restore salmon to the upper Tamble by 2031. Anglers may keep 2 fish a day.

## Bridges

The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre.
"""
FORESTS = """# Forest Plan

## Oaks

Foresters planted 4,000 oaks near Brindle in 2022.

## Squirrels

The Red Squirrel Trust counts squirrels every April.
"""


@dataclass
class WordEmbedder:
    """A vector a text that is the sum of one fixed random direction a word; counts the texts it was given."""

    name: str = "words"
    fingerprint: str = "words-1"
    dimensions: int = 32
    encoded: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def _vector(self, text: str) -> Any:
        total = np.full(self.dimensions, 1e-3)
        for word in re.findall(r"\w+", text.casefold()):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        return total / np.linalg.norm(total)


@dataclass
class FakeSearch:
    """Gives the hits it holds, of the documents asked for; `asked` keeps what it was given. Corrects no spelling."""

    hits: tuple[Hit, ...] = ()
    asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    leaning: list[bool] = field(default_factory=list)

    def search(
        self,
        question: str,
        count: int = 10,
        documents: Sequence[str] = (),
        context: Sequence[str] = (),
        *,
        leans: bool = True,
    ) -> tuple[Hit, ...]:
        self.asked.append((question, tuple(documents), tuple(context)))
        self.leaning.append(leans)
        wanted = [hit for hit in self.hits if not documents or hit.passage.section.document.id in documents]
        return tuple(wanted[:count])

    def frequency(self, word: str) -> int:
        return sum(word in tokens(hit.passage.text) for hit in self.hits)

    def corrected(self, question: str) -> str:
        return question

    def passages(self, documents: Sequence[str] = ()) -> list[Passage]:
        held = [hit.passage for hit in self.hits]
        return [passage for passage in held if not documents or passage.section.document.id in documents]

    def encode(self, texts: Sequence[str]) -> Any:
        return WordEmbedder().encode(texts)


@dataclass
class FakeReader:
    """Finds the sentences that hold one of its words, in order; as sure as it was told to be."""

    words: tuple[str, ...] = ()
    confidence: float = 0.9
    name: str = ""
    verdict: float = 0.0
    asked: list[str] = field(default_factory=list)

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        self.asked.append(question.text)
        found = [
            Evidence(hit.passage, hit.passage.start + start, hit.passage.start + end, 1.0)
            for hit in hits
            for start, end in sentence_spans(hit.passage.text)
            if any(word in hit.passage.text[start:end] for word in self.words)
        ]
        return Reading(tuple(found), self.confidence, 0.5, reader=self.name, verdict=self.verdict)

    def prepare(self, passages: Sequence[Passage]) -> None:
        pass


@dataclass
class FakeLLM:
    """Says yes with the probability of the first of its `likely` words that the passage holds, and copies `copied`.

    `opened` are its replies by what they are to begin with. Where `down`, it does not reply. `prompts` keeps what it
    was asked, `warmed` what it was to read ahead.
    """

    likely: dict[str, float] = field(default_factory=dict)
    copied: str = "Not stated"
    opened: dict[str, str] = field(default_factory=dict)
    down: bool = False
    name: str = "fake-llm"
    prompts: list[str] = field(default_factory=list)
    warmed: list[str] = field(default_factory=list)
    closed: bool = False

    @property
    def failed(self) -> bool:
        return self.down

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Any = None,
        stop: Any = (),
        opening: str = "",
    ) -> str:
        self.prompts.append(messages[-1].text)
        if self.down:
            raise LLMUnavailable("fake-llm: no answer within 1 s")
        return self.opened.get(opening, "") if opening else self.copied

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        self.prompts.append(passage_part + question_part)
        if self.down:
            raise LLMUnavailable("fake-llm: no answer within 1 s")
        return next((chance for word, chance in self.likely.items() if word in passage_part), 0.1)

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        return tuple(self.probability_of_yes(system, part, question_part) for part in passage_parts)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        self.warmed.extend(passage_parts)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; without it a test is skipped, but never where all must run."""
    found = shutil.which("chromium")
    if found is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("chromium is missing; apt-get install chromium")
    return found


@pytest.fixture
def make_llm() -> type[FakeLLM]:
    return FakeLLM


@pytest.fixture
def make_search() -> type[FakeSearch]:
    return FakeSearch


@pytest.fixture
def make_reader() -> type[FakeReader]:
    return FakeReader


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def make_embedder() -> type[WordEmbedder]:
    return WordEmbedder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of the given name and text (or bytes) into a folder of its own."""

    def make(name: str, text: str | bytes) -> Path:
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return make


@pytest.fixture
def rivers(write: Callable[..., Path]) -> Path:
    return write("rivers.md", RIVERS)


@pytest.fixture
def forests(write: Callable[..., Path]) -> Path:
    return write("forests.md", FORESTS)


@pytest.fixture
def statement() -> Path:
    return STATEMENT


@pytest.fixture
def make_section() -> Callable[..., Section]:
    """A section with the given text, as if its file were that text alone."""

    def make(text: str, *path: str, document: str = "made-up", page: int | None = None) -> Section:
        headings = path or ("Heading",)
        about = Document(document, document.title(), f"/{document}.md", "0" * 64)
        anchor = "/".join(heading.casefold().replace(" ", "-") for heading in headings)
        return Section(about, headings, anchor, text, page, (Run(0, 0, len(text)),))

    return make


@pytest.fixture
def make_hit(make_section: Callable[..., Section]) -> Callable[..., Hit]:
    """A hit on a passage that is the whole of a section with the given text."""

    def make(text: str, *path: str, score: float = 0.8, dense: float = 0.6, **about: Any) -> Hit:
        return Hit(Passage(make_section(text, *path, **about), 0, len(text)), score, dense, 2.0)

    return make


@pytest.fixture
def child_environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a child process: it finds this file's fakes and keeps its index in the test's folder."""
    return {
        **os.environ,
        "PYTHONPATH": f"{Path(__file__).parents[1]}:{Path(__file__).parent}",  # in this order: both hold an `assistant`
        "COMMUNIQUE_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}",
    }
