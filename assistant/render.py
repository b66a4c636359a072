"""An answer, hits and the library as JSON and as text for a terminal. The JSON is fixed in the design."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from assistant.types import Answer, Citation
from corpus.sentences import sentence_spans
from corpus.types import Section
from index.generations import DocumentRecord
from index.types import Hit


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The object that `--json` prints and `batch` writes."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": str(answer.status),
        "text": answer.text,
        "note": answer.note,
        "sentences": [
            {"text": sentence.text, "citations": [citation.number for citation in sentence.citations]}
            for sentence in answer.sentences
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [hit_to_json(hit) for hit in answer.nearest],
        "dropped": [{"text": dropped.text, "reason": dropped.reason} for dropped in answer.dropped],
        "generator": answer.generator,
        "seconds": dict(answer.seconds),
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One hit of `communique search --json`; `score` orders them, `dense` and `keyword` are what each leg gave."""
    passage = hit.passage
    return {
        "passage": passage.id,
        "document": passage.section.document.id,
        "section": list(passage.section.path),
        "heading": passage.section.heading,
        "paragraph": passage.paragraph,
        "text": passage.text,
        "score": round(hit.score, 6),
        "dense": round(hit.dense, 6),
        "keyword": round(hit.keyword, 6),
    }


def section_to_json(section: Section) -> dict[str, Any]:
    """One section of `communique sections --json`."""
    return {
        "document": section.document.id,
        "path": list(section.path),
        "heading": section.heading,
        "page": section.page,
        "paragraphs": len(section.paragraphs),
        "words": len(section.text.split()),
    }


def document_to_json(record: DocumentRecord, own: Sequence[Section]) -> dict[str, Any]:
    """One document and its own sections, for `communique documents --json`; `pages` is the last known, or null."""
    return {
        "id": record.id,
        "title": record.title,
        "source": record.source,
        "sections": len(own),
        "pages": max((section.page for section in own if section.page), default=None),
        "words": sum(len(section.text.split()) for section in own),
        "added": record.added,
        "date": record.date,
        "publisher": record.publisher,
        "language": record.language,
    }


def makers(generator: str) -> tuple[str, str]:
    """What wrote an answer, empty where it was quoted, and what read the text for it, empty where no model did."""
    made, _, reader = generator.partition(", read by ")
    return made.partition("write by ")[2], reader


def answer_to_text(answer: Answer, *, named: bool = False) -> str:
    """What `communique ask` prints: the answer, then each source with its place and words.

    Where `named`, because the library holds several documents, each place begins with its document's title, and what
    an answer has from each of several documents stands under its title.
    """
    lines = _by_document(answer) if named else [answer.text]
    if answer.note:
        lines += ["", answer.note]
    if answer.citations:
        lines += ["", *(_source(citation, named=named) for citation in answer.citations)]
    if answer.nearest:
        lines += ["", "Closest passages (they do not answer the question):"]
        lines += [
            f"  - {place(hit.passage.section, hit.passage.paragraph, named=named)}: {_opening(hit)}"
            for hit in answer.nearest
        ]
    return "\n".join(lines)


def _by_document(answer: Answer) -> list[str]:
    """The text of an answer; where it is from several documents, what each of them says under its title."""
    parts = [
        (titles, [*sentences])
        for titles, sentences in groupby(answer.sentences, lambda one: tuple(dict.fromkeys(map(_title, one.citations))))
    ]
    if len({title for titles, _ in parts for title in titles}) < 2:
        return [answer.text]
    return [f"{' / '.join(titles)}:\n{replace(answer, sentences=tuple(sentences)).text}" for titles, sentences in parts]


def _title(citation: Citation) -> str:
    return citation.section.document.title


def place(section: Section, paragraph: int, *, named: bool = False) -> str:
    """Where words stand, for a reader: heading path, paragraph, page; where `named`, the document's title in front."""
    titled = (section.document.title,) if named or not section.path else ()
    path = " › ".join((*titled, *section.path))
    page = f", page {section.page}" if section.page else ""
    return f"{path}, paragraph {paragraph}{page}"


def hits_to_text(hits: Iterable[Hit]) -> str:
    """What `communique search` prints: each hit with the scores of both legs."""
    return "\n\n".join(
        f"{number}. {place(hit.passage.section, hit.passage.paragraph)}\n"
        f"   score {hit.score:.3f} (cosine {hit.dense:.3f}, BM25 {hit.keyword:.2f})\n   {hit.passage.text}"
        for number, hit in enumerate(hits, start=1)
    )


def sections_to_text(sections: Sequence[Section]) -> str:
    """What `communique sections` prints: the tree of each document, with pages and paragraph counts."""
    lines: list[str] = []
    document = ""
    for section in sections:
        if section.document.id != document:
            document = section.document.id
            lines += [*([""] if lines else []), f"{section.document.title}  ({document})"]
        count = len(section.paragraphs)
        paragraphs = f"{count} paragraph{'' if count == 1 else 's'}" if count else "heading only"
        page = f", page {section.page}" if section.page else ""
        lines.append(f"{'  ' * max(1, len(section.path))}{section.heading}  ({paragraphs}{page})")
    return "\n".join(lines)


def documents_to_text(documents: Sequence[dict[str, Any]]) -> str:
    """What `communique documents` prints."""
    return "\n".join(
        f"{listed['id']}\n  {listed['title']}{_told(listed)}\n  {listed['sections']} sections, "
        f"{_pages(listed['pages'])}{listed['words']:,} words, added {listed['added'][:10]}, from {listed['source']}"
        for listed in documents
    )


def _told(listed: dict[str, Any]) -> str:
    """What the file says of itself: publisher, date and language, as far as it does."""
    told = ", ".join(part for part in (listed["publisher"], listed["date"], listed["language"]) if part)
    return f" ({told})" if told else ""


def _pages(pages: int | None) -> str:
    return f"{pages} page{'' if pages == 1 else 's'}, " if pages else ""


def _citation(citation: Citation) -> dict[str, Any]:
    section = citation.section
    return {
        "number": citation.number,
        "document": section.document.id,
        "section": list(section.path),
        "heading": section.heading,
        "paragraph": citation.paragraph,
        "page": section.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def _source(citation: Citation, *, named: bool) -> str:
    return f"[{citation.number}] {place(citation.section, citation.paragraph, named=named)}\n    “{citation.quote}”"


def _opening(hit: Hit) -> str:
    first = sentence_spans(hit.passage.text)[0]
    return hit.passage.text[first.start : first.end]
