"""Tables to rows whose values stand under the names of their columns: empty cells are kept, spanned ones filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.styled import Piece, Styled
from corpus.types import BlockKind

_WIDEST = 100  # columns that a cell may reach to; a file may say any number
_LONGEST_VALUE = 20  # words; what is longer is prose


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its row has it: its paragraphs, and how many columns and rows it takes.

    `above` marks a place that the cell above it takes, where a format has something for each place.
    """

    parts: Sequence[Styled] = ()
    across: int = 1
    down: int = 1
    above: bool = False

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(part.labelled for part in self.parts if part.text)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes whose marks stand in it."""
        return tuple(note for part in self.parts for note in part.notes)


def row_text(texts: Sequence[str]) -> str:
    """A row with bars between its cells, as in every table of the corpus; none behind the last that says something.

    Nor is there one before the first where the row is of prose, whose sentences are quoted, and not of values.
    """
    said = [at for at, text in enumerate(texts) if text]
    if not said:
        return ""
    is_prose = any(len(text.split()) > _LONGEST_VALUE for text in texts)
    return " | ".join(texts[said[0] if is_prose else 0 : said[-1] + 1]).replace("  ", " ").strip()


def table_of(rows: Sequence[Sequence[Cell]]) -> Iterator[Styled]:
    """The rows as paragraphs with bars between their cells; one cell alone is a frame around text."""
    for row, texts in zip(rows, filled(rows), strict=True):
        if len(row) == 1:
            yield from row[0].parts
        elif any(cell.text for cell in row):
            notes = tuple(note for cell in row for note in cell.notes)
            yield Styled((Piece(row_text(texts)),), BlockKind.ROW, notes=notes)


def filled(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """What each row says, column by column: a cell that several rows share is said in each of them, and columns that
    are empty in all rows are left out.
    """
    grid: list[list[str]] = []
    spanning: dict[int, tuple[str, int]] = {}  # by column: what a cell begun above says, and the rows it has left
    for row in rows:
        texts: list[str] = []
        for cell in row:
            _take_spanned(texts, spanning)
            above = grid[-1][len(texts)] if cell.above and grid and len(texts) < len(grid[-1]) else ""
            for place in range(max(1, min(cell.across, _WIDEST - len(texts)))):
                if cell.down > 1 and len(texts) < _WIDEST:
                    spanning[len(texts)] = (_repeated(cell.text) if place == 0 else "", cell.down - 1)
                texts.append((_repeated(above) or cell.text) if place == 0 else "")
        last = max(spanning, default=-1)
        while len(texts) <= last:
            _take_spanned(texts, spanning)
            if len(texts) <= last:
                texts.append("")
        grid.append(texts)
    width = max((len(texts) for texts in grid if len(texts) > 1), default=0)
    empty = {at for at in range(width) if not any(len(row) > at and row[at] for row in grid)}
    return [[text for at, text in enumerate(row) if at not in empty] for row in grid]


def _take_spanned(texts: list[str], spanning: dict[int, tuple[str, int]]) -> None:
    """Add the cells begun in rows above that take the next places of a row."""
    while len(texts) in spanning:
        text, left = spanning.pop(len(texts))
        if left > 1:
            spanning[len(texts)] = text, left - 1
        texts.append(text)


def _repeated(text: str) -> str:
    return text if len(text.split()) <= _LONGEST_VALUE else ""
