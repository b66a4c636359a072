"""Word and OpenDocument files: headings by style and by look, numbers, notes, tables and content controls."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from odf import style as odf_style
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]


def read_word(read_bytes: ReadBytes, document: docx.document.Document) -> tuple[Section, ...]:
    held = BytesIO()
    document.save(held)
    return read_bytes("made.docx", held.getvalue())


def read_odt(read_bytes: ReadBytes, document: OpenDocumentText) -> tuple[Section, ...]:
    held = BytesIO()
    document.save(held)
    return read_bytes("made.odt", held.getvalue())


def bold(document: docx.document.Document, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def test_lines_in_bold_are_headings_where_no_style_is_used(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    for title in ("Fares", "Children"):
        bold(document, title)
        document.add_paragraph("Children travel free on every ferry of the county until they are ten.")

    assert [section.path for section in read_word(read_bytes, document)] == [("Fares",), ("Children",)]


def test_a_bold_line_above_its_text_in_one_paragraph_is_a_heading(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    for title in ("Fares", "Children"):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(title)
        run.bold = True
        run.add_break()
        paragraph.add_run("Paid at the gate before the ferry leaves.")

    sections = read_word(read_bytes, document)

    assert [(section.heading, section.text) for section in sections] == [
        ("Fares", "Paid at the gate before the ferry leaves."),
        ("Children", "Paid at the gate before the ferry leaves."),
    ]


def test_one_line_in_bold_above_a_signature_is_no_heading(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    document.add_paragraph("The letter says that the ferry will run again from May on all days.")
    bold(document, "SIGNED:")
    document.add_paragraph("The ferry master")

    assert [section.path for section in read_word(read_bytes, document)] == [()]


def test_text_in_a_content_control_is_read(read_bytes: ReadBytes, add_content_control) -> None:
    document = docx.Document()
    document.add_paragraph("Before it.")
    add_content_control(document, "Inside the control.")
    document.add_paragraph("After it.")

    (section,) = read_word(read_bytes, document)

    assert section.text == "Before it.\n\nInside the control.\n\nAfter it."


def test_numbered_items_carry_their_numbers(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    document.add_paragraph("Pay first", style="List Number")
    document.add_paragraph("Board then", style="List Number")
    document.add_paragraph("No bicycles", style="List Bullet")

    (section,) = read_word(read_bytes, document)

    assert section.text == "1. Pay first\n\n2. Board then\n\nNo bicycles"


def test_a_contents_list_without_page_numbers_is_not_text(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    bold(document, "Contents")
    for title in ("Fares", "Children", "Dogs"):
        document.add_paragraph(title)
    for title in ("Fares", "Children", "Dogs"):
        document.add_heading(title, 1)
        document.add_paragraph("Paid at the gate before the ferry leaves.")

    sections = read_word(read_bytes, document)

    assert [section.heading for section in sections] == ["Fares", "Children", "Dogs"]


def test_an_opendocument_text_may_lack_the_parts_for_styles_and_for_what_is_known_of_it(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    document.text.addElement(odf_text.H(outlinelevel=1, text="Ferries"))
    document.text.addElement(odf_text.P(text="It leaves at seven."))
    held, bare = BytesIO(), BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as whole, zipfile.ZipFile(bare, "w") as without:
        for name in set(whole.namelist()) - {"styles.xml", "meta.xml"}:
            without.writestr(name, whole.read(name))

    (section,) = read_bytes("bare.odt", bare.getvalue())

    assert (section.path[-1], section.text) == ("Ferries", "It leaves at seven.")


def test_a_note_in_an_opendocument_text_stands_behind_its_paragraph(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    paragraph = odf_text.P(text="The ferry is run by the county")
    note = odf_text.Note(noteclass="footnote", id="n1")
    note.addElement(odf_text.NoteCitation(text="1"))
    body = odf_text.NoteBody()
    body.addElement(odf_text.P(text="By an order of the council."))
    note.addElement(body)
    paragraph.addElement(note)
    paragraph.addText(" and always was.")
    document.text.addElement(paragraph)
    document.text.addElement(odf_text.P(text="It leaves at seven."))

    (section,) = read_odt(read_bytes, document)

    assert section.text == (
        "The ferry is run by the county¹ and always was.\n\n¹ By an order of the council.\n\nIt leaves at seven."
    )


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        (
            ["CHAPTER I", "General rules", "Article 1", "Scope", "It applies.", "Article 2", "It is law."],
            [
                ("CHAPTER I: General rules",),
                ("CHAPTER I: General rules", "Article 1: Scope"),
                ("CHAPTER I: General rules", "Article 2"),
            ],
        ),
        (
            ["第1条", "目的を定める。", "第2条", "定義を定める。", "第3条", "施行する。"],
            [("第1条",), ("第2条",), ("第3条",)],
        ),
    ],
)
def test_parts_of_an_act_are_headings_though_they_are_plain_paragraphs(read_bytes, lines, paths) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)

    assert [section.path for section in read_word(read_bytes, document)] == paths


def test_raised_figures_in_word_are_no_part_of_the_number_before_them(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("By 2030")
    for text, is_raised in (("1 ", True), ("it comes for the 8", False), ("th", True), (" time.", False)):
        paragraph.add_run(text).font.superscript = is_raised

    assert read_word(read_bytes, document)[0].text == "By 2030¹ it comes for the 8th time."


def test_raised_figures_in_opendocument_are_no_part_of_the_number_before_them(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    style = odf_style.Style(name="T1", family="text")
    style.addElement(odf_style.TextProperties(textposition="super 58%"))
    document.automaticstyles.addElement(style)
    paragraph = odf_text.P(text="By 2030")
    for text, name in (("1", "T1"), (" it comes for the 8", None), ("th", "T1"), (" time.", None)):
        paragraph.addElement(odf_text.Span(text=text, stylename=name) if name else odf_text.Span(text=text))
    document.text.addElement(paragraph)

    assert read_odt(read_bytes, document)[0].text == "By 2030¹ it comes for the 8th time."


def test_characters_that_nobody_sees_are_left_out_of_word_and_opendocument(read_bytes: ReadBytes) -> None:
    word, other = docx.Document(), OpenDocumentText()
    word.add_paragraph("Chil\u00addren\u200b travel free.")
    other.text.addElement(odf_text.P(text="Chil\u00addren\u200b travel free."))

    for (section,) in (read_word(read_bytes, word), read_odt(read_bytes, other)):
        assert section.text == "Children travel free."


def test_a_list_that_counts_anew_in_word_does(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    shared = next(one for one in numbering.num_lst if one.numId == style).abstractNumId.val
    anew = numbering.add_num(shared)
    anew.add_lvlOverride(0).add_startOverride(1)
    goes_on = numbering.add_num(shared)
    for text, number in (("Pay", None), ("Board", None), ("Land", anew), ("Leave", anew), ("Return", goes_on)):
        paragraph = document.add_paragraph(text, style="List Number")
        if number is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId

    (section,) = read_word(read_bytes, document)

    assert section.text.split("\n\n") == ["1. Pay", "2. Board", "1. Land", "2. Leave", "3. Return"]


def test_lists_that_go_on_or_begin_elsewhere_in_opendocument_do(read_bytes: ReadBytes) -> None:
    document = OpenDocumentText()
    style = odf_text.ListStyle(name="L1")
    style.addElement(odf_text.ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
    document.automaticstyles.addElement(style)
    for items, more in (
        ("Pay Board", {"id": "list1"}),
        ("Land", {"id": "list2"}),
        ("Sit", {"continuelist": "list1"}),
        ("Leave", {"start": 7}),
    ):
        start = more.pop("start", None)
        listed = odf_text.List(stylename="L1", **{"id": more["id"]} if "id" in more else {})
        if "continuelist" in more:
            listed.setAttrNS("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "continue-list", more["continuelist"])
        for text in items.split():
            item = odf_text.ListItem(**{"startvalue": start} if start else {})
            item.addElement(odf_text.P(text=text))
            listed.addElement(item)
        document.text.addElement(listed)
        document.text.addElement(odf_text.P(text="And then on the other quay."))

    text = read_odt(read_bytes, document)[0].text.replace("\n\nAnd then on the other quay.", "")

    assert text.split("\n\n") == ["1. Pay", "2. Board", "1. Land", "3. Sit", "7. Leave"]
