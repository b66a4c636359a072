"""Whether a question asks for several things, told by what it is like as well as by its form.

The forms that rules know (`Question.wants_list`) are those somebody thought of. "Where do workshops come in?" or "What
will they do about fraud?" are of none of them, so a logistic regression on the question's vector decides, fitted by
`python -m evals several` on the questions that the reader is trained on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.answer_kind import AnswerKind
from assistant.question import Question
from assistant.types import AssistantError
from index.types import Embedder

AsksForSeveral = Callable[[Question], bool]
NAME = "several.json"


class SeveralWeights(BaseModel):
    """A logistic regression over a question's vector, as the embedding model of that `fingerprint` makes it, and its
    form; `threshold` is the probability from which several things are asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fitted_on: str
    fingerprint: str
    intercept: float
    form: dict[str, float]
    vector: tuple[float, ...]
    threshold: float


def form(question: Question) -> dict[str, float]:
    """What rules say of a question, each 0 or 1."""
    kinds = (AnswerKind.DATE, AnswerKind.MONEY, AnswerKind.NUMBER, AnswerKind.PLACE, AnswerKind.NAME)
    said = {"list": question.wants_list, "yes_no": question.is_yes_no}
    return {
        name: float(holds) for name, holds in (said | {kind.value: question.wants is kind for kind in kinds}).items()
    }


def asks_for_several(embedder: Embedder) -> AsksForSeveral:
    """The judgement that goes with an embedding model: by the form alone, where it is not the one that was fitted.

    Raises:
        AssistantError: the weights are damaged.
    """
    weights = _weights()
    if embedder.fingerprint != weights.fingerprint:
        return lambda question: question.wants_list
    vector = np.array(weights.vector, dtype=np.float32)

    def judged(question: Question) -> bool:
        score = weights.intercept + float(embedder.encode([question.text])[0] @ vector)
        score += sum(weights.form[name] * value for name, value in form(question).items())
        return 1 / (1 + float(np.exp(-score))) >= weights.threshold

    return judged


@lru_cache(maxsize=1)
def _weights() -> SeveralWeights:
    place = files("assistant") / "data" / NAME
    try:
        return SeveralWeights.model_validate_json(place.read_bytes())
    except (OSError, ValueError) as error:
        raise AssistantError(f"{place}: the weights cannot be read; run python -m evals several") from error
