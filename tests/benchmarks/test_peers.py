"""The comparison with other parts counts a passage as right by its words, whatever markup stands between them."""

from __future__ import annotations

from pathlib import Path

import pytest

import benchmarks.peers
from benchmarks.peer_sides import Found
from benchmarks.peers import Asked, read_questions, within

ASKED = Asked(1, "dues.html", "What does a yacht pay?", ("Exemptions", "3. Dues"), ("£82.50 a week",))


@pytest.mark.parametrize(
    "text", ["A yacht pays £82.50 a week.", "pays <b>£82.50</b> a\nweek", "pays £ 82.50 a we-\nek"]
)
def test_markup_line_breaks_and_hyphens_do_not_hide_an_answer(text: str) -> None:
    assert ASKED.answered_by(Found("dues.html", text, ""))


@pytest.mark.parametrize("found", [Found("dues.html", "£83 a week", ""), Found("other.html", "£82.50 a week", "")])
def test_other_words_or_another_file_are_not_the_answer(found: Found) -> None:
    assert not ASKED.answered_by(found)


@pytest.mark.parametrize(("citation", "named"), [("Plan › 3. DUES", True), ("page_label 4", False), ("", False)])
def test_a_citation_names_the_heading_or_not(citation: str, named: bool) -> None:
    assert ASKED.headed_by(citation) is named


def test_what_stands_past_the_words_one_reads_does_not_count() -> None:
    hits = [Found("a", "one two", ""), Found("a", "three four five", ""), Found("a", "six", "")]

    assert [hit.text for hit in within(hits, 4)] == ["one two", "three four", ""]


def test_there_are_forty_questions_on_twelve_files() -> None:
    asked = read_questions(Path(benchmarks.peers.__file__).parent / "peers_questions.jsonl")

    assert len({question.question for question in asked}) == 40
    assert len({question.document for question in asked}) == 12
    assert all(question.heading and question.answer for question in asked)
