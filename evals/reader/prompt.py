"""The assistant's own reading prompt as tokens: what stands before the question, and the question with what follows."""

from __future__ import annotations

from typing import Any, Protocol

from assistant.llm import reading_prompt
from assistant.prompts import STATED, passage_part, stated_part
from corpus.types import Document, Passage, Section
from evals.reader.examples import Unit
from evals.reader.packing import Asked, Reading
from evals.types import EvalError


class Tokenizer(Protocol):
    """What is used of a tokenizer of transformers."""

    def apply_chat_template(self, conversation: list[dict[str, str]], **options: Any) -> Any:
        """The prompt as the model is given it."""
        ...

    def encode(self, text: str, **options: Any) -> list[int]:
        """Token ids."""
        ...


class Prompts:
    """The prompts of one model. Its adapter acts from the `invocation` tokens on, those that open the question."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.invocation = tuple(self._tokens(stated_part("").strip()))

    def reading(self, unit: Unit) -> Reading:
        """The tokens of a text and its questions.

        Raises:
            EvalError: a question would not begin with the invocation tokens, so that the adapter would not act on it.
        """
        before, after = self._around(unit)
        asked = tuple(Asked(self._question(pair.question, after), pair.stated) for pair in unit.pairs)
        return Reading(tuple(self._tokens(before)), asked)

    def token(self, word: str) -> int:
        """The one token that a word is.

        Raises:
            EvalError: it is several.
        """
        tokens = self._tokens(word)
        if len(tokens) != 1:
            raise EvalError(f"{word} is {len(tokens)} tokens to this model, and must be one to be its whole reply")
        return tokens[0]

    def _question(self, question: str, after: str) -> tuple[int, ...]:
        tokens = tuple(self._tokens(stated_part(question) + after))
        if tokens[: len(self.invocation)] != self.invocation:
            raise EvalError(f"{question}: it does not begin with the tokens that switch the adapter on; reword it")
        return tokens

    def _around(self, unit: Unit) -> tuple[str, str]:
        """What stands before and after the question."""
        part = passage_part(_passage(unit))
        messages = [
            {"role": message.role, "content": message.text} for message in reading_prompt(STATED, part, stated_part(""))
        ]
        whole: str = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        before, _, after = whole.rpartition(stated_part(""))
        return before, after

    def _tokens(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False)


def _passage(unit: Unit) -> Passage:
    section = Section(Document(unit.passage, "", "", ""), (unit.heading,), unit.passage, unit.text)
    return Passage(section, 0, len(unit.text))
