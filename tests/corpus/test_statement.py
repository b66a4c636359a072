"""The UK-Japan statement, which must come out perfectly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.read import read_document
from corpus.sentences import sentence_spans
from corpus.types import Section

TREE = """
Ministerial Digital Council Meeting, 1
Pillar One: Digital infrastructure and technologies, 2
  Semiconductors, 2
  AI and Compute, 3
  Future telecoms and diversification, 3
  Cyber Resilience, 4
Pillar Two: Data, 5
  Data, 5
  Data Infrastructure, 6
Pillar Three: Digital Regulation and Standards, 6
  Online Safety, 6
  Digital Technical Standards, 6
Pillar Four: Digital Transformation, 7
  Digital Government Transformation, 7
"""


@pytest.fixture
def sections(statement: Path) -> tuple[Section, ...]:
    return read_document(statement)


def test_the_tree_and_the_pages_are_those_of_the_contents_list(sections: tuple[Section, ...]) -> None:
    assert [f"{'  ' * (len(section.path) - 1)}{section.heading}, {section.page}" for section in sections] == (
        TREE.strip().split("\n")
    )


def test_every_path_leads_through_the_pillar_above(sections: tuple[Section, ...]) -> None:
    paths = {section.heading: section.path for section in sections}

    assert paths["AI and Compute"] == ("Pillar One: Digital infrastructure and technologies", "AI and Compute")
    assert paths["Data Infrastructure"] == ("Pillar Two: Data", "Data Infrastructure")


def test_there_are_29_paragraphs_and_none_is_of_the_contents_list(sections: tuple[Section, ...]) -> None:
    assert sum(len(section.paragraphs) for section in sections) == 29
    assert not any("....." in section.text or "\t" in section.text for section in sections)


def test_the_title_is_the_documents_and_no_section(sections: tuple[Section, ...]) -> None:
    title = "UK-Japan Joint Statement – Ministerial Japan-UK Digital Council January 2025"

    assert {section.document.title for section in sections} == {title}
    assert title not in [section.heading for section in sections]


@pytest.mark.parametrize(
    "words",
    [
        "and set the strategic direction for the next phase",
        "domestic efforts to improve private sector and academic contributions",
        "At the 8th Dialogue, held in September 2024",
        "reaffirmation of the Hiroshima Accord: An Enhanced Japan-UK Global Strategic Partnership by the leaders",
    ],
)
def test_page_breaks_are_healed_and_markup_is_gone(sections: tuple[Section, ...], words: str) -> None:
    assert any(words in section.text for section in sections)


def test_every_sentence_is_its_own_bytes_of_the_file_up_to_markup_and_blanks(
    sections: tuple[Section, ...], statement: Path
) -> None:
    content = statement.read_bytes()
    for section in sections:
        for start, end in sentence_spans(section.text):
            first, last = section.source_bytes(start, end)
            source = " ".join(re.sub(r"<[^>]+>|\*", "", content[first:last].decode()).split())
            assert source == section.text[start:end]


def test_every_sentence_ends_as_sentences_do(sections: tuple[Section, ...]) -> None:
    sentences = [section.text[start:end] for section in sections for start, end in sentence_spans(section.text)]

    assert len(sentences) == 55
    assert [sentence for sentence in sentences if not sentence.endswith((".", ":"))] == []
    assert [sentence for sentence in sentences if ". " in sentence] == []
