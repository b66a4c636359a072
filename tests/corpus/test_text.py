"""Plain text: paragraphs, headings by number, capitals and shape, page numbers, and the bytes each word came from."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]

PROSE = "The ferry leaves the northern quay at seven and comes back before dark on every day but Sunday."


@pytest.fixture
def read(read_bytes: ReadBytes) -> Callable[[str], tuple[Section, ...]]:
    return lambda text: read_bytes("made.txt", text.encode())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. Fares", "2. Dogs"),
        ("FARES", "DOGS"),
        ("Fares\n=====", "Dogs\n===="),
        ("Article 1", "Article 2"),
        ("I. Fares", "II. Dogs"),
        ("Fares", "Dogs"),
    ],
)
def test_a_line_that_is_a_heading_by_any_sign_is_one(read, first: str, second: str) -> None:
    sections = read(f"{PROSE}\n\n{first}\n\n{PROSE}\n\n{second}\n\n{PROSE}\n")

    titles = [line.splitlines()[0] for line in (first, second)]
    assert [section.path for section in sections] == [(), (titles[0],), (titles[1],)]


def test_numbers_tell_how_deep_a_heading_is(read) -> None:
    sections = read(f"1. Fares\n\n{PROSE}\n\n1.1 Children\n\n{PROSE}\n\n1.2 Dogs\n\n{PROSE}\n\n2. Winter\n\n{PROSE}\n")

    assert [section.path for section in sections] == [
        ("1. Fares",),
        ("1. Fares", "1.1 Children"),
        ("1. Fares", "1.2 Dogs"),
        ("2. Winter",),
    ]


def test_wrapped_lines_are_one_paragraph(read) -> None:
    (section,) = read(
        "The ferry leaves the northern quay at seven\nand comes back before dark on every day\nbut Sunday.\n"
    )

    assert section.text == PROSE


def test_lines_that_are_whole_paragraphs_stay_apart(read) -> None:
    long = f"{PROSE} {PROSE}"

    (section,) = read(f"{long}\n{long}\n{long}\n")

    assert len(section.paragraphs) == 3


def test_page_numbers_on_lines_of_their_own_are_gone_and_tell_the_page(read) -> None:
    sections = read(f"FARES\n\n{PROSE}\n\n1\n\n{PROSE}\n\n2\n\nDOGS\n\n{PROSE}\n\n3\n")

    assert [(section.heading, section.page) for section in sections] == [("FARES", 1), ("DOGS", 3)]
    assert not any(word.isdigit() for section in sections for word in section.text.split())


def test_a_date_or_a_list_of_short_lines_is_no_heading(read) -> None:
    sections = read(
        f"{PROSE} {PROSE}\nJul 13, 2026\nThe timetable was changed.\nFor islanders\nFor visitors\nFor crews\n"
    )

    assert ("Jul 13, 2026",) not in [section.path for section in sections]
    assert ("For islanders",) not in [section.path for section in sections]


def test_each_word_knows_its_bytes(read) -> None:
    text = "Früher war\nalles – fast – besser.\n"

    (section,) = read(text)

    first, last = section.source_bytes(0, len(section.text))
    assert text.encode()[first:last].decode() == "Früher war\nalles – fast – besser."


def test_japanese_lines_are_joined_without_a_space(read) -> None:
    (section,) = read("この規則は、北の埠頭から出る\n渡し船について定める。\n")

    assert section.text == "この規則は、北の埠頭から出る渡し船について定める。"


def test_a_text_of_many_pages_or_of_many_short_lines_is_read_in_time(read) -> None:
    pages = "".join(f"{number}. Quay {number}\n\n" + f"{PROSE}\n" * 6 + f"\n{number}\n\f" for number in range(1, 2000))
    begun = time.process_time()

    sections = read(pages)
    read("CONTENTS\n\n" + "\n\n".join(f"Line {number} and more" for number in range(4000)))

    assert [section.page for section in sections] == [*range(1, 2000)]
    assert time.process_time() - begun < 5  # seconds; it takes one, and took a minute while each line was held to all


def test_of_figures_on_lines_of_their_own_those_that_count_up_longest_are_page_numbers(read) -> None:
    (section,) = read(f"1\n\n{PROSE}\n\n7\n\n{PROSE}\n\n8\n\n2\n\n{PROSE}\n\n9\n\n{PROSE}\n\n10\n")

    assert [word for word in section.text.split() if word.isdigit()] == ["1", "2"]


ACT = f"""ARRANGEMENT OF SECTIONS

1. Purpose
2. Lights
3. Dues

PART I

PRELIMINARY

1. Purpose

(1) {PROSE}
(2) In subsection (1) “ferry” means a vessel—
    (a) of steel, or
    (b) of wood, of which more is said in section 1 and, for those here, in section 5
(1) of the Ferries Act.

2. Lights

{PROSE}

PART II

GENERAL

3. Dues

{PROSE}
"""


def test_an_act_has_its_parts_with_their_names_and_its_subsections_apart(read) -> None:
    sections = read(ACT)

    assert [section.path for section in sections] == [
        ("PART I: PRELIMINARY",),
        ("PART I: PRELIMINARY", "1. Purpose"),
        ("PART I: PRELIMINARY", "2. Lights"),
        ("PART II: GENERAL",),
        ("PART II: GENERAL", "3. Dues"),
    ]
    assert sections[1].text.split("\n\n") == [
        f"(1) {PROSE}",
        "(2) In subsection (1) “ferry” means a vessel—",
        "(a) of steel, or",
        "(b) of wood, of which more is said in section 1 and, for those here, in section 5 (1) of the Ferries Act.",
    ]


def test_the_heading_of_a_bill_may_end_in_a_full_stop(read) -> None:
    sections = read(f"SECTION 1. SHORT TITLE.\n\n{PROSE}\n\nSEC. 2. FARES.\n\n{PROSE}\n\nTHE END COMES HERE.\n")

    assert [section.heading for section in sections] == ["SECTION 1. SHORT TITLE.", "SEC. 2. FARES."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_a_text_in_any_common_encoding_is_read(read_bytes: ReadBytes, encoding: str) -> None:
    (section,) = read_bytes("made.txt", "The county’s fee – £12 – is due.\r\n".encode(encoding))

    assert section.text == "The county’s fee – £12 – is due."
