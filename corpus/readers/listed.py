"""The numbers a browser shows before the items of an ordered list. Works on parsed nodes and imports no parser."""

from __future__ import annotations

import re
from typing import Any

from corpus.numbering import roman

_FORMS = {
    "lower-alpha": "a", "loweralpha": "a", "lower-latin": "a", "alpha": "a", "upper-alpha": "A", "upperalpha": "A",
    "upper-latin": "A", "lower-roman": "i", "lowerroman": "i", "roman": "i", "upper-roman": "I", "upperroman": "I",
}  # fmt: skip
_FORM = re.compile(rf"(?<![\w-])(?:list(?:-style(?:-type)?)?[-:]\s*)?({'|'.join(_FORMS)})(?![\w-])", re.IGNORECASE)
_BARE = re.compile(
    r"list-style(?:-type)?\s*:\s*none|(?<![\w-])(?:list-)?(?:unstyled|plain|none|style-none|no-?(?:bullets?|numbers?))(?![\w-])",
    re.IGNORECASE,
)
_PLAIN_LISTS = re.compile(r"(?<![\w-])govuk-list(?![\w-])(?!.*govuk-list--number)")
_WHOLE = re.compile(r"\s*(-?\d{1,6})")
_OWN_NUMBER = re.compile(
    r"[\[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)）\]]|\d{1,3}(?:\.\d{1,3})+\s|第[\d一二三四五六七八九十]"
)
_MOST_ROMAN = 3999


def item_labels(ordered: Any) -> dict[int, str]:
    """By the items' ids in memory their numbers; none where the list shows none, or its items write their own."""
    items = [child for child in ordered.iter() if child.tag == "li"]
    attributes = ordered.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('style') or ''}"
    is_bare = attributes.get("role") in {"none", "presentation"} or _BARE.search(named) or _PLAIN_LISTS.search(named)
    if is_bare or 2 * sum(_has_own(item) for item in items) > len(items):
        return {}
    found = _FORM.search(named)
    form = attributes.get("type") or (_FORMS[found[1].casefold()] if found else "1")
    step = -1 if "reversed" in attributes else 1
    number = _whole(attributes.get("start"), len(items) if step < 0 else 1)
    labels: dict[int, str] = {}
    for item in items:
        number = _whole(item.attributes.get("value"), number)
        labels[item.mem_id] = f"{_shown(number, form)}."
        number += step
    return labels


def _has_own(item: Any) -> bool:
    return bool(_OWN_NUMBER.match(item.text(deep=True).lstrip()))


def _whole(said: str | None, unsaid: int) -> int:
    match = _WHOLE.match(said or "")
    return int(match[1]) if match else unsaid


def _shown(number: int, form: str) -> str:
    """A number as a browser writes it in a form; one that the form has no figures for in decimals."""
    if form in {"a", "A"} and number > 0:
        letters = ""
        while number:
            number, place = divmod(number - 1, 26)
            letters = chr(ord(form) + place) + letters
        return letters
    if form in {"i", "I"} and 0 < number <= _MOST_ROMAN:
        return roman(number) if form == "i" else roman(number).upper()
    return str(number)
