"""What training changes and leaves, and the file it makes for llama.cpp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import torch

from assistant.llm_choice import ADAPTER
from evals.reader.adapter import Adapter, Shape
from evals.reader.base import Base, YesOrNo
from evals.reader.cutting import cut_shipped
from evals.reader.examples import Examples, Pair, Unit, examples_of
from evals.reader.gguf_file import as_gguf, write_whole
from evals.reader.packing import Asked, Reading, pack
from evals.reader.rows import FOLDER, SHIPPED, ReaderSet, load
from evals.reader.train import (
    ADVERSARIAL,
    INVENTED,
    LOOSE,
    PUBLIC,
    Recipe,
    Stage,
    Trained,
    adapter_for,
    quality,
    split,
    stages_of,
    train,
)
from evals.types import EvalError

pytestmark = pytest.mark.slow

SHAPE = Shape(rank=4, alpha=8.0, first_layer=1)
RECIPE = Recipe(kept_back=2, tokens=60)


def trained(base: Base, rows: ReaderSet, embedder, recipe: Recipe = RECIPE) -> tuple[Trained, list[str]]:
    told: list[str] = []
    return adapter_for(base, [Stage(rows, recipe)], embedder, told.append, SHAPE), told


def read_back(content: bytes, place: Path) -> tuple[dict, dict[str, torch.Tensor]]:
    """Fields and tensors of a file with these bytes."""
    write_whole(place / "made.gguf", content)
    return read(place / "made.gguf")


def read(file: Path) -> tuple[dict, dict[str, torch.Tensor]]:
    """Fields and tensors, by transformers, which has a reader of its own."""
    from transformers.integrations.gguf.reader import GgufHeader, load_gguf_state_dict, read_gguf_metadata

    fields, _ = read_gguf_metadata(str(file))
    tensors = load_gguf_state_dict(GgufHeader.from_file(str(file)))
    return fields, {name: tensor[...] for name, tensor in tensors.items()}


def readings(count: int, seed: int) -> list[Reading]:
    """Texts at random, each with a question that ends in 7, which it states, and one that ends in 8."""
    random = Random(seed)

    def drawn(length: int) -> list[int]:
        return [random.randrange(20, 200) for _ in range(length)]

    asked = [(Asked((*drawn(2), 7), True), Asked((*drawn(2), 8), False)) for _ in range(count)]
    return [Reading(tuple(drawn(6)), both) for both in asked]


def test_what_is_learnt_holds_of_what_was_kept_back(make_base: Callable[..., Base]) -> None:
    base = make_base(spread=0.1)
    model = YesOrNo(base, Adapter.attached(base.model, SHAPE, seed=0))
    kept_back = readings(30, seed=1)
    before = quality(model, [pack(kept_back)])
    told: list[str] = []
    recipe = Recipe(tokens=160, learning_rate=3e-2, warm_up=5)
    after = train(model, readings(240, seed=0), kept_back, recipe, random=Random(0), tell=told.append)
    assert before.auc < 0.6 and before.right < 0.6
    assert after.auc > 0.95 and after.right > 0.9
    assert (before.count, after.count) == (60, 60)
    assert told[0] == f"19 steps; before, kept back: {before.shown}"
    assert after.shown == f"AUC {after.auc:.3f}, {after.right:.3f} right (n=60)"


def test_what_is_told_is_the_loss_and_the_time_left(base: Base, rows: ReaderSet, embedder) -> None:
    made, told = trained(base, rows, embedder)
    assert told[0].endswith(f"(n={made.quality.count})")
    assert any(line.startswith("10 of ") and "loss " in line and line.endswith(" min left") for line in told)


def test_training_leaves_the_model_as_it_was(
    base: Base, make_base: Callable[..., Base], rows: ReaderSet, embedder
) -> None:
    untouched = make_base().model
    prompt = torch.tensor([[5, 9, 2, 7]])
    trained(base, rows, embedder)
    with torch.no_grad():
        assert torch.equal(base.model(prompt).logits, untouched(prompt).logits)
    after = {name.replace(".base.", "."): weight for name, weight in base.model.state_dict().items()}
    assert all(torch.equal(after[name], weight) for name, weight in untouched.state_dict().items())


def test_the_same_recipe_makes_the_same_file(make_base: Callable[..., Base], rows: ReaderSet, embedder) -> None:
    first, second, third = (
        trained(make_base(), rows, embedder, Recipe(seed, 2, tokens=300))[0].file for seed in (0, 0, 1)
    )
    assert first == second != third


def test_a_second_stage_goes_on_from_the_first(make_base: Callable[..., Base], rows: ReaderSet, embedder) -> None:
    first, second = Stage(rows, RECIPE), Stage(rows, Recipe(seed=1, kept_back=2, tokens=60))
    idle = Stage(rows, Recipe(seed=1, kept_back=2, tokens=60, learning_rate=0.0))

    def made(*stages: Stage) -> bytes:
        return adapter_for(make_base(), stages, embedder, lambda line: None, SHAPE).file

    assert made(first, idle) == made(first)
    assert len({made(first), made(first, second), made(second)}) == 3


def test_the_file_holds_what_llama_cpp_looks_for(base: Base, rows: ReaderSet, embedder, tmp_path: Path) -> None:
    made, _ = trained(base, rows, embedder)
    fields, tensors = read_back(made.file, tmp_path)
    assert fields == {
        "general.architecture": "qwen2",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 8.0,
        "adapter.alora.invocation_tokens": list(base.prompts.invocation),
    }
    assert len(base.prompts.invocation) == 2
    wide = {"attn_q": (32, 32), "attn_k": (32, 16), "attn_v": (32, 16), "attn_output": (32, 32)}
    assert {name: tuple(tensor.shape) for name, tensor in tensors.items()} == {
        f"blk.{layer}.{name}.weight.lora_{which}": shape
        for layer in (1, 2)
        for name, (inputs, outputs) in wide.items()
        for which, shape in (("a", (4, inputs)), ("b", (outputs, 4)))
    }
    assert all(tensor.dtype == torch.float16 for tensor in tensors.values())
    changed = base.model.model.layers[2].self_attn.v_proj
    assert torch.equal(tensors["blk.2.attn_v.weight.lora_a"], changed.a.detach().half())
    assert torch.equal(tensors["blk.2.attn_v.weight.lora_b"], changed.b.detach().half())
    assert tensors["blk.2.attn_v.weight.lora_b"].abs().max() > 0


def test_the_adapter_that_ships_is_of_the_recipe_and_is_written_again_byte_by_byte() -> None:
    fields, tensors = read(ADAPTER)
    shape = Shape()
    assert (fields["general.architecture"], fields["adapter.lora.alpha"]) == ("qwen2", shape.alpha)
    layers = range(shape.first_layer, 28)
    changed = ("attn_q", "attn_k", "attn_v", "attn_output")
    names = [f"blk.{layer}.{name}.weight.lora_{which}" for layer in layers for name in changed for which in "ab"]
    assert list(tensors) == names
    assert all(shape.rank in tensor.shape for tensor in tensors.values())
    halves = {name: tensor.numpy() for name, tensor in tensors.items()}
    assert as_gguf(fields, halves) == ADAPTER.read_bytes()


def test_an_adapter_that_was_not_trained_changes_nothing(base: Base, make_base: Callable[..., Base]) -> None:
    prompt = torch.tensor([[5, 9, 2, 7]])
    adapter = Adapter.attached(base.model, SHAPE, seed=0)
    with torch.no_grad(), adapter.acting():
        assert torch.equal(base.model(prompt).logits, make_base().model(prompt).logits)
    assert sum(matrix.numel() for matrix in adapter.parameters()) == 2 * 4 * (2 * (32 + 32) + 2 * (32 + 16))


def test_every_size_of_tensor_is_read_back_as_it_was(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    given = {f"t{size}": random.standard_normal((size, 3)).astype(np.float16) for size in (1, 5, 16, 31)}
    fields, tensors = read_back(
        as_gguf({"general.architecture": "naïve", "few": (), "many": (7, 4_294_967_295)}, given), tmp_path
    )
    assert fields == {"general.architecture": "naïve", "few": [], "many": [7, 4_294_967_295]}
    assert all(np.array_equal(tensors[name].numpy(), tensor) for name, tensor in given.items())


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(EvalError, match="taken: cannot be written"):
        write_whole(tmp_path / "taken", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]

    write_whole(tmp_path / "file", b"old")
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken"]


def test_passages_kept_back_are_not_trained_on_nor_are_their_sentences() -> None:
    whole = tuple(Unit(f"p{number}", "H", "Text.", (Pair("?", True),)) for number in range(12))
    single = tuple(Unit(f"p{number % 12}", "H", f"{number}.", (Pair("?", True),)) for number in range(60))
    made = split(Examples(whole, single), Recipe(kept_back=20, sentences=30), Random(0))
    kept = {unit.passage for unit in made.kept_back}
    assert len(kept) == len(made.kept_back) == 3  # a quarter at most
    assert not kept & {unit.passage for unit in made.training}
    assert {unit for unit in made.training if unit.text == "Text."} == {
        unit for unit in whole if unit.passage not in kept
    }
    assert 9 < len(made.training) <= 9 + 30
    assert made == split(Examples(whole, single), Recipe(kept_back=20, sentences=30), Random(0))


def test_the_passes_end_with_the_loose_rows_each_beside_a_part_of_all_before_them() -> None:
    invented, adversarial, loose = (load(cut_shipped(part), FOLDER / f"{part}.jsonl") for part in SHIPPED)
    public = invented.every(2)  # the public documents do not come with the project

    assert stages_of(public, []) == [Stage(public, PUBLIC)]
    first, second, third, last = stages_of(public, [invented, adversarial, loose])
    assert (first, second) == (Stage(public, PUBLIC), Stage(invented, INVENTED))
    assert third == Stage(adversarial + public.every(3) + invented.every(3), ADVERSARIAL)
    assert last == Stage(loose + public.every(5) + invented.every(5) + adversarial.every(5), LOOSE)
    assert stages_of(None, [invented, adversarial, loose])[-2].rows == adversarial + invented.every(3)


def test_what_is_not_trained_on_is_asked_about_whole_and_by_sentences(
    make_base: Callable[..., Base], make_set: Callable[..., Any], embedder
) -> None:
    rows = load(*make_set())
    made = adapter_for(make_base(), [Stage(rows, RECIPE)], embedder, lambda line: None, SHAPE, unseen=rows)
    units = examples_of(rows, embedder, Random(0))
    assert [one.count for one in made.unseen] == [sum(len(unit.pairs) for unit in part) for part in units]
    assert adapter_for(make_base(), [Stage(rows, RECIPE)], embedder, lambda line: None, SHAPE).unseen == ()
