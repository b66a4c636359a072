"""What was fitted and ships with the package, read from its data."""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel

from assistant.types import AssistantError

_Fitted = TypeVar("_Fitted", bound=BaseModel)


def load_fitted(name: str, kind: type[_Fitted], command: str) -> _Fitted:
    """What is in `data/NAME.json`, made by `python -m evals COMMAND`.

    Raises:
        AssistantError: it is not there, or is damaged.
    """
    place = files("assistant") / "data" / f"{name}.json"
    try:
        return kind.model_validate_json(place.read_bytes())
    except (OSError, ValueError) as error:
        raise AssistantError(f"{place}: what was fitted cannot be read; run python -m evals {command}") from error
