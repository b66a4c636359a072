"""Speed and memory as ratios taken in one run, each beside its bar: `python -m benchmarks [--json FILE]`.

It reports and never fails: a busy machine is not a fault of the program.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.cold import cold_figures
from benchmarks.figures import Figure, table


def main() -> None:
    """Measure and print."""
    arguments = _parser().parse_args()
    if arguments.part == "peers":
        from benchmarks.peers import peers_table

        print(peers_table(arguments.folder))
    elif arguments.part == "documents":
        from benchmarks.documents import documents_table

        print(documents_table(arguments.folder, arguments.llm))
    elif arguments.part == "killed":
        from benchmarks.killed import killed_report

        for line in killed_report(arguments.folder, arguments.times, arguments.seed):
            print(line, flush=True)
    elif arguments.part == "scale":
        from benchmarks.scale import scale_table

        print(scale_table(arguments.real, arguments.free, arguments.vectors))
    else:
        load = os.getloadavg()[0]
        figures = [] if arguments.part == "reading" else _without_llm(arguments.repetitions)
        read, questions = _with_llm(arguments.questions, ahead=not arguments.nothing_ahead)
        if figures or read:
            _report([*figures, *read], questions, load, arguments.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--repetitions", type=int, default=7, metavar="N", help="of each command and build (7)")
    parser.set_defaults(questions=30, nothing_ahead=False)
    parts = parser.add_subparsers(dest="part", metavar="PART", help="one alone; none: what `make bench` runs")
    beside = parts.add_parser(
        "peers", help="the same files and questions with llama-index's stock parts (docs/peers.md)"
    )
    beside.add_argument("folder", type=Path, metavar="FOLDER", help="which holds the files")
    across = parts.add_parser("documents", help="questions asked of sixteen public documents at once (decision 0016)")
    across.add_argument("folder", type=Path, metavar="FOLDER", help="which holds them")
    across.add_argument("--llm", default="none", help="as for `communique ask` (none)")
    ended = parts.add_parser("killed", help="an ingest killed at random moments, and a full check after each")
    ended.add_argument("folder", type=Path, metavar="FOLDER", help="of documents")
    ended.add_argument("--times", type=int, default=10, metavar="N", help="(10)")
    ended.add_argument("--seed", type=int, default=0, metavar="N", help="of the moments (0)")
    large = parts.add_parser("scale", help="how throughput, memory, start and search bear size")
    large.add_argument(
        "--real", type=int, nargs="*", default=[100, 1000], metavar="N", help="documents, with the model"
    )
    large.add_argument("--free", type=int, nargs="*", default=[100, 1000], metavar="N", help="documents, without one")
    large.add_argument("--vectors", type=int, default=0, metavar="N", help="to find the nearest among (0: leave out)")
    read = parts.add_parser("reading", help="with the language model, beside llama-index's CitationQueryEngine")
    read.add_argument("--questions", type=_positive, default=30, metavar="N", help="to ask both sides (30)")
    read.add_argument("--nothing-ahead", action="store_true", help="ask before anything was read ahead")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: at least 1")
    return number


def _without_llm(repetitions: int) -> list[Figure]:
    print("starting commands cold …", file=sys.stderr)
    figures = cold_figures(repetitions)
    print("searching and building …", file=sys.stderr)
    from benchmarks.warm import warm_figures  # only now: cold figures want a small process

    figures += warm_figures(repetitions)
    print("opening the page …", file=sys.stderr)
    from benchmarks.page import page_figures

    return figures + page_figures(repetitions)


def _with_llm(count: int, *, ahead: bool) -> tuple[Sequence[Figure], Sequence[dict[str, Any]]]:
    """The figures, and the questions with what both sides said; neither where there is no model file."""
    from benchmarks.reading import model_file, reading_measured

    model = model_file()
    if model is None:
        print("no language model is here (communique models fetch brings it): nothing is measured with one")
        return (), ()
    print("reading with the language model …", file=sys.stderr)
    return reading_measured(model, count, ahead=ahead)


def _report(figures: Sequence[Figure], questions: Sequence[dict[str, Any]], load: float, file: Path | None) -> None:
    """Print the figures, and write them to a file where one is named; `load` is the machine's at the start."""
    print(table(figures))
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start")
    if file:
        result = {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "machine": platform.platform(),
            "cores": os.cpu_count(),
            "load": round(load, 2),
            "figures": [figure.row() for figure in figures],
            "questions": list(questions),
        }
        file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
