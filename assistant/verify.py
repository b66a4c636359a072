"""Every sentence against the words it cites: mended where that is possible, else dropped, and said to be.

A sentence stands where it is a quote, or where every number, date, name and word that carries meaning is in the words
it cites and nobody's part, no commitment and no denial is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.claims.amounts import amount_words, wrong_amount
from assistant.claims.clauses import is_sentence
from assistant.claims.dates import wrong_date
from assistant.claims.doers import PEOPLE, TOGETHER, sides_joined
from assistant.claims.firmness import cue_words
from assistant.claims.lexicon import any_sense, senses
from assistant.claims.limits import lost_limit
from assistant.claims.meaning import changed, simple
from assistant.claims.names import acronym_words, expansions, name_words, wrong_name
from assistant.claims.told import only_told
from assistant.claims.words import plain, readable, unsupported, words
from assistant.types import Citation, Dropped, Sentence
from corpus.sentences import sentence_spans

_POINTS_BACK = re.compile(r"\b(?:it|they|them|this|these|those)\b", re.IGNORECASE)
_MEANT_BY_A_PRONOUN = 2  # words at most that may come from the sentence before one with a pronoun
# Who or what a sentence is about, in a word that means something said before: "They met", "In May, it agreed".
_LEANS = re.compile(r"(?:this|these|those|such|(?:[^,;]{1,80}, )?(?:it|they|he|she))\b", re.IGNORECASE)
# Something more that is said of something said before: "The ferry is new, and it is the fastest".
_GOES_ON = re.compile(
    r"(?:,|;|\b(?:and|but|so|while|because|since))\s+(?:and |but |so )?(?P<clause>(?:it|they|this|these|that|he|she) "
    r"(?:also |now |then )?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did)\b"
    r"(?: \w+)?)",
    re.IGNORECASE,
)
_LEAST = 3  # words that say something, or numbers, in a sentence that is not a quote
_SAME_SUBJECT = 0.5  # share of a failed sentence's content words that the source's own sentence must hold to replace it

# What a sentence may open with in the assistant's own voice without any of it being in the words cited.
_OWN_VOICE = re.compile(
    r"^(?:(?:according to|in) the (?:\w+ )?(?:statement|text|document|communiqu[eé]|declaration)s?, "
    r"|the (?:\w+ )?(?:statement|text|document|communiqu[eé]|declaration) (?:says|states|notes|adds|mentions) that )",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"^(?:On|Regarding|Concerning|As for|When it comes to|In the (?:area|field) of) (?P<topic>[^,A-Z\d]{1,60}), "
)


class Verified(NamedTuple):
    """The sentences that stand, and those that do not."""

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]


def verify(
    drafted: Sequence[Sentence], candidates: Sequence[Citation] = (), own: Sequence[Citation] | None = None
) -> Verified:
    """Keep the sentences that the words they cite bear out; mend the others from `candidates`, where that can be.

    The source's own words, which may take the place of others, come from `own`, or if that is None from what a
    sentence cites, else from `candidates`. A sentence whose place they took is in `dropped` as well, with the reason.
    The citations of what is kept are numbered from 1 in order of use.
    """
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    for sentence in drafted:
        mended = repaired(sentence, candidates, own)
        if mended.sentence and all(mended.sentence.text != one.text for one in kept):
            kept.append(mended.sentence)
        if mended.problem:
            dropped.append(Dropped(sentence.text, mended.problem))
    return Verified(numbered(kept), tuple(dropped))


class Repaired(NamedTuple):
    """A sentence that stands, if there is one, and why the words that were drafted are not shown, if they are not."""

    sentence: Sentence | None
    problem: str


def repaired(sentence: Sentence, candidates: Sequence[Citation], own: Sequence[Citation] | None = None) -> Repaired:
    """The sentence as it stands, or pointed at the candidate that bears it out, or replaced by the source's own words.

    The source's own words, from `own` as for `verify`, stand in only where they are about the same; else there is no
    sentence.
    """
    fault = sentence_problem(sentence)
    lacking = _incomplete(sentence)
    if not fault and not lacking:
        return Repaired(sentence, "")
    for candidate in candidates if not lacking else ():
        pointed = replace(sentence, citations=(candidate,))
        if not sentence_problem(pointed):
            return Repaired(pointed, "")
    offered = (sentence.citations, candidates) if own is None else (own,)
    return Repaired(_own_words(sentence, offered), fault or lacking)


def sentence_problem(sentence: Sentence) -> str:
    """Why the words that a sentence cites do not bear it out, or empty."""
    if sentence.is_quote:
        return ""
    sections = {citation.section.id: citation.section for citation in sentence.citations}
    around = "\n\n".join("\n".join((*section.path, section.text)) for section in sections.values())
    return problem(sentence.text, _cited_words(sentence), around)


def problem(text: str, quoted: str, section_context: str = "") -> str:
    """Why `quoted` does not bear `text` out, or empty where it does.

    `section_context` is the section that was quoted from, headings included: it tells what acronyms stand for and which
    topic is meant, and is no evidence otherwise.
    """
    if is_quote(text, quoted):
        return ""
    around = plain(f"{section_context}\n{quoted}")
    said, held = _without_opening(plain(text), around), plain(quoted)
    readable_said, readable_held = readable(said), readable(held)
    fault = (
        wrong_date(readable_said, readable_held)
        or wrong_amount(readable_said, readable_held)
        or wrong_name(said, held, around)
        or only_told(readable_said, readable_held)
        or lost_limit(said, held)
    )
    if fault:
        return fault
    known = expansions(around)
    fault = changed(simple(said, around, known), simple(held, around, known))
    return fault or _unsupported(said, held, around)


def is_quote(text: str, quoted: str) -> bool:
    """Whether a text is one or more whole sentences of the quoted words, one after another."""
    wanted = plain(text).rstrip(".")
    spans = sentence_spans(plain(quoted))
    ends = [plain(quoted)[span.start : span.end].rstrip(".") for span in spans]
    if wanted in ends:
        return True
    place = plain(quoted).find(wanted)
    starts, stops = {span.start for span in spans}, {span.end for span in spans}
    return bool(wanted) and place in starts and bool({place + len(wanted), place + len(wanted) + 1} & stops)


def _unsupported(said: str, held: str, around: str) -> str:
    sentence = sides_joined(readable(said))
    exempt = amount_words(sentence) | name_words(said) | cue_words(sentence) | acronym_words(said, around) | {TOGETHER}
    missing = list(unsupported(sentence, readable(held), exempt))
    if missing and len(missing) <= _MEANT_BY_A_PRONOUN and _POINTS_BACK.search(held):
        missing = [word for word in missing if not senses(word.casefold()) & _said_before(held, around)]
    return f"“{missing[0]}” is not in the words cited" if missing else ""


def _incomplete(sentence: Sentence) -> str:
    """Why a sentence other than the source's own cannot be judged by itself, or empty: a name alone answers whatever
    is asked, and what `it` means nobody can check."""
    if is_quote(sentence.text, _cited_words(sentence)):
        return ""
    said = readable(_OWN_VOICE.sub("", plain(sentence.text)))
    if _LEANS.match(said):
        return "it does not say what it is about"
    held = readable(_cited_words(sentence)).casefold()
    if any(found["clause"].casefold() not in held for found in _GOES_ON.finditer(said)):
        return "it goes on about something it does not name"
    if not is_sentence(said):
        return "it is not a whole sentence"
    told = [word for word in words(said) if word.is_content or word.text.isdigit()]
    return "it says too little" if len(told) < _LEAST else ""


def _cited_words(sentence: Sentence) -> str:
    return " ".join(citation.quote for citation in sentence.citations)


def _said_before(held: str, around: str) -> frozenset[str]:
    """The senses of the sentence before the quoted words, which their pronouns mean something of."""
    earlier = around[: max(0, around.find(held))].rstrip()
    spans = sentence_spans(earlier)
    said = words(earlier[spans[-1].start :]) if spans else ()
    return any_sense(word.small for word in said if not word.is_capital and word.small not in PEOPLE)


def _without_opening(text: str, around: str) -> str:
    """The text without the assistant's own opening, or one that only names a topic of the section."""
    text = _OWN_VOICE.sub("", text)
    topic = _TOPIC.match(text)
    if topic and not list(unsupported(topic["topic"], around, frozenset())):
        return text[topic.end() :]
    return text


def _own_words(sentence: Sentence, offered: Iterable[Sequence[Citation]]) -> Sentence | None:
    """The sentence of the source that is about the same, from the first of these groups of citations that has one."""
    content = [word.small for word in words(readable(sentence.text)) if word.is_content]
    for group in offered:
        found = [(_share(content, part.quote), part) for citation in group for part in _sentences(citation)]
        share, best = max(found, key=lambda entry: entry[0], default=(0.0, None))
        if best is not None and share >= _SAME_SUBJECT:
            return Sentence(best.quote, (best,))
    return None


def numbered(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with each place cited under one number, from 1 in order of use."""
    numbers: dict[tuple[str, int, int], int] = {}
    for sentence in sentences:
        for cited in sentence.citations:
            numbers.setdefault((cited.section.id, cited.start, cited.end), len(numbers) + 1)
    return tuple(
        replace(
            sentence,
            citations=tuple(
                replace(cited, number=numbers[cited.section.id, cited.start, cited.end]) for cited in sentence.citations
            ),
        )
        for sentence in sentences
    )


def _share(content: Sequence[str], source: str) -> float:
    held = any_sense(word.small for word in words(readable(source)))
    return sum(bool(senses(word) & held) for word in content) / max(1, len(content))


def _sentences(citation: Citation) -> list[Citation]:
    """The sentences of a citation, each cited by itself."""
    spans = sentence_spans(citation.quote)
    return [replace(citation, start=citation.start + span.start, end=citation.start + span.end) for span in spans]
