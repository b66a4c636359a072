"""What does not fit is refused with its file and line; the set that comes with the project is in order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.cases import DATASETS
from evals.reader.cutting import cut, cut_invented
from evals.reader.rows import FOLDER, INVENTED_QUESTIONS, load
from evals.rows import read_rows
from evals.types import Case, EvalError

MakeSet = Callable[..., Any]
SmallRows = tuple[list[dict[str, Any]], list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("place", "changes", "told"),
    [
        (0, {"colour": "red"}, "colour"),
        (0, {"kind": "riddle"}, "riddle"),
        (0, {"question": ""}, "question"),
        (0, {"passage": "towns#99"}, "there is no passage towns#99"),
        (0, {"sentences": [3]}, "towns#0 has 2 sentences, so none is number 3"),
        (0, {"sentences": [0]}, "sentences.0"),
        (0, {"sentences": []}, "a fact is stated by some"),
        (1, {"sentences": [1]}, "a near miss is stated by none"),
        (-1, {"holds": {}}, "holds"),
        (-1, {"holds": {"towns#0": []}}, "holds.towns#0"),
        (-1, {"holds": {"woods#0": [1]}}, "woods#0 is not of towns"),
        (-1, {"sentences": [1]}, "sentences"),
    ],
)
def test_a_question_that_does_not_fit_names_its_line(
    place: int, changes: dict[str, Any], told: str, make_set: MakeSet, small_rows: SmallRows
) -> None:
    _, questions = small_rows
    questions[place] |= changes
    passages, file = make_set(questions)
    with pytest.raises(EvalError) as raised:
        load(passages, file)
    line = place % len(questions) + 1
    assert str(raised.value).startswith(f"{file}:{line}: ")
    assert told in str(raised.value)


def test_an_empty_file_is_refused(make_set: MakeSet) -> None:
    with pytest.raises(EvalError, match="no row in it"):
        load(*make_set(questions=[]))


def test_a_sample_is_taken_evenly_and_is_the_same_every_time(make_set: MakeSet) -> None:
    whole = load(*make_set())
    some = whole.sample(6)
    assert len(some.questions) == 6
    assert some == load(*make_set()).sample(6)
    assert {row.passage for row in some.asked} > {"towns#0", "towns#6"}
    assert whole.sample(0) == whole.sample(1000) == whole


def test_the_card_gives_the_counts_of_the_questions_that_come_with_the_project() -> None:
    card = FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    public, invented = (_rows(file) for file in (FOLDER / "questions.jsonl", INVENTED_QUESTIONS))
    of_public, of_invented = (Counter(row["kind"] for row in rows) for rows in (public, invented))
    for kind, count in of_public.items():
        assert f"| {kind} | {count:,} | {of_invented[kind]:,} |" in card
    assert f"{len(public):,} questions about 273 passages" in card
    assert f"{len(invented):,} questions about the 223 passages" in card
    asked = {row["passage"] for row in (*public, *invented) if row["kind"] != "list"}
    for document, count in Counter(name.rpartition("#")[0] for name in asked).items():
        assert re.search(rf"^\| `{re.escape(document)}` \|.*\| {count} \|$", card, flags=re.MULTILINE)
    of_folder = json.loads((FOLDER / "documents.json").read_text(encoding="utf-8"))
    assert {name.rpartition("#")[0] for name in asked} == {
        *of_folder,
        *(name.rpartition("#")[0] for name in cut_invented()),
    }


def test_every_question_on_an_invented_document_fits_it_and_every_passage_is_asked_about() -> None:
    passages = cut_invented()
    rows = load(passages, INVENTED_QUESTIONS)
    assert dict(rows.passages) == passages
    assert {row.document for row in rows.lists} == {passage.document for passage in passages.values()}


def test_the_set_of_the_project_asks_nothing_that_a_set_to_measure_by_asks() -> None:
    asked = {
        _plain(row["question"]) for file in (FOLDER / "questions.jsonl", INVENTED_QUESTIONS) for row in _rows(file)
    }
    for path in sorted(DATASETS.glob("*.jsonl")):
        turns = {_plain(turn) for case in read_rows(path, Case).rows for turn in case.turns}
        assert turns and not asked & turns, path


def test_a_document_that_is_missing_or_another_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"nist_sp_800-218.pdf: No such file.*reader.md"):
        cut(tmp_path)
    (tmp_path / "nist_sp_800-218.pdf").write_bytes(b"%PDF-")
    with pytest.raises(EvalError, match=r"nist_sp_800-218.pdf: not the file that was asked about"):
        cut(tmp_path)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
