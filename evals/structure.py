"""How well readers find a document's headings: the trees they give, held against trees written down by hand.

The documents themselves may not be shipped, so a set holds names, hashes and headings; those that are not at hand are
left out and named. A few small documents of the project's own are always at hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import ConfigDict, Field, with_config

from corpus.read import read_document
from corpus.types import CorpusError, Section
from evals.rows import read_rows
from evals.types import EvalError

SETS = Path(__file__).parent / "datasets" / "structure"
_SAME = 0.9
_FORMATS = ("markdown", "html", "pdf", "docx", "odt", "text")


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class TrueTree:
    """The headings of one document, each with its level from 1, and the hash of the bytes they were written down from.

    `twin` names the file that holds the same text in another format. The document's title is no heading.
    """

    file: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    format: Literal["markdown", "html", "pdf", "docx", "odt", "text"]
    headings: tuple[tuple[Annotated[int, Field(ge=1)], Annotated[str, Field(min_length=1)]], ...]
    twin: str = ""


class Heading(NamedTuple):
    """A heading and its level, from 1."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one document: how many headings are true, how many were found, matched, and at the right level.

    `missed` and `wrong` are the titles that were not found, and those that are none.
    """

    file: str
    format: str
    true: int
    found: int
    matched: int
    levelled: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fidelity:
    """The words that two formats of one document have in common, in order, as a share of both."""

    first: str
    second: str
    share: float
    words: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All documents measured, the pairs compared, and what was not measured and why."""

    documents: tuple[Found, ...]
    pairs: tuple[Fidelity, ...]
    left_out: tuple[str, ...]


def measure(folder: Path | None) -> Outcome:
    """Measure the documents of the set that are in `folder`, and the project's own.

    Raises:
        EvalError: the set is malformed, or a document that is at hand cannot be read.
    """
    trees = [*_trees(SETS / "own.jsonl"), *_trees(SETS / "truth.jsonl")]
    read: dict[str, tuple[Section, ...]] = {}
    left_out: list[str] = []
    for tree in trees:
        path, why = _at_hand(tree, folder)
        if path is None:
            left_out.append(f"{tree.file}: {why}")
            continue
        try:
            read[tree.file] = read_document(path)
        except CorpusError as error:
            raise EvalError(str(error)) from error
    documents = tuple(_compared(tree, read[tree.file]) for tree in trees if tree.file in read)
    pairs = tuple(
        fidelity(tree.file, read[tree.file], tree.twin, read[tree.twin])
        for tree in trees
        if tree.twin and tree.file in read and tree.twin in read
    )
    return Outcome(documents, pairs, tuple(left_out))


def headings_of(sections: Iterable[Section]) -> list[Heading]:
    """The heading tree that a reader found."""
    return [Heading(len(section.path), section.path[-1]) for section in sections if section.path]


def matched(true: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """The longest list of pairs, in order, of titles that are the same but for punctuation and a slip."""
    first, second = [_plain(title) for title in true], [_plain(title) for title in found]
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for row in range(len(first) - 1, -1, -1):
        for column in range(len(second) - 1, -1, -1):
            same = _same(first[row], second[column])
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + 1 if same else 0
            )
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(first) and column < len(second):
        if _same(first[row], second[column]) and best[row][column] == best[row + 1][column + 1] + 1:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def fidelity(first: str, one: Sequence[Section], second: str, other: Sequence[Section]) -> Fidelity:
    """The share of words that two readings of one document have in common, in order."""
    words, others = _words(one), _words(other)
    common = sum(block.size for block in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks())
    return Fidelity(first, second, 2 * common / max(1, len(words) + len(others)), len(words))


def as_text(outcome: Outcome) -> str:
    """The table by format, the slips of each document, and the pairs."""
    lines = ["format     documents  headings  precision  recall     F1  level"]
    groups = [(name, [one for one in outcome.documents if one.format == name]) for name in _FORMATS]
    for name, group in [*groups, ("all", list(outcome.documents))]:
        if group:
            lines.append(_row(name, group))
    for one in outcome.documents:
        slips = [*(f"missed: {title}" for title in one.missed), *(f"none: {title}" for title in one.wrong)]
        if slips or one.levelled < one.matched:
            lines += [
                "",
                f"{one.file}: {one.matched - one.levelled} at another level",
                *(f"  {slip}" for slip in slips),
            ]
    lines += [""] if outcome.pairs else []
    for pair in outcome.pairs:
        lines.append(f"{pair.first} / {pair.second}: {pair.share:.3f} of {pair.words:,} words in common order")
    return "\n".join(lines)


def as_json(outcome: Outcome) -> str:
    """The same figures as one JSON object."""
    documents = [
        {name: getattr(one, name) for name in ("file", "format", "true", "found", "matched", "levelled")}
        for one in outcome.documents
    ]
    pairs = [{"first": pair.first, "second": pair.second, "share": round(pair.share, 4)} for pair in outcome.pairs]
    return json.dumps({"documents": documents, "pairs": pairs, "left_out": list(outcome.left_out)}, ensure_ascii=False)


def f1(documents: Sequence[Found]) -> float | None:
    """The harmonic mean of precision and recall over the headings of all documents; None where there are none."""
    true, found = sum(one.true for one in documents), sum(one.found for one in documents)
    return 2 * sum(one.matched for one in documents) / (true + found) if true + found else None


def _row(name: str, group: Sequence[Found]) -> str:
    true, found = sum(one.true for one in group), sum(one.found for one in group)
    hits, levelled = sum(one.matched for one in group), sum(one.levelled for one in group)
    figures = (_share(hits, found), _share(hits, true), f1(group), _share(levelled, hits))
    shown = "".join(f"{'–' if figure is None else f'{figure:.3f}':>9}" for figure in figures)
    return f"{name:<10} {len(group):>9} {true:>9}  {shown}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _trees(path: Path) -> tuple[TrueTree, ...]:
    return read_rows(path, TrueTree).rows


def _at_hand(tree: TrueTree, folder: Path | None) -> tuple[Path | None, str]:
    """Where a document is, or why it is not measured."""
    for place in (SETS / "own", folder):
        path = place / tree.file if place else None
        if path and path.is_file():
            same = hashlib.sha256(path.read_bytes()).hexdigest() == tree.sha256
            return (path, "") if same else (None, "other bytes than the tree was written for")
    return None, "not there"


def _compared(tree: TrueTree, sections: Sequence[Section]) -> Found:
    true = [Heading(*heading) for heading in tree.headings]
    found = headings_of(sections)
    pairs = matched([heading.title for heading in true], [heading.title for heading in found])
    levelled = sum(true[row].level == found[column].level for row, column in pairs)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return Found(
        tree.file,
        tree.format,
        len(true),
        len(found),
        len(pairs),
        levelled,
        tuple(heading.title for place, heading in enumerate(true) if place not in rows),
        tuple(heading.title for place, heading in enumerate(found) if place not in columns),
    )


def _words(sections: Iterable[Section]) -> list[str]:
    words: list[str] = []
    for section in sections:
        words += [*(section.path[-1].split() if section.path else ()), *section.text.split()]
    return words


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _SAME and matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME
