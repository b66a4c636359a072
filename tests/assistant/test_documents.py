"""Which documents a question names, by what their titles, ids and title pages call them."""

from __future__ import annotations

import pytest

from assistant.documents import DocumentNames
from corpus.types import Document, Passage, Section
from index.generations import DocumentRecord

ESK, TARN, LAMPS, ROE, NOTE, DECREE = (
    "norland-esk",
    "norland-tarn",
    "lamps",
    "board-of-roe",
    "nb-k-7-114",
    "eu-harbours",
)
TITLES = {
    ESK: "Norland – Esk Fisheries Compact",
    TARN: "Norland – Tarn Fisheries Compact",
    LAMPS: "Harbour Lamps Act",
    ROE: "Joint Statement of the Weir and Lock Board",
    NOTE: "nb_k-7-114",
    DECREE: "Gazette 731",
    "uk-japan-rivers": "UK–Japan Joint Statement on Rivers",
    "us-japan-rivers": "U.S.–Japan Rivers Deal",
}
TITLE_PAGES = {
    NOTE: "NORLAND BUREAU\n\nMEMORANDUM FOR KEEPERS OF LOCKS",
    DECREE: "Directive 2031/44/EC on harbours\n\nHaving regard to the Treaty of Brill, this is a long sentence.",
}


def record(document: str, **about: str) -> DocumentRecord:
    return DocumentRecord(
        id=document, title=TITLES[document], source="", fingerprint="", added="", modified=0, size=0, **about
    )


@pytest.fixture
def names() -> DocumentNames:
    pages = []
    for document, text in TITLE_PAGES.items():
        section = Section(Document(document, TITLES[document], "", ""), (), "start", text)
        pages.append(Passage(section, 0, len(text)))
    about = {ROE: {"date": "2031-05-02"}, LAMPS: {"publisher": "Harbour Office of Brill"}}
    return DocumentNames([record(document, **about.get(document, {})) for document in TITLES], pages)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("In the Esk compact, who counts the fish?", ESK),
        ("What does the Norland-Tarn Fisheries Compact say about eels?", TARN),
        ("Under the Tarn agreement, when are nets mended?", TARN),
        ("Tell me what the Tarn compact says about eels.", TARN),
        ("How high must a lamp be under the Harbour Lamps Act?", LAMPS),
        ("What does the lamps law say of oil?", LAMPS),
        ("What did the WLB statement say on sluices?", ROE),
        ("What does the WLB say on sluices?", ROE),
        ("What does the 2031 statement say on sluices?", ROE),
        ("According to K-7-114, who keeps the keys?", NOTE),
        ("What does the Norland Bureau memo say about keys?", NOTE),
        ("Who inspects piers according to Directive 2031/44/EC?", DECREE),
        ("What does the British-Japanese statement say about dams?", "uk-japan-rivers"),
        ("What does the statement of the UK and Japan say about dams?", "uk-japan-rivers"),
        ("What does the American deal with Japan say about dams?", "us-japan-rivers"),
    ],
)
def test_a_document_is_named_by_what_it_is_called(names: DocumentNames, question: str, named: str) -> None:
    assert names.naming(question).mentions == ((named,),)


@pytest.mark.parametrize(
    "question",
    [
        "Who counts the fish?",
        "Does the compact bind anyone?",
        "What did Norland do in May 2031?",
        "When has the WLB opened the sluices?",
        "Which Weir Keepers Guild statement was read?",
        "What does the Zambezi compact say about eels?",
        "How are lamps trimmed in Japan?",
        "On what did the UK brief Japan?",
        "What are the standards for harbour lamps?",
        "Does Japan have a harbour lamps act?",
        "Which fisheries compact counts the fish?",
    ],
)
def test_what_a_question_is_about_names_no_document(names: DocumentNames, question: str) -> None:
    naming = names.naming(question)

    assert naming.mentions == ()
    assert naming.text == question


def test_the_name_makes_way_for_the_text(names: DocumentNames) -> None:
    assert names.naming("In the Esk compact, who counts eels?").text == "In the text, who counts eels?"
    assert names.naming("What is the Harbour Lamps Act?").text == "What is the Harbour Lamps Act?"


def test_a_name_that_two_documents_share_can_mean_either(names: DocumentNames) -> None:
    naming = names.naming("What does the fisheries compact say about eels?")

    assert naming.mentions == ((ESK, TARN),)
    assert not naming.each


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How do the two fisheries compacts differ on eels?", "eels"),
        ("How do the two compacts differ on eels?", "eels"),
        ("Compare the Esk and Tarn compacts on eel traps.", "eel traps"),
        ("Compare what the Norland-Esk and the Norland-Tarn compacts say about eel traps", "eel traps"),
        ("What is the difference between the Esk compact and the Tarn compact regarding nets?", "nets"),
        ("What do the Esk compact and the Tarn compact each say about nets?", "nets"),
        ("Compare the Norland-Esk compact to the Norland-Tarn compact in terms of nets", "nets"),
    ],
)
def test_documents_that_are_compared_are_each_asked_about_the_subject(
    names: DocumentNames, question: str, subject: str
) -> None:
    naming = names.naming(question)

    assert naming.each
    assert naming.documents == (ESK, TARN)
    assert naming.subject == f"What does the text say about {subject}?"


def test_a_number_beside_a_title_names_a_second_document(names: DocumentNames) -> None:
    naming = names.naming("What do K-7-114 and the Harbour Lamps Act say about keys?")

    assert (naming.each, naming.documents) == (True, (NOTE, LAMPS))
    assert naming.subject == "What does the text say about keys?"


def test_one_title_with_an_and_in_it_is_one_name(names: DocumentNames) -> None:
    assert names.naming("What does the Weir and Lock Board statement say?").documents == (ROE,)


def test_a_comparison_without_a_subject_has_none(names: DocumentNames) -> None:
    naming = names.naming("How do the two fisheries compacts differ?")

    assert naming.each
    assert naming.subject == ""


def test_a_follow_up_that_names_another_document_means_that_one(names: DocumentNames) -> None:
    naming = names.naming("What does the Esk compact say about eels? And the Tarn compact?")

    assert naming.mentions == ((TARN,),)
    assert naming.text == "What does the text say about eels? And the text?"


def test_in_a_library_of_one_nothing_is_named() -> None:
    question = "What does the Harbour Lamps Act say about oil?"

    assert DocumentNames([record(LAMPS)], ()).naming(question).text == question
