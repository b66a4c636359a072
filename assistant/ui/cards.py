"""The source panel's cards as HTML: the paragraph a citation stands in, with its words marked at their offsets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.render import place as full_place
from assistant.types import Answer, Citation
from assistant.ui.entries import Entry, Pending, Stopped, answer_of
from assistant.ui.language import lang_of
from assistant.ui.reader import paragraph_key
from assistant.ui.words import Words
from corpus.types import Passage, Section, Span

_FOUND = 3  # of the passages found, as many are shown while they are read
_OPEN = 2  # so many sources are shown with their whole paragraphs, as soon as they come, those after with their quotes


def card_id(turn: int, number: int) -> str:
    """The id of the card that a marker points to; turns and citations are numbered from 1."""
    return f"source-{turn}-{number}"


def place(section: Section, paragraph: int, words: Words) -> str:
    """Where words stand, in plain text: `Semiconductors, paragraph 2`."""
    return f"{section.heading}, {words.paragraph.format(number=paragraph)}"


def reference(citation: Citation) -> str:
    """A quote as it is copied: its words, then where they stand."""
    where = full_place(citation.section, citation.paragraph)
    return f"“{citation.quote}”\n{citation.section.document.title}, {where}"


def past_sources(entries: Sequence[Entry], words: Words) -> str:
    """The cards of the exchanges that are over, hidden until one of their markers is used."""
    return "".join(sources_over(number, entry, words) for number, entry in enumerate(entries, start=1))


def sources_over(number: int, entry: Entry, words: Words) -> str:
    """Those of one exchange; nothing where it has no answer."""
    answer = answer_of(entry)
    return _group(number, _cards(number, answer, words), hidden=True) if answer else ""


def current_sources(number: int, entry: Entry | Pending | None, words: Words) -> str:
    """The cards of the last exchange, or while it is read the closest passages, or a line that says why there are none.

    `number` is the place of the exchange in the conversation, from 1.
    """
    answer = answer_of(entry) if entry else None
    if answer and (cards := _cards(number, answer, words)):
        return _group(number, cards, hidden=False)
    if isinstance(entry, Pending) and entry.found:
        found = "".join(_nearest_card(hit.passage, words) for hit in entry.found[:_FOUND])
        return _group(number, _nearest(words.closest, words.found, found), hidden=False)
    said = "" if isinstance(entry, Pending | Stopped) else words.sources_none if entry else words.sources_empty
    return f"<div class='alone'><h2>{words.sources}</h2><p class='hint'>{said}</p></div>"


def marked_paragraphs(citation: Citation) -> str:
    """The paragraphs a citation touches, whole, with its words in `<mark>` and nothing else changed."""
    touched = [span for span in citation.section.paragraphs if span.start < citation.end and citation.start < span.end]
    return "".join(_marked(citation, span) for span in touched)


def _cards(number: int, answer: Answer, words: Words) -> str:
    """One answer's sources and, under a heading that does not claim them as such, its closest passages."""
    parts = []
    if answer.citations:
        cards = "".join(
            _source_card(number, citation, words, is_open=place < _OPEN)
            for place, citation in enumerate(answer.citations)
        )
        parts.append(f"<h2>{words.sources}</h2><ol class='cards'>{cards}</ol>")
    if answer.nearest:
        cards = "".join(_nearest_card(hit.passage, words) for hit in answer.nearest)
        parts.append(_nearest(words.closest, words.not_sources, cards))
    return "".join(parts)


def _group(number: int, cards: str, *, hidden: bool) -> str:
    return f"<div class='group' data-turn='{number}'{' hidden' if hidden else ''}>{cards}</div>"


def _nearest(heading: str, hint: str, cards: str) -> str:
    return f"<h2>{heading}</h2><p class='hint'>{hint}</p><ul class='cards nearest'>{cards}</ul>"


def _marked(citation: Citation, paragraph: Span) -> str:
    text = citation.section.text
    start, end = max(citation.start, paragraph.start), min(citation.end, paragraph.end)
    before, quoted, after = text[paragraph.start : start], text[start:end], text[end : paragraph.end]
    return (
        f"<p dir='auto'{lang_of(citation.section)}>{_context(before)}<mark>{escape(quoted)}</mark>{_context(after)}</p>"
    )


def _context(text: str) -> str:
    return f"<span class='context'>{escape(text)}</span>" if text else ""


def _source_card(turn: int, citation: Citation, words: Words, *, is_open: bool) -> str:
    return (
        f"<li class='card{' is-open' if is_open else ''}' id='{card_id(turn, citation.number)}' tabindex='-1'>"
        f"<div class='where'><span class='number' aria-hidden='true'>{citation.number}</span>"
        f"{_breadcrumbs(citation.section, words)}</div>"
        f"<blockquote>{marked_paragraphs(citation)}</blockquote>"
        f"<p class='origin'>{_origin(citation.section, citation.paragraph, words)}</p>"
        "<div class='actions'>"
        f"<button type='button' class='widen' aria-expanded='{'true' if is_open else 'false'}'>{words.whole}</button>"
        f"<button type='button' data-done='{words.copied}' data-copy='{escape(reference(citation))}'>"
        f"{words.copy}</button>{_opening(citation.section, citation.paragraph, words)}"
        f"<button type='button' class='back' data-marker='{card_id(turn, citation.number)}'>{words.back}</button>"
        "</div></li>"
    )


def _nearest_card(passage: Passage, words: Words) -> str:
    return (
        f"<li class='card'><div class='where'>{_breadcrumbs(passage.section, words)}</div>"
        f"<blockquote><p dir='auto'{lang_of(passage.section)}>{escape(passage.text)}</p></blockquote>"
        f"<p class='origin'>{_origin(passage.section, passage.paragraph, words)}</p>"
        f"<div class='actions'>{_opening(passage.section, passage.paragraph, words)}</div></li>"
    )


def _opening(section: Section, paragraph: int, words: Words) -> str:
    key = escape(paragraph_key(section, paragraph))
    return f"<button type='button' data-doc='{escape(section.document.id)}' data-p='{key}'>{words.open}</button>"


def _breadcrumbs(section: Section, words: Words) -> str:
    headings = section.path or (section.document.title,)
    steps = "".join(f"<li{lang_of(section)}><bdi>{escape(heading)}</bdi></li>" for heading in headings)
    return f"<ol class='breadcrumbs' aria-label='{words.section}'>{steps}</ol>"


def _origin(section: Section, paragraph: int, words: Words) -> str:
    where = words.paragraph.format(number=paragraph)
    parts = [where[0].upper() + where[1:]]
    if section.page is not None:
        parts.append(words.page.format(number=section.page))
    return f"{' · '.join(parts)} · <cite>{escape(section.document.title)}</cite>"
