"""A list read with a language model: from many passages, since each may hold a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.calibration import ListMargins
from assistant.evidence import Evidence
from assistant.likelihood import Likelihood, log_odds
from corpus.sentences import sentence_spans
from corpus.types import Passage

SPREAD = 0.24  # of the score, from the best to the last: the order stays, and `drafts.quote` takes all


def listed(likelihood: Likelihood, passages: Sequence[Passage], margins: ListMargins) -> tuple[Evidence, ...]:
    """Every sentence that states a part of the answer about as plainly as the best does, best first.

    Raises:
        LLMUnavailable: the model does not reply.
    """
    likely = [log_odds(one) for one in likelihood.of([(passage, "") for passage in passages])]
    near = max(likely) - margins.passages
    read = [passage for passage, one in zip(passages, likely, strict=True) if one >= near]
    spans = [(passage, *span) for passage in read for span in sentence_spans(passage.text)]
    parts = [(passage, passage.text[start:end]) for passage, start, end in spans]
    own = [log_odds(one) for one in likelihood.of(parts)]
    best = max(own)
    least = min(best, max(margins.least, best - margins.sentences))
    found = [
        Evidence(passage, passage.start + start, passage.start + end, 1 - SPREAD * (best - one) / margins.sentences)
        for (passage, start, end), one in zip(spans, own, strict=True)
        if one >= least
    ]
    return tuple(sorted(found, key=lambda evidence: -evidence.score))
