"""Rows of questions to rows of answers: bad rows are named, bad questions cost the others nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.batch import answer_rows, read_rows
from assistant.types import AssistantError
from index.generations import DocumentRecord

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre."


@pytest.fixture
def rows_file(tmp_path: Path):
    def write(*rows: str | bytes | dict) -> Path:
        path = tmp_path / "questions.jsonl"
        lines = [json.dumps(row).encode() if isinstance(row, dict) else row for row in rows]
        path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
        return path

    return write


@pytest.fixture
def answered(tmp_path: Path, make_hit, make_search, make_reader, rows_file):
    """Answer these rows and read the answers back."""

    def run(*rows: dict, documents=()) -> list[dict]:
        search = make_search((make_hit(BRIDGE, document="rivers"),))
        about = {"source": "", "fingerprint": "", "added": "", "modified": 0, "size": 0}
        records = [DocumentRecord(id="rivers", title="Rivers", **about)]
        assistant = Assistant(search, make_reader(("82.50",)), records, question_limit=200)
        out = tmp_path / "answers.jsonl"
        answer_rows(assistant, read_rows(rows_file(*rows)), out, documents, lambda *step: None)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n")[:-1]]

    return run


def test_each_row_is_answered_in_order_under_its_id(answered) -> None:
    rows = answered({"id": "a", "turns": ["What did the Ottery bridge cost?"]}, {"id": 7, "turns": ["Hello"]})

    assert [(row["id"], row["status"]) for row in rows] == [("a", "answered"), (7, "off_topic")]
    assert "It cost £82.50 a metre." in rows[0]["text"]


def test_earlier_turns_are_asked_first_and_only_the_last_is_written(answered) -> None:
    (row,) = answered({"id": "a", "turns": ["Who opened the Ottery bridge?", "What did it cost?"]})

    assert row["question"] == "What did it cost?"
    assert row["standalone_question"] == "Who opened the Ottery bridge? What did it cost?"


def test_thanks_in_between_does_not_cost_a_follow_up_its_subject(answered) -> None:
    (row,) = answered({"id": "a", "turns": ["Who opened the Ottery bridge?", "Thanks!", "What did it cost?"]})

    assert row["standalone_question"] == "Who opened the Ottery bridge? What did it cost?"


@pytest.mark.parametrize("bad", ["", "😀", "x" * 201, "\u200b"])
def test_a_bad_question_gets_its_reason_and_the_others_their_answers(answered, bad: str) -> None:
    question = "What did the Ottery bridge cost?"
    rows = answered(
        {"id": "bad", "turns": [bad]}, {"id": "turn", "turns": [bad, question]}, {"id": "c", "turns": [question]}
    )

    assert [row["status"] for row in rows] == ["unclear", "answered", "answered"]
    assert rows[0]["text"]


def test_a_row_with_an_unknown_document_says_so_and_stops_nothing(answered) -> None:
    question = "What did the Ottery bridge cost?"
    rows = answered({"id": "a", "turns": [question], "document": "deserts"}, {"id": "b", "turns": [question]})

    assert [row["status"] for row in rows] == ["unclear", "answered"]
    assert "'deserts'" in rows[0]["text"]


def test_a_row_may_name_one_document_or_several(rows_file) -> None:
    rows = read_rows(
        rows_file({"id": 1, "turns": ["x"], "document": "a"}, {"id": 2, "turns": ["x"], "document": ["a", "b"]})
    )

    assert [row.documents for row in rows] == [["a"], ["a", "b"]]


def test_blank_lines_do_not_count(rows_file) -> None:
    assert len(read_rows(rows_file("", {"id": "a", "turns": ["x"]}, "  ", ""))) == 1
    assert read_rows(rows_file("")) == []


def test_a_byte_order_mark_windows_line_ends_and_unicode_line_separators_are_read(rows_file) -> None:
    path = rows_file(
        b'\xef\xbb\xbf{"id": "a", "turns": ["one\xe2\x80\xa8line"]}\r', b'{"id": "b", "turns": ["\xc2\x85"]}\r'
    )

    assert [row.turns for row in read_rows(path)] == [["one\u2028line"], ["\x85"]]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("not JSON", "row"),
        ("[]", "row"),
        ('{"id": "a"}', "turns"),
        ('{"id": "a", "turns": []}', "turns"),
        ('{"id": "a", "turns": "x"}', "turns"),
        ('{"id": "a", "turns": ["x", 3]}', "turns.1"),
        ('{"turns": ["x"]}', "id"),
        ('{"id": "a", "turns": ["x"], "tunrs": []}', "tunrs"),
        ('{"id": "a", "turns": ["\\ud800"]}', "row"),
    ],
)
def test_a_malformed_row_is_named_by_file_line_and_field(rows_file, row: str, field: str) -> None:
    path = rows_file({"id": "good", "turns": ["x"]}, "", row)

    with pytest.raises(AssistantError) as caught:
        read_rows(path)

    assert str(caught.value).startswith(f"{path}, line 3, {field}: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path, rows_file) -> None:
    with pytest.raises(AssistantError, match=r"gone\.jsonl: cannot be read"):
        read_rows(tmp_path / "gone.jsonl")
    with pytest.raises(AssistantError, match=r"questions\.jsonl: cannot be read"):
        read_rows(rows_file(b"\xff\xfe"))
    with pytest.raises(AssistantError, match="cannot be written"):
        answer_rows(None, [], tmp_path / "gone" / "out.jsonl", (), lambda *step: None)
