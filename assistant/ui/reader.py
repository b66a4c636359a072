"""A document as HTML to be read: its section tree, its whole text, and the words that an answer quotes marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlencode

from assistant.types import Citation
from assistant.ui.language import lang_of
from assistant.ui.words import Words
from corpus.types import Document, Section, Span

_DEEPEST = 6  # HTML has no heading below h6


def paragraph_key(section: Section, paragraph: int) -> str:
    """What names a paragraph in a link: the anchor of its section and its number there, from 1."""
    return f"{section.anchor}:{paragraph}"


def reader(
    sections: Sequence[Section],
    document: str,
    words: Words,
    citations: Sequence[Citation] = (),
    paragraph: str = "",
) -> str:
    """A document of the library, or its first one.

    Args:
        sections: of all documents, in reading order.
        document: the id of the one to show.
        words: the page's own.
        citations: whose quotes are marked.
        paragraph: the `paragraph_key` of the one to open at.
    """
    documents = list({section.document.id: section.document for section in sections}.values())
    if not documents:
        return f"<p class='hint'>{words.empty_library}</p>"
    shown = next((one for one in documents if one.id == document), documents[0])
    own = [section for section in sections if section.document.id == shown.id]
    return (
        f"<div class='reader' data-document='{escape(shown.id)}' data-target='{escape(paragraph)}'>"
        f"<div class='aside'>{_choice(documents, shown, words)}{_search(words)}{_tree(own, words)}</div>"
        f"<article class='text' aria-label='{escape(shown.title)}'{lang_of(own[0])}>"
        f"<h2 dir='auto'>{escape(shown.title)}</h2>{_missed(document, paragraph, own, words)}"
        f"{''.join(_section(section, citations, words) for section in own)}</article></div>"
    )


def _missed(document: str, paragraph: str, own: Sequence[Section], words: Words) -> str:
    """That a link named a document, or a place in the one shown, which is not there."""
    if document not in {"", own[0].document.id}:
        return f"<p class='missed' role='status'>{escape(words.missed.format(document=document))}</p>"
    places = (paragraph_key(one, number) for one in own for number in range(1, len(one.paragraphs) + 1))
    if not paragraph or paragraph in places:
        return ""
    return f"<p class='missed' role='status'>{words.missed_place}</p>"


def _choice(documents: Sequence[Document], shown: Document, words: Words) -> str:
    if len(documents) == 1:
        return ""
    options = "".join(
        f"<option value='{escape(one.id)}'{' selected' if one is shown else ''}>{escape(one.title)}</option>"
        for one in documents
    )
    return f"<label class='choice'><span>{words.document}</span><select data-choose>{options}</select></label>"


def _search(words: Words) -> str:
    return (
        f"<form class='within' role='search'><label><span>{words.within}</span>"
        "<input type='search' name='words' autocomplete='off'></label>"
        f"<p class='count' role='status' data-count='{words.places}' data-one='{words.one_place}'"
        f" data-none='{words.no_place}'></p></form>"
    )


def _tree(sections: Sequence[Section], words: Words) -> str:
    links = "".join(
        f"<li style='--depth:{max(0, len(section.path) - 1)}'>"
        f"<a href='{_link(_with_text(section, sections), 1)}' data-section='{escape(section.anchor)}'>"
        f"<bdi>{escape(section.heading)}</bdi></a></li>"
        for section in sections
    )
    heading = f"<p class='heading' aria-hidden='true'>{words.contents}</p>"
    return f"<nav aria-label='{words.contents}'>{heading}<ol>{links}</ol></nav>"


def _with_text(section: Section, sections: Sequence[Section]) -> Section:
    """The section, or the first below it where it is a heading alone: a link leads to a paragraph."""
    at = next(number for number, one in enumerate(sections) if one is section)
    return next((one for one in sections[at:] if one.paragraphs), section)


def _section(section: Section, citations: Sequence[Citation], words: Words) -> str:
    level = min(_DEEPEST, 2 + max(1, len(section.path)))
    quoted = [cited for cited in citations if cited.section.id == section.id]
    page = f" <span class='page'>{words.page.format(number=section.page)}</span>" if section.page else ""
    paragraphs = "".join(
        f"<p data-p='{escape(paragraph_key(section, number))}' tabindex='-1' dir='auto'>"
        f"<a class='number' href='{_link(section, number)}' aria-label='{_numbered(number, words)}'>{number}</a>"
        f"{_marked(section.text, span, quoted)}</p>"
        for number, span in enumerate(section.paragraphs, start=1)
    )
    heading = f"<h{level} data-heading='{escape(section.anchor)}' tabindex='-1' dir='auto'>{escape(section.heading)}"
    return f"<section>{heading}{page}</h{level}>{paragraphs}</section>"


def _marked(text: str, paragraph: Span, citations: Sequence[Citation]) -> str:
    parts, at = [], paragraph.start
    for start, end, number in _quotes(paragraph, citations):
        marked = f"<mark data-number='{number}'>{escape(text[max(start, at) : end])}</mark>"
        parts += [escape(text[at:start]), marked] if end > at else []
        at = max(at, end)
    return "".join((*parts, escape(text[at : paragraph.end])))


def _quotes(paragraph: Span, citations: Sequence[Citation]) -> Iterator[tuple[int, int, int]]:
    """Where the quotes in a paragraph start and end, in order, and their numbers."""
    for cited in sorted(citations, key=lambda one: (one.start, -one.end)):
        start, end = max(cited.start, paragraph.start), min(cited.end, paragraph.end)
        if start < end:
            yield start, end, cited.number


def _link(section: Section, paragraph: int) -> str:
    return escape("?" + urlencode({"doc": section.document.id, "p": paragraph_key(section, paragraph)}))


def _numbered(number: int, words: Words) -> str:
    return escape(words.paragraph.format(number=number))
