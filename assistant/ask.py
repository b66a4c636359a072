"""The main path: a question through its steps to an answer. Every face calls `Assistant.ask` and nothing below it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from assistant import messages
from assistant.drafts.quote import quote
from assistant.evidence import Reader
from assistant.question import Question, checked_question
from assistant.rewrite import standalone
from assistant.signals import unknown_words
from assistant.types import Answer, AssistantError, Searcher, Status, Turn
from assistant.verify import verify
from index.generations import DocumentRecord
from index.keyword import tokens
from index.types import Hit

SEARCHED = 12
NEAREST = 3
_FAR = 0.25  # below this cosine, and without one word in common, a question is about something else


class Assistant:
    """Answers questions from one library. Keeps nothing of a conversation: the caller hands it back."""

    def __init__(
        self, search: Searcher, reader: Reader, records: Sequence[DocumentRecord], question_limit: int = 2000
    ) -> None:
        """`records` are the documents in the library; `question_limit` is in characters."""
        self._search = search
        self._reader = reader
        self._records = {record.id: record for record in records}
        self._limit = question_limit

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer one question from the named documents, or all.

        Raises:
            AssistantError: the question is empty, too long, without a word, or names a document that is not there.
            SearchError: the index cannot be asked.
        """
        seconds: dict[str, float] = {}
        asked = question.encode("utf-8", "replace").decode()  # half a character, as JSON can hold, could not be shown
        with _timed(seconds, "total"):
            answer = self._answer(asked, history, documents, seconds)
        return replace(answer, seconds={step: round(spent, 4) for step, spent in seconds.items()})

    def documents(self, ids: Sequence[str] = ()) -> list[DocumentRecord]:
        """The documents of these ids, or all.

        Raises:
            AssistantError: one is not there.
        """
        for document in ids:
            if document not in self._records:
                held = ", ".join(self._records)
                raise AssistantError(
                    f"There is no document {document!r}; there is: {held} (communique documents lists them)."
                )
        return [self._records[document] for document in ids] or list(self._records.values())

    def _answer(
        self, asked: str, history: Sequence[Turn], documents: Sequence[str], seconds: dict[str, float]
    ) -> Answer:
        question = checked_question(asked, self._limit)
        titles = [record.title for record in self.documents(documents)]
        if reply := messages.small_talk(question, titles):
            return self._refusal(asked, question, Status.OFF_TOPIC, reply)
        with _timed(seconds, "rewrite"):
            question = Question(self._search.corrected(question.text))
            alone, context = standalone(question, history, self._search.frequency)
        if alone.is_japanese:
            return self._refusal(asked, alone, Status.UNCLEAR, messages.needs_english(alone))
        with _timed(seconds, "search"):
            hits = self._search.search(question.text, SEARCHED, documents, context, leans=alone != question)
        with _timed(seconds, "read"):
            reading = self._reader.read(alone, hits)
        if not reading.states_answer:
            return self._no_answer(asked, alone, hits, titles)
        with _timed(seconds, "draft"):
            drafted = quote(alone, reading)
        with _timed(seconds, "verify"):
            sentences, dropped = verify(drafted)
        if not sentences:
            return replace(self._no_answer(asked, alone, hits, titles), dropped=dropped)
        return Answer(
            question=asked,
            standalone_question=alone.text,
            status=Status.ANSWERED,
            sentences=sentences,
            dropped=dropped,
            generator=self._generator,
        )

    def _no_answer(self, asked: str, question: Question, hits: Sequence[Hit], titles: Sequence[str]) -> Answer:
        """That the text does not say, with the closest passages; or that the question is about something else."""
        unknown = unknown_words(question, self._search.frequency)
        closest = max((hit.dense for hit in hits), default=0.0)
        if len(unknown) == len(question.words) and closest < _FAR:
            return self._refusal(asked, question, Status.OFF_TOPIC, messages.off_topic(question, titles))
        known = "".join(hit.passage.text.casefold() for hit in hits)
        # Only what stands nowhere may be said not to be mentioned: the hits are not all of the text.
        missing = sorted(name for name in question.names if name not in known and self._is_unknown(name))
        answer = self._refusal(asked, question, Status.NOT_STATED, messages.not_stated(question, missing))
        return replace(answer, nearest=tuple(hits[:NEAREST]))

    def _is_unknown(self, name: str) -> bool:
        return any(not self._search.frequency(token) for token in tokens(name))

    def _refusal(self, asked: str, question: Question, status: Status, message: str) -> Answer:
        return Answer(asked, question.text, status, message=message, generator=self._generator)

    @property
    def _generator(self) -> str:
        return f"quote, read by {self._reader.name}" if self._reader.name else "quote"


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds[step] = time.perf_counter() - started
