"""What a web page says of itself: title, date, publisher, language. Works on parsed nodes and imports no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpus.canonical import visible
from corpus.markers import is_part
from corpus.readers import Metadata
from corpus.readers.nodes import plain


def metadata_of(tree: Any) -> Metadata:
    """What a page says of itself."""
    named: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = (meta.attributes.get("property") or meta.attributes.get("name") or "").casefold()
        named.setdefault(key, " ".join(visible(meta.attributes.get("content") or "").split()))
    root = tree.css_first("html")
    dates = (
        "article:published_time",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "citation_date",
        "date",
    )
    publishers = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "author")
    date = re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", next((named[key] for key in dates if named.get(key)), ""))
    return Metadata(
        title=next((named[key] for key in ("og:title", "dcterms.title") if named.get(key)), ""),
        date=date.group() if date else "",
        publisher=next((named[key] for key in publishers if named.get(key)), ""),
        language=((root.attributes.get("lang") if root else "") or named.get("dc.language") or "").casefold(),
    )


def title_of(tree: Any, mains: Sequence[str], metadata: Metadata) -> str:
    """The only one of the content's main headings, else what the page's head calls it without the site's name."""
    named = tree.css_first("title")
    whole = metadata.title or (plain(named) if named else "")
    if len(mains) == 1 and sum(letter.isalpha() for letter in mains[0]) > len(mains[0]) / 2 and mains[0] in whole:
        return mains[0]
    head, parted, site = whole.rpartition(" - ") if " - " in whole else whole.rpartition(" | ")
    is_site = bool(parted) and len(site.split()) <= 3 and not is_part(site)
    return head if is_site and any(letter.islower() for letter in head) else whole
