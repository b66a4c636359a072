"""The two legs fused: what is found, from which documents, with what context."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import Passage
from index.build import Recipe
from index.ingest import ingest
from index.keyword import KeywordIndex
from index.library import Library
from index.passages import embedded_text
from index.search import Search
from index.types import Neighbour, SearchError


@pytest.fixture
def search(tmp_path: Path, embedder, rivers: Path, forests: Path) -> Search:
    recipe = Recipe(embedder)
    ingest(tmp_path / "index", recipe, [rivers, forests])
    return Search.open(tmp_path / "index", recipe)


def headings(hits) -> list[str]:
    return [hit.passage.section.heading for hit in hits]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("When will salmon return to the Tamble?", "Salmon"),
        ("What did the Ottery bridge cost?", "Bridges"),
        ("How many oaks were planted?", "Oaks"),
        ("Who counts squirrels?", "Squirrels"),
    ],
)
def test_the_passage_that_answers_comes_first(search: Search, question: str, heading: str) -> None:
    assert headings(search.search(question))[0] == heading


def test_hits_are_ordered_by_score_and_carry_what_each_leg_gave(search: Search) -> None:
    hits = search.search("What did the Ottery bridge cost?")

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].dense == max(hit.dense for hit in hits)
    assert hits[0].keyword > 0
    assert all(0 <= hit.score <= 1 + 1e-9 and -1 <= hit.dense <= 1 + 1e-6 for hit in hits)


def test_the_dense_score_is_the_cosine_of_question_and_passage(search: Search, embedder) -> None:
    hits = search.search("What did the Ottery bridge cost?")

    question, *passages = embedder.encode(
        ["What did the Ottery bridge cost?", *(embedded_text(hit.passage) for hit in hits)]
    )
    assert [hit.dense for hit in hits] == pytest.approx([float(question @ passage) for passage in passages], abs=1e-4)


def test_no_more_hits_than_asked_for_and_never_one_twice(search: Search) -> None:
    assert len(search.search("river", 2)) == 2
    hits = search.search("river", 50)
    assert len({hit.passage.id for hit in hits}) == len(hits) == 4


def test_only_the_named_documents_are_searched(search: Search) -> None:
    hits = search.search("salmon in the Tamble", 10, ["forests"])

    assert {hit.passage.section.document.id for hit in hits} == {"forests"}
    assert len(search.search("salmon", 10, ["forests", "rivers"])) == 4


def test_cosines_that_are_all_alike_do_not_outweigh_a_shared_word(make_section, embedder) -> None:
    """Stretched to the whole range, a difference of a thousandth would decide."""
    passages = [Passage(make_section(text, document=text[0]), 0, len(text)) for text in ("alpha", "beta", "gamma")]
    library = Library((), tuple(passage.section for passage in passages), tuple(passages))
    keyword = KeywordIndex.build([passage.text for passage in passages])

    class Alike:
        def nearest(self, vector, count, documents=()):
            return [Neighbour(passage.id, 0.5 - 0.001 * place) for place, passage in enumerate(passages)]

    hits = Search(library, Alike(), keyword, embedder).search("gamma")

    assert hits[0].passage.text == "gamma"
    assert [round(hit.dense, 3) for hit in hits] == [0.498, 0.5, 0.499]


def test_a_question_in_other_words_is_led_by_its_meaning(make_section, embedder) -> None:
    """One word of many that the text happens to hold does not outweigh what the vectors say."""
    texts = ("alpha of the river", "beta", "gamma", "delta")
    passages = [Passage(make_section(text, document=text[0]), 0, len(text)) for text in texts]
    library = Library((), tuple(passage.section for passage in passages), tuple(passages))
    keyword = KeywordIndex.build([passage.text for passage in passages])

    class Near:
        def nearest(self, vector, count, documents=()):
            return [
                Neighbour(passage.id, cosine) for passage, cosine in zip(passages, (0.4, 0.6, 0.5, 0.3), strict=True)
            ]

    asked = Search(library, Near(), keyword, embedder)
    assert asked.search("Who swims down that stream below Ottery, alpha?")[0].passage.text == "beta"
    assert asked.search("alpha?")[0].passage.text == "alpha of the river"


def test_a_follow_up_is_found_by_the_conversation_before_it(search: Search) -> None:
    alone = search.search("And in which year?")
    together = search.search("And in which year?", context=["How many oaks were planted near Brindle?"])

    assert headings(together)[0] == "Oaks"
    scores = {hit.passage.id: hit.score for hit in alone}
    assert together[0].score > scores[together[0].passage.id]


def test_a_question_that_stands_alone_is_led_less_by_the_conversation_before_it(search: Search) -> None:
    context = ["How many oaks were planted near Brindle?", "Foresters planted 4,000 oaks near Brindle in 2022."]
    question = "Who counts squirrels?"

    def oaks(leans: bool) -> float:
        hits = search.search(question, context=context, leans=leans)
        return next(hit.score for hit in hits if hit.passage.section.heading == "Oaks")

    assert oaks(leans=False) < oaks(leans=True)
    assert headings(search.search(question, context=context, leans=False))[0] == "Squirrels"


def test_a_hit_is_no_nearer_to_the_question_for_what_was_quoted_before(search: Search) -> None:
    question = "And who counts them in which year?"
    quoted = ["How many oaks?", "Foresters planted 4,000 oaks near Brindle in 2022."]

    alone = {hit.passage.id: (hit.dense, hit.keyword) for hit in search.search(question)}
    together = search.search(question, context=quoted)

    assert headings(together)[0] == "Oaks"
    assert {hit.passage.id: (hit.dense, hit.keyword) for hit in together} == alone


def test_of_a_long_conversation_the_newest_turns_are_embedded_first(search: Search, embedder) -> None:
    embedder.encoded.clear()

    search.search("And in which year?", context=["How many oaks?", "Near Brindel?"])

    assert embedder.encoded == ["And in which year?", "And in which year?\nNear Brindle?\nHow many oaks?"]


@pytest.mark.parametrize("question", ["zebra quagga", "?", "日本", "salmon " * 500])
def test_any_question_gets_an_answer_from_the_search(search: Search, question: str) -> None:
    assert len(search.search(question, 3)) == 3


def test_a_question_asked_twice_finds_the_same(search: Search) -> None:
    assert search.search("salmon and bridges") == search.search("salmon and bridges")


def test_an_unknown_document_is_named_with_those_there_are(search: Search) -> None:
    with pytest.raises(SearchError, match="there is no document 'deserts'; there is: forests, rivers"):
        search.library.ids(["rivers", "deserts"])
