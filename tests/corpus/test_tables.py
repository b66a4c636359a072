"""Rows of tables in every format: values stand under the names of their columns."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]


def read_saved(
    read_bytes: ReadBytes, name: str, document: docx.document.Document | OpenDocumentText
) -> tuple[Section, ...]:
    held = BytesIO()
    document.save(held)
    return read_bytes(name, held.getvalue())


def test_tables_give_rows_and_tables_that_number_give_items(read_bytes: ReadBytes) -> None:
    page = (
        "<table><tr><th>Vessel</th><th>Fare</th></tr><tr><td>Sloop</td><td>£12</td></tr></table>"
        "<table><tr><td><p>(a)</p></td><td><p>dogs on a lead;</p></td></tr></table>"
    )

    (section,) = read_bytes("made.html", page.encode())

    assert section.text == "Vessel | Fare\n\nSloop | £12\n\n(a) dogs on a lead;"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("<tr><td>Year<td>Fare<td>Dogs</tr><tr><td>2031<td><td>5</tr>", "Year | Fare | Dogs\n\n2031 | | 5"),
        ("<tr><td>Year<td>Fare</tr><tr><td><td>5</tr><tr><td>2031<td></tr>", "Year | Fare\n\n| 5\n\n2031"),
        ("<tr><td>Year<td><td>Fare</tr><tr><td>2031<td><td>5</tr>", "Year | Fare\n\n2031 | 5"),
        ("<tr><td rowspan=2>2031<td>Sloop</tr><tr><td>Yawl</tr><tr><td>2032<td>Brig</tr>",
         "2031 | Sloop\n\n2031 | Yawl\n\n2032 | Brig"),
        ("<tr><td>Year<td rowspan=9>A<td>B</tr><tr><td>2031</tr>", "Year | A | B\n\n2031 | A"),
        ("<tr><td>A<td>B<td>C</tr><tr><td colspan=2>All<td>5</tr>", "A | B | C\n\nAll | | 5"),
        ("<tr><td>A<td>B</tr><tr><td colspan=99999999>All<td>5</tr>", "A | B\n\nAll | 5"),
        (f"<tr><td rowspan=2>{'long ' * 30}<td>B</tr><tr><td>C</tr>", f"{('long ' * 30).strip()} | B\n\n| C"),
    ],
)  # fmt: skip
def test_values_of_a_table_stand_under_the_names_of_their_columns(read_bytes: ReadBytes, rows: str, text: str) -> None:
    (section,) = read_bytes("made.html", f"<table>{rows}</table>".encode())

    assert section.text == text


def test_a_table_with_lines_gives_a_row_each_with_its_header_first(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.paragraph("The ferry leaves the northern quay at seven and comes back before dark on every day but Sunday.")
    for row, cells in enumerate((("Vessel", "Fare"), ("Sloop", "£12"), ("Barge with a long name", "£30"))):
        for x, text in zip((70, 270), cells, strict=True):
            pages.at(x, 505 - 20 * row, text)
    for line in range(4):
        pages.rule(60, 520 - 20 * line, 460, 520 - 20 * line)
    for x in (60, 260, 460):
        pages.rule(x, 520, x, 460)

    assert read_bytes("made.pdf", pages.finished())[0].text.endswith(
        "Vessel | Fare\n\nSloop | £12\n\nBarge with a long name | £30"
    )


@pytest.mark.parametrize(("left", "right"), [(60, 320), (320, 60)])
def test_a_table_in_one_of_two_columns_parts_that_column_alone(
    read_bytes: ReadBytes, pdf_pages, left: int, right: int
) -> None:
    pages = pdf_pages(numbered=False)
    for x, side in ((left, "plain"), (right, "ruled")):
        for line in [at for at in range(30) if side == "plain" or not 9 < at < 15]:
            pages.at(x, 700 - 14 * line, f"The {side} column has its line {line} here now")
    for row, cells in enumerate((("Vessel", "Fare"), ("Sloop", "£12"))):
        for x, text in zip((right + 10, right + 110), cells, strict=True):
            pages.at(x, 545 - 20 * row, text)
    for line in range(3):
        pages.rule(right, 560 - 20 * line, right + 200, 560 - 20 * line)
    for x in (right, right + 100, right + 200):
        pages.rule(x, 560, x, 520)

    text = read_bytes("made.pdf", pages.finished())[0].text

    assert (
        "ruled column has its line 9 here now\n\nVessel | Fare\n\nSloop | £12\n\nThe ruled column has its line 15"
        in text
    )
    assert "plain column has its line 9 here now The plain column has its line 10 here" in text
    assert (text.index("plain") < text.index("ruled")) == (left < right)


LAMPS = (("Lamp", "Colour", "Cost"), ("North pier", "Red", "14"), ("South pier", "Green", "9"), ("Mole", "White", "11"))


def set_out(pages, rows, places=(70, 230, 390), *, leading: float = 15):
    """A page with a sentence, rows of cells at these places with no line drawn, and another sentence."""
    pages.paragraph("The lamps of the harbour are looked after by the keepers.")
    for cells in rows:
        for x, text in zip(places, cells, strict=False):
            pages.at(x, pages.y, text)
        pages.gap(leading)
    pages.gap(12)
    pages.paragraph("Every lamp is lit at dusk.")
    return pages


def test_a_table_without_lines_gives_a_row_each(read_bytes: ReadBytes, pdf_pages) -> None:
    text = read_bytes("made.pdf", set_out(pdf_pages(numbered=False), LAMPS).finished())[0].text

    assert text == (
        "The lamps of the harbour are looked after by the keepers.\n\nLamp | Colour | Cost\n\nNorth pier | Red | 14\n\n"
        "South pier | Green | 9\n\nMole | White | 11\n\nEvery lamp is lit at dusk."
    )


PROSE = "keepers trim every lamp again"


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (LAMPS[:2], (70, 230, 390)),
        (tuple(row[:2] for row in LAMPS), (70, 230)),
        (((PROSE, PROSE, PROSE),) * 4, (60, 230, 400)),
        (tuple((str(at), f"Part {at}", str(3 * at)) for at in range(1, 6)), (70, 120, 500)),
        (tuple((f"Part {at}", ". . . . . .", f"page {9 - at}") for at in range(1, 6)), (70, 230, 390)),
    ],
    ids=["two rows", "two columns", "prose", "contents", "dots"],
)  # fmt: skip
def test_what_only_looks_like_a_table_without_lines_is_none(read_bytes: ReadBytes, pdf_pages, rows, places) -> None:
    sections = read_bytes("made.pdf", set_out(pdf_pages(numbered=False), rows, places).finished())

    assert all(" | " not in section.text for section in sections)


def test_columns_that_reach_into_each_other_are_none(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for at, (name, keeper, years) in enumerate(
        (
            ("Mole", "Ashby and two of his sons", "10"),
            ("The lamp on the northern pier", "Cole", "6"),
            ("Quay", "Dee", "2"),
        )
    ):
        pages.at(70, 505 - 15 * at, name)
        pages.at(260 - stringWidth(keeper, "Helvetica", 10), 505 - 15 * at, keeper)
        pages.at(390, 505 - 15 * at, years)

    assert " | " not in read_bytes("made.pdf", pages.finished())[0].text


def test_cells_of_another_place_in_each_row_are_no_column(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    for at, cells in enumerate(LAMPS):
        for x, text in zip((70, 230 + 17 * (at % 2) + 9 * at, 390), cells, strict=True):
            pages.at(x, 505 - 15 * at, text)

    assert " | " not in read_bytes("made.pdf", pages.finished())[0].text


def test_an_empty_cell_of_a_table_keeps_its_place(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.paragraph("The ferry leaves the northern quay at seven and comes back before dark on every day but Sunday.")
    for row, cells in enumerate((("Year", "Fare", "Dogs"), ("2031", "", "5"), ("", "12", ""))):
        for x, text in zip((70, 170, 370), cells, strict=True):
            pages.at(x, 505 - 20 * row, text)
    for line in range(4):
        pages.rule(60, 520 - 20 * line, 460, 520 - 20 * line)
    for x in (60, 160, 360, 460):
        pages.rule(x, 520, x, 460)

    assert read_bytes("made.pdf", pages.finished())[0].text.endswith("Year | Fare | Dogs\n\n2031 | | 5\n\n| 12")


def test_a_table_gives_a_row_each(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Vessel", "Fare"), ("Sloop", "£12")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text

    (section,) = read_saved(read_bytes, "made.docx", document)

    assert section.text == "Vessel | Fare\n\nSloop | £12"


def test_values_of_a_word_table_stand_under_the_names_of_their_columns(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, texts in zip(table.rows, ("Year Fare Dogs", "2031 - 5", "2031 12 7", "All - 8"), strict=True):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text.replace("-", "")
    table.cell(2, 0).text = ""
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))

    (section,) = read_saved(read_bytes, "made.docx", document)

    assert section.text == "Year | Fare | Dogs\n\n2031 | | 5\n\n2031 | 12 | 7\n\nAll | | 8"


def test_values_of_an_opendocument_table_stand_under_the_names_of_their_columns(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    table = odf_table.Table()
    for texts in (["Year", "Fare", "Dogs"], ["2031", "", "5"], [None, "12", "7"], ["All", None, "8"]):
        row = odf_table.TableRow()
        for text in texts:
            spans = {"numberrowsspanned": 2} if text == "2031" else {"numbercolumnsspanned": 2} if text == "All" else {}
            cell = odf_table.CoveredTableCell() if text is None else odf_table.TableCell(**spans)
            if text:
                cell.addElement(odf_text.P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)

    (section,) = read_saved(read_bytes, "made.odt", document)

    assert section.text == "Year | Fare | Dogs\n\n2031 | | 5\n\n2031 | 12 | 7\n\nAll | | 8"
