"""What is said to a language model that reads. A passage comes before the question, so its tokens stay cached."""

from __future__ import annotations

from corpus.types import Passage

# The instruction stands before the passage, so that a question costs little more than its own words.
STATED = (
    "You are given a passage and a question. Reply Yes if the passage states the answer to the question. "
    "Reply No if it does not."
)
VERDICT = "You answer a question from a passage. Reply Yes or No."
EXTRACTING = "You read a passage closely and reply exactly as you are told, from the passage alone."
NOT_STATED = "Not stated"


def passage_part(passage: Passage, text: str = "") -> str:
    """The part of a reading prompt that is the same for every question; `text` is a part of the passage to be read."""
    return f"Passage ({passage.section.heading}):\n{text or passage.text}\n\n"


def stated_part(question: str) -> str:
    """Asks whether the passage states the answer, to be replied to with Yes or No."""
    return f"Question: {question}"


def verdict_part(question: str) -> str:
    """Asks a question for yes or no. Not after the words that `stated_part` begins with: a trained reader waits for
    those, and then says whether an answer is stated, not which."""
    return f"Answer this with Yes or No: {question}"


def extract_part(question: str) -> str:
    """Asks for the words that answer, or `NOT_STATED`."""
    return f"Question: {question}\nReply with the shortest words of the passage that answer it, or: {NOT_STATED}."
