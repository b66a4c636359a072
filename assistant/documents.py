"""Which documents of the library a question names, and the question without their names.

A document is named by its kind and words that it is called by ("the Korea deal", "Directive 2002/58/EC"), or by such
words alone where only a document can stand ("What does the SSDF say …", "According to M-24-10, …"). Words that several
titles have name several documents; a name that no document has names none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant import messages
from assistant.called import called
from assistant.inquiry import Inquiry
from assistant.phrases import Phrase, phrases
from assistant.question import Question
from corpus.types import Passage
from index.generations import DocumentRecord

_MOST_WITHOUT_KIND = 2  # as many documents may share a name that does not say what kind of document it means
_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|contrast\w*|versus|vs|similar\w*|distinguish\w*|in common|each|both)\b", re.IGNORECASE
)
_DIFFERS = re.compile(r"\b(?:compar\w+|differ\w*|contrast\w*|versus|vs|distinguish\w*)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:on|about|regarding|concerning|in terms of|when it comes to|with regard to|as to|over|say of)\s+"
    r"(?P<subject>.+?)[\s.?!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question names.

    Attributes:
        mentions: for each name, the documents that it can mean.
        each: whether every one of them is to answer for itself: several are named, or "both".
        differing: whether how they differ is asked for.
        text: the question with "the text" in the place of each name; as it was where nothing else is left of it.
        subject: where documents are compared, what on; empty if that is not said.
    """

    mentions: tuple[tuple[str, ...], ...] = ()
    each: bool = False
    differing: bool = False
    text: str = ""
    subject: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """All that may be meant, each once."""
        return tuple(dict.fromkeys(document for mention in self.mentions for document in mention))


class _Mention(NamedTuple):
    documents: tuple[str, ...]
    phrase: Phrase


class DocumentNames:
    """Knows the documents of a library by what they are called."""

    def __init__(self, records: Iterable[DocumentRecord], passages: Sequence[Passage]) -> None:
        """`passages` are the library's: what stands before a document's first heading is its title page."""
        pages: dict[str, list[str]] = {}
        for passage in passages:
            section = passage.section
            if section.document.id not in pages:
                pages[section.document.id] = [] if section.path else section.text.split("\n\n")
        self._called = {record.id: called(record, pages.get(record.id, ())) for record in records}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for one in self._called.values():
            for key in one.keys | one.told:
                self._by_key[key].append(one.id)

    def naming(self, question: str) -> Naming:
        """What a question names; of several sentences, as in a follow-up, the last that names anything counts."""
        if len(self._called) < 2:  # then there is nothing to tell apart
            return Naming(text=question)
        found = [self._mention(phrase) for phrase in phrases(question, lambda key: key in self._by_key)]
        named = [mention for mention in found if mention]
        last = max((match.end() for match in re.finditer(r"[.?!]\s+", question)), default=0)
        counted = [mention for mention in named if mention.phrase.start >= last] or named
        mentions = tuple(dict.fromkeys(mention.documents for mention in counted))
        several = len(mentions) > 1 or any(mention.phrase.is_many for mention in counted)
        text = _without(question, [mention.phrase for mention in named])
        each = several and len({document for mention in mentions for document in mention}) > 1
        return Naming(mentions, each, bool(_DIFFERS.search(question)), text, _subject(text) if each else "")

    def _mention(self, phrase: Phrase) -> _Mention | None:
        if phrase.is_part or phrase.is_any or (phrase.is_plural and not phrase.is_many):
            return None
        documents = self._meant(phrase)
        return _Mention(documents, phrase) if documents and _is_name(phrase, len(documents)) else None

    def _meant(self, phrase: Phrase) -> tuple[str, ...]:
        """The documents that are called by all of the words and of the kind; those with most of them in the title."""
        keys = [word.key for word in phrase.names]
        by_key = [set(self._by_key.get(key, ())) for key in keys]
        candidates = set.intersection(*by_key) if by_key else set(self._called)
        held = [one for one in self._called.values() if one.id in candidates]
        fitting = [one for one in held if one.is_of(phrase.genre)]
        if not fitting and phrase.genre:
            fitting = [one for one in held if one.is_like(phrase.genre)]
        most = max((one.titled(keys) for one in fitting), default=0)
        return tuple(one.id for one in fitting if one.titled(keys) == most)


def narrowed(inquiry: Inquiry, names: DocumentNames) -> str:
    """Narrow an inquiry to the documents that its question names; the question back where that cannot be done."""
    naming = names.naming(inquiry.alone.text)
    named = [one for one in naming.documents if not inquiry.documents or one in inquiry.documents]
    voice = Question(inquiry.asked)
    if not naming.mentions:
        return ""
    if not named:
        return messages.not_chosen(voice)
    each = naming.each and len(named) > 1
    if each and not naming.subject:
        return messages.compare_on_what(voice)
    last = inquiry.question
    inquiry.question = Question(naming.text if last == inquiry.alone else names.naming(last.text).text)
    inquiry.alone = replace(inquiry.alone, text=naming.text)
    if each:
        inquiry.question = inquiry.alone = Question(naming.subject)
    inquiry.documents, inquiry.each, inquiry.differing = tuple(named), each, naming.differing
    inquiry.candidates = () if each else tuple(named)
    return ""


def _is_name(phrase: Phrase, documents: int) -> bool:
    """Whether a phrase that fits documents is meant to name them, rather than to say what is asked about."""
    if phrase.genre is None:
        told = any(word.is_proper and not word.is_country and not word.is_date for word in phrase.names)
        return phrase.is_speaking and told and documents <= _MOST_WITHOUT_KIND
    if not phrase.names:
        return phrase.is_many and phrase.is_plural
    return phrase.is_speaking or len(phrase.names) > 1 or any(word.is_proper for word in phrase.names)


def _without(question: str, named: Sequence[Phrase]) -> str:
    text = question
    for phrase in reversed(named):
        text = f"{text[: phrase.start]}the text{text[phrase.end :]}"
    text = text[:1].upper() + text[1:]
    return text if Question(text).words else question


def _subject(text: str) -> str:
    """The question that each of several documents is asked, without the words that compare; empty if there is none."""
    found = _SUBJECT.search(text)
    if found and (found["subject"].casefold() != "the text"):
        return f"What does the text say about {found['subject']}?"
    left = Question(_COMPARES.sub(" ", text))
    return text if left.words and not _COMPARES.search(text) else ""
