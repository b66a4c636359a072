"""The ways in which a question is read, tried in order: from the whole text, in parts, as it stands, in other words."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafts.summary import subject, summarised
from assistant.evidence import Reader, Reading
from assistant.gather import gathered, may_be_gathered
from assistant.inquiry import Inquiry
from assistant.parts import parts, together
from assistant.question import Question
from assistant.types import Searcher, Wording
from index.types import Hit

SEARCHED = 12


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
            found = self._reader.read(inquiry.alone, inquiry.hits)
            if not found.states_answer and not inquiry.leans:
                found = self._in_other_words(inquiry) or found
        # The earlier question is read again with this one, and its answer is known.
        return found.rather_than(inquiry.history[-1].answer.citations) if inquiry.leans else found

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
        return together(asked, [self._read_alone(part, inquiry) for part in asked])

    def _in_other_words(self, inquiry: Inquiry) -> Reading | None:
        """What is surely found when the question is put otherwise. Yes is not said to a question that was not asked."""
        other = self._wording.rephraser.rephrase(inquiry.alone.text) if self._wording.rephraser else ""
        reading = self._read_alone(Question(other), inquiry) if other else None
        return replace(reading, verdict=0.0) if reading and reading.is_sure else None

    def _read_alone(self, question: Question, inquiry: Inquiry) -> Reading:
        return self._reader.read(question, self._search.search(question.text, SEARCHED, inquiry.documents))
