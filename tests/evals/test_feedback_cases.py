"""Drafts made from feedback are cases that the evals read."""

from __future__ import annotations

from pydantic import TypeAdapter

from assistant.feedback import Feedback, draft_cases
from assistant.types import Answer, Citation, Sentence, Status, Turn
from evals.types import Case


def test_a_draft_is_a_case(tmp_path, make_hit):
    passage = make_hit("It met in May.").passage
    answer = Answer("When?", "When?", Status.ANSWERED, (Sentence("It met.", (Citation(1, passage, 0, 14),)),))
    feedback = Feedback(tmp_path / "feedback.jsonl")
    for verdict in ("good", "bad"):
        feedback.add([Turn("When?", answer)], verdict, "a note", wrong_citations=(1,))
    cases = [TypeAdapter(Case).validate_python(draft) for draft in draft_cases(feedback.rows())]
    assert [case.kind for case in cases] == ["draft", "draft"]
    assert len({case.id for case in cases}) == 2
