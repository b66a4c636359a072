"""The cases of a Markdown report: the worst in full, the others in a line each, within what a comment takes."""

from __future__ import annotations

from collections.abc import Sequence

LIMIT = 60_000
"""Bytes of a Markdown report: a comment on a pull request takes 65,536 characters."""
_SAID = 400  # bytes kept free for what is said of those that are not in full


def listed(full: Sequence[str], short: Sequence[str], *, room: int, run: str) -> str:
    """The cases, each given in full and as a line, in as many bytes as there is room, and what was left out.

    Args:
        full: each case with its answer and reasons.
        short: the same cases, a line each.
        room: how many bytes it may be long.
        run: the run they are of.
    """
    if not full:
        return "Nothing.\n"
    if _bytes(full) <= room:
        return "".join(full)
    whole, there = _fitting([_bytes([one]) for one in full], [_bytes([one]) for one in short], room - _SAID)
    said = f"The first {whole} of {len(full)} are in full, " if whole else f"None of the {len(full)} is in full, "
    said += f"{there - whole} in a line each without their answers"
    said += f", and {len(full) - there} are left out" if there < len(full) else ""
    said += f", for a pull request comment to hold it; all is in the HTML report: `python -m evals report {run}`.\n\n"
    return said + "".join([*full[:whole], *short[whole:there]])


def _fitting(full: Sequence[int], short: Sequence[int], room: int) -> tuple[int, int]:
    """How many go in full, and how many at all; lines come first, so that as few as can be are missing."""
    there, used = 0, 0
    while there < len(short) and used + short[there] <= room:
        used += short[there]
        there += 1
    whole = 0
    while whole < there and used - short[whole] + full[whole] <= room:
        used += full[whole] - short[whole]
        whole += 1
    return whole, there


def _bytes(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)
