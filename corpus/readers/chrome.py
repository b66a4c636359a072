"""What of a web page is the site around the content: menus, banners, search, footers. Works on parsed nodes and imports
no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpus.readers.folded import Folds
from corpus.readers.nodes import HEADINGS

_SITE_TAGS = frozenset("nav footer form dialog".split())
_SITE_ROLES = frozenset("navigation banner contentinfo search complementary dialog alert menu menubar".split())
_SITE_WORDS = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs cookie cookies skip sidebar share sharing social print toolbar "
    "pagination pager banner search login signin newsletter advert advertisement promo sidenote masthead footer "
    "feedback related".split()
)
# A name that ends in one of these is of the site whatever stands before it ("page-footer", "breadcrumbs") …
_SITE_ENDS = frozenset(
    "skip nav navbar breadcrumb breadcrumbs sidebar toolbar menu pagination pager banner footer".split()
)
# … while "social-care" or "data-sharing" is a subject: of the other words one alone tells, or one with these.
_AROUND = frozenset(
    "link links button buttons btn bar box icon icons widget form list item items page pages site global main header "
    "top bottom left right primary secondary mobile desktop tool tools message notice popup overlay consent to this "
    "only js stuff".split()
)
_WRAPS = frozenset("container wrapper wrap inner content row section".split())
_NEVER_NAMED = frozenset("h1 h2 h3 h4 h5 h6 section article main p".split())  # are content, whatever they are called
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_OF_IT = 0.4
_SMALL_PART = 0.2  # of the page's text; what holds more is content, whatever it is called
_FEWEST_LINKS = 4
_MOSTLY = 0.8
_HALF = 0.5
_SAID_WORDS = 5
_FORM_WORDS = 20  # beside what its fields are called
_SITE_FIELDS = "input[type=search], input[type=password], input[type=email]"


class Chrome:
    """Tells the content of a page from the site around it."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._body = tree.body or tree.root
        self._length = len(self._body.text(deep=True)) or 1
        self._folds = Folds(tree)

    def content_root(self) -> Any:
        """The node that holds the content: `main` or the only `article` if it has much of the text, else the body."""
        told = self._length - sum(len(node.text(deep=True)) for node in self._body.css("script, style, noscript"))
        for selector in ("main", "[role=main]", "article"):
            found = self._tree.css(selector)
            if len(found) == 1 and len(found[0].text(deep=True)) >= _MOST_OF_IT * told:
                return found[0]
        return self._body

    def is_chrome(self, node: Any) -> bool:
        """Whether a node is of the site or hidden, and not the content."""
        if self._folds.is_hidden(node):
            return True
        if node.tag == "header":
            return node.css_first(HEADINGS if _is_of_part(node) else "h1") is None and self._is_small(node)
        if node.tag == "aside" and _linked(node) >= _MOSTLY:
            return self._is_small(node)
        if node.attributes.get("role") in _SITE_ROLES or _is_named_as_site(node):
            return self._is_small(node)
        if node.tag in _SITE_TAGS:
            return not _is_of_text(node) and self._is_small(node)
        return node.tag in {"ul", "ol"} and _is_list_of_places(node)

    def is_head(self, button: Any) -> bool:
        """Whether a button heads a part of the content that it unfolds."""
        panel = self._folds.panel_of(button)
        return panel is not None and not self.is_chrome(panel)

    def is_most(self, node: Any) -> bool:
        """Whether a node holds most of the page's text."""
        return len(node.text(deep=True)) > _HALF * self._length

    def _is_small(self, node: Any) -> bool:
        return len(node.text(deep=True)) <= _SMALL_PART * self._length


def _is_of_text(node: Any) -> bool:
    """Whether a footer or a form stands in the text and says more than such parts of a site do."""
    if node.tag == "footer":
        words = node.text(deep=True).split()
        is_said = len(words) >= _SAID_WORDS and words[0].casefold() not in {"©", "copyright"}
        return _is_of_part(node) and is_said and _linked(node) < _HALF
    if node.tag != "form" or node.css_first(_SITE_FIELDS) is not None:
        return False
    fields = sum(len(field.text(deep=True).split()) for field in node.css("button, option, label, a"))
    return len(node.text(deep=True).split()) - fields >= _FORM_WORDS


def _is_of_part(node: Any) -> bool:
    """Whether a header or footer is that of a part of the text, and not of the site."""
    if node.attributes.get("role") or _is_named_as_site(node):
        return False
    above = node.parent
    while above is not None and above.tag not in {"section", "article", "main", "blockquote"}:
        above = above.parent
    return above is not None


def _is_named_as_site(node: Any) -> bool:
    if node.tag in _NEVER_NAMED:
        return False
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return any(_is_of_site([word.casefold() for word in _WORD.findall(name)]) for name in named.split())


def _is_of_site(words: Sequence[str]) -> bool:
    """Whether the words of a class or an id name a part of the site: all of them do, or it ends in one that does."""
    if any(word in _SITE_ENDS and {*words[at + 1 :]} <= _AROUND | _WRAPS for at, word in enumerate(words)):
        return True
    return bool(_SITE_WORDS & {*words}) and {*words} <= _SITE_WORDS | _AROUND


def _is_list_of_places(node: Any) -> bool:
    """Whether a list only leads to places on the same page: its contents list."""
    links = node.css("a")
    if len(links) < _FEWEST_LINKS or not all((link.attributes.get("href") or "").startswith("#") for link in links):
        return False
    return _linked(node) >= _MOSTLY


def _linked(node: Any) -> float:
    """The share of its text that stands in links."""
    linked = sum(len(link.text(deep=True).strip()) for link in node.css("a"))
    return linked / max(1, len("".join(node.text(deep=True).split("\n")).strip()))
