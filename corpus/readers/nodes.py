"""What a web page's nodes say: levels of headings, sizes of cells, how they look. Imports no parser."""

from __future__ import annotations

import re
from typing import Any

from corpus.canonical import visible

HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"
LONGEST_TITLE = 40  # words
_TITLE_CLASS = re.compile(r"(?:^|[-_\s])(?:s?ti(?:tle)?|stitle|heading|headline|hd)(?:$|[-_\s\d])", re.IGNORECASE)
_UNSAID_LEVEL = 2  # of a heading by its role, as browsers have it


def level_of(node: Any) -> int:
    """The level of a heading, from 1; 0 for anything else."""
    if re.fullmatch("h[1-6]", node.tag):
        return int(node.tag[1])
    if node.attributes.get("role") != "heading":
        return 0
    said = node.attributes.get("aria-level") or ""
    return int(said) if re.fullmatch("[1-9]", said) else _UNSAID_LEVEL


def span_of(cell: Any, name: str) -> int:
    """How many columns or rows a cell takes."""
    said = cell.attributes.get(name) or ""
    return int(said) if re.fullmatch("[0-9]{1,4}", said) else 1


def plain(node: Any) -> str:
    """All it says, on one line."""
    return " ".join(visible(node.text(deep=True)).split())


def is_folded(node: Any) -> bool:
    """Whether a button holds all the words of a heading, which it folds the text of."""
    above = node.parent
    while node.tag == "button" and above is not None and not level_of(above):
        above = above.parent
    return node.tag == "button" and above is not None and bool(plain(node)) and plain(node) == plain(above)


def is_data(table: Any) -> bool:
    """Whether a table holds data; one with headings in it, or one cell a row, only arranges the page."""
    widest = max((sum(cell.tag in {"td", "th"} for cell in row.iter()) for row in table.css("tr")), default=0)
    return widest > 1 and len(table.css("table")) < 2 and table.css_first(HEADINGS) is None


def is_titled(node: Any) -> bool:
    """Whether a paragraph's class calls it a title, as in law gazettes, whose headings are styled paragraphs."""
    if node.tag not in {"p", "div", "span"} or not _TITLE_CLASS.search(node.attributes.get("class") or ""):
        return False
    return (
        len(node.text(deep=True).split()) <= LONGEST_TITLE
        and node.css_first("p p, div p, table, ul, h1, h2, h3") is None
    )


def is_heavy(node: Any) -> bool:
    """Whether its style or class makes it bold."""
    style = node.attributes.get("style") or ""
    return bool(re.search(r"font-weight:\s*(?:bold|[6-9]00)", style)) or bool(
        re.search(r"(?:^|[-_\s])bold(?:$|[-_\s])", node.attributes.get("class") or "")
    )


def is_struck(node: Any) -> bool:
    """Whether its style strikes it out."""
    return bool(re.search(r"text-decoration[\w-]*:[^;]*line-through", node.attributes.get("style") or ""))
