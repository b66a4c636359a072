"""How well the product's own search finds what a set calls relevant: BM25 alone, dense alone, and both fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.benchmark.beir import Collection, ConversationRow, QueryRow, Utterance, read_collection
from evals.benchmark.conversations import Sought, sought
from evals.benchmark.memory import FUSED, LEGS, Parts, searches
from evals.benchmark.metrics import per_query
from evals.benchmark.types import Options, Outcome, Row
from evals.figures import figure
from evals.progress import progress_bar
from index.search import Search

_SEARCHED = 200  # passages: enough for ten rows, however many passages the rows before them have
_KEPT = 10


@dataclass(frozen=True, slots=True)
class Task:
    """A retrieval benchmark: its name, whether its queries are conversations, and the measures it is known by."""

    name: str
    conversations: bool
    measures: tuple[str, ...]


DOC2DIAL = Task("doc2dial", True, ("recall_at_1", "recall_at_5", "recall_at_10", "mrr_at_10"))
OBLIQA = Task("obliqa", False, ("recall_at_10", "map_at_10"))
BEIR = Task("beir", False, ("recall_at_1", "recall_at_5", "recall_at_10", "mrr_at_10", "map_at_10", "ndcg_at_10"))

TASKS = {task.name: task for task in (DOC2DIAL, OBLIQA, BEIR)}

_ALL, _FOLLOW_UPS = "all", "follow-ups"


def measure(task: Task, folder: Path, options: Options, parts: Parts) -> Outcome:
    """Search for every query of a folder and score what was found.

    Raises:
        EvalError: the folder cannot be read, or the vectors cannot be kept.
        SearchError: the embedding model cannot be loaded.
    """
    read = _conversations(folder, options) if task.conversations else _questions(folder, options)
    opened = searches(read.corpus, read.sha256, parts)
    queries = options.sample(read.queries)
    relevant = {query.id: read.relevant[query.id] for query in queries}
    rankings = _rankings(queries, opened)
    values = {leg: per_query(task.measures, rankings[leg], relevant) for leg in LEGS}
    groups = _groups(task, queries)
    rows = tuple(_row(leg, group, ids, values[leg]) for group, ids in groups.items() for leg in LEGS)
    headline = {
        f"{'followup_' if group == _FOLLOW_UPS else ''}{name}": found
        for group, ids in groups.items()
        for name, found in _row(FUSED, group, ids, values[FUSED]).figures.items()
    }
    made_with = {
        "embedding_model": parts.embedder.name,
        "passages": len(opened[FUSED].library.passages),
        "corpus_sha256": read.sha256,
    }
    return Outcome(task.name, rows, headline, made_with, read.problems)


def _conversations(folder: Path, options: Options) -> Collection[ConversationRow]:
    return read_collection(folder, ConversationRow, keep_going=options.keep_going)


def _questions(folder: Path, options: Options) -> Collection[ConversationRow]:
    """Questions read as conversations of one turn, so that both go the assistant's way."""
    read = read_collection(folder, QueryRow, keep_going=options.keep_going)
    queries = tuple(ConversationRow(query.id, (Utterance("user", query.text),)) for query in read.queries)
    return Collection(read.corpus, queries, read.relevant, read.sha256, read.problems)


def _groups(task: Task, queries: Sequence[ConversationRow]) -> dict[str, list[str]]:
    """The ids of all queries and, of conversations, of those with an earlier turn."""
    groups = {_ALL: [query.id for query in queries]}
    later = [query.id for query in queries if len(query.turns) > 1]
    return groups | {_FOLLOW_UPS: later} if task.conversations else groups


def _row(leg: str, group: str, ids: Sequence[str], values: Mapping[str, Mapping[str, float]]) -> Row:
    return Row(leg, group, {name: figure([by_query[query] for query in ids]) for name, by_query in values.items()})


def _rankings(queries: Sequence[ConversationRow], opened: Mapping[str, Search]) -> dict[str, dict[str, list[str]]]:
    """Ids of the rows found, best first, by leg and query."""
    rankings: dict[str, dict[str, list[str]]] = {leg: {} for leg in opened}
    with progress_bar("Searching") as progress:
        for done, query in enumerate(queries):
            progress(done, len(queries))
            wanted = sought(query, opened[FUSED])
            for leg, search in opened.items():
                rankings[leg][query.id] = _found(search, wanted) if wanted else []
        progress(len(queries), len(queries))
    return rankings


def _found(search: Search, wanted: Sought) -> list[str]:
    """Ids of rows, best first; a row counts once, by its best passage."""
    hits = search.search(wanted.question, _SEARCHED, (), wanted.context, leans=wanted.leans)
    return list(dict.fromkeys(hit.passage.section.document.id for hit in hits))[:_KEPT]
