"""Questions to start with: made from any English text, offered in a language that the assistant understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.build import Holdings, build_assistant
from assistant.bundled import bundled_starters
from assistant.opening import starters_from
from assistant.question import Question
from assistant.settings import load_settings
from assistant.starters import Starter, kept_by_document, key_points, offered
from assistant.starters_made import made_from
from assistant.types import Status, Turn
from corpus.read import read_document
from corpus.types import Document, Section

CALLOW = Path(__file__).parents[2] / "evals" / "datasets" / "documents" / "callow-sea-action-plan.md"
ACCORD = """# The Ruvel Accord

## 1. River Transport

The Ruvel Accord was signed on 4 May 2031. Both sides opened two locks in June 2031. The River Code Act 2030, the Barge
Crews Act 2029 and the Open Canals Order set out who may sail. A ferry has run between the two banks since July 2031.

## 2. Water Quality

Both sides measure the water at forty places each month. Samples are compared in one laboratory, which sends what it
finds to the towns along the river within three days. Where a sample fails, bathing stops until two more have passed.
"""


def starter(document: str, number: int) -> Starter:
    return Starter(document, (f"{document} {number}?",), (f"{document}の{number}か。",))


def is_japanese_alone(question: str) -> bool:
    return Question(question).is_japanese and not Question(question).is_english


ONE = tuple(starter("a", number) for number in range(8))
TWO = (*ONE, starter("b", 0))


@pytest.mark.parametrize(
    ("language", "translates", "expected"),
    [
        ("en", False, ["a 0?", "a 1?", "a 2?", "a 3?", "a 4?", "a 5?"]),
        ("en", True, ["a 0?", "a 1?", "a 2?", "a 3?", "a 4?", "aの5か。"]),
        ("ja", True, ["aの0か。", "aの1か。", "aの2か。", "aの3か。", "aの4か。", "aの5か。"]),
        ("ja", False, ["a 0?", "a 1?", "a 2?", "a 3?", "a 4?", "a 5?"]),
    ],
)
def test_six_are_offered_in_a_language_that_is_understood(language: str, translates: bool, expected: list[str]) -> None:
    assert [one for (one,) in offered(kept_by_document(ONE), ["a"], language, translates=translates)] == expected


def test_documents_take_turns_and_those_not_asked_have_none() -> None:
    both = offered(kept_by_document(TWO), ["b", "a"], "en", translates=False)
    assert [one for (one,) in both] == ["b 0?", "a 0?", "a 1?", "a 2?", "a 3?", "a 4?"]
    assert offered(kept_by_document(TWO), ["b"], "en", translates=True) == (("b 0?",),)
    assert offered(kept_by_document(TWO), [], "en", translates=True) == ()


def test_of_many_documents_only_those_shown_are_gone_through() -> None:
    asked: list[str] = []

    def starters(document: str) -> tuple[Starter, ...]:
        asked.append(document)
        return () if document == "1" else (starter(document, 0),)

    shown = offered(starters, [str(number) for number in range(10_000)], "en", translates=False)
    assert [one for (one,) in shown] == [f"{document} 0?" for document in "023456"]
    assert asked == list("0123456")


def test_each_document_has_its_own_made_once_from_its_sections(statement: Path) -> None:
    callow = read_document(CALLOW)
    starters = starters_from((*callow, *read_document(statement)))
    assert starters(statement.stem) == bundled_starters(statement.stem)
    assert starters(CALLOW.stem) == made_from(callow, read_document(statement))
    assert starters(CALLOW.stem) is starters(CALLOW.stem)
    assert starters("another") == ()


def test_they_are_made_from_a_text_s_own_events_years_laws_and_headings(tmp_path: Path) -> None:
    path = tmp_path / "accord.md"
    path.write_text(ACCORD, encoding="utf-8")
    made = made_from(read_document(path))
    assert [one.english for one in made] == [
        ("When was the Ruvel Accord signed?",),
        ("What is said about 2031?",),
        ("What is said about River Transport?", "And about Water Quality?"),
        ("Which laws are named?",),
        ("How much money is committed to River Transport?",),
        ("What are the key points of the section “River Transport”?",),
        ("What are the key points of the section “Water Quality”?",),
    ]
    assert {one.document for one in made} == {"accord"}
    for one in made:
        assert len(one.japanese) == len(one.english)
        assert all(is_japanese_alone(question) for question in one.japanese)


@pytest.mark.parametrize("own", [True, False])
def test_the_japanese_questions_are_in_japanese_whatever_english_heading_they_quote(statement: Path, own: bool) -> None:
    sections = read_document(statement if own else CALLOW)
    made = [question for one in made_from(sections) for question in one.japanese]
    of_sections = [key_points(section.heading)[1] for section in sections]
    assert max(map(len, of_sections)) > 35
    assert all(map(is_japanese_alone, (*made, *of_sections)))


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("1. River Transport", "River Transport"),
        ("2.1 River Transport", "River Transport"),
        ("3) River Transport", "River Transport"),
        ("IV. River Transport", "River Transport"),
        ("Pillar One: River Transport", "River Transport"),
        ("PART II – River Transport", "River Transport"),
        ("Section 5.River Transport", "River Transport"),
        ("Society 5.0", "Society 5.0"),
        ("2024 Milestones", "2024 Milestones"),
        ("V2X Communications", "V2X Communications"),
        ("I agree to sail", "I agree to sail"),
        ("Vision 2030 – Targets", "Vision 2030 – Targets"),
    ],
)
def test_a_heading_goes_by_its_name_without_its_numbering(heading: str, named: str) -> None:
    text = "Both sides measure the water at forty places each month. " * 4
    (made,) = made_from([Section(Document("a", "A", "a.md", ""), (heading,), "a", text)])[-1:]
    assert made.english == (f"What are the key points of the section “{named}”?",)


def test_money_is_not_asked_for_where_the_text_speaks_of_it(tmp_path: Path) -> None:
    path = tmp_path / "accord.md"
    path.write_text(f"{ACCORD}\nThe laboratory has a budget of its own.\n", encoding="utf-8")
    asked = [question for one in made_from(read_document(path)) for question in one.english]
    assert "Which court settles disputes?" in asked
    assert not any("How much money" in question for question in asked)


@pytest.mark.parametrize(
    ("heading", "text", "asked"),
    [
        ("Finance", "River transport gets 3 million pounds.", "How much money is committed to Water Quality?"),
        ("River transport and water quality", "The budget is 3 million pounds.", "Which court settles disputes?"),
        ("Finance", "Roads get 3 million pounds.", "How much money is committed to River Transport?"),
        ("River transport and water quality", "A court decides on its grants.", ""),
    ],
)
def test_what_another_document_states_is_not_asked_as_what_none_does(
    tmp_path: Path, heading: str, text: str, asked: str
) -> None:
    path = tmp_path / "accord.md"
    path.write_text(ACCORD, encoding="utf-8")
    other = Section(Document("other", "Other", "other.md", ""), (heading,), "other", text)
    made = starters_from((*read_document(path), other))("accord")
    found = [question for one in made for question in one.english if question.startswith(("How much", "Which court"))]
    assert found == ([asked] if asked else [])


@pytest.mark.parametrize("text", ["", "Die Partner haben am 4. Mai 2031 das Abkommen unterzeichnet. Es ist in Kraft."])
def test_none_are_made_from_a_text_that_is_empty_or_not_english(text: str) -> None:
    assert made_from([Section(Document("a", "A", "a.md", ""), ("Transport",), "transport", text)]) == ()


def test_the_bundled_ones_are_six_in_both_languages(statement: Path) -> None:
    bundled = bundled_starters(statement.stem)
    assert len(bundled) == 6
    for one in bundled:
        assert len(one.japanese) == len(one.english)
        assert all(is_japanese_alone(question) for question in one.japanese)
    assert bundled_starters("another") == ()


@pytest.mark.model
def test_each_is_answered_but_what_the_text_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "accord.md"
    path.write_text(ACCORD, encoding="utf-8")
    settings = load_settings(home=tmp_path, llm="none")
    found: dict[str, Status] = {}
    with build_assistant(settings, holdings=Holdings(tmp_path / "index", (path,))) as assistant:
        assert not assistant.translates
        for one in made_from(read_document(path)):
            history: tuple[Turn, ...] = ()
            for question in one.english:
                answer = assistant.ask(question, history)
                history = (*history, Turn(question, answer))
                found[question] = answer.status
    refused = {question for question, status in found.items() if status is not Status.ANSWERED}
    assert refused == {"How much money is committed to River Transport?"}
