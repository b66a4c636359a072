"""The numbers of Markdown's ordered lists, by which a text refers to itself: "paragraph 3 above"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token


class ItemNumber(NamedTuple):
    """The number of a list's item: as it is shown, and as the file has it."""

    shown: str
    written: str


@dataclass(slots=True)
class _List:
    is_lazy: bool = False
    count: int = 0
    items: list[Token] = field(default_factory=list)


def item_numbers(tokens: Sequence[Token]) -> dict[int, list[ItemNumber]]:
    """By the places of the texts that begin an item: its numbers, that of a list around it first.

    The file's own number is shown, as CommonMark would count over a gap ("1. 2. 4."); where all items have one number,
    as in "1. 1. 1.", they are counted.
    """
    lists = _lists(tokens)
    found: dict[int, list[ItemNumber]] = {}
    held: list[ItemNumber] = []
    for place, token in enumerate(tokens):
        if token.type == "list_item_open":
            held = [*held, *_number(token, lists[id(token)])]
        elif token.type == "inline" and tokens[place - 1].type == "paragraph_open" and held:
            found[place], held = held, []
        elif token.type in {"list_item_close", "inline", "fence", "code_block", "html_block"}:
            held = []
    return found


def _lists(tokens: Sequence[Token]) -> dict[int, _List]:
    """By the items, as objects, the lists that they are of."""
    of_item: dict[int, _List] = {}
    around: list[_List] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            around.append(_List(count=int(token.attrs.get("start", 1))))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            closed = around.pop()
            closed.is_lazy = len({item.info for item in closed.items}) == 1
        elif token.type == "list_item_open":
            around[-1].items.append(token)
            of_item[id(token)] = around[-1]
    return of_item


def _number(item: Token, listed: _List) -> list[ItemNumber]:
    """The number of the next item of a list; nothing for a bullet."""
    if not item.info:
        return []
    counted, listed.count = listed.count, listed.count + 1
    shown = str(counted) if listed.is_lazy else item.info
    return [ItemNumber(f"{shown}{item.markup}", f"{item.info}{item.markup}")]
