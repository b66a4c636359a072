"""Questions packed behind their texts are answered as if each were asked alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch

from evals.reader.adapter import Adapter, Shape
from evals.reader.base import Base, YesOrNo
from evals.reader.examples import Pair, Unit
from evals.reader.packing import Asked, Reading, batches, pack
from evals.reader.prompt import Prompts
from evals.types import EvalError

pytestmark = pytest.mark.slow

UNITS = (
    Unit("a", "Ottery", "The bridge opened in 2019.", (Pair("When?", True), Pair("Who paid for the bridge?", False))),
    Unit("b", "Tamble", "Salmon.", (Pair("What swims in the Tamble of which they speak?", True),)),
    Unit("c", "Brindle", "Oaks were planted near the old town.", (Pair("How many?", False), Pair("Where?", True))),
)


@pytest.fixture
def readings(prompts: Prompts) -> list[Reading]:
    return [prompts.reading(unit) for unit in UNITS]


@pytest.fixture
def model(base: Base) -> YesOrNo:
    """With an adapter that changes something."""
    adapter = Adapter.attached(base.model, Shape(rank=4, alpha=8.0, first_layer=1), seed=0)
    generator = torch.Generator().manual_seed(1)
    for layer in adapter.layers.values():
        layer.b.data = torch.randn(layer.b.shape, generator=generator) / 2
    return YesOrNo(base, adapter)


def alone(base: Base, model: YesOrNo, reading: Reading, asked: Asked, acts: tuple[bool, bool]) -> float:
    """The log-odds of yes of one prompt as anyone would compute them, text and question one after the other."""
    cache = None
    for tokens, on in zip((reading.text, asked.tokens), acts, strict=True):
        with model.adapter.acting(on):
            out = base.model(input_ids=torch.tensor([tokens]), past_key_values=cache, use_cache=True)
        cache = out.past_key_values
    last = out.logits[0, -1]
    return float(last[base.prompts.token("Yes")] - last[base.prompts.token("No")])


@torch.no_grad()
def test_packed_questions_are_answered_as_one_by_one(base: Base, model: YesOrNo, readings: list[Reading]) -> None:
    packed = model.log_odds(pack(readings)).tolist()
    pairs = [(reading, asked) for reading in readings for asked in reading.asked]
    one_by_one = [alone(base, model, reading, asked, (False, True)) for reading, asked in pairs]
    assert packed == pytest.approx(one_by_one, abs=1e-4)
    # The comparison means something: they differ from each other, and from what either other use of the adapter gives.
    assert min(abs(one - other) for place, one in enumerate(packed) for other in packed[:place]) > 1e-2
    for acts in ((False, False), (True, True)):
        other_way = [alone(base, model, reading, asked, acts) for reading, asked in pairs]
        assert max(abs(one - other) for one, other in zip(packed, other_way, strict=True)) > 1e-2


@torch.no_grad()
def test_a_question_sees_no_other_question_and_no_other_text(model: YesOrNo, readings: list[Reading]) -> None:
    before = model.log_odds(pack(readings)).tolist()
    other = replace(readings[0], asked=(readings[0].asked[0], Asked(readings[2].asked[0].tokens, False)))
    after = model.log_odds(pack([other, *readings[1:]])).tolist()
    assert after[1] != pytest.approx(before[1], abs=1e-2)
    assert [*after[:1], *after[2:]] == pytest.approx([*before[:1], *before[2:]], abs=1e-5)

    turned = model.log_odds(pack(readings[::-1])).tolist()
    assert [turned[3], turned[4], turned[2], turned[0], turned[1]] == pytest.approx(before, abs=1e-5)


def test_who_sees_whom() -> None:
    first = Reading((1, 2), (Asked((3, 4), True), Asked((5,), False)))
    second = Reading((6,), (Asked((7,), True),))
    packed = pack([first, second])
    assert packed.texts.tolist() == [1, 2, 6] and packed.text_positions.tolist() == [0, 1, 0]
    assert packed.questions.tolist() == [3, 4, 5, 7] and packed.question_positions.tolist() == [2, 3, 2, 1]
    assert packed.texts_see.astype(int).tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]
    assert packed.questions_see.astype(int).tolist() == [
        [1, 1, 0, 1, 0, 0, 0],
        [1, 1, 0, 1, 1, 0, 0],
        [1, 1, 0, 0, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 1],
    ]
    assert packed.ends.tolist() == [1, 2, 3] and packed.stated.tolist() == [True, False, True]


def test_batches_keep_to_their_limits_and_lose_nothing() -> None:
    some = [Reading((1,) * length, (Asked((2, 3), True),)) for length in (3, 4, 20, 1, 1)]
    made = list(batches(some, 12, 16, Random(0)))
    assert [reading for batch in made for reading in batch] == some
    assert [[reading.length for reading in batch] for batch in made] == [[5, 6], [22], [3, 3]]
    assert list(batches([], 12, 16, Random(0))) == []


def test_of_too_many_questions_some_are_drawn() -> None:
    asked = tuple(Asked((number,), bool(number % 2)) for number in range(20))
    ((reading,),) = batches([Reading((1,), asked)], 100, 16, Random(0))
    assert len(reading.asked) == 16 and set(reading.asked) < set(asked)
    assert reading.asked != asked[:16]
    ((again,),) = batches([Reading((1,), asked)], 100, 16, Random(0))
    assert again == reading


def test_the_prompt_is_the_assistants_own(prompts: Prompts, tokenizer) -> None:
    from assistant.prompts import STATED

    reading = prompts.reading(UNITS[0])
    words = {number: word for word, number in tokenizer.known.items()}
    text, question = ("".join(words[token] for token in tokens) for tokens in (reading.text, reading.asked[0].tokens))
    assert text == (
        f"<|im_start|>system\n{STATED}<|im_end|>\n<|im_start|>user\nPassage (Ottery):\nThe bridge opened in 2019.\n\n"
    )
    assert question == "Question: When?<|im_end|>\n<|im_start|>assistant\n"
    assert tuple(words[token] for token in prompts.invocation) == ("Question", ":")


def test_yes_must_be_one_token(prompts: Prompts) -> None:
    with pytest.raises(EvalError, match="Oh yes is 3 tokens"):
        prompts.token("Oh yes")


def test_a_question_that_would_not_switch_the_adapter_on_is_refused(prompts: Prompts, tokenizer) -> None:
    plain = tokenizer.encode
    # As where a tokenizer joins the colon with what follows it.
    tokenizer.encode = lambda text, **_: plain(text.replace(": (", ":(", 1).replace(":(", "_("))
    with pytest.raises(EvalError, match="reword it"):
        prompts.reading(Unit("a", "Ottery", "Text.", (Pair("(sic)?", True),)))


def test_a_mask_is_as_large_as_what_is_seen(readings: list[Reading]) -> None:
    packed = pack(readings)
    assert packed.texts_see.shape == (len(packed.texts),) * 2
    assert packed.questions_see.shape == (len(packed.questions), len(packed.texts) + len(packed.questions))
    assert np.array_equal(
        packed.questions[packed.ends], [reading.asked[0].tokens[-1] for reading in readings for _ in reading.asked]
    )
