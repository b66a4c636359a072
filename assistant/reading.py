"""The ways in which a question is read, tried in order: from the whole text, in parts, as it stands, in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.addressed import asks_about_machines, hits_without_addressed, is_addressed
from assistant.answer_kind import AnswerKind, holds
from assistant.comparisons import asked_openly
from assistant.drafts.summary import subject, summarised
from assistant.evidence import Reader, Reading
from assistant.gather import gathered, may_be_gathered
from assistant.inquiry import Inquiry
from assistant.namesakes import without_namesakes
from assistant.parts import parts
from assistant.question import Question
from assistant.read_list import SPREAD
from assistant.rewrite import asked_before, without_opening
from assistant.shown_then import asks_only_when, shown_then
from assistant.together import together, whole
from assistant.types import Citation, Searcher, Turn, Wording
from index.keyword import tokens
from index.types import Hit

SEARCHED = 12
_LISTED = 24  # searched for where a language model reads a list: what is one of many is seldom much like the question
_UNSURE = 0.9  # of the threshold
_PLAIN = 1 - SPREAD / 2  # of the best score in a list: half as far behind the best sentence as one of it may be
_HALF = 0.5
_ENOUGH = 2  # words
# A town has a name, but what was quoted is full of names that are no town's.
_IN_WHICH_TOWN = re.compile(r"\b(?:in|at|near) (?:which|what) (?:city|town|place|venue|building)\b", re.IGNORECASE)
# "How long have we had it?" - "signed in 2022"; "On which day of the fair?" - "the second day".
_TOLD_OTHERWISE = re.compile(r"\bhow (?:long|old)\b|\b(?:day|week|hour) of (?:the|its|their)\b", re.IGNORECASE)


class InquiryReader:
    """Finds what states the answer to an inquiry that has been searched for."""

    def __init__(self, search: Searcher, reader: Reader, wording: Wording) -> None:
        self._search = search
        self._reader = reader
        self._wording = wording

    def search(self, inquiry: Inquiry, count: int = SEARCHED) -> tuple[Hit, ...]:
        """The hits, wide enough that reading decides, not ranking."""
        text, documents = inquiry.question.text, inquiry.documents
        found = self._search.search(text, count, documents, inquiry.context, leans=inquiry.leans)
        return _unaddressed(text, found)

    def reading(self, inquiry: Inquiry) -> Reading:
        """What the first way found that states the answer, else what was found as it stands."""
        found = self._from_whole_text(inquiry) or self._as_asked(inquiry)
        if inquiry.history and asks_only_when(inquiry.asked):
            shown = shown_then(found, inquiry.asked, _last_shown(inquiry.history))
            if shown is not found:
                return shown
        return self._beyond_what_is_known(found, inquiry) if inquiry.leans else found

    def _as_asked(self, inquiry: Inquiry) -> Reading:
        """In parts where it has some and one is stated, else as a whole, else in other words."""
        by_rule = parts(inquiry.alone)
        asked = by_rule or self._split(inquiry)
        in_parts = self._in_parts(asked, inquiry)
        if in_parts and (by_rule or not in_parts.missing):
            return in_parts
        found = self._read(inquiry.alone, self._wide(inquiry))
        if in_parts:  # as a language model split it, and then it may only have been split clumsily
            is_told = inquiry.alone.is_read_as_list and _tells_of_all(found, asked)
            return whole(inquiry.alone, found) if is_told else in_parts
        if not found.states_answer and not inquiry.leans:
            return self._in_other_words(inquiry) or found
        return found

    def _wide(self, inquiry: Inquiry) -> Sequence[Hit]:
        """The hits, more of them where a list may be read with a language model."""
        question = inquiry.alone
        is_wide = self._reader.name and question.is_read_as_list and not question.wants_two
        return self.search(inquiry, _LISTED) if is_wide else inquiry.hits

    def _beyond_what_is_known(self, found: Reading, inquiry: Inquiry) -> Reading:
        """The earlier question is read again with this one: its answer is known, and is none to this one.

        Where nothing better is found than what was quoted for it, that has to state the answer to this one by itself,
        if this one says enough to be read so; and it has to be of the kind that this one asks for, such as a place.
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
        if found.is_whole or not found.evidence or not is_known(found):
            return found
        if not any(_has_the_kind(citation.quote, last) for citation in quoted):
            return replace(found, confidence=min(found.confidence, _UNSURE * found.threshold))
        if len(last.words) < _ENOUGH:
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
            every = gathered(question, passages, self._search.frequency, leans=inquiry.leans)
            known = True
            about = asks_about_machines(question.text)
            found = tuple(one for one in every if about or not is_addressed(one.passage, one.start))
        return Reading(found, confidence=1.0, threshold=0.0, is_whole=True) if found and known else None

    def _split(self, inquiry: Inquiry) -> tuple[Question, ...]:
        """The parts of a question as a language model tells them; none if it is one question."""
        if not self._wording.splitter or inquiry.leans:
            return ()
        return tuple(map(Question, self._wording.splitter.split(inquiry.alone.text)))

    def _in_parts(self, asked: Sequence[Question], inquiry: Inquiry) -> Reading | None:
        """What states each of the things that are asked, if there are any and one is stated."""
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
        found = self._search.search(question.text, SEARCHED, inquiry.documents)
        return self._read(question, _unaddressed(question.text, found))

    def _read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        return self._reader.read(question, without_namesakes(question, hits))


def _has_the_kind(text: str, question: Question) -> bool:
    """Whether a text has a place, date, sum, number or person where one is asked for; a name nearly any text has."""
    wants = AnswerKind.PLACE if _IN_WHICH_TOWN.search(question.text) else question.wants
    told_otherwise = wants is AnswerKind.NAME or _TOLD_OTHERWISE.search(question.text)
    return bool(told_otherwise) or holds(wants, text, question.text)


def _last_shown(history: Sequence[Turn]) -> Sequence[Citation]:
    """What was quoted for the last question that was answered: a refusal shows nothing that "that" could mean."""
    return next((turn.answer.citations for turn in reversed(history) if turn.answer.citations), ())


def _unaddressed(question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits without what speaks to a program that reads them, unless the question may be about that."""
    return hits if asks_about_machines(question) else hits_without_addressed(hits)


def _tells_of_all(found: Reading, asked: Sequence[Question]) -> bool:
    """Whether of what states the answer to a whole question some sentence is plainly about each part of it.

    It is if it holds half of the words that only this part has, and its names: else one of the things may not be in the
    text at all, and that must be said.
    """
    if not found.states_answer or not found.reader:
        return False
    near = [frozenset(tokens(one.text)) for one in found.evidence if one.score >= _PLAIN * found.evidence[0].score]

    def is_told(part: Question) -> bool:
        own = part.words - frozenset().union(*(other.words for other in asked if other != part))
        names = own & frozenset(tokens(" ".join(part.names)))
        return any(len(own & held) >= _HALF * len(own) and names <= held for held in near) if own else False

    return all(map(is_told, asked))
