"""The ways in which a question is read, tried in order: from the whole text, in parts, as it stands, in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer_kind import holds
from assistant.drafts.summary import subject, summarised
from assistant.evidence import Reader, Reading
from assistant.gather import gathered, may_be_gathered
from assistant.inquiry import Inquiry
from assistant.namesakes import without_namesakes
from assistant.parts import asked_openly, parts
from assistant.question import Question
from assistant.rewrite import asked_before, without_opening
from assistant.together import together
from assistant.types import Searcher, Wording
from index.types import Hit

SEARCHED = 12
_UNSURE = 0.9  # of the threshold
_ENOUGH = 2  # words


class InquiryReader:
    """Finds what states the answer to an inquiry that has been searched for."""

    def __init__(self, search: Searcher, reader: Reader, wording: Wording) -> None:
        self._search = search
        self._reader = reader
        self._wording = wording

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        """The hits, wide enough that reading decides, not ranking."""
        text, documents = inquiry.question.text, inquiry.documents
        return self._search.search(text, SEARCHED, documents, inquiry.context, leans=inquiry.leans)

    def reading(self, inquiry: Inquiry) -> Reading:
        """What the first way found that states the answer, else what was found as it stands."""
        found = self._from_whole_text(inquiry) or self._in_parts(inquiry)
        if found is None:
            found = self._read(inquiry.alone, inquiry.hits)
            if not found.states_answer and not inquiry.leans:
                found = self._in_other_words(inquiry) or found
        return self._beyond_what_is_known(found, inquiry) if inquiry.leans else found

    def _beyond_what_is_known(self, found: Reading, inquiry: Inquiry) -> Reading:
        """The earlier question is read again with this one: its answer is known, and is none to this one.

        Where nothing better is found than what was quoted for it, that has to state the answer to this one by itself,
        if this one says enough to be read so.
        """
        quoted = asked_before(inquiry.history)[-1].answer.citations
        known = {(citation.section.id, citation.start) for citation in quoted}

        def is_known(reading: Reading) -> bool:
            best = reading.evidence[0]
            return reading.states_answer and (best.passage.section.id, best.start) in known

        found = found.rather_than(quoted)
        last = Question(without_opening(inquiry.question.text))
        if not found.reader:
            return found  # words alone cannot tell whether a question that leans on another is answered
        if found.is_whole or not found.evidence or not is_known(found) or len(last.words) < _ENOUGH:
            return found
        alone = self._read(last, inquiry.hits)
        if alone.evidence and is_known(alone):
            return found
        return replace(found, confidence=min(found.confidence, alone.confidence, _UNSURE * found.threshold))

    def _from_whole_text(self, inquiry: Inquiry) -> Reading | None:
        """A summary, or everything of one kind: complete, and sure by construction."""
        question = inquiry.question if inquiry.context else inquiry.alone
        if not (question.wants_summary or may_be_gathered(question)):
            return None  # the whole of a large library is not gone through for nothing
        passages = self._search.passages(inquiry.documents)
        if question.wants_summary:
            found = summarised(inquiry.alone, inquiry.hits, passages, self._search.encode)
            words = subject(inquiry.alone)
            known = not words or any(self._search.frequency(word) for word in words)
        else:
            found, known = gathered(question, passages, self._search.frequency), True
        return Reading(found, confidence=1.0, threshold=0.0, is_whole=True) if found and known else None

    def _in_parts(self, inquiry: Inquiry) -> Reading | None:
        """What states each of the things that are asked, where there are several and one is stated."""
        asked = parts(inquiry.alone)
        if not asked and self._wording.splitter and not inquiry.leans:
            asked = tuple(Question(part) for part in self._wording.splitter.split(inquiry.alone.text))
        readings = [self._read_alone(part, inquiry) for part in asked]
        if any(one.states_answer for one in readings):  # what is missing may only have been asked clumsily
            readings = [
                one if one.states_answer else self._with_its_kind(part, inquiry) or one
                for part, one in zip(asked, readings, strict=True)
            ]
        return together(asked, readings)

    def _with_its_kind(self, part: Question, inquiry: Inquiry) -> Reading | None:
        """What is plainest said of one of two things compared, if it is of the kind asked for, such as a date."""
        openly = asked_openly(part)
        found = self._read_alone(openly, inquiry) if openly else None
        if not (found and found.states_answer and holds(part.wants, found.evidence[0].text, part.text)):
            return None
        return replace(found, evidence=found.evidence[:1])

    def _in_other_words(self, inquiry: Inquiry) -> Reading | None:
        """What is surely found when the question is put otherwise. Yes is not said to a question that was not asked."""
        other = self._wording.rephraser.rephrase(inquiry.alone.text) if self._wording.rephraser else ""
        reading = self._read_alone(Question(other), inquiry) if other else None
        return replace(reading, verdict=0.0) if reading and reading.is_sure else None

    def _read_alone(self, question: Question, inquiry: Inquiry) -> Reading:
        return self._read(question, self._search.search(question.text, SEARCHED, inquiry.documents))

    def _read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        return self._reader.read(question, without_namesakes(question, hits))
