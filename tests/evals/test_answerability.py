"""Questions read against their own paragraph: what a reader decides, with and without a language model."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.calibration import Calibration
from assistant.evidence import Reading
from assistant.question import Question
from assistant.read import SignalReader
from assistant.read_llm import LLMReader
from evals.benchmark.answerability import Paragraphs, measure, open_paragraphs
from evals.benchmark.memory import Parts
from evals.benchmark.table import run_benchmark
from evals.benchmark.types import Options
from evals.types import EvalError
from index.passages import PassageSize
from index.types import Hit

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It replaced a ferry."
OAKS = "Foresters planted 4,000 oaks near Brindle in 2022."
ROWS = [
    {"_id": "1", "title": "Roads", "context": BRIDGE, "question": "When was the bridge opened?", "answerable": True},
    {"_id": "2", "title": "Roads", "context": BRIDGE, "question": "Who paid for the bridge?", "answerable": False},
    {"_id": "3", "title": "Woods", "context": OAKS, "question": "How many oaks were planted?", "answerable": True},
    {"_id": "4", "title": "Woods", "context": OAKS, "question": "When was the bridge opened?", "answerable": False},
]  # fmt: skip


class Told:
    """As sure of each question as it was told; keeps the paragraphs it was given."""

    name = ""

    def __init__(self, *confidences: float, threshold: float = 0.5) -> None:
        self._confidences = iter(confidences)
        self._threshold = threshold
        self.given: list[set[str]] = []

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        self.given.append({hit.passage.section.text for hit in hits})
        return Reading((), next(self._confidences), self._threshold)

    def prepare(self, passages: Sequence[Any]) -> None:
        pass


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: Sequence[Any] = ROWS) -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def parts(embedder, tmp_path: Path) -> Parts:
    return Parts(embedder, PassageSize(), tmp_path / "home")


@pytest.fixture
def paragraphs(make_folder, parts: Parts) -> Paragraphs:
    return open_paragraphs(make_folder(), parts)


def test_each_question_is_read_against_its_own_paragraph(paragraphs: Paragraphs) -> None:
    reader = Told(0.9, 0.1, 0.9, 0.1)

    measure(paragraphs, {"told": reader}, Options())

    assert reader.given == [{BRIDGE}, {BRIDGE}, {OAKS}, {OAKS}]


def test_sure_of_the_answerable_only_is_perfect_and_the_other_way_round_is_worst(paragraphs: Paragraphs) -> None:
    right, wrong = Told(0.9, 0.1, 0.8, 0.2), Told(0.1, 0.9, 0.2, 0.8)

    outcome = measure(paragraphs, {"wrong": wrong, "right": right}, Options())

    shown = {row.what: {name: one.value for name, one in row.figures.items()} for row in outcome.rows}
    assert shown == {
        "always refusing": {"auroc": None, "accuracy": 0.5},
        "wrong": {"auroc": 0.0, "accuracy": 0.0},
        "right": {"auroc": 1.0, "accuracy": 1.0},
    }
    assert outcome.headline["auroc"].value == 1.0  # of the last reader, the one with a language model


def test_accuracy_is_at_the_reader_s_own_threshold(paragraphs: Paragraphs) -> None:
    outcome = measure(paragraphs, {"told": Told(0.9, 0.1, 0.8, 0.2, threshold=0.85)}, Options())

    assert (outcome.headline["auroc"].value, outcome.headline["accuracy"].value) == (1.0, 0.75)


def test_the_limit_takes_the_same_questions_evenly(paragraphs: Paragraphs) -> None:
    reader = Told(0.9, 0.2)

    outcome = measure(paragraphs, {"told": reader}, Options(limit=2))

    assert (reader.given, outcome.count) == ([{BRIDGE}, {OAKS}], 2)
    assert outcome.headline["auroc"].value is None  # both can be answered: there is nothing to tell apart


def test_the_product_s_readers_are_measured_with_and_without_a_language_model(paragraphs: Paragraphs, make_llm) -> None:
    search = paragraphs.search
    signals = SignalReader(
        search.embedder,
        search.frequency,
        Calibration(fitted_on="", intercept=-1, weights={"sentence_share": 2}, threshold=0.5),
    )
    reading = LLMReader(
        make_llm({"oaks": 0.9}, copied="4,000"),
        signals,
        Calibration(fitted_on="", intercept=0, weights={"stated": 1}, threshold=0.5),
    )

    outcome = measure(paragraphs, {"signals": signals, "model": reading}, Options())

    *_, alone, with_model = outcome.rows
    assert alone.figures["auroc"].value == 1.0  # the answerable ones share more words
    assert with_model.figures["auroc"].value == 0.5  # this model believes any passage on oaks
    assert with_model.figures["accuracy"].value == 0.5


def test_a_language_model_that_does_not_reply_is_not_measured_as_if_it_did(paragraphs: Paragraphs, make_llm) -> None:
    search = paragraphs.search
    calibration = Calibration(fitted_on="", intercept=0, weights={}, threshold=0.5)
    reader = LLMReader(make_llm(down=True), SignalReader(search.embedder, search.frequency, calibration), calibration)

    with pytest.raises(EvalError, match="1: fake-llm did not read it"):
        measure(paragraphs, {"model": reader}, Options())


def test_a_question_without_a_word_is_refused(make_folder, parts: Parts) -> None:
    rows = [*ROWS, {**ROWS[3], "_id": "5", "question": "???"}]

    outcome = measure(open_paragraphs(make_folder(rows), parts), {"told": Told(0.9, 0.1, 0.9, 0.1)}, Options())

    assert outcome.headline["accuracy"].value == 1.0


def test_a_bad_row_names_file_line_and_field_and_is_left_out_if_asked(make_folder, parts: Parts) -> None:
    folder = make_folder([*ROWS, {**ROWS[0], "answerable": "perhaps"}])

    with pytest.raises(EvalError, match=r"questions\.jsonl:5: answerable: Input should be a valid boolean"):
        open_paragraphs(folder, parts)
    read = open_paragraphs(folder, parts, keep_going=True)
    assert (len(read.questions), len(read.problems)) == (4, 1)


@pytest.mark.parametrize(
    ("options", "given"), [(Options(llm="embedded"), "--llm"), (Options(remember=True), "--remember")]
)
def test_a_search_benchmark_takes_no_language_model(tmp_path: Path, options: Options, given: str) -> None:
    with pytest.raises(EvalError, match=f"leave out {given}"):
        run_benchmark("beir", tmp_path, options)


@pytest.mark.model
def test_the_command_ends_with_one_line_of_json(make_folder, child_environment) -> None:
    command = [sys.executable, "-m", "evals", "benchmark", "squad2", str(make_folder()), "--llm", "none", "--json"]

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=child_environment, cwd=Path.cwd()
    )

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert 0 <= said["auroc"] <= 1 and 0 <= said["accuracy"] <= 1
    assert (said["n"], said["reader"]) == (4, "no language model")
