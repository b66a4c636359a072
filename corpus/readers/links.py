"""Footnotes of a web page: marks and notes that link to each other. Works on parsed nodes and imports no parser."""

from __future__ import annotations

import re
from typing import Any

_NOTE_MARK = re.compile(r"^[\[(]?\s*(?:foot)?(?:note)?\s*(\d{1,3}|[*†‡])\s*[\])]?$", re.IGNORECASE)
_NOTE_ROLES = frozenset("footnote rearnote endnote note doc-footnote doc-endnote".split())
_LONGEST_NOTE = 300  # words


def notes_of(tree: Any) -> tuple[set[int], dict[int, str]]:
    """The blocks that are notes, and for each mark the text of its note: a mark and its note link to each other."""
    targets = {node.attributes.get("id") or node.attributes.get("name"): node for node in tree.css("[id], a[name]")}
    notes: set[int] = set()
    marks: dict[int, str] = {}
    for anchor in tree.css("a[href^='#']"):
        match = _NOTE_MARK.match(_shown(anchor))
        target = targets.get((anchor.attributes.get("href") or "")[1:])
        block = _block_of(target) if match and target is not None else None
        if block is None or _holds(block, anchor) or (block.mem_id in notes and anchor.mem_id in marks):
            continue
        backs = [link for link in block.css("a[href^='#']") if _points_at(link, targets, anchor)]
        text = _note_text(block, backs) if backs or _is_note(block, anchor) else ""
        if text and len(text.split()) <= _LONGEST_NOTE:
            notes.add(block.mem_id)
            marks[anchor.mem_id] = text
    # Of two that link to each other the one that comes first is the mark; the other stands in its note.
    return notes, marks


def _is_note(block: Any, anchor: Any) -> bool:
    """Whether mark and note are said to be such, as in electronic books, where no link may lead back."""
    return _said(anchor) in {"noteref", "doc-noteref"} and _said(block) in _NOTE_ROLES


def _said(node: Any) -> str:
    return node.attributes.get("epub:type") or node.attributes.get("role") or ""


def _block_of(node: Any) -> Any:
    while node is not None and node.tag not in {"li", "p", "dd", "td", "aside", "div"}:
        node = node.parent
    return node


def _holds(block: Any, anchor: Any) -> bool:
    above = anchor
    while above is not None:
        if above.mem_id == block.mem_id:
            return True
        above = above.parent
    return False


def _points_at(link: Any, targets: dict[str | None, Any], anchor: Any) -> bool:
    """Whether a link leads back to the mark, or to what the mark stands in, such as `<sup id=…>`."""
    target = targets.get((link.attributes.get("href") or "")[1:])
    return target is not None and (
        target.mem_id == anchor.mem_id or (_holds(target, anchor) and target.tag in {"sup", "span", "a"})
    )


def _note_text(block: Any, backs: list[Any]) -> str:
    shown = _shown(block)
    for back in backs:
        said = _shown(back)
        if shown.startswith(said):
            shown = shown[len(said) :]
        elif shown.endswith(said):
            shown = shown[: len(shown) - len(said)]
    return shown.strip(" ()[]\u21a9\ufe0e") if not shown.rstrip().endswith((")", "]")) else shown.strip()


def _shown(node: Any) -> str:
    return " ".join(node.text(deep=True).split())
