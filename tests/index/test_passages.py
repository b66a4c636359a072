"""Passages are whole sentences, stay in their section and lose nothing."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.read import read_document
from corpus.sentences import sentence_spans
from corpus.types import Document, Passage, Run, Section
from index.passages import PassageSize, embedded_text, indexed_text, passages_of

SENTENCES = st.integers(1, 60).map(lambda words: f"Bees {'fly ' * (words - 1)}well.")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, max_size=8).map("\n\n".join)
SIZES = st.builds(PassageSize, most=st.integers(20, 200), least=st.integers(1, 30))


def section_of(text: str) -> Section:
    return Section(Document("bees", "Bees", "bees.md", "0" * 64), ("Bees",), "bees", text, 1, (Run(0, 0, len(text)),))


def words(text: str) -> int:
    return len(text.split())


@given(TEXTS, SIZES)
def test_passages_are_whole_sentences_in_order_and_lose_nothing(text: str, size: PassageSize) -> None:
    section = section_of(text)
    passages = passages_of(section, size)

    spans = sentence_spans(text)
    inside = [[span for span in spans if passage.start <= span.start < passage.end] for passage in passages]
    assert [span for group in inside for span in group] == list(spans)
    assert all((group[0].start, group[-1].end) == (p.start, p.end) for group, p in zip(inside, passages, strict=True))


@given(TEXTS, SIZES)
def test_a_passage_is_too_long_only_by_a_part_of_its_longest_sentence(text: str, size: PassageSize) -> None:
    for passage in passages_of(section_of(text), size):
        lengths = [words(passage.text[start:end]) for start, end in sentence_spans(passage.text)]
        assert sum(lengths) <= size.most + max(lengths)


@given(TEXTS, SIZES)
def test_only_a_short_passage_joins_another_paragraph(text: str, size: PassageSize) -> None:
    for passage in passages_of(section_of(text), size):
        if "\n\n" in passage.text:
            assert words(passage.text) <= size.most


def test_the_statement_is_covered_without_a_gap(statement: Path) -> None:
    size = PassageSize()
    for section in read_document(statement):
        passages = passages_of(section, size)
        assert "\n\n".join(p.text for p in passages).split() == section.text.split()
        assert len({p.id for p in passages}) == len(passages)


def test_a_heading_without_text_has_no_passage() -> None:
    assert passages_of(section_of(""), PassageSize()) == ()


def test_a_passage_is_embedded_with_its_heading_and_indexed_with_its_path() -> None:
    section = Section(Document("bees", "Bees", "", ""), ("Part One", "Wax"), "wax", "Wax melts.")
    passage = Passage(section, 0, 10)

    assert embedded_text(passage) == "Wax\nWax melts."
    assert indexed_text(passage) == "Part One\nWax\nWax melts."
    assert passage.id == "bees#wax:0-10"
