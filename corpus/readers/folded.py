"""Parts of a web page that are folded away until a reader asks for them: the text's own, unlike what is only hidden.
Works on parsed nodes and imports no parser."""

from __future__ import annotations

import re
from typing import Any

_HIDING = re.compile(r"display:\s*none|visibility:\s*hidden")
_CONTROLS = (
    "[aria-controls], [data-target], [data-bs-target], a[href^='#'][aria-expanded], a[href^='#'][role=tab], "
    + ("a[href^='#'][role=button], a[href^='#'][data-toggle], a[href^='#'][data-bs-toggle]")
)
_PANEL = re.compile(r"(?:accordion|panel|collaps(?:e|ible)|expand(?:er|able)|tab(?:-?pane)?)(?![a-z])", re.IGNORECASE)
_OVERLAY = re.compile(
    r"(?:modal|dialog|pop-?(?:up|over)|overlay|lightbox|tool-?tip|drop-?down|toast)(?![a-z])", re.IGNORECASE
)
_OVERLAY_ROLES = frozenset("dialog alertdialog alert menu menubar listbox tooltip status".split())
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "button", "summary")
_MOST_LINKED = 0.5


class Folds:
    """Knows the parts of a page that something on it folds and unfolds."""

    def __init__(self, tree: Any) -> None:
        named = {name for node in tree.css(_CONTROLS) for name in _targets(node)}
        found = ((node.attributes.get("id") or "", node) for node in tree.css("[id]"))
        self._may_be_text: dict[int, bool] = {}
        self._controlled = {name: node for name, node in found if name in named}

    def is_hidden(self, node: Any) -> bool:
        """Whether nobody sees a node, though they look for it: it is hidden, and no panel that a reader unfolds."""
        attributes = node.attributes
        is_hidden = (
            ("hidden" in attributes and attributes["hidden"] != "until-found")
            or attributes.get("aria-hidden") == "true"
            or bool(_HIDING.search(attributes.get("style") or ""))
        )
        return is_hidden and not self._is_panel(node)

    def panel_of(self, button: Any) -> Any:
        """The panel that a button unfolds; None where it is for something else."""
        following = _beside(button, "next")
        if following is not None and _PANEL.search(_named(following)) and self._is_text(following):
            return following
        panels = (self._controlled[name] for name in _targets(button) if name in self._controlled)
        return next((panel for panel in panels if self._is_text(panel)), None)

    def _is_panel(self, node: Any) -> bool:
        if not self._is_text(node):
            return False
        if node.attributes.get("role") == "tabpanel" or node.attributes.get("id") in self._controlled:
            return True
        before = _beside(node, "prev")
        return bool(_PANEL.search(_named(node))) and before is not None and _heads(before)

    def _is_text(self, node: Any) -> bool:
        """Whether a part may be of the text: no dialogue, and not mostly links."""
        if node.mem_id not in self._may_be_text:
            is_overlay = node.attributes.get("role") in _OVERLAY_ROLES or bool(_OVERLAY.search(_named(node)))
            self._may_be_text[node.mem_id] = not (is_overlay or _is_linked(node))
        return self._may_be_text[node.mem_id]


def _targets(node: Any) -> set[str]:
    """The ids of what a control folds."""
    attributes = node.attributes
    names = (attributes.get("aria-controls") or "").split()
    places = (attributes.get(name) or "" for name in ("data-target", "data-bs-target", "href"))
    return {*names, *(place[1:] for place in places if place.startswith("#") and len(place) > 1)}


def _heads(node: Any) -> bool:
    """Whether a node may be what one asks for the part below it with."""
    return (
        node.tag in _HEADS
        or "aria-expanded" in node.attributes
        or node.css_first(f"{', '.join(_HEADS)}, [aria-expanded], [role=heading]") is not None
    )


def _named(node: Any) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def _beside(node: Any, side: str) -> Any:
    """The next element on a side; None where there is none."""
    other = getattr(node, side)
    while other is not None and other.tag.startswith(("-", "_", "!")):
        other = getattr(other, side)
    return other


def _is_linked(node: Any) -> bool:
    whole = len("".join(node.text(deep=True).split()))
    linked = sum(len("".join(link.text(deep=True).split())) for link in node.css("a"))
    return linked >= _MOST_LINKED * max(1, whole)
