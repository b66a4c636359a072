"""Third-party benchmarks: folders in BEIR's format read with named faults, and the product's own search measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evals.benchmark.beir import ConversationRow, QueryRow, Utterance, read_collection
from evals.benchmark.conversations import Exchange, exchanges, sought
from evals.benchmark.memory import FUSED, Parts, searches
from evals.benchmark.metrics import per_query
from evals.benchmark.retrieval import BEIR, DOC2DIAL, TASKS, measure
from evals.benchmark.table import BENCHMARKS, run_benchmark
from evals.benchmark.types import Options
from evals.types import EvalError

TALK = [
    ("user", "How many oaks were planted near Brindle?"),
    ("agent", "4,000 of them."),
    ("user", "And in which year was that?"),
]


def talk(name: str, *turns: tuple[str, str]) -> dict[str, object]:
    return {"_id": name, "turns": [{"role": role, "text": text} for role, text in turns]}


@pytest.mark.parametrize("table", ["qrels.tsv", "qrels/test.tsv"])
def test_a_folder_is_read_with_the_queries_that_have_something_relevant(make_folder, table: str) -> None:
    read = read_collection(make_folder(table=table), QueryRow)

    assert [query.id for query in read.queries] == ["q1", "q2", "q3"]
    assert read.relevant == {"q1": {"salmon": 1}, "q2": {"bridge": 1}, "q3": {"oaks": 1}}
    assert len(read.corpus) == 5
    assert read.problems == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"corpus": [{"_id": "x", "title": "no text"}]}, r"corpus\.jsonl:6: text: Field required"),
        ({"corpus": ["{"]}, r"corpus\.jsonl:6: the row: Invalid JSON"),
        ({"queries": [{"_id": "", "text": "?"}]}, r"queries\.jsonl:5: _id: String should have at least"),
        ({"queries": [{"_id": "q1", "text": "?"}]}, r"queries\.jsonl:5: _id: q1 is taken by an earlier row"),
        ({"qrels": [("q1", "oaks", "much")]}, r"qrels\.tsv:7: score: Input should be a valid integer"),
        ({"qrels": [("q1", "oaks")]}, r"qrels\.tsv:7: score: Field required"),
        ({"qrels": [("q1", "birch", 1)]}, r"qrels\.tsv:7: corpus-id: birch is not in corpus\.jsonl"),
    ],
)
def test_a_bad_row_names_file_line_and_field_and_is_left_out_if_asked(make_folder, more, said: str) -> None:
    folder = make_folder(more=more)

    with pytest.raises(EvalError, match=said):
        read_collection(folder, QueryRow)

    read = read_collection(folder, QueryRow, keep_going=True)
    assert [re.search(said, f"{problem.where}: {problem.what}") is not None for problem in read.problems] == [True]
    assert "q1" in read.relevant


def test_a_folder_with_nothing_to_measure_is_refused(make_folder, tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no query has a relevant text"):
        read_collection(make_folder(qrels=[("q1", "salmon", 0)]), QueryRow)
    with pytest.raises(EvalError, match=r"no qrels\.tsv"):
        read_collection(tmp_path, QueryRow)
    with pytest.raises(EvalError, match="turns: Field required"):
        read_collection(make_folder(), ConversationRow)


def test_the_measures_are_those_of_the_field() -> None:
    values = per_query(
        ["recall_at_1", "recall_at_5", "mrr_at_10", "map_at_10"],
        {"first": ["b", "a"], "second": ["a", "x", "y", "z", "w", "b"], "nothing": []},
        {"first": {"b": 1}, "second": {"a": 1, "b": 1}, "nothing": {"a": 1}},
    )

    assert values["recall_at_1"] == {"first": 1.0, "second": 0.5, "nothing": 0.0}
    assert values["recall_at_5"] == {"first": 1.0, "second": 0.5, "nothing": 0.0}
    assert values["mrr_at_10"] == {"first": 1.0, "second": 1.0, "nothing": 0.0}
    assert values["map_at_10"]["second"] == pytest.approx((1 + 2 / 6) / 2)


def test_every_query_is_measured_with_each_leg_beside_the_fused_result(make_folder, parts: Parts) -> None:
    outcome = measure(BEIR, make_folder(), Options(), parts)

    assert [row.what for row in outcome.rows] == ["BM25 alone", "dense alone", "fused"]
    assert {figure.count for row in outcome.rows for figure in row.figures.values()} == {3}
    assert outcome.rows[-1].figures == outcome.headline
    assert outcome.headline["recall_at_5"].value == 1.0
    assert "| fused | all | 3 | 1.000 (" in outcome.as_markdown()


def test_a_ranking_that_misses_is_scored_as_one(make_folder, parts: Parts) -> None:
    wrong = [("q1", "oaks", 1), ("q2", "bridge", 1)]

    assert measure(BEIR, make_folder(qrels=wrong), Options(), parts).headline["recall_at_1"].value == 0.5


def test_the_json_has_the_agreed_names(make_folder, parts: Parts) -> None:
    queries = [talk("c1", *TALK[:1]), talk("c2", *TALK)]
    folder = make_folder(queries, [("c1", "oaks", 1), ("c2", "oaks", 1)])

    said = json.loads(measure(DOC2DIAL, folder, Options(), parts).as_json())

    assert {"recall_at_5", "mrr_at_10", "followup_recall_at_5", "followup_mrr_at_10"} <= said.keys()
    assert said["n"]["recall_at_5"] == 2
    assert said["n"]["followup_recall_at_5"] == 1
    assert {"recall_at_10", "map_at_10"} <= set(TASKS["obliqa"].measures)


def test_each_row_of_the_json_has_the_number_and_the_interval_of_each_figure(make_folder, parts: Parts) -> None:
    queries = [talk("c1", *TALK[:1]), talk("c2", *TALK)]
    folder = make_folder(queries, [("c1", "oaks", 1), ("c2", "oaks", 1)])

    *_, fused = json.loads(measure(DOC2DIAL, folder, Options(), parts).as_json())["rows"]

    assert (fused["what"], fused["questions"]) == ("fused", "follow-ups")
    names = set(DOC2DIAL.measures)
    assert fused.keys() == {"what", "questions", "n", "intervals"} | names
    assert fused["n"] == dict.fromkeys(names, 1)
    assert fused["intervals"].keys() == names
    low, high = fused["intervals"]["recall_at_5"]
    assert 0 < low < high <= 1


def test_the_limit_takes_queries_evenly(make_folder, parts: Parts) -> None:
    outcome = measure(BEIR, make_folder(), Options(limit=2), parts)

    assert outcome.headline["recall_at_1"].count == 2


def test_turns_of_a_conversation_are_paired_whoever_speaks_twice() -> None:
    turns = [Utterance(role, text) for role, text in [
        ("agent", "Hello."), ("user", "One?"), ("user", "Two?"), ("agent", "2"), ("agent", "or so."), ("user", "Why?"),
    ]]  # fmt: skip

    assert exchanges(turns) == [
        Exchange("", "Hello."),
        Exchange("One?", ""),
        Exchange("Two?", "2\nor so."),
        Exchange("Why?", ""),
    ]


def test_a_conversation_is_searched_as_the_assistant_searches_it(parts: Parts, make_folder) -> None:
    folder = make_folder([talk("c", *TALK)], [("c", "oaks", 1)])
    read = read_collection(folder, ConversationRow)
    search = searches(read.corpus, read.sha256, parts)[FUSED]

    wanted = sought(read.queries[0], search)

    assert wanted is not None
    assert wanted == (TALK[2][1], (TALK[0][1], TALK[1][1]), True)
    assert sought(ConversationRow("one", read.queries[0].turns[:1]), search) == (TALK[0][1], (), False)
    assert sought(ConversationRow("none", (Utterance("user", "???"),)), search) is None


def test_an_unknown_benchmark_or_folder_is_refused_and_help_names_all(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"trec: no such benchmark; there is: doc2dial, obliqa"):
        run_benchmark("trec", tmp_path, Options())
    with pytest.raises(EvalError, match="no such folder"):
        run_benchmark("beir", tmp_path / "nowhere", Options())
    done = subprocess.run(
        [sys.executable, "-m", "evals", "benchmark", "--help"], capture_output=True, text=True, timeout=120, check=False
    )
    assert all(name in done.stdout for name in BENCHMARKS)


@pytest.mark.model
def test_the_command_ends_with_one_line_of_json(make_folder, child_environment) -> None:
    command = [sys.executable, "-m", "evals", "benchmark", "beir", str(make_folder()), "--json"]

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=child_environment, cwd=Path.cwd()
    )

    assert done.returncode == 0, done.stderr
    *table, last = done.stdout.splitlines()
    said = json.loads(last)
    assert (said["recall_at_10"], said["map_at_10"], said["mrr_at_10"]) == (1.0, 1.0, 1.0)
    assert said["embedding_model"] == "all-MiniLM-L6-v2"
    assert table[0].startswith("| beir | questions | n |")
