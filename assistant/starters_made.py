"""Questions to start with, made from a document's own names, dates and headings: what its text is sure to answer, and
one thing that it does not say.

Rules about English, never about a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from assistant.kinds import BODIES, COMMITMENTS, LAWS, MONEY, Kind
from assistant.parallel import in_place_of
from assistant.periods import dates
from assistant.question import Question
from assistant.starters import Starter, key_points
from corpus.sentences import sentence_spans
from corpus.types import Section

_WORDS = 30  # a section with fewer has little to say
_LONGEST_HEADING = 60  # characters
_SEVERAL = 3  # sentences, or things of a kind, that make a list
_NUMBERING = re.compile(  # "Society 5.0", "Vision 2030 – Targets", "2024 Milestones" and "V2X" are names
    r"^(?:(?i:section|part|chapter|pillar|article|annex|appendix|title|theme|goal|objective|priority|step|phase)\s+"
    r"(?:\d+|[IVX]+|(?i:one|two|three|four|five|six|seven|eight|nine|ten))\s*[:.–—-](?!\d)\s*|"
    r"\d{1,2}(?:\.\d+)*[.)]?\s+|[IVX]+[.)]\s+)"
)
_SUM = re.compile(r"\b(?:money|fund(?:s|ed|ing)?|budgets?|grants?|costs?|million|billion)\b", re.IGNORECASE)
_DISPUTE = re.compile(r"\b(?:courts?|tribunals?|disputes?|arbitrat\w+)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"^(?P<name>The (?:(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)) )?"
    r"[A-Z][\w’'-]+(?: (?:(?:of|for|and|on|the) )?[A-Z][\w’'-]+)*)\s+"
    r"(?P<verb>took place|was held|was signed|was adopted|was published|was launched|was established|"
    r"entered into force|came into force)\b(?P<rest>.*)",
    re.DOTALL,
)
_ASKED = {
    "took place": ("did {} take place", "開催され"),
    "was held": ("was {} held", "開催され"),
    "was signed": ("was {} signed", "署名され"),
    "was adopted": ("was {} adopted", "採択され"),
    "was published": ("was {} published", "公表され"),
    "was launched": ("was {} launched", "開始され"),
    "was established": ("was {} established", "設立され"),
    "entered into force": ("did {} enter into force", "発効し"),
    "came into force": ("did {} come into force", "発効し"),
}
_KINDS: tuple[tuple[Kind, str, str], ...] = (
    (LAWS, "Which laws are named?", "どの法律が挙げられていますか。"),
    (BODIES, "Which organisations are named?", "どの組織が挙げられていますか。"),
    (COMMITMENTS, "What are the commitments?", "どのような約束がありますか。"),
)


def made_from(sections: Sequence[Section], beside: Sequence[Section] = ()) -> tuple[Starter, ...]:
    """Questions on one document, the most telling first; none where its text is not English.

    Args:
        sections: of the document.
        beside: those of the documents that may be asked together with it, and do not say either what it does not.
    """
    told = [section for section in sections if section.text]
    if not told or not Question(" ".join(section.text for section in told)[:2000]).is_english:
        return ()
    document = told[0].document.id
    return tuple(Starter(document, english, japanese) for english, japanese in _made(told, beside))


_Pair = tuple[tuple[str, ...], tuple[str, ...]]


def _made(sections: Sequence[Section], beside: Sequence[Section]) -> Iterator[_Pair]:
    sentences = [section.text[start:end] for section in sections for start, end in sentence_spans(section.text)]
    subjects = _subjects(sections)
    yield from _when(sentences)
    yield from _in_a_year(sentences)
    yield from _one_after_another(subjects)
    yield from _of_a_kind(sentences)
    yield from _not_said(sentences, subjects, beside)
    for subject in subjects:
        english, japanese = key_points(subject)
        yield (english,), (japanese,)


def _not_said(sentences: Sequence[str], subjects: Sequence[str], beside: Sequence[Section]) -> Iterator[_Pair]:
    """Something that no sentence has a word of, nor a section of another document."""
    unpaid: Iterator[str] = iter(())
    if not any(map(_names_sums, sentences)):
        unpaid = (subject for subject in subjects if not any(_pays_for(subject, section) for section in beside))
    if subject := next(unpaid, ""):
        yield (
            (f"How much money is committed to {_within(subject)}?",),
            (f"「{subject}」にはいくらの資金が充てられますか。",),
        )
    elif not any(map(_DISPUTE.search, chain(sentences, (section.text for section in beside)))):
        yield ("Which court settles disputes?",), ("紛争はどの裁判所が解決しますか。",)


def _names_sums(text: str) -> bool:
    return bool(_SUM.search(text) or MONEY.shown.search(text))


def _pays_for(subject: str, section: Section) -> bool:
    """Whether a section that names sums has the subject's longer words too."""
    said = " ".join((*section.path, section.text)).casefold()
    return all(word in said for word in re.findall(r"\w{4,}", subject.casefold())) and _names_sums(section.text)


def _subjects(sections: Sequence[Section]) -> list[str]:
    """What sections are headed with, those that say most first."""
    longest = sorted(sections, key=lambda section: -len(section.text))
    named = (_NUMBERING.sub("", section.path[-1]) for section in longest if section.path and _says_much(section))
    return [heading for heading in dict.fromkeys(named) if heading and len(heading) <= _LONGEST_HEADING]


def _within(heading: str) -> str:
    """As it stands within a sentence."""
    return re.sub(r"^(The|A|An)\b", lambda match: match.group().lower(), heading)


def _says_much(section: Section) -> bool:
    return len(section.text.split()) >= _WORDS


def _when(sentences: Sequence[str]) -> Iterator[_Pair]:
    """When the first thing happened that the text dates in a sentence of its own."""
    for sentence in sentences:
        event = _EVENT.match(sentence)
        if event and dates(event["rest"]):
            asked, happened = _ASKED[event["verb"]]
            name = event["name"].removeprefix("The ")
            yield (f"When {asked.format(f'the {name}')}?",), (f"「{name}」はいつ{happened}ましたか。",)
            return


def _in_a_year(sentences: Sequence[str]) -> Iterator[_Pair]:
    years = Counter(
        year
        for sentence in sentences
        for year in {period.first.year for period in dates(sentence) if period.first.year == period.last.year}
    )
    for year, count in years.most_common(1):
        if count >= _SEVERAL:
            yield (f"What is said about {year}?",), (f"{year}年については何が書かれていますか。",)


def _one_after_another(subjects: Sequence[str]) -> Iterator[_Pair]:
    """Two subjects of which the second can be asked for by its name alone."""
    for first, second in pairwise(subjects):
        asked, then = f"What is said about {_within(first)}?", f"And about {_within(second)}?"
        if in_place_of(asked, then):
            yield (asked, then), (f"「{first}」については何が書かれていますか。", f"「{second}」についてはどうですか。")
            return


def _of_a_kind(sentences: Sequence[str]) -> Iterator[_Pair]:
    for kind, english, japanese in _KINDS:
        shown = {
            match.group() if kind.named else sentence
            for sentence in sentences
            for match in kind.shown.finditer(sentence)
        }
        if len(shown) >= _SEVERAL:
            yield (english,), (japanese,)
            return
