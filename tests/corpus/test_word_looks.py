"""Headings of Word and OpenDocument files, and of web pages, that no style and no bold tells; formulas and symbols."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf import style as odf_style
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]
PROSE = "The ferry leaves the northern quay at seven and comes back before dark on every day but Sunday."
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def headings(read_bytes: ReadBytes, name: str, document: docx.document.Document | OpenDocumentText) -> list[str]:
    held = BytesIO()
    document.save(held)
    return [section.heading for section in read_bytes(name, held.getvalue()) if section.path]


def test_lines_in_capitals_are_headings_where_nothing_else_is(read_bytes: ReadBytes) -> None:
    document = docx.Document()
    for title in ("FARES", "CHILDREN AND DOGS", "IN FORCE."):
        document.add_paragraph(title)
        document.add_paragraph(PROSE)

    assert headings(read_bytes, "made.docx", document) == ["FARES", "CHILDREN AND DOGS"]

    document.add_heading("Winter", 1)
    document.add_paragraph(PROSE)

    assert headings(read_bytes, "made.docx", document) == ["Winter"]


def test_underlined_lines_are_headings_and_links_are_not(read_bytes: ReadBytes) -> None:
    word, other = docx.Document(), OpenDocumentText()
    style = odf_style.Style(name="T1", family="text")
    style.addElement(odf_style.TextProperties(textunderlinestyle="solid"))
    other.automaticstyles.addElement(style)
    for title in ("Fares", "Dogs", "https://ferries.example/fares"):
        word.add_paragraph().add_run(title).underline = True
        word.add_paragraph(PROSE)
        line = odf_text.P()
        line.addElement(odf_text.Span(text=title, stylename="T1"))
        other.text.addElement(line)
        other.text.addElement(odf_text.P(text=PROSE))
    page = "".join(f"<p><u>{title}</u></p><p>{PROSE}</p>" for title in ("Fares", "Dogs"))

    assert headings(read_bytes, "made.docx", word) == ["Fares", "Dogs"]
    assert headings(read_bytes, "made.odt", other) == ["Fares", "Dogs"]
    assert [section.heading for section in read_bytes("made.html", page.encode())] == ["Fares", "Dogs"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<m:oMath xmlns:m='{MATHS}'><m:r><m:t> a=b+c </m:t></m:r></m:oMath>", "The fee a=b+c is due."),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "The fee is due."),
    ],
)
def test_formulas_are_read_and_symbols_part_words(read_bytes: ReadBytes, inside: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The fee")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='1' w:author='A'>{inside}</w:ins>")[0])
    paragraph.add_run("is due.")
    held = BytesIO()
    document.save(held)

    assert read_bytes("made.docx", held.getvalue())[0].text == text
