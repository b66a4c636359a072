"""What the mutations put in the place of what a true sentence says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ConfigDict, with_config


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Pool:
    """What can be put in the place of something, for one document.

    `both` are expressions for both sides, `actors` others who may act, `names` of one sort each; `items` are things and
    `listed` names that may be added to a list; the names in each of `same` mean the same.
    """

    both: Sequence[str]
    actors: Sequence[str]
    names: Sequence[Sequence[str]]
    items: Sequence[str]
    listed: Sequence[str]
    same: Sequence[Sequence[str]]

    def means(self, name: str) -> set[str]:
        """The name and others for the same, without an article."""
        bare = name.removeprefix("The ").removeprefix("the ")
        found = next((names for names in self.same if name in names or bare in names), [name])
        return {bare, *(one.removeprefix("The ").removeprefix("the ") for one in found)}


def put(text: str, match: re.Match[str], new: str) -> str:
    """The text with what was matched replaced."""
    return text[: match.start()] + new + text[match.end() :]
