"""A benchmark's question or conversation made into what the assistant would search for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.question import Question, checked_question
from assistant.rewrite import standalone
from assistant.types import Answer, AssistantError, Citation, Sentence, Status, Turn
from corpus.types import Document, Passage, Section
from evals.benchmark.beir import ConversationRow, Utterance
from index.search import Search

_CONVERSATION = Document("conversation", "", "", "")


class Exchange(NamedTuple):
    """What the user said, and what was said back; empty if nothing was."""

    asked: str
    answered: str


class Sought(NamedTuple):
    """What `Search.search` is given: the question, what was said before, and whether the question leans on that."""

    question: str
    context: tuple[str, ...]
    leans: bool


def sought(conversation: ConversationRow, search: Search) -> Sought | None:
    """What the assistant searches for at the last turn, after its own rewriting; None where it asks for words."""
    *earlier, last = exchanges(conversation.turns)
    history: list[Turn] = []
    for asked, answered in earlier:
        standing = standalone(as_asked(asked, search) or Question(asked), history, search.frequency)
        history.append(Turn(asked, _answer(asked, standing.question.text, answered)))
    question = as_asked(last.asked, search)
    if question is None:
        return None
    alone, context, _ = standalone(question, history, search.frequency)
    return Sought(question.text, context, alone != question)


def exchanges(turns: Sequence[Utterance]) -> list[Exchange]:
    """The turns paired. What the other side says in a row is one answer; what it says first of all answers nothing."""
    found: list[Exchange] = []
    for turn in turns:
        if turn.role == "user":
            found.append(Exchange(turn.text, ""))
        elif found:
            asked, answered = found[-1]
            found[-1] = Exchange(asked, f"{answered}\n{turn.text}".strip())
        else:
            found.append(Exchange("", turn.text))
    return found


def as_asked(asked: str, search: Search) -> Question | None:
    """The question as the assistant takes it, None where it would ask for words; however long, since a benchmark's
    questions may be pages."""
    try:
        return Question(search.corrected(checked_question(asked, len(asked)).text))
    except AssistantError:
        return None


def _answer(asked: str, standing: str, answered: str) -> Answer:
    """An answer that shows these words. Its citation is to the conversation itself, which is not in the corpus."""
    if not answered:
        return Answer(asked, standing, Status.NOT_STATED, message="–")
    section = Section(_CONVERSATION, (), "answer", answered)
    cited = Citation(1, Passage(section, 0, len(answered)), 0, len(answered))
    return Answer(asked, standing, Status.ANSWERED, (Sentence(answered, (cited,)),))
