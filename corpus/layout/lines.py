"""Words to lines in the order a person reads them: column by column, with what spans the columns between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from corpus.layout.page import Line, Page, Word

_COLUMN_GAP = 1.3  # of the size; a wider gap on one baseline may part two columns
_LEAST_COLUMN = 0.17  # of the width of the text
_LEAST_LINES = 3
_MOST_CROSSING = 0.34  # of the lines of the shorter column
_FULL = 0.5  # of its column's width; lines of prose mostly fill theirs, cells of a table do not
_SAME_ROW = 0.5  # of the smaller height
_FIGURE = 1.6  # of the size of the text; a number as large as that counts the paragraphs beside it
_RAISED = 0.8  # of its neighbour's size; smaller ones on a row are raised or lowered figures

Fragment = tuple[Word, ...]


def lines_of(page: Page, words: Sequence[Word], *, first_column: int = 0) -> list[Line]:
    """The lines of a page's words in reading order; lines of one column share its number."""
    lines: list[Line] = []
    for number, column in enumerate(_columns(_fragments(words)), start=first_column):
        rows = [
            tuple(sorted((word for piece in row for word in piece), key=lambda word: word.x0)) for row in _rows(column)
        ]
        lines.extend(Line(page.number, row, number, page.height) for row in rows)
    return lines


def gutter_of(words: Sequence[Word]) -> float | None:
    """Where the gap between two columns of prose is, from the left; None where a page has no columns."""
    fragments = _fragments(words)
    return _gutter(fragments) if fragments else None


def rows_of(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """Words by their baselines, from the top, each row from the left; raised figures stand with their neighbours."""
    return [
        tuple(sorted((word for piece in row for word in piece), key=lambda word: word.x0))
        for row in _rows(_fragments(words))
    ]


def fragment_rows(words: Sequence[Word]) -> list[tuple[Fragment, ...]]:
    """Words by their baselines, from the top, each row in the pieces that wide gaps part, from the left."""
    return [tuple(sorted(row, key=lambda piece: piece[0].x0)) for row in _rows(_fragments(words))]


def _fragments(words: Sequence[Word]) -> list[Fragment]:
    """Words on one baseline with no gap wide enough for two columns."""
    fragments: list[Fragment] = []
    for row in _rows([(word,) for word in words]):
        held: list[Word] = []
        for word in sorted((word for piece in row for word in piece), key=lambda word: word.x0):
            if held and word.x0 - max(one.x1 for one in held) > _COLUMN_GAP * min(word.size, held[-1].size):
                fragments.append(tuple(held))
                held = []
            held.append(word)
        fragments.append(tuple(held))
    return fragments


def _rows(pieces: Sequence[Fragment]) -> list[list[Fragment]]:
    """Pieces that stand beside each other, from the top. A small piece belongs to the row it overlaps most."""
    large = median(word.size for piece in pieces for word in piece) if pieces else 0.0
    rows: list[list[Fragment]] = []
    small: list[Fragment] = []
    figures: list[Fragment] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].base):
        if piece[0].size < _RAISED * large:
            small.append(piece)
        elif piece[0].size > _FIGURE * large and len(piece) == 1 and piece[0].text.strip(".)").isdigit():
            figures.append(piece)
        elif rows and _beside(rows[-1][-1][0], piece[0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for piece in figures:  # a large number before a text of several lines belongs to the first of them
        beside = [row for row in rows if _overlap(row[0][0], piece[0]) > 0.3 * row[0][0].size and _follows(row, piece)]
        beside[0].append(piece) if beside else rows.append([piece])
    for piece in small:
        near = [row for row in rows if _touches(row, piece)]
        if near:
            max(near, key=lambda row: _overlap(row[0][0], piece[0])).append(piece)
        else:
            rows.append([piece])
    return sorted(_gathered(rows), key=lambda row: min(max(word.top for word in piece) for piece in row))


def _gathered(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Rows of small pieces alone, which the walk above left one by one, put together."""
    rows.sort(key=lambda row: row[0][0].base)
    gathered: list[list[Fragment]] = []
    for row in rows:
        if gathered and _beside(gathered[-1][0][0], row[0][0]):
            gathered[-1].extend(row)
        else:
            gathered.append(list(row))
    return gathered


def _follows(row: Sequence[Fragment], figure: Fragment) -> bool:
    return any(0 <= piece[0].x0 - figure[0].x1 < 2 * figure[0].size for piece in row)


def _beside(one: Word, other: Word) -> bool:
    return abs(one.base - other.base) < 0.3 * min(one.size, other.size)


def _touches(row: Sequence[Fragment], piece: Fragment) -> bool:
    words = [word for held in row for word in held]
    return any(
        _overlap(word, piece[0]) > _SAME_ROW * piece[0].size
        and min(abs(piece[0].x0 - word.x1), abs(word.x0 - piece[-1].x1)) < word.size
        for word in words
    )


def _overlap(one: Word, other: Word) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _columns(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """The columns in reading order. What crosses the gutter ends the columns above it and stands on its own."""
    if not fragments:
        return
    gutter = _gutter(fragments)
    if gutter is None:
        yield list(fragments)
        return
    ordered = sorted(fragments, key=lambda piece: piece[0].base)
    for crosses, band in groupby(ordered, key=lambda piece: piece[0].x0 < gutter < piece[-1].x1):
        pieces = list(band)
        if crosses:
            yield pieces
            continue
        yield from _columns([piece for piece in pieces if piece[-1].x1 <= gutter])
        yield from _columns([piece for piece in pieces if piece[0].x0 >= gutter])


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """The middle of the widest upright gap with columns of prose on both sides, or None."""
    left, right = min(piece[0].x0 for piece in fragments), max(piece[-1].x1 for piece in fragments)
    best: tuple[float, float] | None = None
    for start in sorted({round(piece[-1].x1, 1) for piece in fragments}):
        before = [piece for piece in fragments if piece[-1].x1 <= start + 0.1]
        after = [piece for piece in fragments if piece[0].x0 > start + 0.1]
        if not after:
            continue
        # What starts soonest after the gap ends it; a stray piece in the gap would end it too soon, so the edge of
        # the column is where most of its lines begin.
        edge = min(piece[0].x0 for piece in after)
        crossing = len(fragments) - len(before) - len(after)
        width = edge - start
        size = median(word.size for piece in fragments for word in piece)
        if width < 0.8 * size or (best and width <= best[0]):
            continue
        if _are_columns(before, after, crossing, right - left):
            best = (width, start + width / 2)
    return best[1] if best else None


def _are_columns(before: Sequence[Fragment], after: Sequence[Fragment], crossing: int, width: float) -> bool:
    facing = min(len(_facing(before, after)), len(_facing(after, before)))
    return (
        facing >= _LEAST_LINES
        and crossing <= _MOST_CROSSING * facing + 1
        and all(_is_prose(side, width) for side in (before, after))
    )


def _facing(one: Sequence[Fragment], other: Sequence[Fragment]) -> list[Fragment]:
    top, bottom = min(piece[0].base for piece in other), max(piece[0].base for piece in other)
    return [piece for piece in one if top - piece[0].size <= piece[0].base <= bottom + piece[0].size]


def _is_prose(column: Sequence[Fragment], width: float) -> bool:
    left, right = min(piece[0].x0 for piece in column), max(piece[-1].x1 for piece in column)
    lines = [piece for piece in column if len(piece) > 1]
    if right - left < _LEAST_COLUMN * width or len(lines) < _LEAST_LINES:
        return False
    return median(piece[-1].x1 - piece[0].x0 for piece in lines) >= _FULL * (right - left)
