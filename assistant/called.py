"""What a document can be called: words of its title, id, publisher and year, and what its title page says.

Rules about English and about how documents are titled, never about a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from assistant.claims.dates import MONTHS
from assistant.claims.lexicon import countries
from index.generations import DocumentRecord
from index.keyword import STOP_WORDS, stem

_TITLE_PAGE_WORDS = 60
_GENRES = frozenset(
    "accord act agreement annex bill briefing charter circular code communiqué compact constitution convention "
    "deal declaration decision decree directive form framework guidance guide guideline handbook law letter manual "
    "memo memorandum moc mou notice order ordinance overview pack pact plan policy proclamation protocol regulation "
    "report resolution review roadmap specification standard statement statute strategy template treaty update".split()
)
# Kinds that people call by one another's names.
_ALIKE = tuple(
    frozenset(row.split())
    for row in (
        "accord agreement compact convention deal memorandum moc mou pact treaty",
        "act code law ordinance statute",
        "briefing overview",
        "communiqué declaration statement",
        "guidance guide guideline handbook manual",
        "memo memorandum",
        "plan roadmap strategy",
    )
)
_ANY_GENRE = frozenset("document file paper publication text".split())
_UNLIKE_THEIR_PLURAL = {"memoranda": "memorandum", "policies": "policy", "strategies": "strategy"}
_LINKS = frozenset("a an and at by for from in of on the to with".split())


class Word(NamedTuple):
    """One word of a text, `text[start:end]`; `key` is what its forms and, for a country, its names have in common."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_country(self) -> bool:
        """Whether it names a country or its people."""
        return self.key.startswith("=")

    @property
    def is_date(self) -> bool:
        """Whether it is a month or a year."""
        return self.text.casefold() in MONTHS or bool(re.fullmatch(r"(?:19|20)\d\d", self.text))

    @property
    def is_proper(self) -> bool:
        """Whether it is written as a name or a number."""
        return self.text[0].isupper() or self.text[0].isdigit() or any(letter.isupper() for letter in self.text)


@cache
def _word_pattern() -> re.Pattern[str]:
    """Names of countries whole, `U.S.` without what follows, and single words; a hyphen parts two words."""
    long = sorted((name for name in countries() if " " in name), key=len, reverse=True)
    named = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in long)
    return re.compile(rf"\b(?i:{named})\b|\b(?:[A-Z]\.){{2,}}|[^\W_]+(?:['’&][^\W_]+)*")


def words_in(text: str) -> list[Word]:
    """The words of a text in order, stop words among them with an empty key."""
    return [_word(match.group(), match.start(), match.end()) for match in _word_pattern().finditer(text)]


def _word(text: str, start: int, end: int) -> Word:
    plain = re.sub(r"['’]s$", "", " ".join(text.casefold().split()))
    country = countries().get(plain) or countries().get(plain.rstrip("."))
    if country and not (plain in STOP_WORDS and text.islower()):  # "us" is not the US
        return Word(text, f"={country}", start, end)
    return Word(text, "" if plain in STOP_WORDS else stem(plain.rstrip(".")), start, end)


def kind(word: Word) -> str:
    """The kind of document that a word calls one, in the singular: `Deals` gives `deal`."""
    folded = word.text.casefold()
    return folded if folded in _GENRES else _UNLIKE_THEIR_PLURAL.get(folded, folded.removesuffix("s"))


def is_genre(word: Word) -> bool:
    """Whether it is what a kind of document is called: `deal`, `Statements`, or any: `document`."""
    return kind(word) in _GENRES | _ANY_GENRE


def is_plural_genre(word: Word) -> bool:
    """Whether it is what several documents of a kind are called."""
    return is_genre(word) and kind(word) != word.text.casefold()


@dataclass(frozen=True, slots=True)
class Called:
    """The keys of the words that a document is called by; `told` are those its title page has, which count for less."""

    id: str
    keys: frozenset[str]
    told: frozenset[str]
    genres: frozenset[str]

    def is_of(self, genre: Word | None) -> bool:
        """Whether it calls itself of this kind; all documents are of none, and of "document"."""
        return genre is None or kind(genre) in self.genres | _ANY_GENRE

    def is_like(self, genre: Word) -> bool:
        """Whether it is of a kind that may be called so: a law and an act."""
        return any(kind(genre) in alike and self.genres & alike for alike in _ALIKE)

    def titled(self, keys: Iterable[str]) -> int:
        """How many of the keys are in its title, id, publisher or year rather than on its title page."""
        return sum(key in self.keys for key in keys)


def called(record: DocumentRecord, paragraphs: Iterable[str]) -> Called:
    """What a document can be called.

    Args:
        record: what the index knows of it.
        paragraphs: those before its first heading, of which the first short ones are a title page.
    """
    titles = f"{record.title} {record.publisher} {record.date[:4]} {_initials(record.title)}"
    title = words_in(f"{titles} {_spaced(record.id)}")
    page = words_in(" ".join(_title_page(paragraphs)))
    genres = {kind(word) for word in (*title, *page) if is_genre(word)}
    keys = frozenset(word.key for word in title if word.key)
    return Called(record.id, keys, frozenset(word.key for word in page if word.key) - keys, frozenset(genres))


def _spaced(document: str) -> str:
    """An id as words, the countries among them written as names are."""
    parts = document.replace("_", "-").split("-")
    return " ".join(part.upper() if part in countries() else part for part in parts)


def _initials(title: str) -> str:
    """The first letters of each run of capitalised words: `Trade and Technology Council` gives `TTC`."""
    found = []
    for piece in re.split(r"[^\w\s’'&-]+", title):
        run: list[str] = []
        for word in [*re.findall(r"[\w’'&]+", piece), ""]:
            if word[:1].isupper():
                run.append(word[0])
            elif word not in _LINKS:
                found.append("".join(run))
                run = []
    return " ".join(letters for run in found for letters in _ends(run))


def _ends(letters: str) -> Iterable[str]:
    """The initials of a run, and of its last words alone: `Joint Statement of the Trade …`."""
    return (letters[start:] for start in range(len(letters) - 2))


def _title_page(paragraphs: Iterable[str]) -> Iterable[str]:
    """The paragraphs up to the first that is a sentence."""
    count = 0
    for paragraph in paragraphs:
        count += len(paragraph.split())
        if count > _TITLE_PAGE_WORDS or paragraph.rstrip().endswith((".", "。", ",", ";", ":")):
            return
        yield paragraph
