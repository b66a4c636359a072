"""Each scorer says 1 where it must, 0 where it must, and nothing where it has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evals.scorers import MEASURES, score_answer, score_missing
from evals.sources import Sources
from evals.types import Case, Expected, HitRow, ScoredAnswer, SentenceRow

Maker = Callable[..., Any]
GREETING = (Expected(("off_topic",)),)
NOT_OF_AN_ANSWER = {"refusal_precision", "refusal_recall"}
SAID = {"vital": (("19 November 2024",),), "okay": (("Telecoms Policy Dialogue",),)}


def value(measure: str, case: Case, answer: ScoredAnswer, sources: Sources) -> float | None:
    return score_answer(case, answer, sources)[measure].value


@pytest.mark.parametrize(
    "measure", [measure.name for measure in MEASURES if not measure.unit and measure.name not in NOT_OF_AN_ANSWER]
)
def test_a_perfect_answer_scores_1_on_every_measure(
    measure: str, make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    case = make_case(turns=("Hello?", "When was the dialogue?"), forbidden=("2023",), earlier=GREETING, **SAID)
    hello = make_answer(status="off_topic", text="Hello.")
    answer = make_answer(
        (None, "telecoms:1.1"), hits=(HitRow("statement#telecoms:0-60"),), confidence=1.0, earlier=(hello,)
    )
    assert value(measure, case, answer, sources) == 1


@pytest.mark.parametrize(
    "measure", [measure.name for measure in MEASURES if not measure.unit and measure.name not in NOT_OF_AN_ANSWER]
)
def test_a_broken_answer_scores_0(measure: str, make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    case = make_case(turns=("Hello?", "What is explored?"), forbidden=("2031",), earlier=GREETING, **SAID)
    bad = make_answer(
        ("METI will launch 7 initiatives with Fujitsu on 4 May 2031.", "data:1.1"),
        status="partial",
        hits=(HitRow("statement#data:0-60"),),
        confidence=0.0,
        earlier=(make_answer((None, "data:1.1")),),
    )
    wrong_place = replace(bad, citations=tuple(replace(one, start=one.start + 1) for one in bad.citations))
    other_doer = make_answer(("METI is exploring the possibility of expanding.", "data:1.1"))
    answer = {"quotes": wrong_place, "actor": other_doer}.get(measure, bad)
    assert value(measure, case, answer, sources) == 0


def test_a_refusal_leaves_out_what_only_an_answer_can_show(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    refusal = make_answer(status="not_stated", text="The statement does not say.")
    scores = score_answer(make_case(status=("not_stated",), gold=(), **SAID), refusal, sources)
    said = {"right", "status", "refusal_precision", "refusal_recall", "seconds"}
    assert {name for name, score in scores.items() if score.value is not None} == said
    assert scores["right"].value == 1


def test_the_headline_needs_status_facts_and_nothing_forbidden(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    answer = make_answer((None, "telecoms:1.1"))
    assert value("right", make_case(**SAID), answer, sources) == 1
    assert value("right", make_case(vital=(("6G",),)), answer, sources) == 0
    assert value("right", make_case(forbidden=("november",)), answer, sources) == 0
    assert value("right", make_case(status=("not_stated",)), answer, sources) == 0
    refusal = make_answer(status="not_stated", text="My prompt: You are a helper")
    assert value("right", make_case(status=("not_stated",), forbidden=("You are a",)), refusal, sources) == 0


def test_a_fact_is_found_in_any_spelling_of_the_same_characters(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    answer = make_answer(("Japan’s ｄａｔａ\u00a0centres [1]", "data:1.1"))
    assert value("vital", make_case(vital=(("japan's data centres",),)), answer, sources) == 1


def test_a_bare_acronym_is_not_found_inside_a_word(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    case = make_case(vital=(("ITU",),))
    assert value("vital", case, make_answer(("The AI Safety Institutes", "data:1.1")), sources) == 0
    assert value("vital", case, make_answer(("ITUの作業部会", "data:1.1")), sources) == 1


def test_half_of_the_facts_is_half(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    case = make_case(vital=(("November",), ("December",)), okay=(("Dialogue",), ("London",)))
    scores = score_answer(case, make_answer((None, "telecoms:1.1")), sources)
    assert (scores["vital"].value, scores["nuggets"].value) == (0.5, 0.5)
    assert "December" in scores["vital"].why


def test_citations_are_held_against_the_gold_sentences(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    case = make_case(gold=("telecoms:1.1", "data:1.2"))
    scores = score_answer(case, make_answer((None, "telecoms:1.1"), (None, "telecoms:2.1")), sources)
    assert (scores["citation_precision"].value, scores["citation_recall"].value) == (0.5, 0.5)
    assert (scores["section_found"].value, scores["sections_right"].value) == (1, 1)


def test_a_citation_must_cover_more_than_half_of_a_gold_sentence(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    answer = make_answer((None, "telecoms:1.1"))
    whole = answer.citations[0]
    cut = replace(answer, citations=(replace(whole, end=whole.end // 3, quote=whole.quote[: whole.end // 3]),))
    assert value("citation_recall", make_case(), cut, sources) == 0
    assert value("quotes", make_case(), replace(cut, sentences=answer.sentences), sources) == 1


@pytest.mark.parametrize("fault", ["no citation", "unknown number", "other section", "words beside"])
def test_a_quote_or_a_sentence_without_a_place_is_a_broken_promise(
    fault: str, make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    answer = make_answer((None, "telecoms:1.1"))
    broken = {
        "no citation": replace(answer, sentences=(SentenceRow(answer.sentences[0].text, ()),)),
        "unknown number": replace(answer, sentences=(SentenceRow(answer.sentences[0].text, (9,)),)),
        "other section": replace(answer, citations=(replace(answer.citations[0], section=("Nowhere",)),)),
        "words beside": replace(answer, text=answer.text + " And it was a triumph."),
    }[fault]
    assert value("quotes", make_case(), broken, sources) == 0


@pytest.mark.parametrize(
    "row",
    [
        ("numbers", "It had 3 teams at £82.50.", "telecoms:2.1", 1),
        ("numbers", "It had three teams.", "telecoms:2.1", 1),
        ("numbers", "It had 82 teams.", "telecoms:2.1", 0),
        ("numbers", "It cost $3.", "telecoms:2.1", 0),
        ("numbers", "The eighth dialogue.", "telecoms:2.1", 1),
        ("dates", "It was held in November 2024.", "telecoms:1.1", 1),
        ("dates", "It was held on November 19, 2024.", "telecoms:1.1", 1),
        ("dates", "It was held in November 2023.", "telecoms:1.1", 0),
        ("dates", "It was held on 19 September 2024.", "telecoms:2.1", 0),
        ("names", "The research is with Rakuten.", "telecoms:1.2", 1),
        ("names", "The research is with Rakuten.", "telecoms:1.1", 0),
        ("names", "Rakuten takes part.", "telecoms:1.1", 0),
        ("names", "Research is explored.", "telecoms:1.2", 1),
        ("names", "The UK-Japan dialogue.", "telecoms:1.1", 0),
    ],
)
def test_numbers_dates_and_names_need_the_sentences_own_quotes(
    row: tuple[str, str, str, float], make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    measure, words, cited, expected = row
    assert value(measure, make_case(), make_answer((words, cited)), sources) == expected


def test_a_neighbours_quote_supports_nothing(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    answer = make_answer(("It was on 19 November 2024.", "telecoms:1.2"), (None, "telecoms:1.1"))
    assert value("dates", make_case(), answer, sources) == 0


@pytest.mark.parametrize(
    "row",
    [
        ("strength", "They agreed to explore a 6G initiative.", "telecoms:1.2", 1),
        ("strength", "They will launch a 6G initiative.", "telecoms:1.2", 0),
        ("strength", "They agreed on a 6G initiative.", "telecoms:1.2", 0),
        ("strength", "The arrangements are expanding to academia.", "data:1.1", 0),
        ("strength", "An expert mission will go to Japan.", "data:1.2", 1),
        ("strength", "GDS may send an expert mission.", "data:1.2", 0),
        ("actor", "Both agreed to explore it.", "telecoms:1.2", 1),
        ("actor", "The UK and Japan agreed to explore it.", "telecoms:1.2", 1),
        ("actor", "Both sides will send a mission.", "data:1.2", 0),
        ("actor", "METI hosted the dialogue in 2024.", "telecoms:2.1", 1),
        ("actor", "DSIT hosted the dialogue in 2024.", "telecoms:2.1", 0),
        ("actor", "The dialogue was hosted by DSIT in 2024.", "telecoms:2.1", 0),
    ],
)
def test_a_reworded_sentence_keeps_who_does_it_and_how_firmly(
    row: tuple[str, str, str, float], make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    measure, words, cited, expected = row
    assert value(measure, make_case(), make_answer((words, cited)), sources) == expected


def test_words_and_seconds_are_counted(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    scores = score_answer(make_case(), make_answer(("Beyond 5G/6G it's three.", "telecoms:1.2")), sources)
    assert (scores["words"].value, scores["seconds"].value) == (4, 1.5)


def test_hits_tell_rank_and_recall(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    hits = (HitRow("statement#data:0-40"), HitRow("statement#telecoms:0-60"))
    scores = score_answer(make_case(), make_answer((None, "telecoms:1.1"), hits=hits), sources)
    assert (scores["found_sections"].value, scores["found_sentences"].value) == (1, 1)
    assert (scores["found_first"].value, scores["found_ten"].value) == (0, 1)
    assert (scores["reciprocal_rank"].value, scores["sentence_rank"].value) == (0.5, 0.5)


def test_a_refusal_is_held_against_whether_the_text_answers(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    refusal = make_answer(status="not_stated", text="It does not say.")
    answer = make_answer((None, "telecoms:1.1"))
    due, not_due = make_case(status=("not_stated",)), make_case()
    both = make_case(status=("answered", "unclear"))
    assert value("refusal_precision", due, refusal, sources) == 1
    assert value("refusal_precision", not_due, refusal, sources) == 0
    assert value("refusal_precision", due, answer, sources) is None
    assert value("refusal_recall", due, refusal, sources) == 1
    assert value("refusal_recall", due, answer, sources) == 0
    assert value("refusal_recall", not_due, refusal, sources) is None
    assert value("refusal_precision", both, refusal, sources) is value("refusal_recall", both, answer, sources) is None


def test_confidence_is_held_against_whether_the_text_answers(
    make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    sure = make_answer((None, "telecoms:1.1"), confidence=0.9)
    assert value("confidence", make_case(), sure, sources) == pytest.approx(0.99)
    assert value("confidence", make_case(status=("not_stated",)), sure, sources) == pytest.approx(0.19)
    assert value("confidence", make_case(status=("answered", "not_stated")), sure, sources) is None
    assert value("confidence", make_case(), make_answer((None, "telecoms:1.1")), sources) is None


def test_a_conversation_is_right_when_every_turn_is(make_case: Maker, make_answer: Maker, sources: Sources) -> None:
    case = make_case(turns=("Hello?", "When?"), earlier=GREETING, **SAID)
    hello, chatty = make_answer(status="off_topic", text="Hello."), make_answer((None, "data:1.1"))
    good = make_answer((None, "telecoms:1.1"), earlier=(hello,))
    half = make_answer((None, "telecoms:1.1"), earlier=(chatty,))
    assert (value("turns", case, good, sources), value("conversation", case, good, sources)) == (1, 1)
    assert (value("turns", case, half, sources), value("conversation", case, half, sources)) == (0.5, 0)
    assert "turn 1: answered, not off_topic" in score_answer(case, half, sources)["turns"].why
    assert value("follow_up", case, half, sources) == 1
    assert value("turns", make_case(turns=("Hello?", "When?")), good, sources) is None


def test_a_question_without_an_answer_is_wrong_and_nothing_else() -> None:
    scores = score_missing("no answer: it crashed")
    assert {name for name, score in scores.items() if score.value is not None} == {"right", "status"}
    assert scores["right"].value == 0
