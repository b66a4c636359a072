"""Passage size and fusion weight against finding the right section: the tables of decisions 0002 and 0008.

    python benchmarks/retrieval.py [SET.jsonl]

Prints, for the tune and the report split, in how many answerable cases a gold section is among the first three hits,
and the mean reciprocal rank of the first gold section. Conversations are searched as the assistant searches them.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.bundled import bundled_documents
from index.build import Recipe
from index.embed import SentenceEmbedder
from index.ingest import ingest
from index.passages import PassageSize
from index.search import DENSE_WEIGHT, Search

_SET = Path(__file__).parent.parent / "evals" / "datasets" / "statement.jsonl"
_SIZES = (PassageSize(60, 15), PassageSize(90, 20), PassageSize(120, 25), PassageSize(160, 40), PassageSize(250, 100))
_WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


def main() -> None:
    """Print both tables."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else _SET
    cases = [case for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if _counts(case)]
    print("words (most, least) | passages | tune: top 3, MRR | report: top 3, MRR")
    for size in _SIZES:
        with _search(size, DENSE_WEIGHT) as search:
            shown = " | ".join(_figures(search, cases, split) for split in ("tune", "report"))
            print(f"{size.most}, {size.least} | {len(search.library.passages)} | {shown}", flush=True)
    print("\ndense weight | tune: top 3, MRR | report: top 3, MRR")
    for weight in _WEIGHTS:
        with _search(PassageSize(), weight) as search:
            shown = " | ".join(_figures(search, cases, split) for split in ("tune", "report"))
            print(f"{weight} | {shown}", flush=True)


class _search:  # noqa: N801 - used as a with-statement only
    """An index of the bundled documents in a temporary folder."""

    embedder = SentenceEmbedder()

    def __init__(self, size: PassageSize, weight: float) -> None:
        self._folder = tempfile.TemporaryDirectory()
        recipe = Recipe(self.embedder, size)
        ingest(Path(self._folder.name), recipe, bundled_documents())
        self._opened = Search.open(Path(self._folder.name), recipe, weight)

    def __enter__(self) -> Search:
        return self._opened

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()


def _counts(case: dict[str, Any]) -> bool:
    """Whether there is a passage to find: not in Japanese, which is translated before it is searched."""
    return bool(case["gold"]) and case["kind"] != "japanese"


def _figures(search: Search, cases: Sequence[dict[str, Any]], split: str) -> str:
    ranks = list(_ranks(search, [case for case in cases if case["split"] == split]))
    top = sum(rank <= 3 for rank in ranks) / len(ranks)
    return f"{top:.3f}, {sum(1 / rank for rank in ranks) / len(ranks):.3f} (n={len(ranks)})"


def _ranks(search: Search, cases: Sequence[dict[str, Any]]) -> Iterator[float]:
    from assistant.question import Question
    from assistant.rewrite import standalone
    from assistant.types import Answer, Status, Turn

    for case in cases:
        history: list[Turn] = []
        context: tuple[str, ...] = ()
        for asked in case["turns"]:
            alone, context, _ = standalone(Question(asked), history, search.frequency)
            history.append(Turn(asked, Answer(asked, alone.text, Status.NOT_STATED, message="-")))
        gold = {sentence["id"].rsplit(":", 1)[0] for sentence in case["gold"]}
        hits = search.search(case["turns"][-1], 50, (), context, leans=alone.text != case["turns"][-1])
        sections = [hit.passage.section.id for hit in hits]
        yield next((rank for rank, section in enumerate(sections, start=1) if section in gold), float("inf"))


if __name__ == "__main__":
    main()
