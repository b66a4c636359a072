"""Markdown as converters write it: headings as lines in bold, spaces inside the bold, page marks."""

from __future__ import annotations

import pytest

from corpus.readers.markdown import read_markdown
from corpus.types import BlockKind


def headings(text: str) -> list[str]:
    return [
        " ".join(block.text.split()) for block in read_markdown(text.encode()).blocks if block.kind is BlockKind.HEADING
    ]


@pytest.mark.parametrize(
    "text",
    [
        "**Fares**  \nChildren travel free.\n",
        "**Fares  \n**  \nChildren travel free.\n",
        "Dogs pay.  \n**  \nFares**\n\nChildren travel free.\n",
        "**Fares**\nChildren travel free.\n",
        "**<u>Fares</u>**\n\nChildren travel free.\n",
    ],
)
def test_a_line_in_bold_is_a_heading_wherever_it_stands(text: str) -> None:
    assert headings(text) == ["Fares"]


def test_bold_in_pieces_is_one_heading() -> None:
    assert headings("**Trade and** **Labor** **Dialogue**  \n\nIt began.\n") == ["Trade and Labor Dialogue"]


def test_bold_over_two_lines_is_one_heading() -> None:
    assert headings("**Talent for the Digital\nTransition**  \nIt began.\n") == ["Talent for the Digital Transition"]


def test_a_bold_beginning_of_a_paragraph_is_no_heading() -> None:
    assert headings("**Recycling of plastics**,\nand paper.\n\n**Note:** pay first.\n") == []


def test_the_text_below_a_bold_line_maps_back_to_its_bytes() -> None:
    content = b"**Fares  \n**  \nChildren *travel* free.\n"

    block = read_markdown(content).blocks[-1]

    assert block.text == "Children travel free."
    for run in block.runs:
        words = block.text[run.start : run.start + run.length]
        assert content[run.source : run.source + len(words)].decode() == words


@pytest.mark.parametrize("mark", ["<!-- page 2 -->", "Page 2", "--- Page 2 of 9 ---", "{2}------", "[Page 2]"])
def test_a_page_mark_is_not_text_and_tells_the_page(mark: str) -> None:
    blocks = read_markdown(f"# Fares\n\nChildren.\n\n{mark}\n\n# Dogs\n\nLead.\n".encode()).blocks

    shown = [block for block in blocks if block.text.strip()]
    assert [(block.text, block.page) for block in shown] == [
        ("Fares", None),
        ("Children.", None),
        ("Dogs", 2),
        ("Lead.", 2),
    ]
