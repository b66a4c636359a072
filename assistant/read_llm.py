"""Reads with a language model: how likely it finds that a passage states the answer, and which words it would copy.

The model decides nothing alone: its probabilities are signals beside the others, calibrated together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calibration import Calibration
from assistant.evidence import Evidence, Reading
from assistant.llm import LLM, LLMUnavailable, reading_prompt
from assistant.prompts import NOT_STATED, READING, extract_part, passage_part, states_part
from assistant.question import AnswerKind, Question, holds
from assistant.read import SignalReader
from corpus.types import Passage
from index.keyword import tokens
from index.types import Hit

_READ = 5  # passages, in full
_CLOSELY = 2  # of them, sentence by sentence
_SENTENCES = 5
_EXTRACTED = 16  # tokens; a name, a date or a few words
_WARMED = 400  # passages read ahead
_SURE = 0.999
_NATIONS = re.compile(r"\b(?:[A-Z][a-z]+(?:ish|ese|an|ch)|[A-Z][a-z]*land|UK|US|USA|EU|UN|Japan|Britain|Both|The)\b")


class LLMReader:
    """Reads with an LLM; without it, for as long as it does not reply, as `signals` does alone."""

    def __init__(self, llm: LLM, signals: SignalReader, calibration: Calibration) -> None:
        self._llm = llm
        self._signals = signals
        self._calibration = calibration
        self.name = llm.name

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Score the sentences of the best passages; best first, with the calibrated confidence."""
        try:
            evidence, measured = self.measure(question, hits)
        except LLMUnavailable as error:
            reading = self._signals.read(question, hits)
            return replace(reading, notice=f"Answered without the language model ({error}).")
        confidence = self._calibration.probability(measured) if measured else 0.0
        return Reading(evidence, confidence, self._calibration.threshold, reader=self.name)

    def measure(self, question: Question, hits: Sequence[Hit]) -> tuple[tuple[Evidence, ...], dict[str, float] | None]:
        """The scored sentences and the signals on them; None where there is no hit.

        Raises:
            LLMUnavailable: the model does not reply.
        """
        evidence, measured = self._signals.measure(question, hits)
        if measured is None:
            return (), None
        read = [hit.passage for hit in hits[:_READ]]
        stated = self._llm.probabilities_of_yes(
            READING, [passage_part(passage) for passage in read], states_part(question.text)
        )
        order = sorted(range(len(read)), key=lambda place: (-stated[place], place))
        best = [read[place] for place in order]
        ranked = self._ranked(question, evidence, best[:_CLOSELY], {p.id: s for p, s in zip(read, stated, strict=True)})
        second = stated[order[1]] if len(order) > 1 else stated[order[0]]
        return ranked, {
            **measured,
            "stated": _logit(stated[order[0]]),
            "stated_second": _logit(second),
            "unconfirmed": self._unconfirmed(question, best[0]),
        }

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read passages ahead of any question, so that the first questions do not wait for them."""
        self._signals.prepare(passages)
        self._llm.warm(READING, [passage_part(passage) for passage in passages[:_WARMED]])

    def _ranked(
        self, question: Question, evidence: Sequence[Evidence], best: Sequence[Passage], stated: dict[str, float]
    ) -> tuple[Evidence, ...]:
        """The sentences of the passages read, scored by signals, by their passage and, in the best, by themselves."""
        top = max(found.score for found in evidence) or 1.0
        read = [found for found in evidence if found.passage.id in stated]
        closely = [found for found in read if found.passage in best][:_SENTENCES]
        alone = self._llm.probabilities_of_yes(
            READING, [passage_part(found.passage, found.text) for found in closely], states_part(question.text)
        )
        own = {(found.passage.id, found.start): likely for found, likely in zip(closely, alone, strict=True)}
        floor = min(alone, default=0.0)
        scored = [
            replace(
                found,
                score=math.sqrt(max(found.score, 0.0) / top)
                * stated[found.passage.id]
                * own.get((found.passage.id, found.start), floor),
            )
            for found in read
        ]
        return tuple(sorted(scored, key=lambda found: -found.score))

    def _unconfirmed(self, question: Question, passage: Passage) -> float:
        """1 where the words copied as the answer are none, not in the passage, or not of the kind asked for."""
        if question.is_yes_no:
            return 0.0
        copied = self._llm.complete(
            reading_prompt(READING, passage_part(passage), extract_part(question.text)),
            max_tokens=_EXTRACTED,
            stop=("\n",),
        ).strip()
        return float(not _confirms(copied, question, passage))


def _confirms(copied: str, question: Question, passage: Passage) -> bool:
    if not copied or copied.casefold().startswith(NOT_STATED.casefold()):
        return False
    held = frozenset(tokens(f"{' '.join(passage.section.path)} {passage.text}"))
    words = tokens(copied)
    if sum(word not in held for word in words) > len(words) / 2:
        return False
    if question.wants is AnswerKind.NAME:
        return holds(AnswerKind.NAME, f" {_NATIONS.sub('', copied)}")
    return holds(question.wants, copied)


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1 - _SURE), _SURE)
    return math.log(bounded / (1 - bounded))
