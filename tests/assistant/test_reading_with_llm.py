"""Reading with a language model: what it is asked, how its word counts, and what happens without its reply."""

from __future__ import annotations

import pytest

from assistant.calibration import Calibration, ListMargins
from assistant.question import Question
from assistant.read import SignalReader
from assistant.read_llm import LLMReader

BRIDGE = "The county opened the Ottery bridge on 4 June 2019. It cost £82.50 a metre."
SALMON = "The River Board will restore salmon to the upper Tamble by 2031. Anglers may keep 2 fish a day."
BY_THE_LLM = Calibration(
    fitted_on="by hand", intercept=0.0, weights={"stated": 1.0, "unconfirmed": -3.0}, threshold=0.5
)
ALWAYS = Calibration(fitted_on="by hand", intercept=1.0, weights={}, threshold=0.5)


@pytest.fixture
def hits(make_hit):
    return (make_hit(SALMON, "Salmon", score=0.9, dense=0.6), make_hit(BRIDGE, "Bridges", score=0.8, dense=0.5))


@pytest.fixture
def read(make_embedder, hits):
    def run(llm, question: str):
        signals = SignalReader(make_embedder(), lambda word: 1, ALWAYS)
        return LLMReader(llm, signals, BY_THE_LLM).read(Question(question), hits)

    return run


def test_the_passage_it_says_yes_to_comes_first_whatever_the_search_thought(read, make_llm) -> None:
    reading = read(make_llm({"82.50": 0.9}, "£82.50 a metre"), "What did the bridge cost?")

    assert reading.states_answer
    assert reading.evidence[0].text == "It cost £82.50 a metre."
    assert reading.reader == "fake-llm"


def test_the_passage_comes_before_the_question_in_every_prompt(read, make_llm) -> None:
    llm = make_llm({"82.50": 0.9}, "£82.50 a metre")

    read(llm, "What did the bridge cost?")

    assert all(prompt.startswith("Passage (") for prompt in llm.prompts)
    assert all(prompt.index("\n\nQuestion: What did the bridge cost?") > 0 for prompt in llm.prompts)


def test_no_passage_with_a_yes_is_no_answer(read, make_llm) -> None:
    assert not read(make_llm({}, "Not stated"), "What did the bridge weigh?").states_answer


@pytest.mark.parametrize(
    ("question", "copied"),
    [
        ("How much did the bridge weigh?", "Not stated."),
        ("How much did the bridge weigh?", "9,000 tonnes"),
        ("When was the bridge closed?", "a metre"),
        ("Who opened the bridge?", "the county"),
    ],
)
def test_words_that_are_not_there_or_of_another_kind_turn_a_yes_into_a_refusal(
    read, make_llm, question: str, copied: str
) -> None:
    assert not read(make_llm({"82.50": 0.8}, copied), question).states_answer


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("Who may keep fish?", True),
        ("Where will anglers keep fish?", False),
        ("Apart from the anglers, who may keep fish?", False),
        ("Which month may anglers keep fish in?", False),
        ("On what day of the fair may anglers keep fish?", True),
    ],
)
def test_a_place_or_another_name_that_is_not_there_is_not_found_however_sure_the_model(
    read, make_llm, question: str, is_answered: bool
) -> None:
    assert read(make_llm({"2 fish": 0.999}, "2 fish a day"), question).states_answer is is_answered


@pytest.fixture
def read_weirs(make_hit, make_embedder):
    """Read twelve passages, `Weir 1 is mended.` and so on."""

    def run(llm, question: str):
        hits = [make_hit(f"Weir {number} is mended.", f"Weir {number}") for number in range(1, 13)]
        return LLMReader(llm, SignalReader(make_embedder(), lambda word: 1, ALWAYS), BY_THE_LLM).read(
            Question(question), hits
        )

    return run


@pytest.mark.parametrize(
    ("question", "second", "sixth", "read"),
    [
        ("What of the dams?", 0.9, 0.1, 2),
        ("What of the dams?", 0.6, 0.1, 6),
        ("What of the dams?", 0.1, 0.6, 6),
        ("What of the dams?", 0.1, 0.1, 12),
        ("Which weir is mended?", 0.1, 0.1, 6),
    ],
)
def test_a_question_in_other_words_is_read_on_for_until_something_states_the_answer(
    read_weirs, make_llm, question: str, second: float, sixth: float, read: int
) -> None:
    llm = make_llm({"Weir 2 is": second, "Weir 6 is": sixth})

    read_weirs(llm, question)

    assert len({prompt.split("Weir ")[1].split()[0].rstrip(")") for prompt in llm.prompts}) == read


@pytest.mark.parametrize(("likely", "is_answered"), [(0.95, True), (0.8, False)])
def test_a_passage_found_late_has_to_state_the_answer_clearly(
    read_weirs, make_llm, likely: float, *, is_answered: bool
) -> None:
    reading = read_weirs(make_llm({"Weir 9 is": likely}), "What of the dams?")

    assert reading.states_answer == is_answered
    assert (reading.evidence[0].text == "Weir 9 is mended.") == is_answered


def test_of_many_hits_twelve_are_read_for_an_answer_and_all_only_for_a_list(make_hit, make_embedder, make_llm) -> None:
    hits = [make_hit(f"Weir {number} is mended.", f"Weir {number}") for number in range(1, 25)]

    wide = BY_THE_LLM.model_copy(update={"lists": ListMargins(hits=24)})

    def read_by(llm, question):
        signals = SignalReader(make_embedder(), lambda word: 1, ALWAYS)
        reading = LLMReader(llm, signals, wide).read(Question(question), hits)
        return len({prompt.split("Weir ")[1].split()[0].rstrip(")") for prompt in llm.prompts}), reading

    likely = {"Weir 2 is": 0.9, "Weir 20 is": 0.9}
    assert read_by(make_llm({}), "What of the dams?")[0] == 12
    read, reading = read_by(make_llm(likely), "Anything that is mended, please.")
    assert read == 24
    assert {found.text for found in reading.evidence} == {"Weir 2 is mended.", "Weir 20 is mended."}
    assert read_by(make_llm(likely), "Put these two in order: the mended weir, and the closed weir.")[0] == 6


def test_of_two_things_compared_what_states_either_is_shown_and_yes_is_not_said(read, make_llm) -> None:
    llm = make_llm({"82.50": 0.9, "2031": 0.9, "2 fish": 0.8, "2019": 0.9})

    reading = read(llm, "Is the promise on salmon firmer than the one on the bridge?")

    assert {found.passage.section.heading for found in reading.evidence} == {"Salmon", "Bridges"}
    assert reading.verdict == 0.0
    assert not any("Yes" in prompt for prompt in llm.prompts)


def test_a_yes_or_no_question_is_not_asked_for_words(read, make_llm) -> None:
    llm = make_llm({"82.50": 0.8})

    assert read(llm, "Was the bridge opened by the county?").states_answer
    assert not any("shortest words" in prompt for prompt in llm.prompts)


@pytest.mark.parametrize("weights", [{"stated": 1.0}, {"stated": 1.0, "unconfirmed": -3.0}])
def test_words_are_copied_only_where_the_calibration_weighs_them(make_llm, make_embedder, hits, weights) -> None:
    llm = make_llm({"82.50": 0.9}, "Not stated")
    calibration = BY_THE_LLM.model_copy(update={"weights": weights})

    LLMReader(llm, SignalReader(make_embedder(), lambda word: 1, ALWAYS), calibration).read(
        Question("What did the bridge cost?"), hits
    )

    assert any("shortest words" in prompt for prompt in llm.prompts) == ("unconfirmed" in weights)


def test_a_yes_or_no_question_is_answered_from_the_best_sentence_alone(read, make_llm) -> None:
    llm = make_llm({"82.50": 0.9})

    reading = read(llm, "Was £82.50 a metre paid?")

    asked = [prompt for prompt in llm.prompts if "Answer this with Yes or No: Was £82.50 a metre paid?" in prompt]
    assert len(asked) == 1
    assert SALMON not in asked[0] and "Question:" not in asked[0]
    assert reading.verdict > 2


def test_nothing_is_asked_for_a_verdict_where_no_answer_is_shown(read, make_llm) -> None:
    llm = make_llm({})

    assert read(llm, "Was £82.50 a metre paid?").verdict == 0.0
    assert not any("Yes or No" in prompt for prompt in llm.prompts)


def test_without_its_reply_it_is_read_without_it_and_said_so(read, make_llm) -> None:
    reading = read(make_llm(down=True), "What did the bridge cost?")

    assert reading.states_answer
    assert reading.reader == ""
    assert reading.notice == "Answered without the language model (fake-llm: no answer within 1 s)."


def test_passages_are_read_ahead_with_the_words_that_will_be_asked(make_embedder, make_llm, hits) -> None:
    llm = make_llm({"82.50": 0.9}, "£82.50 a metre")
    reader = LLMReader(llm, SignalReader(make_embedder(), lambda word: 1, ALWAYS), BY_THE_LLM)

    reader.prepare([hit.passage for hit in hits])
    reader.read(Question("What did the bridge cost?"), hits)

    assert all(any(prompt.startswith(part) for part in llm.warmed) for prompt in llm.prompts)


def test_a_list_takes_every_sentence_of_all_the_hits_that_is_about_as_plainly_a_part_of_it(read, make_llm) -> None:
    llm = make_llm({"It cost": 0.9, "keep 2 fish": 0.85, "Ottery": 0.4, "restore": 0.1})

    reading = read(llm, "List all the numbers")

    assert [found.text for found in reading.evidence] == ["It cost £82.50 a metre.", "Anglers may keep 2 fish a day."]
    assert len(set(llm.prompts)) == len(llm.prompts)  # nothing is asked twice


def test_how_near_the_best_a_part_of_a_list_must_be_is_chosen_for_the_model(make_embedder, make_llm, hits) -> None:
    llm = make_llm({"It cost": 0.9, "keep 2 fish": 0.4, "Ottery": 0.1, "restore": 0.1}, "£82.50 a metre")
    signals = SignalReader(make_embedder(), lambda word: 1, ALWAYS)

    def listed(margins: ListMargins) -> list[str]:
        reader = LLMReader(llm, signals, BY_THE_LLM.model_copy(update={"lists": margins}))
        return [found.text for found in reader.read(Question("List all the numbers"), hits).evidence]

    assert listed(ListMargins()) == ["It cost £82.50 a metre."]
    wide = ListMargins(passages=4.0, sentences=3.0, least=-2.0)
    assert listed(wide) == ["It cost £82.50 a metre.", "Anglers may keep 2 fish a day."]


def test_a_list_that_nothing_states_is_refused_without_reading_on(read, make_llm) -> None:
    llm = make_llm({})

    assert not read(llm, "List all the numbers").states_answer
    assert sum("It cost" in prompt for prompt in llm.prompts) == 2  # its passage, and itself
