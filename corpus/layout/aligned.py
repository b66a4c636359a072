"""Tables without drawn lines: short cells that stand below each other with clear gaps between the columns.

Told with care, for a row wrongly taken out of running text is worse than a table read as lines: at least three rows of
at least three cells, one below the other. What looks like columns of prose or a list of contents is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from corpus.layout.lines import Fragment, fragment_rows
from corpus.layout.page import Line, Page
from corpus.layout.tables import Table
from corpus.rows import row_text

_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_APART = 2.6  # of the size; baselines of one table's rows are no further apart
_GUTTER = 0.8  # of the size; between what reaches furthest right in a column and furthest left in the next
_IN_LINE = 2.5  # points; how far the edges or middles of a column's cells may be apart
_MOST_OUT_OF_LINE = 0.2  # of the cells of a column
_MOST_WORDS, _MEAN_WORDS = 9, 4.0  # of a cell; cells of prose set in columns have more
_LEADERS = re.compile(r"\.{3,}|(?:\. ){3,}|…{2,}")

_Row = tuple[Fragment, ...]


def aligned_tables(page: Page, drawn: Sequence[Table]) -> list[Table]:
    """The tables of a page that no lines are drawn for, from the top."""
    taken = frozenset[object]().union(*(table.words for table in drawn))
    found: list[Table] = []
    run: list[_Row] = []
    for row in [*fragment_rows([word for word in page.words if word not in taken]), ()]:
        if run and _goes_on(run, row):
            run.append(row)
            continue
        if _is_table(run):
            found.append(_table(page, run))
        run = [row] if len(row) >= _LEAST_COLUMNS else []
    return found


def _goes_on(run: Sequence[_Row], row: _Row) -> bool:
    """Whether a row may belong to the table of those above it."""
    if len(row) != len(run[0]):
        return False
    above, word = run[-1][0][0], row[0][0]
    is_near = word.base - above.base <= _APART * max(above.size, word.size)
    return is_near and _are_parted([*run, row])


def _are_parted(rows: Sequence[_Row]) -> bool:
    """Whether a gap runs down the page between each two columns."""
    for left, right in zip(_columns(rows), _columns(rows)[1:], strict=False):
        gutter = min(cell[0].x0 for cell in right) - max(cell[-1].x1 for cell in left)
        if gutter < _GUTTER * left[0][0].size:
            return False
    return True


def _is_table(rows: Sequence[_Row]) -> bool:
    if len(rows) < _LEAST_ROWS:
        return False
    counts = [len(cell) for row in rows for cell in row]
    if max(counts) > _MOST_WORDS or mean(counts) > _MEAN_WORDS or _is_contents(rows):
        return False
    return all(map(_is_in_line, _columns(rows)))


def _is_in_line(column: Sequence[Fragment]) -> bool:
    """Whether most cells of a column begin, end or have their middle at one place."""

    def alike(places: Sequence[float]) -> bool:
        return any(sum(abs(place - one) > _IN_LINE for place in places) <= most for one in places)

    most = _MOST_OUT_OF_LINE * len(column)
    starts, ends = [cell[0].x0 for cell in column], [cell[-1].x1 for cell in column]
    return alike(starts) or alike(ends) or alike([(start + end) / 2 for start, end in zip(starts, ends, strict=True)])


def _is_contents(rows: Sequence[_Row]) -> bool:
    """Whether each row ends with a page number that is no smaller than the one above, or has a row of dots."""
    if any(_LEADERS.search(" ".join(word.text for cell in row for word in cell)) for row in rows):
        return True
    last = [row[-1][-1].text for row in rows]
    numbers = [int(text) for text in last if text.isascii() and text.isdigit()]
    return len(numbers) == len(rows) and numbers == sorted(numbers)


def _columns(rows: Sequence[_Row]) -> list[list[Fragment]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _table(page: Page, rows: Sequence[_Row]) -> Table:
    texts = [row_text([Line(page.number, cell).text for cell in row]) for row in rows]
    words = frozenset(word for row in rows for cell in row for word in cell)
    top = min(word.top for cell in rows[0] for word in cell)
    return Table(tuple(texts), top, words, min(word.x0 for word in words), max(word.x1 for word in words))
