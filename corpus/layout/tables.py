"""Tables drawn with lines: which words stand in which cell, row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.layout.hyphens import Vocabulary
from corpus.layout.lines import rows_of
from corpus.layout.page import Line, Page, Rule, Word
from corpus.rows import row_text

_NEAR = 3.0  # points; lines this near to each other are one
_LEAST_WIDTH = 100.0
_MOST_LINES = 2000  # a drawing with more is a picture


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows as text, its place on the page and the words it took."""

    rows: tuple[str, ...]
    top: float
    words: frozenset[Word]
    x0: float
    x1: float


def tables_of(page: Page, vocabulary: Vocabulary) -> list[Table]:
    """The tables of a page from the top; a frame without inner lines is none."""
    level = _merged(rule for rule in page.rules if rule.y0 == rule.y1)
    upright = [_flipped(rule) for rule in _merged(_flipped(rule) for rule in page.rules if rule.x0 == rule.x1)]
    if len(level) + len(upright) > _MOST_LINES:
        return []
    found = [_table(page, lines, vocabulary) for lines in _connected(level, upright)]
    return sorted((table for table in found if table), key=lambda table: table.top)


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Level lines, those that touch or nearly so made one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y0 / _NEAR), rule.x0)):
        last = merged[-1] if merged else None
        if last and abs(last.y0 - rule.y0) <= _NEAR and rule.x0 <= last.x1 + _NEAR:
            merged[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            merged.append(rule)
    return merged


def _connected(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that cross or meet each other."""
    group = list(range(len(level) + len(upright)))

    def root(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    for across, one in enumerate(level):
        for down, other in enumerate(upright, start=len(level)):
            if one.x0 - _NEAR <= other.x0 <= one.x1 + _NEAR and other.y0 - _NEAR <= one.y0 <= other.y1 + _NEAR:
                group[root(across)] = root(down)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for member in range(len(group)):
        side = member >= len(level)
        groups[root(member)][side].append(upright[member - len(level)] if side else level[member])
    return list(groups.values())


def _table(page: Page, lines: tuple[list[Rule], list[Rule]], vocabulary: Vocabulary) -> Table | None:
    level, upright = lines
    # A table may have no lines at its sides: it reaches as far as those across it do.
    ys = _places([*(rule.y0 for rule in level), *_reach(rule[1::2] for rule in upright)])
    xs = _places([*(rule.x0 for rule in upright), *_reach(rule[0::2] for rule in level)])
    if len(ys) < 2 or len(xs) < 3 or xs[-1] - xs[0] < _LEAST_WIDTH:
        return None
    cells = _cells(ys, xs, level, upright)
    held: dict[int, list[Word]] = defaultdict(list)
    for word in page.words:
        across, down = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size
        if xs[0] - _NEAR < across < xs[-1] + _NEAR and ys[0] < down < ys[-1]:
            column = min(max(bisect_right(xs, across) - 1, 0), len(xs) - 2)
            held[cells[bisect_right(ys, down) - 1][column]].append(word)
    if len(held) < 2:
        return None
    rows = _rows(page, cells, held, vocabulary)
    if not any(sum(map(bool, row)) > 1 for row in rows):
        return None
    words = frozenset(word for words in held.values() for word in words)
    return Table(tuple(map(row_text, rows)), ys[0], words, xs[0], xs[-1])


def _reach(spans: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    edges = [edge for span in spans for edge in span]
    return (min(edges), max(edges)) if edges else ()


def _rows(
    page: Page, cells: Sequence[Sequence[int]], held: dict[int, list[Word]], vocabulary: Vocabulary
) -> list[list[str]]:
    """Each cell stands in the row where it begins; below it, its place is empty."""
    rows: list[list[str]] = []
    done: set[int] = set()
    firsts = [{cell: at for at, cell in [*enumerate(row)][::-1]} for row in cells]
    said = sorted({at for first in firsts for cell, at in first.items() if held.get(cell)})
    for row, first in zip(cells, firsts, strict=True):
        begun = [row[at] if first[row[at]] == at and row[at] not in done else -1 for at in said]
        texts = [_text(page, held.get(cell, ()), vocabulary) for cell in begun]
        done.update(row)
        if any(texts):
            rows.append(texts)
    return rows


def _text(page: Page, words: Sequence[Word], vocabulary: Vocabulary) -> str:
    text = ""
    for row in rows_of(words):
        text = vocabulary.joined(text, Line(page.number, row).text)
    return text


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _cells(ys: Sequence[float], xs: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[int]]:
    """For each box of the grid the number of its cell: boxes with no line between them are one cell."""
    width = len(xs) - 1
    cell = list(range((len(ys) - 1) * width))

    def root(box: int) -> int:
        while cell[box] != box:
            box = cell[box]
        return box

    for row in range(len(ys) - 1):
        for column in range(width):
            box, down, across = row * width + column, (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column + 1 < width and not _drawn(upright, xs[column + 1], down, turned=True):
                cell[root(box + 1)] = root(box)
            if row + 2 < len(ys) and not _drawn(level, ys[row + 1], across, turned=False):
                cell[root(box + width)] = root(box)
    return [[root(row * width + column) for column in range(width)] for row in range(len(ys) - 1)]


def _drawn(rules: Sequence[Rule], place: float, along: float, *, turned: bool) -> bool:
    """Whether one of the lines stands at `place` and passes `along` it."""
    for rule in rules:
        at, start, end = (rule.x0, rule.y0, rule.y1) if turned else (rule.y0, rule.x0, rule.x1)
        if abs(at - place) <= _NEAR and start - _NEAR <= along <= end + _NEAR:
            return True
    return False
