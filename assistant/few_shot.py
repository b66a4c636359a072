"""A language model shown how a thing is done by examples, and asked to do it once more."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.llm import LLM, LLMUnavailable, Message


def replied(
    llm: LLM,
    system: str,
    examples: Iterable[tuple[str, str]],
    asked: str,
    *,
    longest: int,
    stop: str = "\n",
    opening: str = "",
) -> str:
    """What the model says to `asked` after pairs of what was asked and said before; empty where it does not reply.

    `longest` is in tokens; the reply begins with `opening`, see `LLM.complete`, and ends before `stop`.
    """
    try:
        prompt = with_examples(system, examples, asked)
        return llm.complete(prompt, max_tokens=longest, stop=(stop,), opening=opening).strip()
    except LLMUnavailable:
        return ""


def with_examples(system: str, examples: Iterable[tuple[str, str]], asked: str) -> list[Message]:
    """The prompt: what the model is to do, pairs of what was asked and said before, and what is asked now."""
    prompt = [Message("system", system)]
    for question, answer in examples:
        prompt += [Message("user", question), Message("assistant", answer)]
    return [*prompt, Message("user", asked)]
