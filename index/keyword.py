"""The keyword leg: BM25 over stemmed words, kept in a folder and read from disk without loading it whole.

The only file that imports bm25s.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from index.postings import K1, B, open_words, place_of, write_columns
from index.types import SearchError, Vectors

_ABOUT = "about.json"
_WORD = re.compile(r"[^\W_]+(?:['’&.\-][^\W_]+)*", re.UNICODE)
_PART = re.compile(r"[^\W_]+(?:&[^\W_]+)?", re.UNICODE)
_NOTE_MARKS = re.compile("[⁰¹²³⁴-⁹]+")  # they point to notes and are part of no word
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
# Words so common in questions and texts that they only add noise; question words are kept out for the same reason.
STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have having he her his how i if in "
    "into is it its may me might more must my no nor not of off on or our she should so some such than that the their "
    "them then there these they this those to us was we were what when where which who whom whose why will with would "
    "you your about any also between during over under up out s t".split()
)


def tokens(text: str) -> list[str]:
    """Stemmed words without stop words; compounds also whole (`beyond-5g`), `R&D` kept, CJK text as character pairs."""
    found: list[str] = []
    for match in _WORD.finditer(_NOTE_MARKS.sub("", text.casefold().replace("’", "'"))):
        word = match.group()
        if _CJK.search(word):
            found.extend(_pairs(word))
            continue
        parts = [part for part in _PART.findall(word) if part not in STOP_WORDS]
        found.extend(stem(part) for part in parts)
        if len(parts) > 1:
            found.append(word)
    return found


def _pairs(word: str) -> list[str]:
    return [word[place : place + 2] for place in range(max(1, len(word) - 1))]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a case-folded English word (Porter2, Snowball)."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


class KeywordIndex:
    """BM25 (Robertson & Zaragoza 2009, Lucene's variant) over passages known by their position."""

    def __init__(self, scorer: bm25s.BM25, place: Callable[[str], int | None]) -> None:
        """`place` knows the place of a stemmed word in the scorer's columns, or None."""
        self._scorer = scorer
        self._place = place

    @classmethod
    def build(cls, texts: Iterable[str]) -> KeywordIndex:
        """Index the texts in memory; a passage's position is its place in `texts`."""
        scorer = _scorer()
        vocabulary: dict[str, int] = {}
        numbered = [
            array("i", [vocabulary.setdefault(token, len(vocabulary)) for token in _indexed(text)]) for text in texts
        ]
        scorer.index((numbered, vocabulary), show_progress=False)
        return cls(scorer, vocabulary.get)

    @classmethod
    def write(cls, folder: Path, texts: Iterable[str]) -> None:
        """Index the texts, which are read once and not held, into a folder, made if it is not there.

        Raises:
            OSError: the folder cannot be written.
        """
        count = write_columns(folder, map(_indexed, texts))
        (folder / _ABOUT).write_text(json.dumps({"passages": count}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Open what `write` wrote; it is mapped into memory, not read.

        Raises:
            SearchError: the folder does not hold a keyword index.
        """
        scorer = _scorer()
        try:
            passages = int(json.loads((folder / _ABOUT).read_bytes())["passages"])
            scorer.load_scores(folder, num_docs=passages, mmap=True)
            words = open_words(folder)
            if scorer.scores["indptr"].shape != (len(words) + 1,) or words.shape[1] != 2:
                raise ValueError("its words are of other columns")
        except (OSError, EOFError, LookupError, ValueError, TypeError, AttributeError) as error:
            raise SearchError(f"{folder}: the keyword index is damaged; run communique ingest --rebuild") from error
        return cls(scorer, partial(place_of, words))

    @property
    def count(self) -> int:
        """How many passages are indexed."""
        return int(self._scorer.scores["num_docs"])

    def frequency(self, word: str) -> int:
        """In how many passages a stemmed word stands."""
        place = self._place(word)
        bounds = self._scorer.scores["indptr"]
        return 0 if place is None else int(bounds[place + 1] - bounds[place])

    def expected(self, question: str) -> float:
        """What a passage of average length with each of the question's words once would score.

        A word that is in no passage counts as the rarest does: a question of such words is poorly met by any passage.
        """
        counts = np.array([self.frequency(word) for word in tokens(question)], dtype=float)
        return float(np.log1p((self.count - counts + 0.5) / (counts + 0.5)).sum() / (1 + K1))

    def scores(self, question: str) -> Vectors:
        """The BM25 score of every passage, shape (passages,); 0 where no word is shared."""
        known = [place for place in map(self._place, tokens(question)) if place is not None]
        if not known:
            return np.zeros(self.count, dtype=np.float32)
        scores: Vectors = self._scorer.get_scores_from_ids(known)
        return scores


def _scorer() -> bm25s.BM25:
    scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
    scorer.nonoccurrence_array = None  # which bm25s sets only where it indexes or loads itself
    return scorer


def _indexed(text: str) -> list[str]:
    # A text without one word that counts would break bm25s; no question holds this one.
    return tokens(text) or ["\0"]
