"""Sections to passages: runs of whole sentences that never cross a section."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from corpus.types import Passage, Section, Span


@dataclass(frozen=True, slots=True)
class PassageSize:
    """How long passages are, in words. A paragraph longer than `most` is cut into even parts; one shorter than
    `least` is joined to the next while both fit into `most`. Measured in docs/decisions/0002-passage-size.md."""

    most: int = 120
    least: int = 25


def passages_of(section: Section, size: PassageSize) -> tuple[Passage, ...]:
    """The passages of a section in order; they cover all its text but the blanks between them."""
    sentences = sentence_spans(section.text)
    joined: list[Span] = []
    for paragraph in section.paragraphs:
        inside = [span for span in sentences if paragraph.start <= span.start < paragraph.end]
        for part in _even_parts(section.text, inside, size.most):
            if joined and _fits(section.text, joined[-1], part, size):
                joined[-1] = Span(joined[-1].start, part.end)
            else:
                joined.append(part)
    return tuple(Passage(section, span.start, span.end) for span in joined)


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: its own heading and its words. The whole path would make one part all alike."""
    return f"{passage.section.heading}\n{passage.text}"


def indexed_text(passage: Passage) -> str:
    """What the keyword leg indexes for a passage: its whole heading path and its words."""
    return "\n".join((*passage.section.path, passage.text))


def _fits(text: str, previous: Span, part: Span, size: PassageSize) -> bool:
    lengths = (_words(text, previous), _words(text, part))
    return min(lengths) < size.least and sum(lengths) <= size.most


def _even_parts(text: str, sentences: Sequence[Span], most: int) -> Iterator[Span]:
    """Cut one paragraph between sentences into as few parts as keep to `most` words, of about the same length."""
    total = sum(_words(text, span) for span in sentences)
    aim = total / max(1, math.ceil(total / most))
    held: list[Span] = []
    words = 0
    for span in sentences:
        length = _words(text, span)
        if held and words + length / 2 > aim:
            yield Span(held[0].start, held[-1].end)
            held, words = [], 0
        held.append(span)
        words += length
    if held:
        yield Span(held[0].start, held[-1].end)


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
