"""What is shown of a Markdown file, and that each shown word still knows its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.markdown import read_markdown
from corpus.types import BlockKind, CorpusError, Section

ReadText = Callable[[str | bytes], tuple[Section, ...]]


def shown(text: str | bytes) -> list[str]:
    return [block.text for block in read_markdown(text if isinstance(text, bytes) else text.encode()).blocks]


def source_of(read_text: ReadText, text: str, quote: str) -> str:
    """The source characters of a quote that stands in the only section of a text."""
    (section,) = read_text(text)
    start = section.text.index(quote)
    first, last = section.source_bytes(start, start + len(quote))
    return text.encode()[first:last].decode()


@pytest.mark.parametrize(
    ("written", "visible"),
    [
        ("A **bold** and *slanted* word.", "A bold and slanted word."),
        ("At the 8<sup>th</sup> Dialogue.", "At the 8th Dialogue."),
        ("By 2030<sup>1</sup> it holds 10<sup>6</sup> litres.", "By 2030¹ it holds 10⁶ litres."),
        ("<p>By 2030<sup>1</sup> it holds.</p>", "By 2030¹ it holds."),
        ("The [act](https://law.example/act 'the act') applies.", "The act applies."),
        ("The [act][law] applies.\n\n[law]: https://law.example", "The act applies."),
        ("See <https://law.example> and [the act](x).", "See https://law.example and the act."),
        ("AT&amp;T &copy; 2024 &#x41;.", "AT&T © 2024 A."),
        (r"R\&D, 2 \* 3 and \[sic\].", "R&D, 2 * 3 and [sic]."),
        ("Run `make run` now.", "Run make run now."),
        ("A picture ![of a cat](cat.png) here.", "A picture here."),
        ("Before <!-- hidden: obey me --> after.", "Before after."),
        ("One line<br>and another.", "One line and another."),
        ("Hidden\u200b wo\u00adrds \u202ehere\u202c\U000e0041\U000e0042.", "Hidden words here."),
        ("One\fpage and\vanother.", "One page and another."),
    ],
)
def test_a_paragraph_is_shown_without_its_markup(written: str, visible: str) -> None:
    assert shown(written) == [visible]


@pytest.mark.parametrize(
    ("text", "quote", "source"),
    [
        ("Caf\u00e9 — “déjà vu” in *Zürich*.", "vu” in Zürich.", "vu” in *Zürich*."),
        ("日本と**英国**は合意した。", "英国は合意した。", "英国**は合意した。"),
        ("AT&amp;T paid. R\\&D grew &copy; fast.", "R&D grew © fast.", "R\\&D grew &copy; fast."),
        ("The [act](act-the-act) is [an act](y).", "is an act", "is [an act"),
        ("<https://a.example> and [the act](x) and the act.", "and the act.", "and the act."),
        ("Words ![words](words.png) words.", "words.", "words."),
        ("One `code\nspan` and more.", "code span and more.", "code\nspan` and more."),
        ("First line\r\nsecond *line*\r\nthird.", "line second line", "line\r\nsecond *line"),
        ("😀 emoji then **bold** text.", "bold text.", "bold** text."),
        ("Old\rMac\rlines.", "Mac lines.", "Mac\rlines."),
        ("Zero\u200bwidth text.", "width text.", "width text."),
        ("9.  It is\n    *due*.", "9. It is due.", "9.  It is\n    *due*."),
        ("> 9) It is due.", "9) It is due.", "9) It is due."),
        ("~~It is due.~~ It is due.", "It is due.", "It is due."),
    ],
)
def test_a_quote_maps_back_to_its_bytes(read_text: ReadText, text: str, quote: str, source: str) -> None:
    assert source_of(read_text, text, quote) == source


def test_table_rows_are_paragraphs_of_their_own_and_map_back() -> None:
    text = "# Fees\n\nFees follow.\n\n| Fish | Fee |\n|---|---|\n| cod \\| hake | £3 |\n| `eel` | **£4** |\n"

    blocks = read_markdown(text.encode()).blocks

    assert [block.text for block in blocks[2:]] == ["Fish | Fee", "cod | hake | £3", "eel | £4"]
    last = blocks[-1].runs[-1]
    assert text.encode()[last.source :].decode().startswith("£4**")


def test_table_rows_are_not_taken_for_halves_of_one_sentence(read_text: ReadText) -> None:
    (section,) = read_text("| fish | fee |\n|---|---|\n| cod | three |\n| eel | four |\n")

    assert [section.text[start:end] for start, end in section.paragraphs] == ["fish | fee", "cod | three", "eel | four"]


def test_list_items_are_paragraphs_of_their_own() -> None:
    assert shown("- cod\n- eel,\n  smoked\n\n1. first\n2. second") == ["cod", "eel,\nsmoked", "1. first", "2. second"]


@pytest.mark.parametrize(
    ("written", "blocks"),
    [
        ("1. cod\n2. eel\n4. hake", ["1. cod", "2. eel", "4. hake"]),  # the third was repealed
        ("1. cod\n1. eel\n1. hake", ["1. cod", "2. eel", "3. hake"]),
        ("7) cod\n8) eel", ["7) cod", "8) eel"]),
        ("1. cod\n\n   of the sea\n\n   1. small\n   2. large\n2. eel",
         ["1. cod", "of the sea", "1. small", "2. large", "2. eel"]),
        ("1. - cod\n   - hake\n2. > eel", ["1. cod", "hake", "2. eel"]),
        ("1. 1. cod", ["1. 1. cod"]),
        ("1. # Cod\n\n   swims", ["Cod", "swims"]),
        ("1.\n2. eel", ["2. eel"]),
        ("2031. A year to remember.", ["2031. A year to remember."]),
    ],
)  # fmt: skip
def test_items_carry_the_numbers_by_which_a_text_refers_to_them(written: str, blocks: list[str]) -> None:
    assert shown(written) == blocks


@pytest.mark.parametrize(
    ("written", "visible"),
    [
        ("A fee of ~~£10~~ £12 is due.", "A fee of £12 is due."),
        ("A fee of <del>£10</del> <ins>£12</ins> is due.", "A fee of £12 is due."),
        ("A fee of <s>£10 or **more**</s> £12 is due.", "A fee of £12 is due."),
        ("<p>A fee of <strike>£10</strike> £12 is due.</p>", "A fee of £12 is due."),
        ("Not ~~A~~, not ~~A~~ but A.", "Not , not but A."),
        ("A ~5~ and ~~~ stay.", "A ~5~ and ~~~ stay."),
    ],
)
def test_struck_text_is_not_shown(written: str, visible: str) -> None:
    assert shown(written) == [visible]


def test_html_blocks_are_shown_without_tags_scripts_and_comments() -> None:
    text = (
        "<div>\n<p>Bees &amp; <b>hon</b>ey</p><p>and wax</p>\n<script>alert('hidden')</script>\n<!-- obey -->\n</div>"
    )

    assert [" ".join(block.split()) for block in shown(text)] == ["Bees & honey", "and wax"]


def test_html_between_paragraphs_has_its_headings_items_and_rows() -> None:
    text = (
        "<h2 align='center'>Fees &amp; dues</h2>\n<div><p>All pay.</p>\n<ul><li>cod</li>\n<li>eel</li></ul></div>\n"
        "<table><tr><th>Fish</th><th>Fee</th></tr>\n<tr><td>cod</td><td></td></tr><tr><td></td><td>£4</td></tr></table>\n"
        "<div style='display:none'><h2>Obey</h2></div>\n"
    )

    blocks = read_markdown(text.encode()).blocks

    assert [(block.kind.value, block.level, block.text.strip()) for block in blocks] == [
        ("heading", 2, "Fees & dues"),
        ("paragraph", 0, "All pay."),
        ("item", 0, "cod"),
        ("item", 0, "eel"),
        ("row", 0, "Fish | Fee"),
        ("row", 0, "cod |"),
        ("row", 0, "| £4"),
    ]
    last = blocks[-1].runs[-1]
    assert text.encode()[last.source :].decode().startswith("£4</td>")


@pytest.mark.parametrize("written", ["# Bees {#bees .unnumbered}", "# Bees {-}", "# Bees {#bees}\n"])
def test_the_name_a_converter_gives_a_heading_is_no_part_of_it(written: str) -> None:
    assert shown(written) == ["Bees"]
    assert shown("# The set {a, b}") == ["The set {a, b}"]


def test_ligatures_are_the_letters_they_are_drawn_for(read_text: ReadText) -> None:
    assert shown("Artiﬁcial eﬃciency of the ﬂeet.") == ["Artificial efficiency of the fleet."]
    assert source_of(read_text, "An artiﬁcial ﬂeet.", "artificial fleet") == "artiﬁcial ﬂeet"


def test_a_line_in_bold_is_a_heading_and_a_bold_word_is_not() -> None:
    blocks = read_markdown(b"**Bees and wax**\n\n**Note:** bees fly.\n\n**A whole sentence in bold.**\n").blocks

    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert [block.kind for block in blocks] == kinds


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_gives_the_title_and_is_not_text(start: str, end: str) -> None:
    text = start + end.join(["---", "title: Bees", "date: 2024-01-02", "---", "# One", "", "Bees fly.", ""])

    reading = read_markdown(text.encode())

    assert reading.title == "Bees"
    assert [block.text for block in reading.blocks] == ["One", "Bees fly."]


@pytest.mark.parametrize("matter", ["date: 2024-13-45", "a: [", "just words", "[" * 3000])
def test_front_matter_that_is_not_yaml_does_no_harm(matter: str) -> None:
    assert "Bees fly." in shown(f"---\n{matter}\n---\n\nBees fly.\n")


def test_a_byte_order_mark_does_not_hide_the_first_heading() -> None:
    blocks = read_markdown("\ufeff# One\n\nBees fly.".encode()).blocks

    assert next((block.kind, block.text) for block in blocks) == (BlockKind.HEADING, "One")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x81\x8d\x90\x9d" * 9, "not text in an encoding that can be told"), (b"bees\0wax", "NUL")],
)
def test_bytes_that_are_not_text_are_refused(content: bytes, words: str) -> None:
    with pytest.raises(CorpusError, match=re.escape(words)):
        read_markdown(content)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_file_in_any_common_encoding_is_read(encoding: str) -> None:
    blocks = read_markdown("# The café’s fee\n\nIt is **£12** – or €14 – a day.\n".encode(encoding)).blocks

    assert [block.text for block in blocks] == ["The café’s fee", "It is £12 – or €14 – a day."]
    assert all(bool(block.runs) == (encoding == "utf-8-sig") for block in blocks)  # no place that is not a byte's


@pytest.mark.parametrize(
    "text", ["[" * 5000, "> " * 500 + "x", "- " * 500 + "x", "<!--" * 20_000, "*a " * 5000, "`" * 999 + "a", "|" * 999]
)
def test_a_hostile_file_is_read_like_any_other(text: str) -> None:
    read_markdown(text.encode())


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    from corpus.read import read_document

    def read(text: str | bytes) -> tuple[Section, ...]:
        path = tmp_path / "made-up.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_document(path)

    return read


PIECES = st.sampled_from(
    [
        "bees ",
        "Zürich ",
        "**wax** ",
        "*日本* ",
        "[act](bees) ",
        "&amp; ",
        "\\* ",
        "`code` ",
        "8<sup>th</sup> ",
        "\u200b",
        "😀 ",
        "![bees](wax) ",
        "fly.\n",
        "hum. ",
        "\n\n",
        "\r\n",
        "- ",
        "\n1. ",
        "\n3) ",
        "~~wax~~ ",
        "<del>bees</del> ",
        "# ",
        "<!-- bees --> ",
        "| ",
        "“wax.” ",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_copied_run_of_any_file_is_the_same_in_the_source(text: str) -> None:
    content = text.encode()

    for block in read_markdown(content).blocks:
        for run in block.runs:
            words = block.text[run.start : run.start + run.length]
            assert content[run.source : run.source + len(words.encode())].decode().replace("\r\n", "\n") == words
