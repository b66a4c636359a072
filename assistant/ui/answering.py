"""A question on its way to its entry in the conversation: what is to be shown of it, step by step."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.inquiry import Found
from assistant.stock import Asker
from assistant.types import Answer, AssistantError, Turn
from assistant.ui.entries import Entry, Pending, Problem, numbered, turns_of
from assistant.ui.troubles import not_answered
from assistant.ui.words import Words
from assistant.wanted import NoLongerWantedError, wanted_while
from corpus.types import CorpusError
from index.types import SearchError

logger = logging.getLogger(__name__)


def answering(
    assistant: Asker,
    question: str,
    earlier: Sequence[Entry],
    documents: Sequence[str],
    *,
    words: Words,
    is_wanted: Callable[[], bool],
) -> Iterator[Pending | Entry]:
    """What there is of the answer after each step, then the whole of it, or the line that says why there is none.

    It ends early where the question is no longer wanted, and then begins nothing more.

    Args:
        assistant: answers.
        question: as it was typed.
        earlier: the exchanges of the conversation before it.
        documents: the ids of those to be asked.
        words: the page's own.
        is_wanted: whether somebody still waits for it; asked often.
    """
    pending = Pending(question)
    steps = assistant.stream(question, turns_of(earlier), documents)
    try:
        while (step := _next(steps, is_wanted)) is not None:
            if isinstance(step, Found):
                pending = replace(pending, found=step.hits)
            else:
                pending = replace(pending, answer=numbered(step, earlier))
            yield pending
        if is_wanted() and pending.answer:
            yield Turn(question, pending.answer)
    except NoLongerWantedError:
        return
    except (AssistantError, SearchError, CorpusError) as error:
        yield Problem(question, not_answered(error, words))
    except Exception:
        # Left to gradio, the page would stay busy for good.
        logger.exception("The question could not be answered")
        yield Problem(question, words.failed)


def _next(steps: Iterator[Found | Answer], is_wanted: Callable[[], bool]) -> Found | Answer | None:
    with wanted_while(is_wanted):
        return next(steps, None) if is_wanted() else None
