"""What of a PDF becomes text, in which order, and which of its lines are headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import CorpusError, Section

ReadBytes = Callable[..., tuple[Section, ...]]

SENTENCES = (
    "The ferry leaves the northern quay at seven and comes back before dark on every day but Sunday. "
    "Passengers who bring a bicycle pay for it at the gate and lift it aboard themselves. "
)


@pytest.fixture
def read(read_bytes: ReadBytes) -> Callable[[bytes], tuple[Section, ...]]:
    return lambda content: read_bytes("made.pdf", content)


def whole(sections: tuple[Section, ...]) -> str:
    return "\n\n".join(section.text for section in sections)


def test_two_columns_are_read_one_after_the_other(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for column, (x, word) in enumerate(((60, "left"), (320, "right"))):
        for line in range(20):
            pages.at(x, 700 - 14 * line, f"The {word} column has its line {line} {'here' if column else 'there'} now")

    text = whole(read(pages.finished()))

    assert text.index("left column has its line 19") < text.index("right column has its line 0")


def test_a_heading_over_two_columns_comes_before_both(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.at(60, 750, "A heading that runs over both of the columns of this page", 16, bold=True)
    for x, word in ((60, "left"), (320, "right")):
        for line in range(20):
            pages.at(x, 700 - 14 * line, f"The {word} column has its line {line} here now")

    sections = read(pages.finished())

    assert sections[0].document.title.startswith("A heading that runs over both")
    assert "line 0 here now The left column has its line 1" in whole(sections)


def test_paragraphs_go_on_over_a_page_break_and_page_numbers_are_gone(read, pdf_pages) -> None:
    pages = pdf_pages(header="Ferry rules")
    for quay in ("northern", "southern", "eastern", "western"):
        pages.paragraph(SENTENCES.replace("northern", quay))
        pages.line(f"The {quay} quay is used by vessels that are longer than the others and goes on over")
        pages.turn()
        pages.line(f"the break of {quay} stones and ends here.")
        pages.gap(10)

    text = whole(read(pages.finished()))

    assert "goes on over the break of eastern stones and ends here." in text
    assert "Ferry rules" not in text
    assert not any(word.isdigit() for word in text.split())


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("All of the regu-", "lations apply.", "All of the regulations apply."),
        ("It is a well-", "known rule.", "It is a well-known rule."),
        ("In the years 2024-", "2025 it rose.", "In the years 2024-2025 it rose."),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_whole_again(read, pdf_pages, first, second, joined) -> None:
    pages = pdf_pages(numbered=False)
    pages.line("The known rules say well what regulations are, and what is known.")
    pages.gap(20)
    pages.line(first)
    pages.line(second)

    assert joined in whole(read(pages.finished()))


def test_a_footnote_stands_behind_the_paragraph_that_has_its_mark(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.line("The ferry is run by the county")
    pages.at(60 + 137, pages.y + 12.5 + 4, "1", 6)
    pages.line("and has been since the war ended and the bridge was lost.")
    pages.gap(20)
    pages.paragraph(SENTENCES)
    pages.at(60, 90, "1", 5)
    pages.at(64, 88, "By an order of the county council, renewed every ten years.", 8)
    pages.turn()
    pages.paragraph(SENTENCES)

    paragraphs = whole(read(pages.finished())).split("\n\n")

    place = next(at for at, text in enumerate(paragraphs) if "county¹" in text)
    assert paragraphs[place + 1] == "¹ By an order of the county council, renewed every ten years."


def test_bookmarks_tell_headings_that_look_like_text(read, pdf_pages) -> None:
    pages = pdf_pages()
    for title, level in (("Fares", 1), ("Children", 2), ("Dogs", 2), ("Winter", 1)):
        pages.mark(title, level)
        pages.line(title)
        pages.gap(12)
        pages.paragraph(SENTENCES)
        pages.turn()

    paths = [section.path for section in read(pages.finished()) if section.path]

    assert paths == [("Fares",), ("Fares", "Children"), ("Fares", "Dogs"), ("Winter",)]


def test_sections_know_their_page(read, pdf_pages) -> None:
    pages = pdf_pages()
    for title in ("Fares", "Children", "Dogs"):
        pages.line(title, 16, bold=True)
        pages.gap(6)
        pages.paragraph(SENTENCES)
        pages.turn()

    assert [(section.heading, section.page) for section in read(pages.finished())] == [
        ("Fares", 1),
        ("Children", 2),
        ("Dogs", 3),
    ]


def test_numbered_headings_at_the_head_of_each_page_are_no_running_header(read, pdf_pages) -> None:
    pages = pdf_pages(header="Ferry rules")
    for number in range(1, 6):
        pages.line(f"Article {number}", 14, bold=True)
        pages.gap(6)
        pages.paragraph(SENTENCES)
        pages.turn()
        pages.paragraph(SENTENCES)
        pages.turn()

    assert [section.heading for section in read(pages.finished())] == [f"Article {number}" for number in range(1, 6)]


def test_a_running_header_that_counts_the_pages_is_not_text(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for number in range(1, 6):
        pages.at(60, 800, f"Ferry rules of the county | {number}", 8)
        pages.paragraph(SENTENCES)
        pages.turn()

    assert "Ferry rules" not in whole(read(pages.finished()))


@pytest.mark.parametrize(
    "footer",
    [
        "Strategy for harbours Page {} of 4",
        "Page {} of 4 Strategy for harbours",
        "{} / 4 | Strategy for harbours",
        "Strategy for harbours 2031",
    ],
)
def test_a_running_footer_is_not_text_whatever_its_figures_count(read, pdf_pages, footer: str) -> None:
    pages = pdf_pages(numbered=False)
    for number in range(1, 5):
        pages.paragraph(SENTENCES)
        pages.at(60, 40, footer.format(number), 8)
        pages.turn()

    assert "harbours" not in whole(read(pages.finished()))


def test_a_running_footer_of_two_parts_is_not_text_where_the_last_page_has_one_column(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for page in range(4):
        for x, side in ((60, "left"), (320, "right"))[: 1 if page == 3 else 2]:
            for line in range(20):
                pages.at(x, 700 - 14 * line, f"The {side} column of {page} has its line {line} here now")
        pages.at(60, 40, "Paper on harbours", 8)
        pages.at(480, 40, f"Page {page + 1}", 8)
        pages.turn()

    text = whole(read(pages.finished()))

    assert "harbours" not in text
    assert "Page" not in text
    assert "The left column of 3 has its line 19 here now" in text


def test_a_contents_list_is_not_text(read, pdf_pages) -> None:
    pages = pdf_pages()
    pages.line("Contents", 16, bold=True)
    for number, title in enumerate(("Fares", "Children", "Dogs"), start=2):
        pages.line(f"{title} {'.' * 60} {number}")
    pages.turn()
    for title in ("Fares", "Children", "Dogs"):
        pages.line(title, 16, bold=True)
        pages.gap(6)
        pages.paragraph(SENTENCES)
        pages.turn()

    sections = read(pages.finished())

    assert [section.heading for section in sections] == ["Fares", "Children", "Dogs"]
    assert "...." not in whole(sections)


def test_a_contents_list_whose_leaders_fill_its_lines_is_not_text(read, pdf_pages) -> None:
    pages, titles = pdf_pages(), ("Fares", "Children", "Dogs", "Luggage", "Bicycles")
    pages.line("Contents", 16, bold=True)
    for number, title in enumerate(titles, start=2):
        pages.line(f"{title} {'. ' * 60}{number}")
    pages.turn()
    for title in titles:
        pages.line(title, 16, bold=True)
        pages.gap(6)
        pages.paragraph(SENTENCES)
        pages.turn()

    sections = read(pages.finished())

    assert [section.heading for section in sections] == list(titles)
    assert ". ." not in whole(sections)


def test_text_at_the_edge_turned_on_its_side_is_left_out(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.paragraph(SENTENCES)
    pages.sideways("Printed by the county")

    assert "Printed" not in whole(read(pages.finished()))


def test_japanese_lines_are_joined_without_a_space_and_articles_are_headings(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for number, title in (("一", "目的"), ("二", "定義"), ("三", "責務")):
        pages.japanese(f"第{number}条（{title}）", 14)
        pages.japanese("この規則は、北の埠頭から出る渡し船について、その運賃、時刻及び旅客の")
        pages.japanese("責務を定め、もって島民の便益に資することを目的とする。")
        pages.gap(12)

    sections = read(pages.finished())

    assert [section.path for section in sections] == [("第一条（目的）",), ("第二条（定義）",), ("第三条（責務）",)]
    assert "旅客の責務を定め" in sections[0].text


def test_letters_that_no_text_is_known_for_are_refused(read_bytes: ReadBytes) -> None:
    with pytest.raises(CorpusError, match="of its letters are not mapped to text"):
        read_bytes("unmapped.pdf", unmapped_pdf())


def unmapped_pdf() -> bytes:
    """A PDF whose font gives glyphs by number and says nothing of the letters they show."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length 48>>stream\nBT /F1 12 Tf 20 200 Td <0003000400050006> Tj ET  \nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 7 0 R/DW 600>>",
        b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 0 600 800]/ItalicAngle 0/Ascent 800/Descent 0"
        b"/CapHeight 700/StemV 80>>",
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(content)
    content += b"xref\n0 8\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table


def test_headings_as_large_as_the_title_are_no_part_of_it(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.line("Ferry White Paper", 18, bold=True)
    for title in ("1. Fares", "2. Dogs"):
        pages.gap(30)
        pages.line(title, 18, bold=True)
        pages.paragraph(SENTENCES)

    sections = read(pages.finished())

    assert sections[0].document.title == "Ferry White Paper"
    assert [section.heading for section in sections if section.text] == ["1. Fares", "2. Dogs"]


def test_an_indented_line_of_japanese_begins_a_paragraph_below_one_that_had_room(read, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for line in (
        "（１）子どもの運賃",
        "　この規則は、北の埠頭から出る渡し船について、その運賃、時刻及び旅客の責務",
        "を定め、もって島民の便益に資することを目的とする。またこの規則は、冬の間に",
        "も適用する。",
    ):
        pages.japanese(line)

    (section,) = read(pages.finished())

    assert section.text == (
        "（１）子どもの運賃\n\nこの規則は、北の埠頭から出る渡し船について、その運賃、時刻及び旅客の責務を定め、もって島民の便益に"
        "資することを目的とする。またこの規則は、冬の間にも適用する。"
    )
