"""An LLM whose replies are kept on disk, so that a run after a changed threshold waits only for prompts it never sent.

The same model gives the same reply to the same prompt: what is kept is kept by both.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.llm import LLM, Message
from assistant.llm_choice import OpenedLLM, open_llm
from assistant.settings import Settings
from evals.folder import RUNS
from evals.provenance import language_model, versions


class RememberedLLM:
    """Asks an LLM only what it has not been asked before. Safe to call from several threads.

    `identity` names what a reply depends on besides its prompt: the model file's bytes and the program that runs it.
    """

    def __init__(self, llm: LLM, kept: Path, identity: str) -> None:
        """Open the file of replies `kept`, or make it."""
        self.name = llm.name
        self._llm = llm
        self._identity = identity
        kept.parent.mkdir(parents=True, exist_ok=True)
        self._replies = sqlite3.connect(kept, check_same_thread=False, isolation_level=None)
        self._replies.execute("CREATE TABLE IF NOT EXISTS replies (prompt TEXT PRIMARY KEY, reply TEXT NOT NULL)")
        self._lock = threading.Lock()

    @property
    def failed(self) -> bool:
        """See `LLM.failed`; what it was asked before it knows all the same."""
        return self._llm.failed

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        """See `LLM.complete`."""
        turns = [*map(tuple, messages), *([("opening", opening)] if opening else [])]
        asked = ("complete", turns, max_tokens, schema, list(stop))
        reply = self._remembered(
            asked,
            lambda: self._llm.complete(messages, max_tokens=max_tokens, schema=schema, stop=stop, opening=opening),
        )
        return str(reply)

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """See `LLM.probability_of_yes`."""
        asked = ("yes", system, passage_part, question_part)
        return float(self._remembered(asked, lambda: self._llm.probability_of_yes(system, passage_part, question_part)))

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        """See `LLM.probabilities_of_yes`."""
        return tuple(self.probability_of_yes(system, part, question_part) for part in passage_parts)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Do nothing: most will not be asked."""

    def close(self) -> None:
        """Close the model and the file."""
        self._llm.close()
        with self._lock:
            self._replies.close()

    def _remembered(self, asked: object, ask: Callable[[], str | float]) -> str | float:
        key = sha256(json.dumps([self._identity, asked], ensure_ascii=False).encode()).hexdigest()
        with self._lock:
            row = self._replies.execute("SELECT reply FROM replies WHERE prompt = ?", (key,)).fetchone()
        if row is None:
            reply = ask()
            with self._lock:
                self._replies.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (key, json.dumps(reply)))
            return reply
        kept: str | float = json.loads(row[0])
        return kept


def remembering(settings: Settings, kept: Path = RUNS / ".replies.sqlite") -> Callable[[LLM], LLM]:
    """What keeps the replies of the model that reads with these settings.

    Raises:
        AssistantError: there is no such language model.
    """
    identity = f"{sorted(language_model(settings).items())} {versions()['xllamacpp']}"
    return lambda llm: RememberedLLM(llm, kept, identity)


def open_reading_llm(settings: Settings, *, remember: bool, kept: Path = RUNS / ".replies.sqlite") -> OpenedLLM:
    """The language model these settings read with, its replies kept and those kept before not waited for if wanted.

    Raises:
        AssistantError: the language model asked for is not there.
    """
    found = open_llm(settings)
    if found.llm is None or not remember:
        return found
    return OpenedLLM(remembering(settings, kept)(found.llm), found.notice)
