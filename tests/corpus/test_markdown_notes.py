"""Footnotes of Markdown: where they stand, and that their words still know their bytes."""

from __future__ import annotations

from collections.abc import Callable

from corpus.readers.markdown import read_markdown
from corpus.types import Section

ReadBytes = Callable[..., tuple[Section, ...]]

NOTES = """# Ferries

It runs daily[^1] and
pays.[^law] See[^2] and `[^1]`.

| Vessel | Fare |
| --- | --- |
| Sloop[^long] | £12[^1] |

## Dogs

On a lead[^none].

[^1]: By an *order* of the council.
[^LAW]: https://law.example
[^2]: See [the act](https://law.example/act) of 2031,
  and more.
[^unread]: Nobody points here.

[^long]: First.

    - Second.

After the notes.
"""


def shown(text: str) -> list[str]:
    return [block.text for block in read_markdown(text.encode()).blocks]


def source_of(read_bytes: ReadBytes, text: str, quote: str) -> str:
    """The source characters of a quote that stands in the only section of a text."""
    (section,) = read_bytes("made.md", text.encode())
    start = section.text.index(quote)
    first, last = section.source_bytes(start, start + len(quote))
    return text.encode()[first:last].decode()


def test_notes_stand_behind_the_paragraph_of_their_mark() -> None:
    assert shown(NOTES) == [
        "Ferries",
        "It runs daily¹ and\npays.² See³ and [^1].",
        "¹ By an order of the council.",
        "² https://law.example",
        "³ See the act of 2031,\nand more.",
        "Vessel | Fare",
        "Sloop⁴ | £12¹",
        "⁴ First. Second.",
        "Dogs",
        "On a lead[^none].",
        "[^unread]: Nobody points here.",
        "After the notes.",
    ]


def test_words_of_a_note_know_their_bytes(read_bytes: ReadBytes) -> None:
    text = "It runs daily.[^1]\n\nIt pays.\n\n[^1]: By [an order](https://law.example) of the council.\n"

    assert source_of(read_bytes, text, "of the council") == "of the council"
    assert source_of(read_bytes, text, "an order") == "an order"


def test_what_only_looks_like_a_note_in_code_is_code() -> None:
    text = "It is `[^1]` here.\n\n```\n[^1]: a note\n```\n"

    assert shown(text) == ["It is [^1] here.", "[^1]: a note"]
