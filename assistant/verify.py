"""Every sentence against the words it cites: what is not borne out is dropped, and said to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.question import numbers
from assistant.types import Dropped, Sentence


class Verified(NamedTuple):
    """The sentences that stand, and those that do not."""

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]


def verify(drafted: Sequence[Sentence]) -> Verified:
    """Keep the sentences that their own quotes bear out.

    A sentence stands where it is a quote. Wording of any other kind is not yet trusted: it is dropped.
    """
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    for sentence in drafted:
        problem = _problem(sentence)
        if problem:
            dropped.append(Dropped(sentence.text, problem))
        else:
            kept.append(sentence)
    return Verified(tuple(kept), tuple(dropped))


def _problem(sentence: Sentence) -> str:
    quoted = " ".join(citation.quote for citation in sentence.citations)
    invented = numbers(sentence.text) - numbers(quoted)
    if invented:
        return f"the number {min(invented)} is not in the words cited"
    if all(sentence.text != citation.quote for citation in sentence.citations):
        return "not the words of the text"
    return ""
