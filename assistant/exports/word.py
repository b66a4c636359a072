"""Exchanges as a Word document whose citations are footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from assistant.exports.footnotes import Footnotes, writable
from assistant.exports.wording import CLOSEST, STATUS, made_by, titles, understood_as
from assistant.render import place
from assistant.types import Answer, Citation, Turn


def as_word(turns: Sequence[Turn]) -> bytes:
    """The bytes of a .docx file. A place that is cited again is a short footnote that points to the first one."""
    document = docx.Document()
    document.core_properties.author = "Communiqué"
    document.core_properties.created = document.core_properties.modified = datetime.now(UTC)  # else the template's
    document.core_properties.title = writable(titles(turns))[:255]
    document.add_heading(writable(titles(turns)), level=1)
    footnotes = Footnotes(document)
    cited: dict[int, int] = {}
    for turn in turns:
        document.add_heading(writable(turn.question), level=2)
        if understood := understood_as(turn.answer):
            document.add_paragraph().add_run(writable(understood)).italic = True
        _add_answer(document, turn.answer, footnotes, cited)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add_answer(document: WordDocument, answer: Answer, footnotes: Footnotes, cited: dict[int, int]) -> None:
    document.add_paragraph().add_run(STATUS[answer.status]).bold = True
    for sentence in answer.sentences:
        paragraph = document.add_paragraph(writable(sentence.text))
        for citation in sentence.citations:
            _add_footnote(footnotes, paragraph, citation, cited)
    if answer.message:
        document.add_paragraph(writable(answer.message))
    if answer.nearest:
        document.add_paragraph(CLOSEST)
    for hit in answer.nearest:
        where = place(hit.passage.section, hit.passage.paragraph)
        document.add_paragraph(writable(f"{where}: “{hit.passage.text}”"), style="List Bullet")
    for said in (answer.note, made_by(answer)):
        if said:
            document.add_paragraph().add_run(writable(said)).italic = True


def _add_footnote(footnotes: Footnotes, paragraph: Paragraph, citation: Citation, cited: dict[int, int]) -> None:
    where = f"{citation.section.document.title}, {place(citation.section, citation.paragraph)}"
    if citation.number in cited:
        footnotes.add(paragraph, f"As note {cited[citation.number]}: {where}.")
    else:
        cited[citation.number] = footnotes.add(paragraph, f"{where}: “{citation.quote}”")
