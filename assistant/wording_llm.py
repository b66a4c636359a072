"""All that a language model does to the words of a question, with one model."""

from __future__ import annotations

from assistant.llm import LLM
from assistant.rephrase_llm import LLMRephraser
from assistant.rewrite_llm import LLMRewriter
from assistant.split_llm import LLMSplitter
from assistant.translate import LLMTranslator
from assistant.types import Wording


def wording_with(llm: LLM) -> Wording:
    """Every step, done by this model."""
    return Wording(LLMTranslator(llm), LLMRewriter(llm), LLMSplitter(llm), LLMRephraser(llm))
