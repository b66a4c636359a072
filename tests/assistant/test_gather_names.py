"""Lists of what goes by a name: by all of it, by its acronym, by a noun in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from assistant.gather import gathered
from assistant.question import Question
from corpus.types import Passage


def _texts(passages: Sequence[Passage], question: str) -> list[str]:
    return [evidence.text for evidence in gathered(Question(question), passages, lambda word: 1)]


def test_a_word_of_a_name_that_is_asked_for_beside_it_is_no_list_of_the_name(make_hit) -> None:
    passages = [make_hit("Under the Bridges Act 2019 tolls are paid.", "Tolls").passage]

    found = partial(_texts, passages)
    assert found("Which bridges come under the Bridges Act? All of them.") == []
    assert found("What is said about the Bridges Act? All of it.") == ["Under the Bridges Act 2019 tolls are paid."]


def test_a_name_is_found_by_its_acronym_too_and_an_acronym_by_its_name(make_hit) -> None:
    texts = (
        "The Ministry of Rivers (MOR) met in May.",
        "Officials of the MOR counted oaks.",
        "The Ministry of Roads did not.",
    )
    passages = [make_hit(text, text[:9]).passage for text in texts]

    found = partial(_texts, passages)
    assert found("Where does the Ministry of Rivers appear?") == list(texts[:2])
    assert found("Where does MOR appear?") == list(texts[:2])


def test_a_kind_that_is_a_word_of_a_name_is_not_asked_for(make_hit) -> None:
    texts = ("The River Agency met Norway.", "The Trout Agency met nobody.")
    passages = [make_hit(text, text[:12]).passage for text in texts]

    def shown(question: str) -> list[str]:
        found = gathered(Question(question), passages, lambda word: 9 if word == "river" else 1)
        return [evidence.text for evidence in found]

    assert shown("Which agencies are named? All of them.") == list(texts)
    assert shown("What has the River Agency got to do with it? Everything you can find.") == [texts[0]]


def test_what_is_named_with_a_noun_is_found_by_it(make_hit) -> None:
    texts = (
        "The Reed Forum met.",
        "A Salt Trade Forum is planned. A forum helps.",
        "The Forum on Otters and the Oak Fair met.",
    )
    passages = [make_hit(text, f"Section {number}").passage for number, text in enumerate(texts)]

    asked = partial(_texts, passages)
    assert asked("Which forums are there?") == [texts[0], "A Salt Trade Forum is planned.", texts[2]]
    assert asked("Which forums and fairs are named?") == [texts[0], "A Salt Trade Forum is planned.", texts[2]]
    assert asked("Which forums on salt are there?") == []
    assert asked("Which forums and boats are there?") == []


def test_what_is_named_beside_a_kind_is_shown_with_it(make_hit) -> None:
    texts = (
        "Under the Bridges Act 2019 tolls are paid.",
        "The Rivers Action Plan was published.",
        "Both Sections grew.",
    )
    passages = [make_hit(text, f"Section {number}").passage for number, text in enumerate(texts)]

    shown = partial(_texts, passages)
    assert shown("Which acts and plans are mentioned?") == list(texts[:2])
    assert shown("Which acts are mentioned in the sections?") == [texts[0]]  # these are not asked for


@pytest.mark.parametrize(
    "question",
    [
        "And what did STC talk about?",
        "What does STC report on?",
        "What did the STC agree on?",
        "What will STC work on?",
    ],
)
def test_what_somebody_talks_about_is_not_all_that_is_said_of_them(make_hit, question: str) -> None:
    passages = [make_hit(text, "Section 1").passage for text in ("STC came to the fair.", "At it STC spoke of salmon.")]

    assert not gathered(Question(question), passages, lambda _: 1)
