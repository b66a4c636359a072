"""Small functions from a case, an answer's row and the documents to a score. No model, and nothing of the assistant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evals.scorers import citations, conversation, outcome, retrieval, support, wording
from evals.scorers.retrieval import Scorer
from evals.sources import Sources
from evals.types import Case, Score, ScoredAnswer


class Measure(NamedTuple):
    """A scorer with its name and how it is shown.

    `unit` is empty for a share from 0 to 1, more being better. `promise` marks what must hold of every answer.
    """

    name: str
    scorer: Scorer
    title: str
    unit: str = ""
    promise: bool = False


MEASURES = (
    Measure("right", outcome.right, "Right"),
    Measure("status", outcome.status, "Status right"),
    Measure("vital", outcome.vital, "Vital facts carried"),
    Measure("nuggets", outcome.nuggets, "All facts carried"),
    Measure("not_forbidden", outcome.not_forbidden, "Nothing forbidden said", promise=True),
    Measure("quotes", citations.quotes, "Quotes stand in the source", promise=True),
    Measure("numbers", support.numbers, "Numbers in the sentence's own quotes", promise=True),
    Measure("dates", support.dates, "Dates in the sentence's own quotes", promise=True),
    Measure("names", support.names, "Names in the sentence's own quotes", promise=True),
    Measure("strength", wording.strength, "Commitment strength kept", promise=True),
    Measure("actor", wording.actor, "Actor kept", promise=True),
    Measure("citation_precision", citations.citation_precision, "Citation precision"),
    Measure("citation_recall", citations.citation_recall, "Citation recall"),
    Measure("section_found", citations.section_found, "A right section cited"),
    Measure("sections_right", citations.sections_right, "Only right sections cited"),
    Measure("refusal_precision", outcome.refusal_precision, "Refusals that were due"),
    Measure("refusal_recall", outcome.refusal_recall, "Due refusals made"),
    Measure("confidence", outcome.confidence, "Confidence fits (1 − Brier score)"),
    Measure("follow_up", conversation.follow_up, "Follow-ups right"),
    Measure("turns", conversation.turns, "Turns of a conversation right"),
    Measure("conversation", conversation.conversation, "Whole conversations right"),
    Measure("found_sections", retrieval.found_sections, f"Gold sections in the first {retrieval.DEPTH} hits"),
    Measure("found_first", retrieval.found_sentences(1), "Gold sentences in the first hit"),
    Measure("found_sentences", retrieval.found_sentences(5), "Gold sentences in the first 5 hits"),
    Measure("found_ten", retrieval.found_sentences(10), "Gold sentences in the first 10 hits"),
    Measure("sentence_rank", retrieval.sentence_rank, "Reciprocal rank of a gold sentence"),
    Measure("reciprocal_rank", retrieval.reciprocal_rank, "Reciprocal rank of a gold section"),
    Measure("words", outcome.words, "Words in an answer", unit="words"),
    Measure("seconds", outcome.seconds, "Seconds for the last turn", unit="s"),
)


def score_answer(case: Case, answer: ScoredAnswer, sources: Sources) -> Mapping[str, Score]:
    """What every scorer says of one answer, by name."""
    return {measure.name: measure.scorer(case, answer, sources) for measure in MEASURES}


def score_missing(why: str) -> Mapping[str, Score]:
    """The scores of a question that brought no answer: wrong, and nothing else to say."""
    wrong = {"right", "status"}
    return {measure.name: Score(0.0 if measure.name in wrong else None, why) for measure in MEASURES}
