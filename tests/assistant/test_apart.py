"""Documents answered from one by one: compared, near-identical, or named by the question."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.render import answer_to_json, answer_to_text
from assistant.types import Answer, Status, Turn
from corpus.types import Document, Passage, Section
from index.generations import DocumentRecord
from index.types import Hit

ESK, COPY, TARN, LAMPS = "norland-esk", "norland-esk-2", "norland-tarn", "lamps"
TITLES = {
    ESK: "Norland – Esk Fisheries Compact",
    COPY: "Norland – Esk Fisheries Compact",
    TARN: "Norland – Tarn Fisheries Compact",
    LAMPS: "Harbour Lamps Act",
}
TEXTS = {
    ESK: ("Either side may end this compact by letter, with effect after 90 days.", "The Esk side counts eels in May."),
    TARN: (
        "Either side may end this compact by letter, with effect after 120 days.",
        "Nets are mended by the Tarn side.",
    ),
    LAMPS: ("A lamp is trimmed each dusk.",),
}
SHARED = "Both sides will publish catches each spring."


def hit(document: str, text: str, number: int, score: float) -> Hit:
    section = Section(Document(document, TITLES[document], "", ""), (f"Part {number}",), f"part-{number}", text)
    return Hit(Passage(section, 0, len(text)), score, 0.6, 2.0)


def library(texts: dict[str, tuple[str, ...]]) -> tuple[Hit, ...]:
    return tuple(
        hit(document, text, number, 0.9 - 0.1 * number)
        for document, held in texts.items()
        for number, text in enumerate(held)
    )


@pytest.fixture
def ask(make_search, make_reader):
    """Ask the made-up library with a reader that finds sentences by the words given."""

    def run(question: str, *words: str, texts: dict[str, tuple[str, ...]] = TEXTS, **given) -> Answer:
        run.search, run.reader = make_search(library(texts)), make_reader(words)
        records = [
            DocumentRecord(id=it, title=TITLES[it], source="", fingerprint="", added="", modified=0, size=0)
            for it in texts
        ]
        return Assistant(run.search, run.reader, records).ask(question, **given)

    return run


def cited(answer: Answer) -> list[str]:
    return [citation.section.document.id for citation in answer.citations]


def test_a_named_document_alone_is_searched_and_its_name_is_not_read(ask) -> None:
    answer = ask("After how many days can the Tarn compact be ended?", "days")

    assert cited(answer) == [TARN]
    assert ask.search.asked[0][1] == (TARN,)
    assert ask.reader.asked[0] == "After how many days can the text be ended?"
    assert answer.standalone_question == "After how many days can the Tarn compact be ended?"


def test_what_only_another_document_says_is_not_said_of_the_one_that_is_named(ask) -> None:
    assert ask("Does the Tarn compact say anything on lamps?", "lamp").status is Status.NOT_STATED


def test_of_two_documents_that_could_be_meant_each_answers(ask) -> None:
    answer = ask("After how many days can the compact be ended?", "days")

    assert answer.status is Status.ANSWERED
    assert cited(answer) == [ESK, TARN]
    assert "90 days" in answer.sentences[0].text
    assert "120 days" in answer.sentences[1].text
    assert TITLES[ESK] in answer.note
    assert TITLES[TARN] in answer.note


def test_what_one_of_two_near_identical_documents_states_is_answered_from_that_one(ask) -> None:
    answer = ask("When are eels counted?", "eels")

    assert cited(answer) == [ESK]
    assert answer.note == ""


def test_what_both_say_in_the_same_words_is_said_once_and_cites_both(ask) -> None:
    answer = ask("When are catches published?", "catches", texts={ESK: (SHARED,), TARN: (SHARED,)})

    assert [sentence.text for sentence in answer.sentences] == [SHARED]
    assert cited(answer) == [ESK, TARN]
    assert "[1][2]" in answer.text


def test_a_copy_under_the_same_title_is_not_cited_beside_it(ask) -> None:
    answer = ask("When are catches published?", "catches", texts={ESK: (SHARED,), COPY: (SHARED,)})

    assert cited(answer) == [ESK]


def test_documents_that_are_compared_are_each_cited(ask) -> None:
    answer = ask("How do the two compacts differ on ending them?", "days")

    assert answer.status is Status.ANSWERED
    assert cited(answer) == [ESK, TARN]
    assert {documents for _, documents, _ in ask.search.asked[1:]} == {(ESK,), (TARN,)}
    assert set(ask.reader.asked) == {"What does the text say about ending them?"}


def test_how_documents_differ_is_told_without_what_they_say_in_the_same_words(ask) -> None:
    texts = {ESK: (f"{SHARED} Esk catches are weighed.",), TARN: (f"{SHARED} Tarn catches are counted.",)}

    differing = ask("How do the two compacts differ on catches?", "catches", texts=texts)
    both = ask("What do both compacts say on catches?", "catches", texts=texts)

    assert [sentence.text for sentence in differing.sentences] == [
        "Esk catches are weighed.",
        "Tarn catches are counted.",
    ]
    assert SHARED in both.text


def test_a_comparison_that_one_document_does_not_answer_is_partial_and_says_which(ask) -> None:
    answer = ask("Compare the Esk compact and the Harbour Lamps Act on lamps.", "lamp")

    assert answer.status is Status.PARTIAL
    assert cited(answer) == [LAMPS]
    assert answer.note == f"Not stated in “{TITLES[ESK]}”."


def test_a_comparison_that_no_document_answers_is_not_stated(ask) -> None:
    assert ask("Compare the Esk and Tarn compacts on lamps.", "lamp").status is Status.NOT_STATED


def test_a_comparison_without_a_subject_is_asked_back(ask) -> None:
    answer = ask("How do the two compacts differ?", "days")

    assert answer.status is Status.UNCLEAR
    assert answer.text.endswith("Please name a subject.")
    assert ask.search.asked == []


def test_a_document_named_beside_those_chosen_is_asked_back(ask) -> None:
    answer = ask("What does the Tarn compact say about days?", "days", documents=[ESK])

    assert answer.status is Status.UNCLEAR
    assert ask.search.asked == []


def test_of_a_comparison_only_the_chosen_document_is_asked(ask) -> None:
    answer = ask("How do the two compacts differ on days?", "days", documents=[ESK])

    assert cited(answer) == [ESK]


def test_a_follow_up_stays_with_the_document_named_before(ask) -> None:
    first = ask("After how many days can the Tarn compact be ended?", "days")

    answer = ask("Who mends them?", "Nets", history=[Turn(first.question, first)])

    assert cited(answer) == [TARN]


def test_the_terminal_names_the_document_of_each_place_and_of_each_part_of_an_answer(ask) -> None:
    shown = answer_to_text(ask("After how many days can the compact be ended?", "days"), named=True)

    assert f"{TITLES[ESK]}:\n{TEXTS[ESK][0]} [1]" in shown
    assert f"{TITLES[TARN]}:\n{TEXTS[TARN][0]} [2]" in shown
    assert f"[2] {TITLES[TARN]} › Part 0, paragraph 1" in shown


def test_the_json_names_the_document_of_each_citation(ask) -> None:
    shown = answer_to_json(ask("After how many days can the compact be ended?", "days"))

    assert [citation["document"] for citation in shown["citations"]] == [ESK, TARN]
    assert [sentence["citations"] for sentence in shown["sentences"]] == [[1], [2]]
