"""Where sentences end, and where they only seem to."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ("At the 8th Dialogue they met.", "It ended."),
        ("They discussed standards, e.g. Open RAN.", "Then they left."),
        ("Some standards, i.e. The ISO ones, apply.", "Others wait."),
        ("See section 3.1 of the act.", "It is new."),
        ("A ticket cost £82.50.", "Two cost more."),
        ("It cost £82.50 a metre.", "That was too much."),
        ("Under s. 12 the act applies.", "Under ss. 3 and 4 it does not."),
        ("The U.S. Government agreed.", "The others followed."),
        ("She works in the U.S.", "The office is small."),
        ("J. R. R. Smith spoke.", "A. Jones replied."),
        ("Dr. Jones met Mr. Sato and Prof. Sir J. Hill.", "They talked."),
        ("Look at No. 5 on the list.", "It is short."),
        ("The answer was No.", "They went home."),
        ("“We agree.”", "She left."),
        ("He said “stop.” and sat down.", "Nobody moved."),
        ("Was it so?", "It was!", "Good."),
        ("(It was late.)", "They went home."),
        ("Point (a) applies (see pp. 12–14).", "Point (b) does not."),
        ("It starts at 5 p.m. on Monday.", "Bring a coat."),
        ("It ended at 5 p.m.", "The hall was empty."),
        ("Acme Inc. Group grew.", "Its rivals, e.g. Bolt Ltd. and others, shrank."),
        ("Version 2.0 came out on 3 Jan. 2024.", "Version 3.0 did not."),
        ("1. The parties agree.", "They meet in May."),
        ("They wait… and wait.", "Nothing comes."),
        ("日本と英国は合意した。", "次の会合は五月に開かれる。"),
        ("大臣は「合意した。」と述べた。", "会合は終わった。"),
        ("「合意した。」", "その後、会合は終わった。"),
    ],
)
def test_a_text_is_cut_between_its_sentences_and_nowhere_else(sentences: tuple[str, ...]) -> None:
    separator = "" if sentences[0].isascii() is False and sentences[0][0] > "\u2fff" else " "

    assert cut(separator.join(sentences)) == list(sentences)


def test_a_blank_line_ends_a_sentence_that_has_no_full_stop() -> None:
    assert cut("A heading without a stop\n\nand more.") == ["A heading without a stop", "and more."]


def test_a_text_without_words_has_no_sentences() -> None:
    assert cut("") == []
    assert cut("  \n\n ") == []


@given(st.text(alphabet="Ab1 .!?。「」\n“”()é", max_size=120))
def test_sentences_are_in_order_apart_and_together_hold_every_visible_character(text: str) -> None:
    spans = sentence_spans(text)

    ends = [0, *(end for _, end in spans)]
    assert all(start >= end for (start, _), end in zip(spans, ends, strict=False))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_a_book_in_one_paragraph_is_cut_in_a_moment() -> None:
    book = "The parties met on the 8th of May in Mr. Smith's U.S. office. " * 8000
    started = time.perf_counter()

    assert len(sentence_spans(book)) == 8000
    assert time.perf_counter() - started < 10  # it took minutes when each full stop looked at the whole paragraph
