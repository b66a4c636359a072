"""What answers a question before it is verified, and what is left of it after that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from assistant.drafts.quote import quote
from assistant.evidence import Reading
from assistant.question import Question
from assistant.types import Citation, Dropped, Sentence
from assistant.verify import verify


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences that may answer.

    Attributes:
        sentences: in the order in which they are to be shown.
        candidates: what a sentence may be pointed at that the words it cites do not bear out.
        instead: the quotes that may take the place of a sentence, and of all of them where none stands.
        writer: the language model that wrote the sentences; empty where they are quotes.
        notice: what the user should know of how it was made, such as a language model that did not reply.
    """

    sentences: tuple[Sentence, ...]
    candidates: tuple[Citation, ...] = ()
    instead: tuple[Sentence, ...] = ()
    writer: str = ""
    notice: str = ""


class Drafter(Protocol):
    """Makes a draft of what reading found."""

    def draft(self, question: Question, reading: Reading) -> Draft: ...


class Quoter:
    """Answers in the text's own sentences."""

    def draft(self, question: Question, reading: Reading) -> Draft:
        """The quotes that answer."""
        return Draft(quote(question, reading))


class Checked(NamedTuple):
    """The sentences of a draft that stand, those that do not, and who wrote the ones that do, empty for quotes.

    `notice` is the draft's.
    """

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    writer: str
    notice: str


def checked(draft: Draft) -> Checked:
    """A draft held against the words it cites; all of its quotes where nothing stands as it was written."""
    quoted = [citation for sentence in draft.instead for citation in sentence.citations]
    sentences, dropped = verify(draft.sentences, draft.candidates, quoted)
    written = {sentence.text for sentence in draft.sentences}
    if not draft.instead or any(sentence.text in written for sentence in sentences):
        return Checked(sentences, dropped, draft.writer, draft.notice)
    return Checked(verify(draft.instead).sentences, dropped, "", draft.notice)
