"""What the attributes of a web page's nodes say: levels of headings, sizes of cells. Imports no parser."""

from __future__ import annotations

import re
from typing import Any

HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"
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
