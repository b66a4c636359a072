"""The heading tree of made-up documents whose files have it wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.headings import contents_entries, match_entries, repaired_levels

CONTENTS = """Foreword ..... 1
Part I: Water.....2
Rivers ..... 2
Lakes and Ponds.....3
Part II: Air ..... 5
Towns.....5
Conclusion ..... 9"""


def tree(outline: str) -> tuple[list[str], list[int]]:
    lines = [line for line in outline.splitlines() if line.strip()]
    return [line.strip() for line in lines], [1 + (len(line) - len(line.lstrip())) // 2 for line in lines]


def repaired(titles: Sequence[str], levels: Sequence[int], contents: str = "") -> list[int]:
    return repaired_levels(titles, levels, match_entries(titles, contents_entries(contents)) if contents else ())


@pytest.mark.parametrize(
    "outline",
    [
        """
Part One: Fields
  Wheat
  Barley
Part Two: Woods
  Oaks
""",
        """
Pillar A: Trade
  Goods
Pillar B: Travel
  Visas
""",
        """
Part I: Sea
  Chapter 1: Fish
    Cod
  Chapter 2: Ships
Part II: Land
  Chapter 3: Sheep
    Wool
""",
        """
1 Introduction
  1.1 Scope
  1.2 Aims
    1.2.1 Near aims
2 Method
""",
        """
Chapter 1: Beginnings
  Section 1: Early years
    School
Chapter 2: Endings
  Late years
""",
    ],
)
def test_headings_all_of_one_level_find_their_place_by_words_and_numbers(outline: str) -> None:
    titles, wanted = tree(outline)

    assert repaired(titles, [2] * len(titles)) == wanted


def test_the_contents_list_says_what_stands_under_a_part_where_the_file_is_wrong() -> None:
    titles, wanted = tree("""
Foreword
Part I: Water
  Rivers
  Lakes and Ponds
Part II: Air
  Towns
Conclusion
""")

    assert repaired(titles, [2, 2, 3, 2, 2, 3, 2], CONTENTS) == wanted


def test_an_annex_stays_beside_the_chapters_that_the_file_has_it_level_with() -> None:
    contents = (
        "Foreword ..... 1\nChapter 1: Water ..... 2\nRivers ..... 3\nChapter 2: Air ..... 4\nAnnex A: Terms ..... 5"
    )
    titles = ["Foreword", "Chapter 1: Water", "Rivers", "Chapter 2: Air", "Annex A: Terms"]

    assert repaired(titles, [1, 1, 2, 1, 1], contents) == [1, 1, 2, 1, 1]


def test_a_heading_that_the_contents_list_leaves_out_stays_under_the_one_before() -> None:
    titles, wanted = tree("""
Part I: Water
  Rivers
    The upper Tamble
  Lakes and Ponds
""")

    assert repaired(titles, [2, 3, 4, 2], CONTENTS) == wanted


def test_an_indented_contents_list_gives_the_levels() -> None:
    contents = "Sheep ..... 1\n  Wool ..... 2\n    Dyes ..... 3\nGoats ..... 4"

    assert repaired(["Sheep", "Wool", "Dyes", "Goats"], [1, 1, 1, 1], contents) == [1, 2, 3, 1]


def test_without_a_contents_list_numbers_or_part_words_the_file_is_believed() -> None:
    titles = ["Sheep", "Wool", "Goats", "Milk"]

    assert repaired(titles, [1, 2, 1, 2]) == [1, 2, 1, 2]


def test_no_level_is_skipped_on_the_way_down() -> None:
    assert repaired(["Sheep", "Wool", "Dyes", "Goats"], [1, 4, 6, 4]) == [1, 2, 3, 2]


def test_no_headings_have_no_levels() -> None:
    assert repaired([], []) == []


@pytest.mark.parametrize(
    "line", ["Rivers ..... {}", "Rivers.....{}", "Rivers . . . . {}", "Rivers\t{}", "Rivers ……… {}", "Rivers      {}"]
)
def test_a_contents_list_is_known_by_any_leader(line: str) -> None:
    entries = contents_entries("\n".join(line.format(page) for page in (2, 13, 104)))

    assert [(entry.title, entry.page) for entry in entries] == [("Rivers", 2), ("Rivers", 13), ("Rivers", 104)]


@pytest.mark.parametrize(
    "text",
    [
        "Rivers ..... 2\nLakes ..... 3",
        "They met in 2024.\nThey met in 2025.\nThey met in 2026.",
        "Rivers ..... 2\nThis is prose.\nSo is this.\nLakes ..... 3\nPonds ..... 4",
        "a" + "." * 100_000 + "x\n" * 3,
    ],
)
def test_prose_and_two_stray_lines_are_no_contents_list(text: str) -> None:
    assert contents_entries(text) == ()


def test_a_title_matches_its_entry_in_spite_of_a_small_difference_and_each_entry_once() -> None:
    entries = contents_entries(CONTENTS)

    matched = match_entries(["Lakes & Ponds", "Rivers", "Towns", "Towns"], entries)

    assert [entry.page if entry else None for entry in matched[2:]] == [5, None]
    assert matched[1] is None  # "Rivers" stands before "Lakes and Ponds" in the list


@pytest.mark.parametrize(
    "titles",
    [
        ["1. Scope", "2. Duties", "3. Fees", "Effective date"],
        ["A. Scope", "B. Duties", "Definitions", "C. Fees"],
    ],
)
def test_a_heading_without_a_number_stays_beside_those_with_one_where_the_file_says_so(titles: list[str]) -> None:
    assert repaired_levels(titles, [2] * 4, said=True) == [1] * 4
    assert repaired_levels([*titles, "1.1 Dogs" if titles[0] == "1. Scope" else "i. Dogs"], [2] * 5, said=True)[-1] == 2
