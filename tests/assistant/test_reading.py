"""Reading by signals, without a language model: order, confidence, and what decides them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.calibration import Calibration, load_calibration
from assistant.drafts.quote import MOST_LISTED, MOST_SENTENCES, quote
from assistant.evidence import Evidence, Reading
from assistant.question import Question
from assistant.read import SignalReader
from assistant.signals import Signals, rarity, share
from assistant.types import AssistantError
from corpus.sentences import sentence_spans
from index.passages import embedded_text

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre. Many came to see it."
FLAT = Calibration(fitted_on="nothing", intercept=0, weights={}, threshold=0.5)


@pytest.fixture
def hits(make_hit):
    return (make_hit(BRIDGE, "Bridges"), make_hit("Foresters planted oaks near Brindle.", "Oaks", score=0.3, dense=0.2))


@pytest.fixture
def reader(embedder, make_search, hits) -> SignalReader:
    return SignalReader(embedder, make_search(hits).frequency, FLAT)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the Ottery bridge opened?", "The county opened the Ottery bridge on 4 June 2019."),
        ("How much did it cost a metre?", "It cost £82.50 a metre."),
        ("Where were oaks planted?", "Foresters planted oaks near Brindle."),
    ],
)
def test_the_sentence_that_answers_is_read_first(reader, hits, question: str, sentence: str) -> None:
    reading = reader.read(Question(question), hits)

    assert reading.evidence[0].text == sentence
    assert [found.score for found in reading.evidence] == sorted((f.score for f in reading.evidence), reverse=True)
    assert len(reading.evidence) == 4


def test_no_hits_have_no_evidence_and_no_confidence(reader) -> None:
    reading = reader.read(Question("When was the bridge opened?"), ())

    assert (reading.evidence, reading.confidence, reading.states_answer) == ((), 0.0, False)


def test_a_passage_read_before_is_not_encoded_again(reader, embedder, hits) -> None:
    reader.read(Question("When was the bridge opened?"), hits)
    embedder.encoded.clear()

    reader.read(Question("What did it cost?"), hits)

    assert embedder.encoded == ["What did it cost?"]


def test_the_passage_is_measured_against_the_question_that_stands_alone(reader, hits, embedder) -> None:
    """Whatever likeness the search found: it was told what was asked last, and the conversation."""
    question = "When was the Ottery bridge opened?"

    _, measured = reader.measure(Question(question), [replace(hits[0], dense=0.0), *hits[1:]])

    asked, passage = embedder.encode([question, embedded_text(hits[0].passage)])
    assert measured["passage_cosine"] == pytest.approx(float(asked @ passage))


def test_words_and_names_the_text_does_not_hold_lower_the_signals(reader, hits) -> None:
    _, known = reader.measure(Question("When was the Ottery bridge opened?"), hits)
    _, unknown = reader.measure(Question("When was the Zambezi tunnel opened?"), hits)

    assert (known["names_missing"], unknown["names_missing"]) == (0.0, 1.0)
    assert known["unknown_share"] == 0.0 < unknown["unknown_share"]
    assert known["sentence_share"] > unknown["sentence_share"]


def test_a_kind_of_answer_that_is_not_there_is_missed(reader, hits) -> None:
    _, dated = reader.measure(Question("When was the Ottery bridge opened?"), hits)
    _, undated = reader.measure(Question("When were oaks planted near Brindle?"), hits)

    assert (dated["kind_missing"], undated["kind_missing"]) == (0.0, 1.0)


def test_a_rare_shared_word_counts_more_than_a_common_one() -> None:
    frequency = {"rare": 1, "common": 90}.get
    words = frozenset(("rare", "common"))

    assert rarity("rare", frequency) > rarity("common", frequency)
    assert share(words, frozenset(("rare",)), frequency) > share(words, frozenset(("common",)), frequency)
    assert (share(words, words, frequency), share(frozenset(), words, frequency)) == (1.0, 0.0)


def test_the_shipped_calibration_knows_every_signal_and_answers_within_bounds() -> None:
    calibration = load_calibration("signals")
    best = Signals(1, 1, 1, 1, 0, 0, 0, 1).values()
    worst = Signals(0, 0, 0, 0, 1, 1, 1, 0).values()

    assert calibration.weights.keys() <= best.keys()
    assert 0 < calibration.probability(worst) < calibration.threshold < calibration.probability(best) < 1


def test_a_calibration_that_is_not_there_names_the_command() -> None:
    with pytest.raises(AssistantError, match="python -m evals calibrate"):
        load_calibration("no-such-reader")


@pytest.fixture
def reading(make_hit):
    """Evidence from one passage of 20 sentences, with these scores for the first ones."""
    passage = make_hit(" ".join(f"Bees number {number} fly." for number in range(20))).passage

    def make(*scores: float) -> Reading:
        starts = [passage.text.index(f"Bees number {number} fly.") for number in range(len(scores))]
        ends = [passage.text.index(".", start) + 1 for start in starts]
        spans = zip(starts, ends, scores, strict=True)
        return Reading(tuple(Evidence(passage, start, end, score) for start, end, score in spans), 0.9, 0.5)

    return make


def test_one_sentence_is_enough_where_the_others_are_far_behind(reading) -> None:
    assert [sentence.text for sentence in quote(Question("How many bees?"), reading(2.0, 0.5, 0.4))] == [
        "Bees number 0 fly."
    ]


def test_no_more_than_three_sentences_unless_a_list_is_wanted(reading) -> None:
    alike = reading(*[2.0] * 20)

    assert len(quote(Question("How many bees fly?"), alike)) == MOST_SENTENCES
    assert len(quote(Question("List all bees."), alike)) == MOST_LISTED


@pytest.mark.parametrize(
    ("question", "reader", "quoted"),
    [
        ("How do bees fly?", "a model", 1),
        ("How do bees fly?", "", 2),
        ("How do bees fly compared with wasps?", "a model", 2),
        ("List all that fly.", "a model", 2),
    ],
)
def test_a_model_tells_apart_what_is_nearly_as_good_elsewhere(
    make_hit, question: str, reader: str, quoted: int
) -> None:
    bees, wasps = make_hit("They fly in summer.", "Bees").passage, make_hit("Others fly in autumn.", "Wasps").passage
    evidence = (Evidence(bees, 0, len(bees.text), 1.0), Evidence(wasps, 0, len(wasps.text), 0.92))

    assert len(quote(Question(question), Reading(evidence, 0.9, 0.5, reader=reader))) == quoted


def test_quoted_sentences_are_numbered_from_one(reading) -> None:
    quoted = quote(Question("List all bees."), reading(2.0, 2.0, 2.0))

    assert [citation.number for sentence in quoted for citation in sentence.citations] == [1, 2, 3]


def test_what_is_dated_in_another_period_is_not_quoted(make_hit) -> None:
    passage = make_hit("A bee was seen in May 2024. A wasp was seen in June 2023. A fly was seen.").passage
    spans = [(found.start, found.end) for found in sentence_spans(passage.text)]
    alike = Reading(tuple(Evidence(passage, start, end, 1.0) for start, end in spans), 0.9, 0.5, reader="a model")

    quoted = quote(Question("List what was seen in 2024."), alike)

    assert [sentence.text for sentence in quoted] == ["A bee was seen in May 2024.", "A fly was seen."]


def test_the_best_sentence_stays_whatever_its_date_and_so_do_the_others_then(make_hit) -> None:
    passage = make_hit("A bee was seen in May 2024. A wasp was seen in June 2023.").passage
    (bee, wasp) = [Evidence(passage, found.start, found.end, 1.0) for found in sentence_spans(passage.text)]

    for evidence, count in (((wasp, bee), 2), ((bee, wasp), 1)):
        reading = Reading(evidence, 0.9, 0.5, reader="a model")
        assert len(quote(Question("What did a wasp do in 2024?"), reading)) == count
