"""Were the gold sentences among the passages found? Nothing to say for rows that carry no hits."""

from __future__ import annotations

from collections.abc import Callable

from evals.sources import Place, Sources
from evals.types import Case, HitRow, Score, ScoredAnswer

DEPTH = 5
Scorer = Callable[[Case, ScoredAnswer, Sources], Score]


def found_sections(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """The share of the gold sentences' sections among the first hits."""
    gold = {sources.sentences[gold.id].section.id for gold in case.gold}
    if answer.hits is None or not gold:
        return Score(None, "no hits in the row, or no gold sentence")
    missed = gold - {hit.section for hit in answer.hits[:DEPTH]}
    return Score(1 - len(missed) / len(gold), f"not found: {', '.join(sorted(missed))}" if missed else "")


def found_sentences(depth: int) -> Scorer:
    """A scorer: the share of gold sentences that the first `depth` hits hold."""

    def found(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
        gold = [sources.sentences[gold.id] for gold in case.gold]
        if answer.hits is None or not gold:
            return Score(None, "no hits in the row, or no gold sentence")
        missed = [place for place in gold if not any(_holds(hit, place) for hit in answer.hits[:depth])]
        return Score(1 - len(missed) / len(gold), "; ".join(f"not found: {place.text[:60]!r}" for place in missed))

    return found


def sentence_rank(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """One over the rank of the first hit that holds a gold sentence; 0 if there is none."""
    gold = [sources.sentences[gold.id] for gold in case.gold]
    if answer.hits is None or not gold:
        return Score(None, "no hits in the row, or no gold sentence")
    ranks = (rank for rank, hit in enumerate(answer.hits, start=1) if any(_holds(hit, place) for place in gold))
    return _reciprocal(next(ranks, None))


def reciprocal_rank(case: Case, answer: ScoredAnswer, sources: Sources) -> Score:
    """One over the rank of the first hit in a gold sentence's section; 0 if there is none."""
    gold = {sources.sentences[gold.id].section.id for gold in case.gold}
    if answer.hits is None or not gold:
        return Score(None, "no hits in the row, or no gold sentence")
    return _reciprocal(next((rank for rank, hit in enumerate(answer.hits, start=1) if hit.section in gold), None))


def _reciprocal(rank: int | None) -> Score:
    return Score(1 / rank if rank else 0.0, f"first at {rank}" if rank else "not among the hits")


def _holds(hit: HitRow, place: Place) -> bool:
    start, end = (int(offset) for offset in hit.passage.rsplit(":", maxsplit=1)[1].split("-"))
    return hit.section == place.section.id and place.covered_by(start, end)
