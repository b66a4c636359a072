"""Documents answered from one by one: those that a question compares, and near-identical ones, any of them meant.

A library that holds two agreements made from one template answers most questions on either of them twice. Which was
meant cannot be told, so each answers with its own words; nothing is said of the one under the name of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.drafts.draft import Checked, Draft, checked
from assistant.evidence import Evidence, Reading
from assistant.inquiry import Inquiry
from assistant.types import Citation, Sentence
from assistant.verify import numbered
from corpus.types import Document
from index.keyword import tokens
from index.types import Hit

ReadOne = Callable[[str], Reading]
"""Searches and reads the document of this id alone."""

MOST_APART = 4  # documents that one question is answered from one by one
_AS_GOOD = 0.85  # the best sentence of a second document against that of the first, for either to be meant
_ALIKE = 0.5  # the share of title words that two documents made from one template have in common …
_SHARED = 3  # … and how many they are at least
_COPIED = 0.6  # the share of words that two passages written from one template have in common


def read_each(documents: Sequence[str], read_one: ReadOne, *, differing: bool = False) -> tuple[Reading, ...]:
    """What documents that are compared state; where none states anything, what was read of them all the same.

    Where `differing`, how they differ is asked for: what all of them say in the same words is left out if anything is
    left besides.
    """
    readings = tuple(read_one(document) for document in documents)
    stated = tuple(reading for reading in readings if reading.states_answer)
    return (_without_shared(stated) if differing and len(stated) > 1 else stated) or readings


def _without_shared(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    shared = frozenset.intersection(*(frozenset(one.text for one in reading.evidence) for reading in readings))
    own = [tuple(one for one in reading.evidence if one.text not in shared) for reading in readings]
    return tuple(
        replace(reading, evidence=left or reading.evidence) for reading, left in zip(readings, own, strict=True)
    )


def with_twins(together: Reading, inquiry: Inquiry, read_one: ReadOne) -> tuple[Reading, ...]:
    """What was read of all documents, or of each near-identical one apart where a second answers as well."""
    if together.is_whole or not together.states_answer:
        return (together,)
    first = _document(together.evidence[0])
    own = replace(together, evidence=tuple(one for one in together.evidence if _document(one) == first))
    as_good = [
        reading
        for reading in map(read_one, _twins(first, inquiry))
        if reading.states_answer and reading.evidence[0].score >= _AS_GOOD * together.evidence[0].score
    ]
    return (own, *as_good) if as_good else (together,)


def checked_together(drafts: Iterable[Draft]) -> Checked:
    """What stands of the drafts of several documents, each held against its own words: what is said of one must not be
    borne out by another."""
    parts = [checked(draft) for draft in drafts]
    return Checked(
        _said_together(sentence for part in parts for sentence in part.sentences),
        tuple(dropped for part in parts for dropped in part.dropped),
        writer=next((part.writer for part in parts if part.writer), ""),
        notice=next((part.notice for part in parts if part.notice), ""),
    )


def _said_together(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that answer from each document in turn; what two of them say in the same words cites both.

    The copy of a document, under the same title, is not cited beside it.
    """
    said: dict[str, Sentence] = {}
    for sentence in sentences:
        known = said.get(sentence.text)
        if known is None:
            said[sentence.text] = sentence
        elif all(_title(cited) != _title(sentence.citations[0]) for cited in known.citations):
            said[sentence.text] = replace(known, citations=(*known.citations, *sentence.citations))
    return numbered(said.values())


def unsaid(documents: Sequence[str], sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The ids of those documents that no sentence cites."""
    cited = {one.section.document.id for sentence in sentences for one in sentence.citations}
    return tuple(document for document in documents if document not in cited)


def cited_titles(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The titles of the documents that sentences cite, each once."""
    return tuple(dict.fromkeys(_title(cited) for sentence in sentences for cited in sentence.citations))


def cited_documents(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The ids of the documents that sentences cite, each once."""
    cited = (citation.section.document.id for sentence in sentences for citation in sentence.citations)
    return tuple(dict.fromkeys(cited))


def _twins(first: Document, inquiry: Inquiry) -> list[str]:
    """The documents among the hits that could be meant instead of the first: as well named, or from one template."""
    hits: dict[str, Hit] = {}
    for hit in inquiry.hits:
        hits.setdefault(hit.passage.section.document.id, hit)
    own = hits.pop(first.id, None)
    named = set(inquiry.candidates)
    return [
        document
        for document, hit in hits.items()
        if document in named or _titles_alike(first, hit.passage.section.document) or (own and _copied(own, hit))
    ][: MOST_APART - 1]


def _titles_alike(one: Document, other: Document) -> bool:
    first, second = frozenset(tokens(one.title)), frozenset(tokens(other.title))
    return len(first & second) >= max(_SHARED, _ALIKE * len(first | second))


def _copied(one: Hit, other: Hit) -> bool:
    first, second = frozenset(tokens(one.passage.text)), frozenset(tokens(other.passage.text))
    return len(first & second) >= _COPIED * len(first | second)


def _document(evidence: Evidence) -> Document:
    return evidence.passage.section.document


def _title(citation: Citation) -> str:
    return citation.section.document.title
