"""The source panel's cards as HTML: the paragraph a citation stands in, with its words marked at their offsets."""

from __future__ import annotations

from html import escape

from assistant.types import Answer, Citation
from corpus.types import Passage, Section, Span


def card_id(turn: int, number: int) -> str:
    """The id of the card that a marker points to; turns and citations are numbered from 1."""
    return f"source-{turn}-{number}"


def place(section: Section, paragraph: int) -> str:
    """Where words stand, in plain text: `Semiconductors, paragraph 2`."""
    return f"{section.heading}, paragraph {paragraph}"


def sources(turn: int, answer: Answer, *, hidden: bool) -> str:
    """One answer's sources and, under a heading that does not claim them as such, its closest passages."""
    parts = []
    if answer.citations:
        cards = "".join(_source_card(turn, citation) for citation in answer.citations)
        parts.append(f"<h2>Sources</h2><ol class='cards'>{cards}</ol>")
    if answer.nearest:
        cards = "".join(_nearest_card(hit.passage) for hit in answer.nearest)
        parts.append(
            "<h2>Closest passages</h2>"
            "<p class='hint'>Near the question, but they do not answer it: not sources.</p>"
            f"<ul class='cards nearest'>{cards}</ul>"
        )
    return f"<div class='group' data-turn='{turn}'{' hidden' if hidden else ''}>{''.join(parts)}</div>"


def marked_paragraphs(citation: Citation) -> str:
    """The paragraphs a citation touches, whole, with its words in `<mark>` and nothing else changed."""
    touched = [span for span in citation.section.paragraphs if span.start < citation.end and citation.start < span.end]
    return "".join(_marked(citation, span) for span in touched)


def _marked(citation: Citation, paragraph: Span) -> str:
    text = citation.section.text
    start, end = max(citation.start, paragraph.start), min(citation.end, paragraph.end)
    before, quoted, after = text[paragraph.start : start], text[start:end], text[end : paragraph.end]
    return f"<p dir='auto'>{escape(before)}<mark>{escape(quoted)}</mark>{escape(after)}</p>"


def _source_card(turn: int, citation: Citation) -> str:
    return (
        f"<li class='card' id='{card_id(turn, citation.number)}' tabindex='-1'>"
        f"<div class='where'><span class='number' aria-hidden='true'>{citation.number}</span>"
        f"{_breadcrumbs(citation.section)}</div>"
        f"<blockquote>{marked_paragraphs(citation)}</blockquote>"
        f"<p class='origin'>{_origin(citation.section, citation.paragraph)}</p>"
        f"<button type='button' class='back' data-marker='{card_id(turn, citation.number)}'>Back to the answer</button>"
        "</li>"
    )


def _nearest_card(passage: Passage) -> str:
    return (
        f"<li class='card'><div class='where'>{_breadcrumbs(passage.section)}</div>"
        f"<blockquote><p dir='auto'>{escape(passage.text)}</p></blockquote>"
        f"<p class='origin'>{_origin(passage.section, passage.paragraph)}</p></li>"
    )


def _breadcrumbs(section: Section) -> str:
    headings = section.path or (section.document.title,)
    steps = "".join(f"<li><bdi>{escape(heading)}</bdi></li>" for heading in headings)
    return f"<ol class='breadcrumbs' aria-label='Section'>{steps}</ol>"


def _origin(section: Section, paragraph: int) -> str:
    parts = [f"Paragraph {paragraph}"]
    if section.page is not None:
        parts.append(f"page {section.page}")
    return f"{' · '.join(parts)} · <cite>{escape(section.document.title)}</cite>"
