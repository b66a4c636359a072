"""How the index bears size: `python -m benchmarks scale`. Collections are made up (benchmarks/generated.py).

Throughput is measured with the real model against the model alone. Memory, start and search are measured with a free
one, since no model has a part in how they grow. docs/decisions/0017-size.md holds a run beside its bars.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, table
from benchmarks.generated import write_collection

_FEW = 10_000  # vectors


def scale_table(real: Sequence[int], free: Sequence[int], vectors: int) -> str:
    """Measure throughput at the `real` numbers of documents, the rest at the `free` ones, nearest at `vectors`."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        figures = [figure for documents in real for figure in _throughput(folder, documents)]
        figures += [figure for documents in free for figure in _growth(folder, documents)]
        figures += _nearest(folder, vectors) if vectors else []
    return table(figures)


def _throughput(place: Path, documents: int) -> list[Figure]:
    """Encoding alone before and after, so that a machine whose load drifts favours neither."""
    folder, home = _collection(place, documents), place / f"real-{documents}"
    before = _part("encode", folder, home, "real")
    ingest = _part("ingest", folder, home, "real")
    after = _part("encode", folder, home, "real")
    passages = int(before["passages"])
    figures = []
    for clock in ("seconds", "processor"):
        alone = (before[clock] + after[clock]) / 2
        behind = f"{ingest[clock]:.1f} s against {before[clock]:.1f} and {after[clock]:.1f} s"
        what = f"ingest of {documents:,} documents, {passages:,} passages, against encoding alone, {clock}"
        figures.append(Figure(what, ingest[clock] / alone, "×", 1 / 0.85, 1, behind))
    return [*figures, _memory(documents, "with the model", ingest)]


def _growth(place: Path, documents: int) -> list[Figure]:
    folder, home = _collection(place, documents), place / f"free-{documents}"
    ingest = _part("ingest", folder, home, "free")
    opened = _part("open", home)
    of = f"{documents:,} documents, {opened['passages']:,} passages"

    def milliseconds(what: str, key: str, n: int) -> Figure:
        return Figure(f"{what}, {of}", 1000 * opened[key], "ms", None, n, "")

    return [
        _memory(documents, "without one", ingest),
        Figure(
            f"ingest without a model, {of}", ingest["seconds"], "s", None, 1, f"{ingest['processor']:.1f} s processor"
        ),
        milliseconds("opening the index", "open_seconds", 1),
        milliseconds("  of it the keyword index", "keyword_open_seconds", 1),
        Figure(f"memory to open and ask it, {of}", opened["megabytes"], "MB", None, 1, ""),
        milliseconds("the first search", "first_seconds", 1),
        milliseconds("a search, p95", "search_p95", 100),
        milliseconds("  of it the keyword leg (bm25s), p95", "keyword_p95", 100),
        milliseconds("Chroma's full text in its place, p95", "full_text_p95", 100),
    ]


def _memory(documents: int, model: str, ingest: dict[str, Any]) -> Figure:
    return Figure(f"peak memory of an ingest of {documents:,} {model}", ingest["megabytes"], "MB", None, 1, "")


def _nearest(place: Path, vectors: int) -> list[Figure]:
    few, many = (_part("vectors", place / f"vectors-{count}", count) for count in (_FEW, vectors))
    behind = f"{1000 * many['p95']:.1f} ms against {1000 * few['p95']:.1f} ms; built in {many['seconds']:.0f} s, "
    behind += f"{many['megabytes']:,.0f} MB"
    what = f"the 100 nearest of {vectors:,} vectors against of {_FEW:,}, p95"
    return [Figure(what, many["p95"] / few["p95"], "×", 3.0, 100, behind)]


def _collection(place: Path, documents: int) -> Path:
    folder = place / f"documents-{documents}"
    if not folder.exists():
        print(f"writing {documents:,} documents …", file=sys.stderr)
        write_collection(folder, documents)
    return folder


def _part(*arguments: object) -> dict[str, Any]:
    shown = " ".join(Path(str(argument)).name for argument in arguments)
    print(f"{shown} …", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.scale_parts", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shown} ended with {done.returncode}")
    result: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    print(f"   {result}", file=sys.stderr)
    return result
