"""Does this passage state the answer? Reads the passages a search found and scores their sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer_kind import AnswerKind, holds
from assistant.calibration import Calibration
from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.signals import Frequency, share, signals
from corpus.sentences import sentence_spans
from corpus.types import Passage
from index.keyword import tokens
from index.passages import embedded_text
from index.types import Embedder, Hit, Vectors

PASSAGES_READ = 6
"""How many hits are read."""
_CACHED_PASSAGES = 4096
# What makes one sentence a better answer than the next; chosen on the tune split, docs/decisions/0006.
_COSINE, _SHARE, _PASSAGE, _KIND = 1.0, 0.9, 0.6, 0.15


class SignalReader:
    """Reads without a language model: likeness, shared words, names and the kind of answer asked for, calibrated."""

    name = ""

    def __init__(self, embedder: Embedder, frequency: Frequency, calibration: Calibration) -> None:
        self._embedder = embedder
        self._frequency = frequency
        self._calibration = calibration
        self._vectors: dict[str, Vectors] = {}
        self._whole: dict[str, Vectors] = {}

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Score every sentence of the best passages; best first, with the calibrated confidence."""
        evidence, measured = self.measure(question, hits)
        confidence = self._calibration.probability(measured) if measured else 0.0
        return Reading(evidence, confidence, self._calibration.threshold)

    def measure(self, question: Question, hits: Sequence[Hit]) -> tuple[tuple[Evidence, ...], dict[str, float] | None]:
        """The scored sentences and the signals on them, for reading and for calibrating; None where there is no hit."""
        read = hits[:PASSAGES_READ]
        if not read:
            return (), None
        vector = self._embedder.encode([question.text])[0]
        scored = self._all_scored(question, read, vector)
        evidence = tuple(found for found, _ in scored)
        cosines = [cosine for _, cosine in scored]
        others = [hit.score for hit in read if hit.passage.section != read[0].passage.section]
        lead = read[0].score - max(others, default=0.0)
        # Not the hit's own: the search knows what was asked last, the reader the question that stands alone.
        nearness = float(self._passage_vector(read[0].passage) @ vector)
        return evidence, signals(question, evidence, cosines, nearness, lead, self._frequency).values()

    def sentences(self, question: Question, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences of all these hits, scored as `measure` scores those of the best; best first."""
        vector = self._embedder.encode([question.text])[0]
        return tuple(found for found, _ in self._all_scored(question, hits, vector))

    def _all_scored(self, question: Question, hits: Sequence[Hit], vector: Vectors) -> list[tuple[Evidence, float]]:
        """Every sentence with its cosine, best first."""
        scored = [
            (self._scored(question, hit, start, end, float(cosine)), float(cosine))
            for hit, vectors in zip(hits, self._sentence_vectors([hit.passage for hit in hits]), strict=True)
            for (start, end), cosine in zip(_sentences(hit.passage), vectors @ vector, strict=True)
        ]
        return sorted(scored, key=lambda pair: -pair[0].score)

    def _scored(self, question: Question, hit: Hit, start: int, end: int, cosine: float) -> Evidence:
        text = hit.passage.section.text[start:end]
        words = frozenset(tokens(f"{hit.passage.section.heading} {text}"))
        fits = question.wants is not AnswerKind.OTHER and holds(question.wants, text, question.text)
        score = (
            _COSINE * cosine
            + _SHARE * share(question.words, words, self._frequency)
            + _PASSAGE * hit.score
            + _KIND * float(fits)
        )
        return Evidence(hit.passage, start, end, score)

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read passages ahead of any question, so that the first questions do not wait for them."""
        self._sentence_vectors(passages[:_CACHED_PASSAGES])

    def _passage_vector(self, passage: Passage) -> Vectors:
        """The vector of a passage as the index has it, kept; several threads may ask."""
        known = self._whole.get(passage.id)
        if known is None:
            known = self._embedder.encode([embedded_text(passage)])[0]
            if len(self._whole) >= _CACHED_PASSAGES:
                self._whole = {}
            self._whole[passage.id] = known
        return known

    def _sentence_vectors(self, passages: Sequence[Passage]) -> list[Vectors]:
        """The vectors of each passage's sentences, kept; several threads may ask."""
        held = self._vectors  # another thread may begin a new one
        known = {passage.id: held[passage.id] for passage in passages if passage.id in held}
        unread = [passage for passage in passages if passage.id not in known]
        if unread:
            texts = [[passage.section.text[start:end] for start, end in _sentences(passage)] for passage in unread]
            vectors = self._embedder.encode([text for group in texts for text in group])
            bounds = np.cumsum([len(group) for group in texts])[:-1]
            fresh = {passage.id: own for passage, own in zip(unread, np.split(vectors, bounds), strict=True)}
            if len(self._vectors) + len(fresh) > _CACHED_PASSAGES:
                self._vectors = {}
            self._vectors.update(fresh)
            known |= fresh
        return [known[passage.id] for passage in passages]


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    return [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
