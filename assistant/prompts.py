"""What is said to a language model. Reading puts the passage first, so that its tokens stay cached."""

from __future__ import annotations

from corpus.types import Passage

READING = "You read a passage closely and reply exactly as you are told, from the passage alone."
NOT_STATED = "Not stated"


def passage_part(passage: Passage, text: str = "") -> str:
    """The part of a reading prompt that is the same for every question; `text` is a part of the passage to be read."""
    return f"Passage ({passage.section.heading}):\n{text or passage.text}\n\n"


def states_part(question: str) -> str:
    """Asks whether the passage states the answer, to be replied to with Yes or No."""
    return f"Question: {question}\nDoes the passage state the answer? Reply Yes or No."


def extract_part(question: str) -> str:
    """Asks for the words that answer, or `NOT_STATED`."""
    return f"Question: {question}\nReply with the shortest words of the passage that answer it, or: {NOT_STATED}."
