"""What of a Word or OpenDocument file is no text any more, and what of it stands apart from the run of the text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from odf import draw as odf_draw
from odf import style as odf_style
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]


@pytest.fixture
def read_word(read_bytes: ReadBytes) -> Callable[[str], str]:
    """The text of a Word document whose body is the XML given."""

    def read(body: str) -> str:
        document = docx.Document()
        for part in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, part)
        held = BytesIO()
        document.save(held)
        (section,) = read_bytes("made.docx", held.getvalue())
        return section.text

    return read


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str, mark: str = "") -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


DELETED = "<w:del w:id='1' w:author='A'/>"


def test_tracked_changes_are_read_as_if_accepted(read_word) -> None:
    text = read_word(
        paragraph(
            run("A fee of "),
            f"<w:del w:id='1' w:author='A'><w:r><w:delText>£10</w:delText></w:r></w:del>"
            f"<w:ins w:id='2' w:author='A'>{run('£12')}</w:ins>",
            run(" is due"),
            mark=DELETED,
        )
        + paragraph(f"<w:moveFrom w:id='3' w:author='A'>{run(' at the quay')}</w:moveFrom>", mark=DELETED)
        + paragraph(run(" at the gate."), mark=DELETED)
        + paragraph(run(" It is low."))
        + paragraph(run("All pay."), mark=DELETED)
    )

    assert text == "A fee of £12 is due at the gate. It is low.\n\nAll pay."


def test_rows_that_tracked_changes_delete_are_gone(read_word) -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Sloop", "£12"))
    gone = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Yawl", "£9"))

    assert (
        read_word(f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:trPr>{DELETED}</w:trPr>{gone}</w:tr></w:tbl>") == "Sloop | £12"
    )


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike w:val='1'/>", "<w:vanish/>"])
def test_struck_and_hidden_text_of_word_is_no_text(read_word, look: str) -> None:
    assert read_word(paragraph(run("A fee of "), run("£10 ", look), run("£12 is due."))) == "A fee of £12 is due."


def test_text_that_a_style_strikes_and_a_run_does_not_is_text(read_word) -> None:
    assert read_word(paragraph(run("A fee is due.", "<w:strike w:val='false'/>"))) == "A fee is due."


def test_a_row_that_begins_further_in_has_its_values_under_their_columns(read_word) -> None:
    def row(*texts: str, before: int = 0, after: int = 0) -> str:
        cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in texts)
        gaps = f"<w:gridBefore w:val='{before}'/>" * bool(before) + f"<w:gridAfter w:val='{after}'/>" * bool(after)
        return f"<w:tr><w:trPr>{gaps}</w:trPr>{cells}</w:tr>"

    rows = row("Year", "Fare", "Dogs") + row("12", "5", before=1) + row("2031", "7", after=1) + row("9", before=2)

    assert read_word(f"<w:tbl>{rows}</w:tbl>") == "Year | Fare | Dogs\n\n| 12 | 5\n\n2031 | 7\n\n| | 9"


def test_a_frame_that_is_moved_in_is_no_table(read_word) -> None:
    cell = f"<w:tc>{paragraph(run('All pay.'))}</w:tc>"

    assert read_word(f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell}</w:tr></w:tbl>") == "All pay."


def test_a_line_break_that_says_its_kind_parts_a_heading_from_its_text(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    for title in ("Fares", "Dogs"):
        made = document.add_paragraph()
        made.add_run(title).bold = True
        made.add_run().add_break(WD_BREAK.LINE)
        made.runs[-1]._r.br_lst[0].set(qn("w:type"), "textWrapping")
        made.add_run("Paid at the gate.")
    held = BytesIO()
    document.save(held)

    assert [section.heading for section in read_bytes("made.docx", held.getvalue())] == ["Fares", "Dogs"]


def test_a_text_box_in_a_text_box_is_read_once(read_word) -> None:
    def box(inner: str) -> str:
        return f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"

    assert read_word(box(paragraph(run("Outer.")) + box(paragraph(run("Inner."))))) == "Outer.\n\nInner."


def test_numbers_of_lists_in_cells_are_kept(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Then"
    for text in ("pay", "board"):
        table.cell(0, 1).add_paragraph(text, style="List Number")
    held = BytesIO()
    document.save(held)

    assert read_bytes("made.docx", held.getvalue())[0].text == "Then | 1. pay 2. board"


def test_struck_and_hidden_text_of_opendocument_is_no_text(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    for name, look in (("T1", {"textlinethroughstyle": "solid"}), ("T2", {"display": "none"})):
        style = odf_style.Style(name=name, family="text")
        style.addElement(odf_style.TextProperties(**look))
        document.automaticstyles.addElement(style)
    made = odf_text.P(text="A fee of ")
    made.addElement(odf_text.Span(text="£10 ", stylename="T1"))
    made.addElement(odf_text.Span(text="£11 ", stylename="T2"))
    made.addText("£12 is due.")
    document.text.addElement(made)
    hidden = odf_text.Section(name="S1", display="none")
    hidden.addElement(odf_text.P(text="Nobody sees this."))
    document.text.addElement(hidden)
    held = BytesIO()
    document.save(held)

    assert read_bytes("made.odt", held.getvalue())[0].text == "A fee of £12 is due."


def test_a_box_of_its_own_and_a_numbered_paragraph_of_opendocument_are_read(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    frame, box = odf_draw.Frame(anchortype="page", anchorpagenumber=1), odf_draw.TextBox()
    box.addElement(odf_text.P(text="Children travel free."))
    frame.addElement(box)
    document.text.addElement(frame)
    numbered = odf_text.NumberedParagraph(listid="l1")
    numbered.addElement(odf_text.P(text="All others pay."))
    document.text.addElement(numbered)
    held = BytesIO()
    document.save(held)

    assert read_bytes("made.odt", held.getvalue())[0].text == "Children travel free.\n\nAll others pay."
