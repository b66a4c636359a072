"""The recipe, and training by it. What was kept back of the passages tells how well it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils import clip_grad_norm_

from evals.reader.adapter import Adapter, Shape
from evals.reader.base import Base, YesOrNo
from evals.reader.examples import Examples, Unit, examples_of
from evals.reader.packing import Pack, Reading, batches, pack
from evals.reader.rows import ReaderSet
from index.types import Embedder

_EVERY = 10  # steps from line to line
_CHECKED_EVERY = 60  # steps from one look at the passages kept back to the next


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that the result depends on besides data, model and machine.

    `kept_back` passages are not trained on; at most `sentences` single sentences are. A pack has at most `tokens`, and
    of a text at most `questions`. The learning rate rises over `warm_up` steps, then falls in a line to a twentieth.
    Yes is to be said with a probability of 1 - `doubt`, No likewise.
    """

    seed: int = 0
    kept_back: int = 20
    sentences: int = 500
    tokens: int = 1100
    questions: int = 16
    learning_rate: float = 4e-4
    warm_up: int = 15
    doubt: float = 0.02


SHAPE = Shape()
PUBLIC = Recipe()
INVENTED = Recipe(seed=1, sentences=800, learning_rate=3e-4)
"""For the invented documents, after the public ones: it knows the task by then, so it goes on more slowly."""
ADVERSARIAL = Recipe(seed=2, kept_back=30, sentences=600, learning_rate=3e-4)
"""For the adversarial documents, after the invented ones, with one in `AGAIN` of the passages that came before."""
AGAIN = 3
LOOSE = Recipe(seed=3, kept_back=30, sentences=600, learning_rate=3e-4)
"""For the documents asked about in quite other words, last, with one in `AGAIN_AT_LAST` of the passages before."""
AGAIN_AT_LAST = 5


class Split(NamedTuple):
    """What is trained on, in that order, and whole passages that are not."""

    training: tuple[Unit, ...]
    kept_back: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """On `count` questions: the area under the ROC curve, and the share that log-odds of 0 decide right."""

    auc: float
    right: float
    count: int

    @property
    def shown(self) -> str:
        """For a reader."""
        return f"AUC {self.auc:.3f}, {self.right:.3f} right (n={self.count})"


class Trained(NamedTuple):
    """An adapter's GGUF file, and how good it is after the last stage.

    `quality` is on what was kept back; `unseen` on passages and on single sentences of documents not trained on, if
    there are any.
    """

    file: bytes
    quality: Quality
    unseen: tuple[Quality, ...] = ()


class Stage(NamedTuple):
    """Rows, and how they are trained on."""

    rows: ReaderSet
    recipe: Recipe


def stages_of(public: ReaderSet | None, made_up: Sequence[ReaderSet]) -> list[Stage]:
    """The passes over the public rows and over those made up, if there are any, in the order of `rows.SHIPPED`.

    With the last two goes a part of what came before, lest it be forgotten.
    """
    stages = [Stage(public, PUBLIC)] if public else []
    if made_up:
        invented, adversarial, loose = made_up
        before = [public, invented] if public else [invented]
        stages.append(Stage(invented, INVENTED))
        stages.append(Stage(_beside(adversarial, before, AGAIN), ADVERSARIAL))
        stages.append(Stage(_beside(loose, [*before, adversarial], AGAIN_AT_LAST), LOOSE))
    return stages


def _beside(rows: ReaderSet, before: Sequence[ReaderSet], step: int) -> ReaderSet:
    """The rows, and after them one passage in `step` of each of those `before` with its questions."""
    return sum((one.every(step) for one in before), start=rows)


def adapter_for(
    base: Base,
    stages: Sequence[Stage],
    embedder: Embedder,
    tell: Callable[[str], None],
    shape: Shape = SHAPE,
    *,
    unseen: ReaderSet | None = None,
) -> Trained:
    """Train an adapter for a model, which is changed in place, on one stage after the other.

    `embedder` finds the passages that a question is asked of in vain; `tell` is given a line now and then. `unseen` is
    not trained on, but asked about at the end.

    Raises:
        EvalError: a question or a reply does not begin, or is not, as the adapter needs it to be.
        SearchError: the embedding model cannot be loaded.
    """
    model = YesOrNo(base, Adapter.attached(base.model, shape, stages[0].recipe.seed))
    for rows, recipe in stages:
        random = Random(recipe.seed)
        units = split(examples_of(rows, embedder, random), recipe, random)
        training, kept_back = ([base.prompts.reading(unit) for unit in part] for part in units)
        reached = train(model, training, kept_back, recipe, random=random, tell=tell)
    told = quality_on(unseen, base, model, embedder) if unseen else ()
    return Trained(model.adapter.as_gguf(base.prompts.invocation), reached, told)


def quality_on(rows: ReaderSet, base: Base, model: YesOrNo, embedder: Embedder) -> tuple[Quality, Quality]:
    """How well the model tells stated from not stated in passages, and in single sentences of them."""
    random = Random(0)
    passages, sentences = (
        [
            pack(readings)
            for readings in batches(map(base.prompts.reading, units), PUBLIC.tokens, PUBLIC.questions, random)
        ]
        for units in examples_of(rows, embedder, random)
    )
    return quality(model, passages), quality(model, sentences)


def split(examples: Examples, recipe: Recipe, random: Random) -> Split:
    """Keep passages back with their sentences, at most a quarter of them, and shuffle the others.

    Their questions may still be asked in vain of other passages, from which no answer can be learnt.
    """
    names = sorted(unit.passage for unit in examples.passages)
    kept = set(random.sample(names, min(recipe.kept_back, len(names) // 4)))
    sentences = list(examples.sentences)
    random.shuffle(sentences)
    units = (*examples.passages, *sentences[: recipe.sentences])
    training = [unit for unit in units if unit.passage not in kept]
    random.shuffle(training)
    return Split(tuple(training), tuple(unit for unit in examples.passages if unit.passage in kept))


def train(
    model: YesOrNo,
    training: Sequence[Reading],
    kept_back: Sequence[Reading],
    recipe: Recipe,
    *,
    random: Random,
    tell: Callable[[str], None],
) -> Quality:
    """Change the model's adapter, one pack a step and each once. Returns how well it then does on what was kept back.

    `tell` is given a line now and then.
    """
    packs = [pack(readings) for readings in batches(training, recipe.tokens, recipe.questions, random)]
    held = [pack(readings) for readings in batches(kept_back, recipe.tokens, recipe.questions, random)]
    parameters = model.adapter.parameters()
    optimizer = torch.optim.AdamW(parameters, lr=recipe.learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    tell(f"{len(packs)} steps; before, kept back: {quality(model, held).shown}")
    losses: list[float] = []
    begun = time.monotonic()
    for step, one in enumerate(packs, start=1):
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * _rate(step, len(packs), recipe.warm_up)
        loss = _loss(model, one, recipe.doubt)
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if step % _EVERY == 0:
            left = (time.monotonic() - begun) / step * (len(packs) - step)
            tell(f"{step} of {len(packs)}: loss {np.mean(losses[-2 * _EVERY :]):.3f}, about {left / 60:.0f} min left")
        if step % _CHECKED_EVERY == 0 and step < len(packs):
            tell(f"kept back: {quality(model, held).shown}")
    return quality(model, held)


def quality(model: YesOrNo, packs: Sequence[Pack]) -> Quality:
    """How well the model tells stated from not stated."""
    with torch.no_grad():
        odds = np.concatenate([model.log_odds(one).numpy() for one in packs])
    stated = np.concatenate([one.stated for one in packs])
    return Quality(float(roc_auc_score(stated, odds)), float(((odds > 0) == stated).mean()), len(stated))


def _loss(model: YesOrNo, one: Pack, doubt: float) -> torch.Tensor:
    wanted = torch.from_numpy(one.stated).float() * (1 - 2 * doubt) + doubt
    return binary_cross_entropy_with_logits(model.log_odds(one), wanted)


def _rate(step: int, steps: int, warm_up: int) -> float:
    """The share of the learning rate that a step, counted from 1, goes by."""
    return min(1.0, step / warm_up) * max(0.05, 1 - (step - 1) / steps)
