"""Malformed rows and stale gold sentences are named; the set that comes with the project is in order."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from evals.cases import load_cases, set_path
from evals.scorers.texts import pattern_for, plain
from evals.sources import Sources, read_sources
from evals.types import EvalError
from index.keyword import tokens

ALL = [
    "statement", "callow", "statement-2", "statement-3", "statement-4",
    "statement-5", "statement-6", "statement-7", "statement-8", "statement-9",
    "statement-10", "statement-11", "statement-12", "statement-13", "statement-14", "trio", "misleading",
]  # fmt: skip

ON_THE_STATEMENT = [name for name in ALL if name.startswith("statement")]


def change_row(path: Path, number: int, **changes: Any) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows[number] |= changes
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": ["maybe"]}, "status.0"),
        ({"colour": "red"}, "colour"),
        ({"turns": []}, "turns"),
        ({"split": "train"}, "split"),
        ({"vital": [["("]]}, "vital.0.0"),
        ({"id": "when"}, "id"),
        ({"gold": [{"id": "no-sentence", "text": "x"}]}, "gold.0.id"),
        ({"turns": ["Where?", " ?"]}, "turns.1"),
        ({"gold": [], "vital": []}, "gold"),
        ({"vital": [["a*"]]}, "vital.0.0"),
    ],
)
def test_a_malformed_row_names_file_line_and_field(
    changes: dict[str, Any], field: str, set_file: Path, sources: Sources
) -> None:
    change_row(set_file, 1, **changes)
    with pytest.raises(EvalError) as raised:
        load_cases(set_file, sources)
    assert str(raised.value).startswith(f"{set_file}:2: {field}: ")
    assert "--keep-going" in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"earlier": [{"status": ["maybe"]}]}, "earlier.0.status.0"),
        ({"earlier": [{"status": ["answered"], "turns": ["x"]}]}, "earlier.0.turns"),
        ({"earlier": [{"status": ["answered"], "vital": [["("]]}]}, "earlier.0.vital.0.0"),
        ({"earlier": [{"status": ["answered"]}] * 2}, "earlier"),
    ],
)
def test_what_is_wrong_with_an_earlier_turn_is_named_too(
    changes: dict[str, Any], field: str, set_file: Path, sources: Sources
) -> None:
    change_row(set_file, 2, **changes)
    with pytest.raises(EvalError) as raised:
        load_cases(set_file, sources)
    assert str(raised.value).startswith(f"{set_file}:3: {field}: ")


def test_a_gold_sentence_of_an_earlier_turn_that_is_gone_fails_too(set_file: Path, sources: Sources) -> None:
    gone = {"status": ["answered"], "gold": [{"id": "statement#data:9.9", "text": "It was long ago."}]}
    change_row(set_file, 2, earlier=[gone])
    with pytest.raises(EvalError, match=r":3: earlier\.0\.gold\.0 of then: there is no sentence statement#data:9\.9"):
        load_cases(set_file, sources)


def test_what_is_not_json_is_named_too(set_file: Path, sources: Sources) -> None:
    with set_file.open("a", encoding="utf-8") as file:
        file.write("{half a row\n")
    with pytest.raises(EvalError, match=r":5: the row: Invalid JSON"):
        load_cases(set_file, sources)


def test_keep_going_leaves_malformed_rows_out_and_tells_of_them(set_file: Path, sources: Sources) -> None:
    change_row(set_file, 0, status=["maybe"])
    change_row(set_file, 2, forbidden=["["])
    found = load_cases(set_file, sources, keep_going=True)
    assert [case.id for case in found.cases] == ["host", "cost"]
    assert [problem.where for problem in found.problems] == [f"{set_file}:1", f"{set_file}:3"]


@pytest.mark.parametrize("keep_going", [False, True])
def test_a_gold_sentence_that_is_gone_fails_with_the_nearest_text(
    keep_going: bool, set_file: Path, sources: Sources
) -> None:
    text = "The 8th Cyber Dialogue was hosted by METI in October 2024."
    change_row(set_file, 1, gold=[{"id": "statement#telecoms:9.1", "text": text}])
    with pytest.raises(EvalError) as raised:
        load_cases(set_file, sources, keep_going=keep_going)
    message = str(raised.value)
    assert message.startswith(f"{set_file}:2: gold.0 of host: there is no sentence statement#telecoms:9.1 any more")
    assert "nearest" in message and "statement#telecoms:2.1" in message and "September 2024" in message


def test_a_gold_sentence_whose_words_changed_fails(set_file: Path, sources: Sources) -> None:
    change_row(set_file, 1, gold=[{"id": "statement#telecoms:2.1", "text": "It was hosted by DSIT."}])
    with pytest.raises(EvalError, match=r"statement#telecoms:2\.1 now reads 'The 8th Cyber"):
        load_cases(set_file, sources)


def test_a_set_on_a_document_that_is_not_read_says_how_to_name_it(set_file: Path) -> None:
    with pytest.raises(EvalError, match="the document statement is not read; name its file with --source"):
        load_cases(set_file, Sources.of(()))


def test_an_unknown_set_names_those_there_are() -> None:
    with pytest.raises(EvalError, match=r"nothing: no such set; give a path or one of: .*statement"):
        set_path("nothing")


@pytest.mark.parametrize(
    ("name", "least", "splits"),
    [
        ("statement", 200, {"tune", "report"}),
        ("callow", 90, {"tune", "report"}),
        ("statement-2", 150, {"tune"}),
        ("statement-3", 150, {"tune"}),
        ("statement-4", 150, {"report"}),
        ("statement-5", 150, {"report"}),
        ("statement-6", 150, {"report"}),
        ("statement-7", 150, {"report"}),
        ("statement-8", 150, {"report"}),
        ("statement-9", 150, {"report"}),
        ("statement-10", 150, {"report"}),
        ("statement-12", 150, {"report"}),
        ("statement-13", 150, {"report"}),
        ("statement-14", 150, {"report"}),
        ("trio", 150, {"tune", "report"}),
        ("misleading", 60, {"report"}),
    ],
)
def test_a_set_of_the_project_is_in_order(name: str, least: int, splits: set[str]) -> None:
    found = load_cases(set_path(name), read_sources())
    assert len(found.cases) >= least
    assert not found.problems
    assert {case.split for case in found.cases} == splits
    assert all(case.gold for case in found.cases if case.must_answer)
    assert all(case.vital for case in found.cases if case.must_answer)
    # The Callow set judges only the last turn of a conversation; in the others every turn has its expectation.
    judged = [case for case in found.cases if case.earlier or name != "callow"]
    assert all(len(case.earlier) == len(case.turns) - 1 for case in judged)


@pytest.mark.parametrize("name", ALL)
def test_a_card_gives_the_counts_of_its_set(name: str) -> None:
    cases = load_cases(set_path(name), read_sources()).cases
    card = set_path(name).with_suffix(".md").read_text(encoding="utf-8")
    for kind in {case.kind for case in cases}:
        tune, report = (
            sum(case.kind == kind and case.split == split for case in cases) for split in ("tune", "report")
        )
        assert f"| {kind} | {tune} | {report} | {tune + report} |" in card
    answer, refuse = (sum(getattr(case, must) for case in cases) for must in ("must_answer", "must_refuse"))
    assert f"{answer} must be answered, {refuse} must be refused, {len(cases) - answer - refuse} accept both" in card
    (turns,) = re.findall(r"^- Turns: .*", card, re.MULTILINE)
    told = {int(length): int(count) for count, length in re.findall(r"(\d+)(?: cases)? of (\d)", turns)}
    assert told == Counter(len(case.turns) for case in cases)
    assert all(f"## {title}" in card for title in ("How it was written", "What it does not measure"))


@pytest.mark.parametrize("name", ALL)
def test_a_card_gives_how_much_of_the_text_its_gold_sentences_are(name: str) -> None:
    found = load_cases(set_path(name), read_sources())
    gold = {gold.id for case in found.cases for turn in (case, *case.earlier) for gold in turn.gold}
    whole = [one for one in read_sources().sentences if one.split("#")[0] in found.documents]
    share = f"all {len(whole)}" if len(gold) == len(whole) else f"{len(gold)} of the {len(whole)}"
    assert f"The gold sentences are {share} in the document" in set_path(name).with_suffix(".md").read_text("utf-8")


@pytest.mark.parametrize("name", ["statement", "callow", "trio"])
def test_a_case_that_is_answered_says_what_may_and_what_must_not_be_said(name: str) -> None:
    found = load_cases(set_path(name), read_sources())
    texts = [plain(one.text) for one in read_sources().sections if one.document.id in found.documents]
    for case in found.cases:
        if case.must_answer:
            assert case.okay and case.forbidden, case.id
            # Nor does the text say it anywhere: else quoting it would be wrong.
            said = [one for one in case.forbidden if any(pattern_for(one).search(text) for text in texts)]
            assert not said, (case.id, said)


@pytest.mark.parametrize(
    "name",
    [
        "statement",
        "callow",
        "statement-2",
        "statement-5",
        "statement-6",
        "statement-7",
        "statement-8",
        "statement-9",
        "statement-10",
    ],
)
def test_a_paraphrase_shares_no_content_word_with_its_gold_sentences(name: str) -> None:
    for case in load_cases(set_path(name), read_sources()).cases:
        if case.kind == "paraphrase":
            shared = set(tokens(case.question)) & {word for gold in case.gold for word in tokens(gold.text)}
            shared -= {"both"}  # a word of grammar that the index keeps
            assert not shared, (case.id, shared)


@pytest.mark.parametrize("name", ["statement", "callow", "trio"])
def test_a_topic_is_wholly_in_one_half(name: str) -> None:
    halves = defaultdict(set)
    for case in load_cases(set_path(name), read_sources()).cases:
        halves[case.topic].add(case.split)
    assert {topic for topic, splits in halves.items() if len(splits) > 1} <= {"several", "none"}
    assert len(halves) > 10


@pytest.mark.parametrize("name", ALL)
def test_quoting_the_gold_sentences_carries_every_vital_fact_and_nothing_forbidden(name: str) -> None:
    for case in load_cases(set_path(name), read_sources()).cases:
        for turn in (*map(case.opening, range(1, len(case.earlier) + 1)), case):
            quoted = plain(" ".join(gold.text for gold in turn.gold))
            missing = [one for one in turn.vital if not any(pattern_for(pattern).search(quoted) for pattern in one)]
            assert not turn.gold or not missing, turn.id
            assert not any(pattern_for(pattern).search(quoted) for pattern in turn.forbidden), turn.id


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("statement-2", ["statement"]),
        ("statement-3", ["statement"]),  # its author did not know the second
        *((name, ON_THE_STATEMENT[:place]) for place, name in enumerate(ON_THE_STATEMENT) if place > 2),
    ],
)
def test_a_later_set_on_the_statement_asks_no_question_of_an_earlier_one_again(name: str, before: list[str]) -> None:
    known = [case for one in before for case in load_cases(set_path(one), read_sources()).cases]
    later = load_cases(set_path(name), read_sources()).cases
    # A short follow-up ("which month") may come in both, as it is another question after another turn.
    conversations = {tuple(plain(turn).casefold().strip("?. ") for turn in case.turns) for case in known}
    for case in later:
        assert tuple(plain(turn).casefold().strip("?. ") for turn in case.turns) not in conversations, case.id
    assert not {case.id for case in known} & {case.id for case in later}


def test_the_halves_of_the_second_set_share_no_section_but_in_lists_and_conversations_on_two_topics() -> None:
    cases = [case for case in load_cases(set_path("callow"), read_sources()).cases if case.kind != "list"]
    tune = {gold.id.rsplit(":", 1)[0] for case in cases if case.split == "tune" for gold in case.gold}
    report = [{gold.id.rsplit(":", 1)[0] for gold in case.gold} for case in cases if case.split == "report"]
    assert sum(bool(sections) and sections <= tune for sections in report) <= 1


def test_the_third_set_is_on_three_documents_each_wholly_in_one_half() -> None:
    found = load_cases(set_path("trio"), read_sources())
    tune, report = (
        {gold.id.split("#", 1)[0] for case in found.cases if case.split == split for gold in case.gold}
        for split in ("tune", "report")
    )
    assert (len(tune), len(report)) == (2, 1)
    assert not tune & report
    assert sorted(tune | report) == list(found.documents)
