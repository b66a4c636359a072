"""The parts of an act whose name stands on a line of its own below their number: `PART I`, and then `PRELIMINARY`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.markers import marker_depth, part_rank
from corpus.types import Block, BlockKind, Run

_BARE_WORDS = 3
_MOST_WORDS = 25


def with_named_parts(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each part's number and its name made one heading, where both only look like headings."""
    made: list[Block] = []
    is_open = False  # whether the last is the bare number of a part
    for block in blocks:
        if is_open and _names(block, made[-1]):
            made[-1] = _joined(made[-1], block)
            is_open = False
            continue
        made.append(block)
        is_open = _is_bare(block)
    return made


def _is_bare(block: Block) -> bool:
    is_heading = block.kind is BlockKind.HEADING and not block.said
    return is_heading and len(block.text.split()) <= _BARE_WORDS and part_rank(block.text.strip()) is not None


def _names(block: Block, part: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind is BlockKind.HEADING
        and not block.said
        and block.level == part.level
        and len(text.split()) <= _MOST_WORDS
        and marker_depth(text) is None
        and part_rank(text) is None
    )


def _joined(part: Block, name: Block) -> Block:
    between = "" if part.text.endswith(":") else ":"
    text = f"{part.text}{between} "
    runs = (Run(run.start + len(text), run.source, run.length) for run in name.runs)
    return replace(part, text=text + name.text, runs=(*part.runs, *runs))
