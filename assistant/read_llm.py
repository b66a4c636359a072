"""Reads with a language model: how likely it finds that a passage states the answer, and which words it would copy.

The model decides nothing alone: what it finds is calibrated together with whether the words of an answer are there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer_kind import AnswerKind, asks_for_part_of_a_date, holds, says_where
from assistant.calibration import Calibration
from assistant.evidence import Evidence, Reading
from assistant.likelihood import Likelihood, log_odds
from assistant.llm import LLM, LLMUnavailable, reading_prompt
from assistant.prompts import EXTRACTING, NOT_STATED, STATED, VERDICT, extract_part, passage_part, verdict_part
from assistant.question import Question
from assistant.read import PASSAGES_READ, SignalReader
from assistant.read_list import listed
from corpus.sentences import sentence_spans
from corpus.types import Passage
from index.keyword import tokens
from index.types import Hit

_FIRST = 2  # passages, read always
_AT_MOST = 12  # are read for whether there is an answer
_CLEAR = 1.5  # the log-odds from which one clearly does
_LIKELY = 0.0  # the log-odds from which one is likelier to than not
_OTHER_WORDS = 0.3  # of the weight of a question's words; it is in other words where its best passage has less of them
_BEHIND = 1.0  # log-odds; sentences are read one by one in passages that are no further behind the best
_SENTENCES = 3
_TOGETHER = 0.6  # log-odds; how far the best sentence of a passage may be behind it
_SHARED = 0.8  # of what a passage is worth goes to each of its sentences then
_EXTRACTED = 16  # tokens; a name, a date or a few words
_SIGNALS = ("passage_share", "passage_cosine", "lead")  # that the calibration takes from reading without a model
_WARMED = 400  # passages read ahead
_SET_ASIDE = re.compile(r"\b(?:(?:apart|aside) from|other than|besides|except|excluding)\b", re.IGNORECASE)
_UNCONFIRMED = "unconfirmed"  # a signal that costs a prompt of its own, and that a trained reader does not need


class LLMReader:
    """Reads with an LLM; without it, for as long as it does not reply, as `signals` does alone."""

    def __init__(self, llm: LLM, signals: SignalReader, calibration: Calibration) -> None:
        self._llm = llm
        self._signals = signals
        self._calibration = calibration
        self.name = llm.name

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Score the sentences of the best passages; best first, with the calibrated confidence."""
        likelihood = Likelihood(self._llm, question)
        try:
            evidence, measured = self._measured(question, hits, likelihood)
            confidence = self._calibration.probability(measured) if measured else 0.0
            if measured and _is_void(question, evidence[0], measured):
                confidence = 0.0
            reading = Reading(evidence, confidence, self._calibration.threshold, reader=self.name)
            if reading.states_answer and question.is_read_as_list:
                margins = self._calibration.lists
                near = hits[: PASSAGES_READ if question.wants_two else margins.hits]
                found = listed(likelihood, [hit.passage for hit in near], margins)
                reading = replace(reading, evidence=found)
            elif reading.states_answer and question.is_yes_no:
                reading = replace(reading, verdict=self._verdict(question, evidence[0]))
        except LLMUnavailable as error:
            reading = self._signals.read(question, hits)
            reading = replace(reading, notice=f"Answered without the language model ({error}).")
        return reading

    def measure(self, question: Question, hits: Sequence[Hit]) -> tuple[tuple[Evidence, ...], dict[str, float] | None]:
        """The scored sentences and what they are judged by; None where there is no hit.

        Raises:
            LLMUnavailable: the model does not reply.
        """
        return self._measured(question, hits, Likelihood(self._llm, question))

    def _measured(
        self, question: Question, hits: Sequence[Hit], likelihood: Likelihood
    ) -> tuple[tuple[Evidence, ...], dict[str, float] | None]:
        evidence, signals = self._signals.measure(question, hits)
        if signals is None:
            return (), None
        reads_on = signals["passage_share"] < _OTHER_WORDS
        stated = _stated(likelihood, [hit.passage for hit in hits], reads_on=reads_on)
        late = [hit for hit in hits[PASSAGES_READ:] if hit.passage.id in stated]
        more = self._signals.sentences(question, late) if late else ()
        ranked, alone = _ranked(likelihood, (*evidence, *more), stated)
        best, second = sorted([*stated.values(), 0.0], reverse=True)[:2]
        is_typed = question.wants is not AnswerKind.OTHER
        return ranked, {
            "stated": log_odds(best),
            "stated_second": log_odds(second),
            "stated_alone": log_odds(alone),
            **{name: signals[name] for name in _SIGNALS},
            "typed": float(is_typed),
            "kind_missing": float(is_typed and not holds(question.wants, ranked[0].text, question.text)),
            **self._copied(question, ranked[0].passage, is_typed=is_typed),
        }

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read passages ahead of any question, so that the first questions do not wait for them."""
        self._signals.prepare(passages)
        read = passages[:_WARMED]
        self._llm.warm(STATED, [passage_part(passage) for passage in read])
        self._llm.warm(STATED, [passage_part(passage, text) for passage in read for text in _sentences(passage)])
        if _UNCONFIRMED in self._calibration.weights:
            self._llm.warm(EXTRACTING, [passage_part(passage) for passage in read])

    def _verdict(self, question: Question, best: Evidence) -> float:
        """The log-odds of yes, where the best sentence is all there is."""
        part = verdict_part(question.text)
        return log_odds(self._llm.probability_of_yes(VERDICT, passage_part(best.passage, best.text), part))

    def _copied(self, question: Question, passage: Passage, *, is_typed: bool) -> dict[str, float]:
        """Whether the model can copy no answer of the kind asked for; not asked where the calibration does not say."""
        if _UNCONFIRMED not in self._calibration.weights:
            return {}
        return {_UNCONFIRMED: float(is_typed and not self._confirmed(question, passage))}

    def _confirmed(self, question: Question, passage: Passage) -> bool:
        """Whether the words copied as the answer are in the passage and of the kind asked for."""
        prompt = reading_prompt(EXTRACTING, passage_part(passage), extract_part(question.text))
        copied = self._llm.complete(prompt, max_tokens=_EXTRACTED, stop=("\n",)).strip()
        if not copied or copied.casefold().startswith(NOT_STATED.casefold()):
            return False
        held = frozenset(tokens(f"{' '.join(passage.section.path)} {passage.text}"))
        words = tokens(copied)
        is_copy = sum(word not in held for word in words) <= len(words) / 2
        return is_copy and holds(question.wants, copied, question.text)


def _is_void(question: Question, best: Evidence, measured: Mapping[str, float]) -> bool:
    """Whether what would answer is not there, however likely the model finds it.

    Of a place that is asked for the sentence has to say something, if only "at sea"; of a day or a month it has to hold
    one; and besides the names that the question sets aside it has to hold another.
    """
    if not measured["kind_missing"]:
        return False
    if question.wants is AnswerKind.PLACE:
        return not says_where(best.text)
    if asks_for_part_of_a_date(question.text):
        return True
    return bool(_SET_ASIDE.search(question.text))


def _stated(likelihood: Likelihood, found: Sequence[Passage], *, reads_on: bool) -> dict[str, float]:
    """How likely each of the passages read states the answer, by its id.

    The first are read; more where none of them clearly states it; and up to twelve, for a question in other words (it
    `reads_on`), where none of those is likelier to than not. A passage found so late has to state it clearly:
    docs/decisions/0033-read-on.md.
    """

    def read(start: int, end: int) -> dict[str, float]:
        passages = found[start:end]
        likely = likelihood.of([(passage, "") for passage in passages])
        return {passage.id: one for passage, one in zip(passages, likely, strict=True)}

    def best() -> float:
        return max(map(log_odds, stated.values()), default=-math.inf)

    stated = read(0, _FIRST)
    if best() < _CLEAR:
        stated |= read(_FIRST, PASSAGES_READ)
    if reads_on and best() < _LIKELY:
        stated |= {name: one for name, one in read(PASSAGES_READ, _AT_MOST).items() if log_odds(one) >= _CLEAR}
    return stated


def _ranked(
    likelihood: Likelihood, evidence: Sequence[Evidence], stated: Mapping[str, float]
) -> tuple[tuple[Evidence, ...], float]:
    """The sentences of the passages read, scored by signals, by their passage and, in the best, by themselves; and
    how likely the likeliest states the answer by itself."""
    top = max(found.score for found in evidence) or 1.0
    read = [found for found in evidence if found.passage.id in stated]
    near = log_odds(max(stated.values())) - _BEHIND
    closely = [found for found in read if log_odds(stated[found.passage.id]) >= near][:_SENTENCES]
    own = _alone(likelihood, closely, stated)
    floor = min(own.values(), default=0.0)
    scored = [
        replace(
            found,
            score=math.sqrt(max(found.score, 0.0) / top)
            * stated[found.passage.id]
            * own.get((found.passage.id, found.start), floor),
        )
        for found in read
    ]
    best = max(found.score for found in scored) or 1.0
    # As shares of the best, on the scale on which `drafts.quote` decides what is near it.
    shares = [replace(found, score=math.sqrt(found.score / best)) for found in scored]
    return tuple(sorted(shares, key=lambda found: -found.score)), max(own.values(), default=0.0)


def _alone(
    likelihood: Likelihood, sentences: Sequence[Evidence], stated: Mapping[str, float]
) -> dict[tuple[str, int], float]:
    """How likely each sentence states the answer by itself, by passage and place; what is all of one, as that."""
    whole = [found for found in sentences if found.text == found.passage.text]
    parts = [found for found in sentences if found.text != found.passage.text]
    likely = likelihood.of([(found.passage, found.text) for found in parts])
    own = {(found.passage.id, found.start): stated[found.passage.id] for found in whole}
    own |= {(found.passage.id, found.start): one for found, one in zip(parts, likely, strict=True)}
    best = {passage: max(one for (name, _), one in own.items() if name == passage) for passage, _ in own}
    # Where no sentence says by itself what its passage says, they say it together.
    together = {passage for passage, one in best.items() if log_odds(one) < log_odds(stated[passage]) - _TOGETHER}
    return {
        (passage, start): max(one, _SHARED * stated[passage]) if passage in together else one
        for (passage, start), one in own.items()
    }


def _sentences(passage: Passage) -> list[str]:
    """The sentences of a passage that has more than one."""
    spans = sentence_spans(passage.text)
    return [passage.text[start:end] for start, end in spans] if len(spans) > 1 else []
