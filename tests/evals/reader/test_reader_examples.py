"""What a question is asked of besides its own passage, and what is said to be stated there."""

from __future__ import annotations

from random import Random

from evals.reader.examples import Examples, Pair, examples_of
from evals.reader.rows import ReaderSet


def made(rows: ReaderSet, embedder, seed: int = 0) -> Examples:
    return examples_of(rows, embedder, Random(seed))


def asked_of(examples: Examples) -> dict[str, list[Pair]]:
    return {unit.passage: list(unit.pairs) for unit in examples.passages}


def test_a_question_is_stated_in_its_own_passage_unless_it_is_a_near_miss(rows: ReaderSet, embedder) -> None:
    pairs = asked_of(made(rows, embedder))
    for row in rows.asked:
        assert Pair(row.question, row.kind != "near_miss") in pairs[row.passage]


def test_a_question_that_is_stated_is_asked_once_more_of_a_passage_of_its_document_in_vain(
    rows: ReaderSet, embedder
) -> None:
    pairs = asked_of(made(rows, embedder))
    for row in rows.asked:
        elsewhere = [
            (name, pair.stated)
            for name, some in pairs.items()
            for pair in some
            if pair.question == row.question and name != row.passage
        ]
        assert all(name.startswith("towns#") and not stated for name, stated in elsewhere)
        if row.kind == "near_miss":
            assert len(elsewhere) <= 1
        else:
            assert len(elsewhere) == (row.passage != "woods#0")  # which has no other passage beside it


def test_that_passage_is_one_of_the_three_most_like_the_question(rows: ReaderSet, embedder) -> None:
    towns = sorted(name for name in rows.passages if name.startswith("towns#"))
    texts = embedder.encode([f"{rows.passages[name].heading}\n{rows.passages[name].text}" for name in towns])
    drawn = set()
    for seed in range(8):
        pairs = asked_of(made(rows, embedder, seed))
        for row in rows.asked:
            if row.passage == "woods#0":
                continue
            near = texts @ embedder.encode([row.question])[0]
            order = sorted(range(len(towns)), key=lambda place, near=near: -near[place])
            nearest = [towns[place] for place in order if towns[place] != row.passage][:3]
            found = [name for name in towns if name != row.passage and Pair(row.question, False) in pairs[name]]
            assert set(found) <= set(nearest)
            drawn |= {nearest.index(name) for name in found}
    assert drawn == {0, 1, 2}


def test_a_sentence_is_asked_what_it_states_and_some_of_what_it_does_not(rows: ReaderSet, embedder) -> None:
    stated: set[str] = set()
    not_stated: set[str] = set()
    for seed in range(8):
        for unit in made(rows, embedder, seed).sentences:
            assert any(pair.stated for pair in unit.pairs)
            passage = rows.passages[unit.passage]
            assert unit.text in {passage.sentence(1), passage.sentence(2)}
            assert unit.text == unit.text.strip()
            for pair in unit.pairs:
                (stated if pair.stated else not_stated).add(pair.question)
                if pair.question.startswith("When"):
                    assert pair.stated == (unit.text == passage.sentence(2))
    assert stated == {row.question for row in rows.questions if row.question[:4] in {"When", "Whic"}}
    assert any(question.startswith("Who paid") for question in not_stated)


def test_what_only_two_sentences_together_state_is_asked_of_neither(rows: ReaderSet, embedder) -> None:
    for seed in range(4):
        assert all(
            pair.question != "Are there both?" for unit in made(rows, embedder, seed).sentences for pair in unit.pairs
        )


def test_a_list_is_held_by_its_passages_and_in_vain_asked_of_two_others(rows: ReaderSet, embedder) -> None:
    question = "Which harbours are old?"
    found = made(rows, embedder)
    pairs = asked_of(found)
    assert {name for name, some in pairs.items() if Pair(question, True) in some} == {"towns#0", "towns#1"}
    in_vain = {name for name, some in pairs.items() if Pair(question, False) in some}
    assert len(in_vain) == 2 and not in_vain & {"towns#0", "towns#1", "woods#0"}
    in_sentences = {
        unit.text: pair.stated for unit in found.sentences for pair in unit.pairs if pair.question == question
    }
    assert in_sentences["Its harbour opened in 1900."]
    assert not any(stated for text, stated in in_sentences.items() if "bridge" in text)


def test_the_same_seed_makes_the_same_examples(rows: ReaderSet, embedder) -> None:
    assert made(rows, embedder, 1) == made(rows, embedder, 1) != made(rows, embedder, 2)


def test_lists_can_be_left_out_of_a_sample(rows: ReaderSet, embedder) -> None:
    some = ReaderSet(rows.passages, tuple(rows.asked[:4]))
    assert {unit.passage for unit in made(some, embedder).passages} == {"towns#0", "towns#1"}
