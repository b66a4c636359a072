"""The main path: a question through its steps to an answer. Every face calls `Assistant.ask` and nothing below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace

from assistant import messages
from assistant.apart import checked_together, cited_documents, cited_titles, read_each, unsaid, with_twins
from assistant.documents import DocumentNames, narrowed
from assistant.drafts.draft import Drafter, Quoter
from assistant.drafts.verdict import with_verdict
from assistant.evidence import Reader, Reading
from assistant.inquiry import Found, Inquiry
from assistant.orders import without_orders
from assistant.parallel import two_sides
from assistant.premises import miscounted, with_count
from assistant.question import Question, checked_question
from assistant.reading import InquiryReader
from assistant.rewrite import as_read, asked_before, leans_on_nothing, standalone
from assistant.signals import unknown_names, unknown_words
from assistant.turnstile import Turnstile
from assistant.types import Answer, AssistantError, Searcher, Status, Turn, Wording
from assistant.wanted import go_on
from index.generations import DocumentRecord

NEAREST = 3
_FAR = 0.25  # below this cosine, and without one word in common, a question is about something else
_AS_ASKED = Wording()
_QUOTER = Quoter()


class Assistant:
    """Answers questions from one library. Keeps nothing of a conversation: the caller hands it back."""

    def __init__(
        self,
        search: Searcher,
        reader: Reader,
        records: Sequence[DocumentRecord],
        *,
        question_limit: int = 2000,
        wording: Wording = _AS_ASKED,
        drafter: Drafter = _QUOTER,
        turnstile: Turnstile | None = None,
        close: Callable[[], None] = lambda: None,
        notice: str = "",
    ) -> None:
        """`records` are the documents in the library; `question_limit` is in characters; `wording` is what is done to
        the words of a question; `drafter` quotes or writes; through a `turnstile` questions are read one after the
        other, as by a model that can only do one thing at a time; `close` ends whatever runs for this assistant;
        `notice` is what a user should know of how it was built, such as a language model that is not there."""
        self.notice = notice
        self._search = search
        self._reader = reader
        self._ways = InquiryReader(search, reader, wording)
        self._records = {record.id: record for record in records}
        self._limit = question_limit
        self._wording = wording
        self._drafter = drafter
        self._turn = turnstile.turn if turnstile else nullcontext
        self._close = close
        self._names: DocumentNames | None = None

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer one question from the named documents, or all.

        Raises:
            AssistantError: the question is empty, too long, without a word, or names a document that is not there.
            SearchError: the index cannot be asked.
        """
        *_, answer = self.stream(question, history, documents)
        assert isinstance(answer, Answer)  # a stream ends with one
        return answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]:
        """What was found as soon as it is, then the answer, growing by a verified sentence at a time.

        The last one is the whole answer. Raises what `ask` raises, and `NoLongerWantedError` within `wanted_while`.
        """
        inquiry = Inquiry(question, tuple(history), tuple(documents))
        steps = (
            ("check", self._check),
            ("rewrite", self._rewrite),
            ("narrow", self._narrow),
            ("search", self._find),
            ("read", self._read),
            ("draft", self._draft),
            ("verify", self._verify),
        )
        for name, step in steps:
            go_on()
            with inquiry.timed(name):
                ended = step(inquiry)
            if ended:
                yield from inquiry.growing(ended)
                return
            if name == "search":
                yield Found(Question(inquiry.standing), inquiry.hits)
        raise AssertionError("the last step ends every question")

    @property
    def translates(self) -> bool:
        """Whether a question may be in another language than English, as far as is known at this moment."""
        return self._wording.translator is not None and self._wording.translator.works

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

    def _check(self, inquiry: Inquiry) -> Answer | None:
        """Small talk and orders end here: they ask nothing of a text."""
        question = checked_question(inquiry.asked, self._limit)
        inquiry.titles = [record.title for record in self.documents(inquiry.documents)]
        inquiry.question = inquiry.alone = question
        if reply := messages.small_talk(question, inquiry.titles):
            return self._refusal(inquiry, Status.OFF_TOPIC, reply)
        left = without_orders(question.text)
        if not left:
            return self._refusal(inquiry, Status.OFF_TOPIC, messages.off_topic(question, inquiry.titles))
        inquiry.question = inquiry.alone = Question(left)
        return None

    def _rewrite(self, inquiry: Inquiry) -> Answer | None:
        """Into English, spelt right, standing alone."""
        question = inquiry.question
        if not question.is_english:
            translated = self._wording.translator.translate(question.text) if self._wording.translator else ""
            if not translated:
                return self._refusal(inquiry, Status.UNCLEAR, messages.needs_english(question))
            question = Question(translated)
        corrected, inquiry.question = as_read(question.text, self._search)
        sides = two_sides(inquiry.titles)
        standing = standalone(inquiry.question, inquiry.history, self._search.frequency, self._wording.rewriter, sides)
        inquiry.alone, inquiry.context = standing.question, standing.context
        inquiry.standing = corrected if inquiry.alone == inquiry.question else inquiry.alone.text
        if standing.is_rewritten:
            inquiry.question = inquiry.alone
        if leans_on_nothing(inquiry.question, inquiry.context):
            return self._refusal(inquiry, Status.UNCLEAR, messages.which_one(Question(inquiry.asked)))
        return None

    def _narrow(self, inquiry: Inquiry) -> Answer | None:
        """To the documents that the question names; it is then asked without their names, which say nothing of them."""
        if len(self._records) < 2:  # then there is nothing to tell apart
            return None
        if self._names is None:
            self._names = DocumentNames(self._records.values(), self._search.passages())
        problem = narrowed(inquiry, self._names)
        return self._refusal(inquiry, Status.UNCLEAR, problem) if problem else None

    def _find(self, inquiry: Inquiry) -> None:
        """Wide enough that reading decides, not ranking."""
        inquiry.hits = self._ways.search(inquiry)

    def _read(self, inquiry: Inquiry) -> Answer | None:
        """The sentences that state the answer, from each document for itself where several may be meant."""

        def read_one(document: str) -> Reading:
            go_on()
            alone = inquiry.of(document)
            self._find(alone)
            return self._ways.reading(alone)

        with self._turn():
            if inquiry.each:
                inquiry.readings = read_each(inquiry.documents, read_one, differing=inquiry.differing)
            else:
                inquiry.readings = with_twins(self._ways.reading(inquiry), inquiry, read_one)
        inquiry.reading = max(inquiry.readings, key=lambda reading: reading.confidence)
        return None if inquiry.reading.states_answer else self._no_answer(inquiry)

    def _draft(self, inquiry: Inquiry) -> None:
        """Quoted, or written where that was asked for."""
        inquiry.drafts = tuple(self._drafter.draft(inquiry.alone, reading) for reading in inquiry.readings)

    def _verify(self, inquiry: Inquiry) -> Answer:
        """Every sentence against the words it cites; quotes take the place of what was written if nothing stands."""
        sentences, dropped, writer, notice = checked_together(inquiry.drafts)
        if not sentences:
            return replace(self._no_answer(inquiry), dropped=dropped)
        voice = Question(inquiry.asked)
        silent = unsaid(inquiry.documents, sentences) if inquiry.each else ()
        apart = ""
        if len(inquiry.readings) > 1 or silent:
            titles = [self._records[document].title for document in silent]
            apart = messages.told_apart(voice, () if inquiry.each else cited_titles(sentences), titles)
        else:
            sentences = with_verdict(inquiry.alone, inquiry.reading.verdict, sentences, messages.yes(voice))
        if count := miscounted(inquiry.question, cited_documents(sentences), self._search.passages):
            sentences, apart = with_count(sentences, count), f"{apart} {messages.counts(voice, count.shown)}".strip()
        note = messages.note(voice, inquiry.reading, sentences, drafting=notice, is_written=bool(writer))
        return Answer(
            question=inquiry.asked,
            standalone_question=inquiry.standing,
            status=Status.PARTIAL if silent or inquiry.reading.missing else Status.ANSWERED,
            sentences=sentences,
            note=f"{note} {apart}".strip(),
            notice=inquiry.reading.notice or notice,
            dropped=dropped,
            generator=_generator(inquiry.reading.reader, writer),
        )

    def _no_answer(self, inquiry: Inquiry) -> Answer:
        """That the text does not say, with the closest passages; or that the question is about something else."""
        question = inquiry.alone
        voice = Question(inquiry.asked)
        unknown = unknown_words(question, self._search.frequency)
        closest = max((hit.dense for hit in inquiry.hits), default=0.0)
        # What is asked after an answer is about what was answered, even if it has no word of the text.
        if len(unknown) == len(question.words) and closest < _FAR and not asked_before(inquiry.history):
            return self._refusal(inquiry, Status.OFF_TOPIC, messages.off_topic(voice, inquiry.titles))
        missing = unknown_names(question, [hit.passage.text for hit in inquiry.hits], self._search.frequency)
        count = miscounted(inquiry.question, inquiry.documents or tuple(self._records), self._search.passages)
        message, nearest = messages.not_stated(voice, missing), inquiry.hits
        if count and (shown := [hit for hit in nearest if hit.passage.id == count.evidence.passage.id]):
            message, nearest = f"{message} {messages.counts(voice, count.shown)}", (*shown, *nearest)
        answer = self._refusal(inquiry, Status.NOT_STATED, message)
        notice = inquiry.reading.notice
        return replace(answer, nearest=tuple(dict.fromkeys(nearest))[:NEAREST], note=notice, notice=notice)

    def _refusal(self, inquiry: Inquiry, status: Status, message: str) -> Answer:
        standing = inquiry.standing or inquiry.alone.text
        return Answer(inquiry.asked, standing, status, message=message, generator=_generator(inquiry.reading.reader))


def _generator(reader: str, writer: str = "") -> str:
    """What made an answer: `quote`, or `write by X`, and what read the text for it."""
    made = f"write by {writer}" if writer else "quote"
    return f"{made}, read by {reader}" if reader else made
