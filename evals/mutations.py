"""The mutation suite: true sentences that the verifier must let pass, and false ones that it must stop.

The true ones are written by hand and cite sentences of the documents beside them; the false ones are made from them by
rule, the same ones every time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, with_config

from assistant.verify import problem
from corpus.read import read_document
from evals import mutation_facts, mutation_meaning
from evals.figures import Figure, figure
from evals.mutation_pool import Pool
from evals.rows import read_object, read_rows
from evals.sources import FOLDERS, Sources
from evals.types import EvalError, Split, Words

FOLDER = Path(__file__).parent / "datasets" / "mutations"
KINDS: Mapping[str, Callable[[str, str, Pool], Iterator[str]]] = {
    "date": mutation_facts.dates,
    "number": mutation_facts.numbers,
    "name": mutation_facts.names,
    "actor": mutation_meaning.actors,
    "negation": mutation_meaning.negations,
    "commitment": mutation_meaning.commitments,
    "unit": mutation_facts.units,
    "list item": mutation_meaning.items,
}
DOCUMENTS = (FOLDERS[0] / "uk-japan-digital-council-2025-01.md", *sorted(FOLDER.glob("*-*.md")))
SPLITS: tuple[Split, ...] = ("tune", "report")
EACH = 3  # at most as many mutations of a kind for one true sentence
MOST = 120  # and for a kind and half; chosen by a fixed seed
_SEED = 7


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Truth:
    """A true sentence and the ids of the sentences it cites."""

    id: Words
    split: Split
    cites: Annotated[tuple[Words, ...], Field(min_length=1)]
    text: Words


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence, the words it cites and their section; `kind` is what is wrong with it, empty where it is true."""

    id: str
    split: Split
    kind: str
    text: str
    quoted: str
    around: str
    document: str
    reworded: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A trial and the verifier's reason to stop it, empty where it let it pass."""

    trial: Trial
    reason: str

    @property
    def is_right(self) -> bool:
        """Whether a true sentence passed or a false one was stopped."""
        return bool(self.reason) == bool(self.trial.kind)


@dataclass(frozen=True, slots=True)
class Row:
    """The share stopped of one kind's sentences in one half: to be high for mutations, low for true sentences."""

    split: str
    kind: str
    stopped: Figure


@lru_cache(maxsize=1)
def trials() -> tuple[Trial, ...]:
    """All true sentences, each cited sentence itself among them, and their mutations, in a fixed order.

    Raises:
        EvalError: a row is malformed, or cites a sentence that is not in the documents.
    """
    sources = Sources.of(section for path in DOCUMENTS for section in read_document(path))
    pools = {name: Pool(**pool) for name, pool in read_object(FOLDER / "pools.json").items()}
    true = list(_true_trials(read_rows(FOLDER / "truths.jsonl", Truth).rows, sources))
    return (*true, *(trial for split in SPLITS for kind in KINDS for trial in _mutated(true, split, kind, pools)))


def judge() -> tuple[Outcome, ...]:
    """What the verifier says of every trial."""
    return tuple(Outcome(trial, problem(trial.text, trial.quoted, trial.around)) for trial in trials())


def rows_of(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """The share stopped by half and kind; true sentences last, all of them and those in other words."""
    found: list[Row] = []
    for split in SPLITS:
        mine = [outcome for outcome in outcomes if outcome.trial.split == split]
        groups = {kind: [one for one in mine if one.trial.kind == kind] for kind in KINDS}
        groups["true"] = [one for one in mine if not one.trial.kind]
        groups["true, reworded"] = [one for one in groups["true"] if one.trial.reworded]
        found += [Row(split, kind, figure([float(bool(one.reason)) for one in held])) for kind, held in groups.items()]
    return tuple(found)


def as_text(outcomes: Sequence[Outcome]) -> str:
    """A table by half and kind, and every sentence that was judged wrongly."""
    lines = [f"{'half':<8}{'kind':<16}{'n':>4}  {'stopped':>8}  95 % interval"]
    for row in rows_of(outcomes):
        share = row.stopped
        lines.append(
            f"{row.split:<8}{row.kind:<16}{share.count:>4}  {share.value:>8.3f}  {share.low:.2f} to {share.high:.2f}"
        )
    for outcome in outcomes:
        if not outcome.is_right:
            what = f"missed {outcome.trial.kind}" if outcome.trial.kind else f"false alarm ({outcome.reason})"
            lines += ["", f"{outcome.trial.split} {outcome.trial.id}: {what}", f"  said:   {outcome.trial.text}",
                      f"  quoted: {outcome.trial.quoted}"]  # fmt: skip
    return "\n".join(lines)


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The same as one JSON object."""
    rows = [
        {"split": row.split, "kind": row.kind, "n": row.stopped.count, "stopped": row.stopped.value,
         "low": row.stopped.low, "high": row.stopped.high}
        for row in rows_of(outcomes)
    ]  # fmt: skip
    wrong = [
        {"id": one.trial.id, "split": one.trial.split, "kind": one.trial.kind, "text": one.trial.text,
         "quoted": one.trial.quoted, "reason": one.reason}
        for one in outcomes
        if not one.is_right
    ]  # fmt: skip
    return json.dumps({"rows": rows, "wrong": wrong}, ensure_ascii=False)


def _true_trials(truths: Sequence[Truth], sources: Sources) -> Iterator[Trial]:
    split_of = {cited: truth.split for truth in truths for cited in truth.cites}
    for truth in truths:
        yield _trial(truth.id, truth.split, truth.cites, sources, truth.text)
    for name, place in sources.sentences.items():
        if name in split_of:
            yield _trial(name.split("#")[1].split("/")[-1], split_of[name], (name,), sources, place.text)


def _trial(name: str, split: Split, cites: Sequence[str], sources: Sources, text: str) -> Trial:
    for cited in cites:
        if cited not in sources.sentences:
            raise EvalError(f"{FOLDER / 'truths.jsonl'}: {name} cites {cited}, which is not in the documents")
    places = [sources.sentences[cited] for cited in cites]
    section = places[0].section
    quoted = " ".join(place.text for place in places)
    around = "\n".join((*section.path, section.text))
    return Trial(name, split, "", text, quoted, around, section.document.id, text != quoted)


def _mutated(true: Sequence[Trial], split: str, kind: str, pools: Mapping[str, Pool]) -> list[Trial]:
    found: list[Trial] = []
    for trial in true:
        if trial.split != split:
            continue
        chance = random.Random(f"{_SEED} {kind} {trial.id} {trial.text}")
        made = dict.fromkeys(KINDS[kind](trial.text, trial.quoted, pools[trial.document]))
        variants = [text for text in made if text != trial.text]
        for text in chance.sample(variants, min(EACH, len(variants))):
            found.append(replace(trial, kind=kind, text=text, reworded=True))
    chosen = random.Random(f"{_SEED} {kind}").sample(range(len(found)), min(MOST, len(found)))
    return [found[place] for place in sorted(chosen)]
