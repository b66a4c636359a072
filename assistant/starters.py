"""Questions to start with, as the page offers them: from each document in turn, in a language that is understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

MOST = 6
"""How many are offered."""


@dataclass(frozen=True, slots=True)
class Starter:
    """One question on a document, or several to be asked one after another; the same in English and in Japanese."""

    document: str
    english: tuple[str, ...]
    japanese: tuple[str, ...]


StartersOf = Callable[[str], Sequence[Starter]]
"""The starters of the document of an id; none for one without any."""


def kept_by_document(starters: Sequence[Starter]) -> StartersOf:
    """Those of each document, of those given."""
    kept = defaultdict(list)
    for one in starters:
        kept[one.document].append(one)
    return lambda document: tuple(kept.get(document, ()))


def none_of(_: str) -> tuple[Starter, ...]:
    """Those of a document where there are none."""
    return ()


def offered(
    starters: StartersOf, documents: Sequence[str], language: str, *, translates: bool
) -> tuple[tuple[str, ...], ...]:
    """At most six, in the reader's language where the assistant understands it, else in English.

    Where it understands both, the last of those in English is in Japanese, to show that it does.

    Args:
        starters: of a document; asked for no more documents than are needed.
        documents: the ids of those to be asked, whose questions take turns.
        language: the reader's, as its tag.
        translates: whether a question may be in another language than English.
    """
    own = islice(filter(None, map(starters, documents)), MOST)
    chosen = [one for row in zip_longest(*own) for one in row if one is not None][:MOST]
    japanese = len(chosen) if language == "ja" else int(len(chosen) > 1)
    first = len(chosen) - (japanese if translates else 0)
    return (*(one.english for one in chosen[:first]), *(one.japanese for one in chosen[first:]))


def key_points(heading: str) -> tuple[str, str]:
    """The question for the key points of a section, in English and in Japanese."""
    return f"What are the key points of the section “{heading}”?", f"「{heading}」の節の要点は何ですか。"
