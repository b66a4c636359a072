"""A language model shown how a thing is done by examples, and asked to do it once more."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.llm import LLM, LLMUnavailable, Message


def replied(
    llm: LLM, system: str, examples: Iterable[tuple[str, str]], asked: str, *, longest: int, stop: str = "\n"
) -> str:
    """What the model says to `asked` after pairs of what was asked and said before; empty where it does not reply.

    `longest` is in tokens; the reply ends before `stop`.
    """
    turns = [Message("system", system)]
    for question, answer in examples:
        turns += [Message("user", question), Message("assistant", answer)]
    turns.append(Message("user", asked))
    try:
        return llm.complete(turns, max_tokens=longest, stop=(stop,)).strip()
    except LLMUnavailable:
        return ""
