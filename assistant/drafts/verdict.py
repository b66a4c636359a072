"""A plain yes in front of the quotes that settle a yes-or-no question, said only where nothing speaks against it.

A no is never said: what a text denies and what it does not mention look too much alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.amounts import wrong_amount
from assistant.claims.dates import wrong_date
from assistant.claims.words import plain
from assistant.kinds import TENTATIVE
from assistant.question import Question
from assistant.types import Sentence

# Log-odds of yes. Of 66 questions 6 reach it, all to be answered with yes; 3.6 did one that is to be answered with no
# (docs/decisions/0022-trained-reader.md).
_CERTAIN = 4.0


def with_verdict(question: Question, odds: float, sentences: Sequence[Sentence], yes: str) -> tuple[Sentence, ...]:
    """The sentences with `yes` in front, cited like the first of them, where that is certain.

    Args:
        question: standing alone, in English.
        odds: the log-odds of yes, as a language model finds from the best sentence.
        sentences: the verified answer.
        yes: the word, in the language of the conversation.
    """
    if not question.is_yes_no or odds < _CERTAIN or not sentences:
        return tuple(sentences)
    cited = dict.fromkeys(citation.quote for sentence in sentences for citation in sentence.citations)
    asked, quoted = plain(question.last), plain(" ".join(cited))  # what was written may leave out a hedge
    # "Will they …?" is not answered with yes by a text that only explores it.
    is_hedged = bool(TENTATIVE.shown.search(quoted)) and not TENTATIVE.shown.search(asked)
    if is_hedged or wrong_date(asked, quoted) or wrong_amount(asked, quoted):
        return tuple(sentences)
    return (Sentence(yes, sentences[0].citations), *sentences)
