"""Does it point to the right words, and are they the document's words?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals.scorers.texts import plain
from evals.sources import Place, Sources
from evals.types import Case, CitationRow, Score, ScoredAnswer


def quotes(_case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether each quote stands in its section at its offsets, and each word shown is in a sentence with a citation."""
    if not answer.has_answer:
        return Score(None, "refused")
    known = {citation.number for citation in answer.citations}
    faults = [
        f"sentence {number} has no citation that exists"
        for number, sentence in enumerate(answer.sentences, start=1)
        if not sentence.citations or not set(sentence.citations) <= known
    ]
    faults += [fault for citation in answer.citations if (fault := _misplaced(citation, sources))]
    if _letters(" ".join(sentence.text for sentence in answer.sentences)) != _letters(answer.text):
        faults.append("the text shown is not the sentences it consists of")
    return Score(float(not faults), "; ".join(faults))


def citation_precision(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """The share of citations that cover a gold sentence by more than half."""
    gold = _gold(case, sources)
    if not answer.has_answer or not gold or not answer.citations:
        return Score(None, "refused" if not answer.has_answer else "no gold sentence or no citation")
    beside = [citation for citation in answer.citations if not any(_covers(citation, place, sources) for place in gold)]
    named = ", ".join(f"[{citation.number}]" for citation in beside)
    return Score(1 - len(beside) / len(answer.citations), f"{named} beside the gold sentences" if beside else "")


def citation_recall(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """The share of gold sentences that a citation covers by more than half."""
    gold = _gold(case, sources)
    if not answer.has_answer or not gold:
        return Score(None, "refused" if not answer.has_answer else "no gold sentence")
    missed = [place for place in gold if not any(_covers(citation, place, sources) for citation in answer.citations)]
    return Score(1 - len(missed) / len(gold), "; ".join(f"does not cite {place.text[:60]!r}" for place in missed))


def section_found(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether at least one citation is in a section of the gold sentences."""
    outside = _outside(case, answer, sources)
    if outside is None:
        return Score(None, "refused, or no gold sentence")
    return Score(float(len(outside) < len(answer.citations)), f"cites {_headings(outside)}" if outside else "")


def sections_right(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """Whether each citation is in a section of the gold sentences."""
    outside = _outside(case, answer, sources)
    if outside is None:
        return Score(None, "refused, or no gold sentence")
    return Score(float(not outside and bool(answer.citations)), f"cites {_headings(outside)}" if outside else "")


def _misplaced(citation: CitationRow, sources: Sources) -> str | None:
    section = sources.section_of(citation)
    if section is None:
        return f"[{citation.number}]: no section {' / '.join(citation.section)} in {citation.document}"
    if not 0 <= citation.start < citation.end or section.text[citation.start : citation.end] != citation.quote:
        return f"[{citation.number}]: the quote does not stand at {citation.start}-{citation.end} of {section.id}"
    return None


def _letters(text: str) -> str:
    """What is left when bullets, spaces and markers are not counted."""
    return "".join(re.findall(r"\w", plain(text)))


def _gold(case: Case, sources: Sources) -> list[Place]:
    return [sources.sentences[gold.id] for gold in case.gold]


def _covers(citation: CitationRow, place: Place, sources: Sources) -> bool:
    section = sources.section_of(citation)
    return section is not None and section.id == place.section.id and place.covered_by(citation.start, citation.end)


def _outside(case: Case, answer: ScoredAnswer, sources: Sources) -> Sequence[CitationRow] | None:
    """The citations outside the gold sentences' sections."""
    wanted = {place.section.id for place in _gold(case, sources)}
    if not answer.has_answer or not wanted:
        return None
    sections = ((citation, sources.section_of(citation)) for citation in answer.citations)
    return [citation for citation, section in sections if section is None or section.id not in wanted]


def _headings(citations: Sequence[CitationRow]) -> str:
    return ", ".join(dict.fromkeys(citation.heading for citation in citations))
