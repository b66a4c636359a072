"""This project beside llama-index's stock parts on the same files and questions: `python -m benchmarks peers FOLDER`.

No language model on either side. A passage is right if it is of the expected file and holds the words of the answer,
whatever stands between them of markup, line breaks and hyphens. Questions, answers and headings: peers_questions.jsonl.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.peer_sides import SIDES, Found

_QUESTIONS = Path(__file__).parent / "peers_questions.jsonl"
_BUDGET = 300  # words: about what one reads before giving up
_TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the file that answers it, words of the answer, and of the headings it stands under (any of them)."""

    id: int
    document: str
    question: str
    heading: tuple[str, ...]
    answer: tuple[str, ...]

    def answered_by(self, found: Found) -> bool:
        """Whether the passage is of the right file and holds the answer."""
        text = _plain(found.text)
        return found.document == self.document and all(_plain(words) in text for words in self.answer)

    def headed_by(self, text: str) -> bool:
        """Whether a text names one of the headings."""
        return any(_plain(heading) in _plain(text) for heading in self.heading)


def peers_table(folder: Path) -> str:
    """Run both sides on the files of a folder that the questions name, and put what they did side by side."""
    asked = read_questions(_QUESTIONS)
    files = [folder / name for name in sorted({question.document for question in asked})]
    if missing := [file.name for file in files if not file.is_file()]:
        sys.exit(f"{folder}: it lacks {', '.join(missing)}")
    results = {name: _run(name, files, asked) for name in SIDES}
    columns = {name: _column(result, asked) for name, result in results.items()}
    measured = next(iter(columns.values()))
    rows = [("", *columns), *((what, *(column[what] for column in columns.values())) for what in measured)]
    return f"{len(files)} files, {len(asked)} questions\n" + in_columns(rows) + "\n\n" + _missed(results, asked)


def read_questions(path: Path) -> list[Asked]:
    """The questions of a JSONL file."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Asked(row["id"], row["document"], row["question"], tuple(row["heading"]), tuple(row["answer"])) for row in rows
    ]


def within(hits: Sequence[Found], words: int) -> list[Found]:
    """The passages from the best down, cut off after so many words in all."""
    kept: list[Found] = []
    for hit in hits:
        held = hit.text.split()[:words]
        kept.append(hit._replace(text=" ".join(held)))
        words -= len(held)
    return kept


def in_columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(partial(str.ljust), row, widths)).rstrip() for row in rows)


def _run(name: str, files: Sequence[Path], asked: Sequence[Asked]) -> dict[str, Any]:
    print(f"{name} …", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.peer_sides", name, *map(str, files)]
    questions = json.dumps([question.question for question in asked])
    done = subprocess.run(command, input=questions, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name} ended with {done.returncode}; docs/peers.md says what it needs")
    result: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    result["hits"] = [[Found(**found) for found in hits] for hits in result["hits"]]
    return result


def _column(result: dict[str, Any], asked: Sequence[Asked]) -> dict[str, str]:
    pairs = list(zip(asked, result["hits"], strict=True))
    first_right = [next(filter(question.answered_by, hits[:3]), None) for question, hits in pairs]
    cited = list(zip(asked, first_right, strict=True))
    words = [len(_TAG.sub(" ", hit.text).split()) for hits in result["hits"] for hit in hits]
    return {
        "files read": str(result["documents"]),
        "passages": str(result["passages"]),
        "words in a passage found, median": f"{statistics.median(words):.0f}",
        "right passage first": _share(any(map(question.answered_by, hits[:1])) for question, hits in pairs),
        "right passage in the first 3": _share(found is not None for found in first_right),
        f"answer in the first {_BUDGET} words": _share(
            any(map(question.answered_by, within(hits, _BUDGET))) for question, hits in pairs
        ),
        "right, and its citation names the heading": _share(
            found is not None and question.headed_by(found.citation) for question, found in cited
        ),
        "right, and the heading is in citation or text": _share(
            found is not None and question.headed_by(f"{found.citation}\n{found.text}") for question, found in cited
        ),
        "ingest": f"{result['ingest_seconds']:.1f} s",
        "ingest, processor time": f"{result['processor_seconds']:.1f} s",
        "query, median": f"{1000 * statistics.median(result['query_seconds']):.1f} ms",
        "peak memory": f"{result['megabytes']:.0f} MB",
    }


def _missed(results: dict[str, dict[str, Any]], asked: Sequence[Asked]) -> str:
    """Which questions each side has no right passage for among its first three."""
    lines = []
    for name, result in results.items():
        pairs = zip(asked, result["hits"], strict=True)
        missed = [question.id for question, hits in pairs if not any(map(question.answered_by, hits[:3]))]
        lines.append(f"{name} misses {', '.join(map(str, missed)) or 'none'}")
    return "\n".join(lines)


def _share(right: Iterable[bool]) -> str:
    held = list(right)
    return f"{sum(held)} of {len(held)}"


def _plain(text: str) -> str:
    """Letters and digits alone, so that neither markup nor line breaks nor hyphens count."""
    return "".join(character for character in _TAG.sub(" ", text).casefold() if character.isalnum())
