"""Small made-up documents in every format, made with other libraries than the readers use where there are two. Those of
the structure set in evals/ were written with them.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from odf import dc as odf_dc
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from corpus.read import read_document
from corpus.readers import USUAL, Limits
from corpus.types import Section

Outline = list[tuple[int, str, list[str]]]

HARBOUR: Outline = [
    (1, "1. Purpose", ["The Harbour Board sets out how the port of Ansley will be lit and marked until 2034."]),
    (1, "2. Lights", ["Lights are kept by the Board and paid for by harbour dues."]),
    (2, "2.1 Fixed lights", ["Each pier carries a fixed light that shows for at least six nautical miles."]),
    (2, "2.2 Buoys", ["Buoys are lifted every second spring and painted before they go back."]),
    (1, "3. Dues", ["A vessel of more than twelve metres pays dues on the day it berths."]),
    (2, "3.1 Exemptions", ["Lifeboats and training ships pay nothing.", "Visitors pay half in winter."]),
    (1, "4. Review", ["The plan is read again in the autumn of 2029."]),
]
TITLE = "Harbour Lights Plan"


def html_document() -> bytes:
    """A web page with a site around its content."""
    inner = "".join(
        f"<h{level + 1}>{title}</h{level + 1}>" + "".join(f"<p>{text}</p>" for text in texts)
        for level, title, texts in HARBOUR
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE} - Port of Ansley</title>"
        "<meta name='dcterms.issued' content='2024-05-06'>"
        "<meta property='og:site_name' content='Port of Ansley'></head>"
        "<body><header><nav><ul><li><a href='/'>Home</a></li><li><a href='/tides'>Tides</a></li></ul></nav></header>"
        f"<main><h1>{TITLE}</h1>{inner}</main>"
        "<aside class='related'><h2>Related pages</h2><p>Tide tables</p></aside>"
        "<footer><h2>About</h2></footer></body></html>"
    ).encode()


def markdown_document() -> bytes:
    """Markdown with front matter and its headings as lines in bold."""
    lines = ["---", f"title: {TITLE}", "date: 2024-05-06", "---", ""]
    for _, title, texts in HARBOUR:
        lines += [f"**{title}**  ", *texts, ""]
    return "\n".join(lines).encode()


def text_document() -> bytes:
    """Plain text, its lines wrapped, with page numbers on lines of their own."""
    lines = [TITLE, ""]
    for number, (_, title, texts) in enumerate(HARBOUR, start=1):
        lines += [title, "", *(line for text in texts for line in (*_wrapped(text), "")), str(number), ""]
    return "\n".join(lines).encode()


def docx_document() -> bytes:
    """A Word document with heading styles and a table."""
    document = docx.Document()
    document.core_properties.title = TITLE
    for level, title, texts in HARBOUR:
        document.add_heading(title, level)
        for text in texts:
            document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Vessel", "Dues"), ("Sloop", "£12")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return _saved(document)


def odt_document() -> bytes:
    """The same document as `docx_document` as OpenDocument text."""
    document = OpenDocumentText()
    document.meta.addElement(odf_dc.Title(text=TITLE))
    for level, title, texts in HARBOUR:
        document.text.addElement(odf_text.H(outlinelevel=level, text=title))
        for text in texts:
            document.text.addElement(odf_text.P(text=text))
    table = odf_table.Table()
    for cells in (("Vessel", "Dues"), ("Sloop", "£12")):
        row = odf_table.TableRow()
        for text in cells:
            cell = odf_table.TableCell()
            cell.addElement(odf_text.P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def pdf_document() -> bytes:
    """A PDF with a running header, page numbers, larger and bold headings, and no outline."""
    page = PdfPages(header="Port of Ansley – Harbour Lights Plan")
    page.line(TITLE, 24, bold=True)
    for level, title, texts in HARBOUR:
        page.gap(10)
        page.line(title, 16 if level == 1 else 12, bold=True)
        page.gap(4)
        for text in texts * 6:
            page.paragraph(text)
        if level == 1:
            page.turn()
    return page.finished()


class PdfPages:
    """Draws lines of text down the pages of a PDF, from the upper left."""

    def __init__(self, header: str = "", numbered: bool = True) -> None:
        registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
        self._held = BytesIO()
        self._canvas = Canvas(self._held, pagesize=A4, invariant=1)
        self._header, self._numbered, self._page = header, numbered, 1
        self._start()

    def _start(self) -> None:
        self.y = A4[1] - 90
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(60, A4[1] - 40, self._header)
        if self._numbered:
            self._canvas.drawString(290, 30, str(self._page))

    def line(self, text: str, size: float = 10, *, bold: bool = False, x: float = 60) -> None:
        """One line at the left edge or at `x`."""
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self._canvas.drawString(x, self.y, text)
        self.y -= 1.25 * size

    def at(self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False) -> None:
        """Text at a place, from the lower left, which does not move the next line."""
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self._canvas.drawString(x, y, text)

    def paragraph(self, text: str, size: float = 10, *, width: int = 80, x: float = 60) -> None:
        """Wrapped lines with a gap behind them."""
        for line in _wrapped(text, width):
            self.line(line, size, x=x)
        self.gap(6)

    def japanese(self, text: str, size: float = 10) -> None:
        """One line in a Japanese font."""
        self._canvas.setFont("HeiseiKakuGo-W5", size)
        self._canvas.drawString(60, self.y, text)
        self.y -= 1.6 * size

    def sideways(self, text: str) -> None:
        """Text up the left edge."""
        self._canvas.saveState()
        self._canvas.rotate(90)
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(200, -20, text)
        self._canvas.restoreState()

    def gap(self, points: float) -> None:
        """Leave room."""
        self.y -= points

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line, from the lower left."""
        self._canvas.line(x0, y0, x1, y1)

    def mark(self, title: str, level: int) -> None:
        """An outline entry for this page."""
        self._canvas.bookmarkPage(title)
        self._canvas.addOutlineEntry(title, title, level - 1)

    def turn(self) -> None:
        """Begin a new page."""
        self._canvas.showPage()
        self._page += 1
        self._start()

    def encrypt(self, password: str) -> None:
        """Lock the file with a password."""
        from reportlab.lib.pdfencrypt import StandardEncryption

        self._canvas.setEncrypt(StandardEncryption(password, canPrint=0))

    def finished(self) -> bytes:
        """The bytes of the file."""
        self._canvas.save()
        return self._held.getvalue()


def content_control(document: docx.document.Document, text: str) -> None:
    """Add a paragraph that stands in a content control, which python-docx itself passes over."""
    control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph = document.add_paragraph(text)._p
    document.element.body.insert(len(document.element.body) - 1, control)
    control.append(inside)
    inside.append(paragraph)


def _saved(document: docx.document.Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _wrapped(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


DOCUMENTS = {
    "harbour-lights.md": markdown_document,
    "harbour-lights.html": html_document,
    "harbour-lights.txt": text_document,
    "harbour-lights.pdf": pdf_document,
    "harbour-lights.docx": docx_document,
    "harbour-lights.odt": odt_document,
}


@pytest.fixture
def pdf_pages() -> type[PdfPages]:
    """Draws a PDF."""
    return PdfPages


@pytest.fixture
def add_content_control() -> Callable[[docx.document.Document, str], None]:
    """Puts a paragraph into a content control."""
    return content_control


@pytest.fixture(params=sorted(DOCUMENTS))
def harbour(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The harbour plan as a file, once in each format."""
    path = tmp_path / request.param
    path.write_bytes(DOCUMENTS[request.param]())
    return path


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., tuple[Section, ...]]:
    """Reads bytes as the file of a name."""

    def read(name: str, content: bytes, limits: Limits = USUAL) -> tuple[Section, ...]:
        path = tmp_path / name
        path.write_bytes(content)
        return read_document(path, limits=limits)

    return read
