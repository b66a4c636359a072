"""One plan in every format: the same headings and words, and what each file says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.read import read_document

PATHS = [
    ("1. Purpose",),
    ("2. Lights",),
    ("2. Lights", "2.1 Fixed lights"),
    ("2. Lights", "2.2 Buoys"),
    ("3. Dues",),
    ("3. Dues", "3.1 Exemptions"),
    ("4. Review",),
]


def test_every_format_gives_the_same_tree_and_title(harbour: Path) -> None:
    sections = read_document(harbour)

    assert [section.path for section in sections if section.path] == PATHS
    assert sections[0].document.title == "Harbour Lights Plan"


def test_every_format_gives_the_words_under_their_heading(harbour: Path) -> None:
    under = {section.path[-1]: section.text for section in read_document(harbour) if section.path}

    assert under["2.2 Buoys"].startswith("Buoys are lifted every second spring and painted before they go back.")
    assert "Visitors pay half in winter." in under["3.1 Exemptions"]


def test_nothing_of_the_site_the_header_or_the_page_numbers_is_text(harbour: Path) -> None:
    everything = " ".join(section.text for section in read_document(harbour))

    for furniture in ("Tide", "Home", "About", "Port of Ansley –"):
        assert furniture not in everything
    assert not any(word.isdigit() and len(word) == 1 for word in everything.split())


@pytest.mark.parametrize(
    ("suffix", "date", "publisher", "language"),
    [(".md", "2024-05-06", "", ""), (".html", "2024-05-06", "Port of Ansley", "en")],
)
def test_what_a_file_says_of_itself_is_kept(
    harbour: Path, suffix: str, date: str, publisher: str, language: str
) -> None:
    document = read_document(harbour)[0].document

    if harbour.suffix == suffix:
        assert (document.date, document.publisher, document.language) == (date, publisher, language)
