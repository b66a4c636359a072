"""What readers say of answers, kept as rows and turned into draft eval cases."""

from __future__ import annotations

import json
import re

import pytest

from assistant.feedback import LONGEST_NOTE, Feedback, draft_cases
from assistant.types import Answer, AssistantError, Citation, Sentence, Status, Turn


@pytest.fixture
def turns(make_hit) -> tuple[Turn, ...]:
    passage = make_hit("It met in May (2024). It was good.").passage
    answer = Answer("When?", "When did it meet?", Status.ANSWERED, (Sentence("x", (Citation(1, passage, 0, 21),)),))
    refusal = Answer("Who?", "Who?", Status.NOT_STATED, message="It does not say.")
    return Turn("Who?", refusal), Turn("When?", answer)


def test_a_row_holds_the_questions_the_answer_and_what_was_thought_of_it(tmp_path, turns):
    feedback = Feedback(tmp_path / "new" / "feedback.jsonl")
    assert feedback.rows() == []
    feedback.add(turns, "bad", "  The date\nis wrong. ", wrong_citations=(1,))
    feedback.add(turns[:1], "good", "x" * (LONGEST_NOTE + 5))
    first, second = feedback.rows()
    assert (first.verdict, first.note, first.wrong_citation) == ("bad", "The date\nis wrong.", True)
    assert (first.wrong_citations, second.wrong_citation) == ((1,), False)
    assert first.turns == ("Who?", "When?")
    assert first.answer["citations"][0]["quote"] == "It met in May (2024)."
    assert len(second.note) == LONGEST_NOTE
    assert len((tmp_path / "new" / "feedback.jsonl").read_text().splitlines()) == 2


def test_no_note_makes_what_others_said_unreadable(tmp_path, turns):
    feedback = Feedback(tmp_path / "feedback.jsonl")
    feedback.add(turns, "bad", "one line\u2028another\u0085and half a character: \ud83d")
    feedback.add(turns, "good", "")
    assert [row.note for row in feedback.rows()] == ["one line\u2028another\u0085and half a character: ?", ""]


def test_a_note_added_later_is_a_row_of_its_own_and_belongs_to_its_answer(tmp_path, turns):
    feedback = Feedback(tmp_path / "feedback.jsonl")
    first = feedback.add(turns[:1], "good", "")
    second = feedback.add(turns, "good", "Quick.")
    feedback.remark(first, "  It says so\u2028plainly. \ud83d")
    feedback.remark(second, "x" * (LONGEST_NOTE + 5))
    assert len((tmp_path / "feedback.jsonl").read_text().split("\n")) == 5
    rows = feedback.rows()
    assert [row.id for row in rows] == [first, second]
    assert rows[0].note == "It says so\u2028plainly. ?"
    assert rows[1].note == "Quick.\n" + "x" * LONGEST_NOTE
    drafts = draft_cases(rows)
    assert [draft["turns"] for draft in drafts] == [["Who?"], ["Who?", "When?"]]
    assert "(good, It says so" in drafts[0]["note"]


def test_a_row_from_before_notes_were_added_is_read(tmp_path, turns):
    path = tmp_path / "feedback.jsonl"
    Feedback(path).add(turns, "good", "")
    old = json.loads(path.read_text())
    del old["id"]
    path.write_text(json.dumps(old) + "\n")
    assert [row.verdict for row in Feedback(path).rows()] == ["good"]


def test_a_note_whose_row_was_removed_is_named(tmp_path, turns):
    path = tmp_path / "feedback.jsonl"
    feedback = Feedback(path)
    feedback.remark(feedback.add(turns, "good", ""), "And quick.")
    path.write_text("\n" + path.read_text().split("\n", 1)[1])
    with pytest.raises(AssistantError, match=r"feedback\.jsonl:2: a note on no row before it; remove the line"):
        feedback.rows()


def test_a_damaged_row_is_named(tmp_path):
    path = tmp_path / "feedback.jsonl"
    path.write_text('{"verdict": "good"}\n')
    with pytest.raises(AssistantError, match=r"feedback\.jsonl:1: not a row of feedback"):
        Feedback(path).rows()


def test_a_file_that_cannot_be_written_is_one_line(tmp_path, turns):
    (tmp_path / "file").write_text("")
    with pytest.raises(AssistantError, match="feedback cannot be written"):
        Feedback(tmp_path / "file" / "feedback.jsonl").add(turns, "good", "")


def test_a_liked_answer_makes_its_quotes_vital_and_a_disliked_one_leaves_all_open(tmp_path, turns):
    feedback = Feedback(tmp_path / "feedback.jsonl")
    feedback.add(turns, "good", "")
    feedback.add(turns, "bad", "Not the date I asked for", wrong_citations=(1,))
    liked, disliked = draft_cases(feedback.rows())
    assert liked["status"] == ["answered"]
    assert re.fullmatch(liked["vital"][0][0], "It met in May (2024).")
    assert liked["turns"] == ["Who?", "When?"]
    assert set(disliked["status"]) == set(Status)
    assert disliked["vital"] == []
    assert "wrong citation: “It met in May (2024).”" in disliked["note"]
    assert "Not the date I asked for" in disliked["note"]
    assert json.dumps([liked, disliked])
