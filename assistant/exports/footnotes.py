"""Footnotes for python-docx, which has none of its own: the part of the file, and references to it in a paragraph."""

from __future__ import annotations

import re

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATORS = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


def writable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


class Footnotes:
    """The footnotes of one Word document, numbered by Word from 1 in the order they are added."""

    def __init__(self, document: WordDocument) -> None:
        self._count = 0
        self._part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            parse_xml(_SEPARATORS),
            document.part.package,
        )
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        text = document.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.font.size = Pt(9)
        mark = document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        self._styles = text.style_id, mark.style_id

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a footnote behind what is in a paragraph; returns its number."""
        self._count += 1
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        paragraph._p.append(self._run(reference))
        self._part.element.append(self._footnote(text))
        return self._count

    def _footnote(self, text: str) -> BaseOxmlElement:
        words = OxmlElement("w:t")
        words.text = writable(f" {text}")
        words.set(qn("xml:space"), "preserve")
        said = OxmlElement("w:r")
        said.append(words)
        paragraph = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{self._styles[0]}"/></w:pPr></w:p>',
        )
        paragraph.append(self._run(OxmlElement("w:footnoteRef")))
        paragraph.append(said)
        footnote = OxmlElement("w:footnote")
        footnote.set(qn("w:id"), str(self._count))
        footnote.append(paragraph)
        return footnote

    def _run(self, inside: BaseOxmlElement) -> BaseOxmlElement:
        run = parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="{self._styles[1]}"/></w:rPr></w:r>')
        run.append(inside)
        return run
