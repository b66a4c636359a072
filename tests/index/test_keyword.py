"""What counts as a word for the keyword leg, and how passages are scored by them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.keyword import KeywordIndex, tokens
from index.postings import write_columns
from index.types import SearchError

TEXTS = ("Salmon swim up the river.", "The bridge cost £82.50 a metre.", "The R&D team met on 8 May.", "☃")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The rivers and the river", ["river", "river"]),
        ("R&D", ["r&d"]),
        ("Beyond-5G", ["beyond", "5g", "beyond-5g"]),
        ("the UK’s", ["uk"]),
        ("of the and", []),
        ("", []),
        ("日本国", ["日本", "本国"]),
        ("国", ["国"]),
        ("£82.50", ["82", "50", "82.50"]),
    ],
)
def test_words_are_stemmed_stop_words_dropped_and_compounds_kept(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_a_typographic_apostrophe_is_the_same_as_a_plain_one() -> None:
    assert tokens("Japan’s plan") == tokens("Japan's plan")


def test_a_passage_with_all_of_the_words_scores_what_is_expected_and_unknown_words_raise_that() -> None:
    index = KeywordIndex.build(["red fish", "blue fish", "green birds"])
    assert index.expected("red fish") == pytest.approx(float(index.scores("red fish").max()))
    assert index.expected("red fish whales") > index.expected("red fish blue") > index.expected("red fish")
    assert index.expected("of the") == 0


def test_the_passage_that_shares_rare_words_scores_best() -> None:
    scores = KeywordIndex.build(TEXTS).scores("What did the bridge cost?")

    assert scores.argmax() == 1
    assert scores[0] == 0


@pytest.mark.parametrize("question", ["", "zebra", "the of and", "\0", "☃"])
def test_a_question_without_a_known_word_scores_nothing(question: str) -> None:
    assert KeywordIndex.build(TEXTS).scores(question).tolist() == [0.0] * len(TEXTS)


def test_an_index_on_disk_scores_as_one_in_memory(tmp_path: Path) -> None:
    words = random.Random(0)
    texts = [*TEXTS, *(" ".join(words.choices([f"w{place}" for place in range(400)], k=30)) for _ in range(300))]
    built = KeywordIndex.build(texts)
    KeywordIndex.write(tmp_path, texts)

    loaded = KeywordIndex.load(tmp_path)

    assert loaded.count == len(texts)
    for question in ("salmon in May", "w1 w1 w2 w399", "R&D"):
        assert loaded.scores(question).tolist() == built.scores(question).tolist()
    for word in ("river", "zebra", "w7", "\0"):
        assert loaded.frequency(word) == built.frequency(word)


@pytest.mark.parametrize("run", [1, 100, 5000])
def test_runs_on_disk_are_merged_into_the_same_columns(tmp_path: Path, run: int) -> None:
    words = random.Random(1)
    passages = [words.choices([f"w{place}" for place in range(500)], k=20) for _ in range(700 if run > 1 else 20)]

    assert write_columns(tmp_path / "one", passages) == write_columns(tmp_path / "many", passages, run)

    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "many" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\x00"])
@pytest.mark.parametrize("name", ["data.csc.index.npy", "words.npy", "about.json"])
def test_a_damaged_file_is_an_error_of_its_own(tmp_path: Path, name: str, content: bytes) -> None:
    KeywordIndex.write(tmp_path, TEXTS)
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SearchError, match="the keyword index is damaged; run communique ingest --rebuild"):
        KeywordIndex.load(tmp_path)
