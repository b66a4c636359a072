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
from evals.reader.cutting import cut, cut_shipped
from evals.reader.rows import ADVERSARIAL, DIGITAL, FOLDER, INVENTED, LOOSE, SHIPPED, UNSEEN, load
from evals.rows import read_rows
from evals.types import Case, EvalError

MakeSet = Callable[..., Any]
QUESTIONS = (FOLDER / "questions.jsonl", *(FOLDER / f"{part}.jsonl" for part in (*SHIPPED, DIGITAL, UNSEEN)))
MISLEADING = {part: FOLDER / "misleading" / f"{part}.jsonl" for part in (LOOSE, UNSEEN)}
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


def test_a_third_of_a_set_has_whole_passages_and_what_lists_find_in_them(make_set: MakeSet) -> None:
    whole = load(*make_set())
    third = whole.every(3)
    assert list(third.passages) == ["towns#0", "towns#3", "towns#6"]
    assert third.asked == tuple(row for row in whole.asked if row.passage in third.passages)
    assert [row.holds for row in third.lists] == [{"towns#0": (2,)}]


def test_two_sets_together_hold_the_passages_and_questions_of_both(make_set: MakeSet) -> None:
    whole = load(*make_set())
    both = whole.every(3) + whole
    assert both.passages == whole.passages
    assert both.questions == (*whole.every(3).questions, *whole.questions)


def test_the_card_gives_the_counts_of_the_questions_that_come_with_the_project() -> None:
    card = FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    parts = [_rows(file) for file in QUESTIONS]
    counted = [Counter(row["kind"] for row in rows) for rows in parts]
    for kind in counted[0]:
        assert f"| {kind} | " + " | ".join(f"{part[kind]:,}" for part in counted) + " |" in card
    for rows, passages in zip(parts, (273, 223, 189, 146, 135, 25), strict=True):
        assert re.search(rf"{len(rows):,} questions about (the )?{passages} passages", card)
    asked = {row["passage"] for rows in parts for row in rows if row["kind"] != "list"}
    for document, count in Counter(name.rpartition("#")[0] for name in asked).items():
        assert re.search(rf"^\| `{re.escape(document)}` \|.*\| {count} \|$", card, flags=re.MULTILINE)
    of_folder = json.loads((FOLDER / "documents.json").read_text(encoding="utf-8"))
    shipped = {name.rpartition("#")[0] for part in (*SHIPPED, DIGITAL, UNSEEN) for name in cut_shipped(part)}
    assert {name.rpartition("#")[0] for name in asked} == {*of_folder, *shipped}


@pytest.mark.parametrize(
    ("part", "has_lists"),
    [(INVENTED, True), (ADVERSARIAL, False), (LOOSE, True), (DIGITAL, True), (UNSEEN, True)],
)
def test_every_question_on_a_document_made_up_for_it_fits_and_every_passage_is_asked_about(
    part: str, has_lists: bool
) -> None:
    passages = cut_shipped(part)
    rows = load(passages, FOLDER / f"{part}.jsonl")
    assert dict(rows.passages) == passages
    assert {row.document for row in rows.lists} == {one.document for one in passages.values() if has_lists}


@pytest.mark.parametrize("part", MISLEADING)
def test_misleading_questions_are_as_many_that_are_stated_as_not_on_every_passage(part: str) -> None:
    passages = cut_shipped(part)
    rows = load(passages, MISLEADING[part])
    assert dict(rows.passages) == passages
    counts = Counter((row.passage, row.kind == "near_miss") for row in rows.asked)
    assert set(counts.values()) == {3} and not rows.lists
    assert f"{len(rows.questions):,} misleading questions" in FOLDER.with_suffix(".md").read_text(encoding="utf-8")


def test_the_set_of_the_project_asks_nothing_that_a_set_to_measure_by_asks() -> None:
    asked = {_plain(row["question"]) for file in (*QUESTIONS, *MISLEADING.values()) for row in _rows(file)}
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
