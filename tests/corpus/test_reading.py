"""One file to its sections: the contents list taken out, page breaks healed, bad files refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.read import read_document, slug
from corpus.types import CorpusError, Section

Write = Callable[..., Path]

HANDBOOK = """# Beekeeping Handbook

## Contents

Part One: Hives ..... 1
Frames ..... 2
Smokers and Veils ..... 3
Part Two: Honey ..... 7
Extraction ..... 8

## Part One: Hives

## Frames

A hive has ten frames.

## Smokers and Veils

Smoke calms bees.

## Part Two: Honey

### Extraction

Spin the frames.
"""


def read(write: Write, text: str | bytes, name: str = "handbook.md") -> tuple[Section, ...]:
    return read_document(write(name, text))


def test_headings_at_the_wrong_level_stand_under_their_part_with_the_printed_page(write: Write) -> None:
    sections = read(write, HANDBOOK)

    assert [(section.path, section.page) for section in sections] == [
        (("Part One: Hives",), 1),
        (("Part One: Hives", "Frames"), 2),
        (("Part One: Hives", "Smokers and Veils"), 3),
        (("Part Two: Honey",), 7),
        (("Part Two: Honey", "Extraction"), 8),
    ]
    assert {section.document.title for section in sections} == {"Beekeeping Handbook"}


@pytest.mark.parametrize(
    "contents",
    [
        "- Frames ..... 2\n- Smokers ..... 3\n- Extraction ..... 8\n",
        "1. Frames ..... 2\n2. Smokers ..... 3\n3. Extraction ..... 8\n",
        "Frames ..... 2\n\nSmokers ..... 3\n\nExtraction ..... 8\n",
        "Frames\t2\nSmokers\t3\nExtraction\t8\n",
    ],
)
def test_a_contents_list_of_any_shape_is_not_text(write: Write, contents: str) -> None:
    sections = read(write, f"# Bees\n\n## Contents\n\n{contents}\n## Frames\n\nTen.\n\n## Smokers\n\nOne.\n")

    assert [(section.heading, section.page, section.text) for section in sections] == [
        ("Frames", 2, "Ten."),
        ("Smokers", 3, "One."),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "| Section | Page |\n| --- | --- |\n| Frames | 2 |\n| Smokers and Veils | 3 |\n| Extraction | 8 |\n",
        "| | | |\n| --- | --- | --: |\n| 1 | Frames | 2 |\n| 2 | Smokers and Veils | 3 |\n| 3 | Extraction | 8 |\n",
        "| Contents | |\n| --- | --- |\n| Frames ..... | 2 |\n| *Smokers and Veils* ..... | 3 |\n| Wax | 8 |\n",
        "| Contents |\n| --- |\n| Frames ..... 2 |\n| Smokers and Veils ..... 3 |\n| Extraction ..... 8 |\n",
    ],
)
def test_a_contents_list_that_is_a_table_is_not_text(write: Write, rows: str) -> None:
    first, second = ("1 Frames", "2 Smokers and Veils") if "| 1 |" in rows else ("Frames", "Smokers and Veils")
    sections = read(write, f"# Bees\n\n## Contents\n\n{rows}\n## {first}\n\nTen.\n\n## {second}\n\nOne.\n")

    assert [(section.text, section.page) for section in sections] == [("Ten.", 2), ("One.", 3)]


@pytest.mark.parametrize(
    "rows",
    [
        "| Hive | Frames |\n| --- | --- |\n| Oak | 8 |\n| Lime | 9 |\n| Fir | 10 |\n",  # no headings
        "| Part | Cost |\n| --- | --- |\n| Frames | 30 |\n| Smokers | 20 |\n| Veils | 10 |\n",  # no pages
        "| Part | Cost |\n| --- | --- |\n| Frames | £2 |\n| Smokers | £3 |\n| Veils | £4 |\n",
        "| Part | Cost |\n| --- | --- |\n| Frames | 2 |\n| Smokers | 3 |\n",  # too few to tell
    ],
)
def test_a_table_of_figures_stays_text(write: Write, rows: str) -> None:
    sections = read(write, f"# Bees\n\n## Frames\n\n{rows}\n## Smokers\n\nOne.\n\n## Veils\n\nTwo.\n")

    assert len(sections[0].paragraphs) == rows.count("\n") - 1


def test_text_beside_a_contents_list_is_kept(write: Write) -> None:
    sections = read(write, HANDBOOK.replace("## Contents\n", "## Contents\n\nThis handbook has five chapters.\n"))

    assert sections[0].path == ("Contents",)
    assert sections[0].text == "This handbook has five chapters."


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The keepers set the", "direction for the year.", "The keepers set the direction for the year."),
        ("They discussed veils,", "gloves and smoke.", "They discussed veils, gloves and smoke."),
        ("They set the *long*", "*term* direction.", "They set the long term direction."),
        ("They met the", "Devon keepers.", "They met the Devon keepers."),
        ("Honey and", "Wax (see *Wax*) sold.", "Honey and Wax (see Wax) sold."),
        ("The keepers of three counties will meet again in", "2031 or 2032.", "*"),
        ("The price of honey was agreed at a meeting with", "“Bees”.", "*"),
    ],
)
def test_a_sentence_cut_by_a_page_break_is_whole_again(write: Write, first: str, second: str, joined: str) -> None:
    (section,) = read(write, f"# Bees\n\n{first}\n\n{second}\n")

    assert section.text == (f"{first} {second}" if joined == "*" else joined)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The keepers met.", "they left early."),
        ("The keepers met in Devon", "Honey was sold."),
        ("The keepers met. They left early and all of them were content", "Honey was sold."),
        ("Who we work with", "Keepers of all counties."),
        ("PLAN FOR THE", "The keepers met."),
        ("Dear keepers,", "Thank you for the honey."),
        ("A keeper shall (a) register every hive; and", "(b) Mark it."),
        ("A keeper shall register every hive or", "b) mark it."),
        ("As follows:", "veils and gloves."),
        ("They said “no.”", "then they left."),
        ("- veils", "and gloves."),
        ("The year's work", "- veils"),
    ],
)
def test_paragraphs_that_no_page_break_cut_stay_apart(write: Write, first: str, second: str) -> None:
    (section,) = read(write, f"# Bees\n\n{first}\n\n{second}\n")

    assert len(section.paragraphs) == 2


def test_the_source_of_a_healed_sentence_spans_the_page_break(write: Write) -> None:
    text = "# Bees\n\nThe keepers set the\n\n*long-term* direction.\n"
    (section,) = read(write, text)

    first, last = section.source_bytes(0, len(section.text))

    assert text.encode()[first:last].decode() == "The keepers set the\n\n*long-term* direction."


def test_sections_alike_in_name_have_ids_of_their_own(write: Write) -> None:
    sections = read(write, "# Bees\n\nA.\n\n# Bees\n\nB.\n\n# Bees 2\n\nC.\n\n# Bees\n\nD.\n")

    assert len({section.id for section in sections}) == 4


def test_text_before_the_first_heading_and_without_any_belongs_to_the_document(write: Write) -> None:
    before, after = read(write, "Bees fly.\n\n# Wax\n\nWax melts.\n")
    (alone,) = read(write, "Bees fly.\n", "note.md")

    assert (before.path, before.heading, before.text) == ((), "Wax", "Bees fly.")
    assert (after.path, after.text) == (("Wax",), "Wax melts.")
    assert (alone.path, alone.heading) == ((), "note")


def test_a_quote_outside_the_file_has_no_source(write: Write) -> None:
    (section,) = read(write, "Bees fly.\n")

    with pytest.raises(ValueError, match="no source"):
        section.source_bytes(4, 4)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.md", b"", "it holds no text"),
        ("blank.md", b" \n\n\t\n", "it holds no text"),
        ("headings.md", b"# One\n\n## Two\n", "it holds no text"),
        ("invisible.md", "\u200b\u2060".encode(), "it holds no text"),
        ("cyrillic.md", "# Маяк\n\nСвет.\n".encode("cp1251"), "save it as UTF-8"),
        ("nul.md", b"bees\0wax", "NUL"),
        ("letter.docxx", b"bees", "cannot read a .docxx"),
        ("README", b"bees", "a file without a suffix"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_in_one_line(write: Write, name: str, content: bytes, words: str) -> None:
    path = write(name, content)

    with pytest.raises(CorpusError) as caught:
        read_document(path)

    message = str(caught.value)
    assert str(path) in message
    assert words in message
    assert "\n" not in message


def test_a_file_that_is_gone_or_is_a_folder_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()

    for path in (tmp_path / "gone.md", tmp_path / "folder.md"):
        with pytest.raises(CorpusError, match=r"cannot be read \(.+\); check the path"):
            read_document(path)


def test_a_document_is_named_by_its_file_in_any_script() -> None:
    assert slug("UK–Japan Joint_Statement (2025)") == "uk-japan-joint-statement-2025"
    assert slug("共同声明 2025") == "共同声明-2025"


@pytest.mark.parametrize(
    "fees",
    [
        "Visa fee .......... 120\n\nEducation .......... 340\n\nTravel .......... 60\n",  # falls, and names no heading
        "Visa fee .......... 120\n\nEducation .......... 340\n\nTravel .......... 360\n",
        "Visa fee\t120\n\nFrames\t340\n\nSmokers\t60\n",  # falls
    ],
)
def test_a_list_of_fees_with_leaders_is_text(write: Write, fees: str) -> None:
    sections = read(write, f"# Bees\n\n## Fees\n\n{fees}\n## Frames\n\nTen.\n\n## Smokers\n\nOne.\n")

    assert [section.heading for section in sections] == ["Fees", "Frames", "Smokers"]
    assert len(sections[0].paragraphs) == 3


def test_a_contents_list_with_no_heading_of_its_own_is_not_text(write: Write) -> None:
    listed = "Frames ..... 2\n\nSmokers ..... 3\n\nWax ..... 8\n"

    sections = read(write, f"# Bees\n\n{listed}\n## Frames\n\nTen.\n\n## Smokers\n\nOne.\n")

    assert [section.text for section in sections] == ["Ten.", "One."]
