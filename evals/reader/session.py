"""From the rows to an adapter file: what `python -m evals train-reader` does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from assistant.settings import load_settings
from evals.reader.cutting import cut, cut_shipped
from evals.reader.gguf_file import write_whole
from evals.reader.rows import FOLDER, SHIPPED, UNSEEN, load
from evals.types import EvalError
from index.embed import SentenceEmbedder
from index.weights import DEFAULT_LLM, ModelState, verified_status


def train_reader(
    out: Path, documents: Path | None, questions: int, *, invented: bool, tell: Callable[[str], None]
) -> str:
    """Train an adapter for the default language model on the project's set, and write it. Returns how good it is.

    First on the public documents, if they are given, then, if they are wanted, on the invented ones: on those like
    them, then on the adversarial ones, then on those asked about in quite other words, each of the last two beside a
    part of what came before, lest that be forgotten. What is returned tells of a document that is not trained on, too.

    Args:
        out: the file, written all or nothing.
        documents: the folder of the public ones that were asked about; None leaves them out.
        questions: of each stage at most so many, taken evenly from all of them; 0 takes all.
        invented: whether those that come with the project are trained on.
        tell: is given a line now and then.

    Raises:
        EvalError: the file cannot be written, the set or the model is not in order, or the extra is not installed.
        AssistantError: the settings cannot be used.
        SearchError: a model file cannot be read.
    """
    _check_place(out)
    file = _base_file(load_settings().models_folder)
    public = load(cut(documents)) if documents else None
    made_up = [load(cut_shipped(part), FOLDER / f"{part}.jsonl") for part in SHIPPED] if invented else []
    # After all that takes no time has been checked: PyTorch takes seconds to import, the model to load.
    from evals.reader import base, train

    stages = [train.Stage(stage.rows.sample(questions), stage.recipe) for stage in train.stages_of(public, made_up)]
    unseen = load(cut_shipped(UNSEEN), FOLDER / f"{UNSEEN}.jsonl")
    trained = train.adapter_for(base.load(file), stages, SentenceEmbedder(), tell, unseen=unseen)
    write_whole(out, trained.file)
    names = ("kept back", "unseen passages", "unseen sentences")
    return "\n".join(
        f"{name}: {one.shown}" for name, one in zip(names, (trained.quality, *trained.unseen), strict=True)
    )


def _check_place(out: Path) -> None:
    """Before half an hour of training, not after it."""
    if not out.parent.is_dir():
        raise EvalError(f"{out.parent}: no such folder; make it, or name another with --out")
    if not os.access(out.parent, os.W_OK):
        raise EvalError(f"{out.parent}: nothing can be written there; name another folder with --out")


def _base_file(models_folder: Path) -> Path:
    state = verified_status(DEFAULT_LLM, models_folder)
    if state is ModelState.MISSING:
        raise EvalError(f"{DEFAULT_LLM.name} is not in {models_folder}; communique models fetch brings it")
    if state is ModelState.WRONG:
        raise EvalError(f"{DEFAULT_LLM.name} is not the published file; communique models fetch brings that")
    return models_folder / DEFAULT_LLM.name
