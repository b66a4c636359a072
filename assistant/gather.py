"""Questions for everything of one kind, answered from the whole text: all that is dated in a period, every sentence on
one name, all that is only being explored, every law or body that is named.

What qualifies is decided by reading the sentences themselves, so such a list is complete by construction, and it is
only tried where the question asks for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer_kind import AnswerKind
from assistant.claims.lexicon import countries
from assistant.evidence import Evidence
from assistant.forms import sounds_like_one
from assistant.gather_period import of_a_period
from assistant.kinds import KINDS
from assistant.mentions import also_called, asked_mentions, asked_words, names_with, without_aside
from assistant.periods import asked_period
from assistant.question import Question
from assistant.signals import Frequency, unknown_names
from assistant.whole_text import all_that, covering, showing
from corpus.types import Passage
from index.keyword import tokens

_COMMON = 0.3  # a word in more than this share of the passages says nothing of what is asked for
# Words in which one asks for a list without saying what of.
_GENERIC_WORDS = (
    "all every each everything anything thing things area areas event events dates dated happen happened took "
    "take place held occur work works working together side sides two both participants parties through activity "
    "activities plan plans planned planning concrete headline upcoming coming next year years month months "
    "timeline milestone milestones development developments mention mentioned mentions refer referred reference "
    "references names named part parts section sections say cover covered covers discuss discussed involve "
    "involved involving concern concerning relate related relating regarding do done make made government "
    "governments country countries nation nations full complete chronology order period schedule scheduled text "
    "statement document officer desk new please just merely only still yet now far stage specific specifically "
    "context contexts role occurs appear appears where passage passages sentence sentences topic topics subject "
    "subjects set out include included includes number check get got gets bring brought come comes came crop else "
    "outside announce announced due must should shall fall fell falls occurred give gives given talk talked going "
    "go put puts think need needs whatever look looking find found know cite cited calendar diary"
).split()
_GENERIC = frozenset(tokens(" ".join(_GENERIC_WORDS)))
# What is to be done with the list: "Build me a calendar of …".
_TO_MAKE = re.compile(
    r"^(?:(?:please|can you|could you) )*(?:build|make|draw up|prepare|compile|assemble|produce|put together|"
    r"pull together|write|do|draft|get|fetch) (?:me|us) an? ",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b[A-Z][\w&’'-]*[A-Z0-9][\w&’'-]*(?:\s+[A-Z][\w&’'-]+)*|"
    r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w&’'-]+)+|(?<=\s)[A-Z][\w’'-]{2,}"
)
# What somebody said is not all that is said of them.
_THEY_SAID = re.compile(
    r"\b(?:did|does|do|will) (?:the )?[A-Z][\w&-]*(?: [A-Z][\w&-]*)* "
    r"(?:say|(?:talk|speak|report|present|comment|think|agree|decide|write|ask|hear|work)(?: (?:about|on|with))?)\b"
)
_BESIDE = re.compile(r"\w+s(?:(?:, (?:and |or )?| and | or )(?:[\w-]+ )?\w+s\b)+")
_SEVERAL = re.compile(
    r"\b(?:which|what|list|name|all|the|any|how many)(?: [\w-]+){0,2} [\w-]{3,}s\b|\b(?:every|each)\b", re.I
)
_ALL = re.compile(
    r"\b(list|all|every|each|everything|any|anything|either|enumerate|where|which|what|whatever|"
    r"how (?:many times|often)|timeline|chronolog\w+)\b",
    re.I,
)


# What was not done is found in no list of what was.
_NEGATED = re.compile(r"\b(?:not|\w+n['’]t|never|nor|neither)\b(?! (?:just|only|merely|yet)\b)", re.IGNORECASE)


def gathered(
    question: Question, passages: Sequence[Passage], frequency: Frequency, *, leans: bool = False
) -> tuple[Evidence, ...]:
    """Every sentence that belongs in the answer, in reading order; none where the question is not of this kind.

    Args:
        question: the question, standing alone.
        leans: it does not stand alone; what all it is about stands in an earlier question.
        passages: all that may be answered from, in reading order.
        frequency: in how many passages a stemmed word stands.
    """
    if not may_be_gathered(question):
        return ()
    question = Question(without_aside(question.text))
    if found := _by_mention(question, passages):
        return found
    if sounds_like_one(question.text) or _NEGATED.search(question.last):
        return ()
    specific = _specific(question, len(passages), frequency)
    if found := of_a_period(question, specific, passages):
        return found
    if leans:
        return ()
    found = (
        _by_kind(question, specific, passages) or _by_name(question, specific, passages) or _by_noun(question, passages)
    )
    # Looked for last, since that goes through all words of the text.
    return () if found and unknown_names(question, [one.text for one in passages], frequency) else found


def may_be_gathered(question: Question) -> bool:
    """Whether the question may be one for everything of a kind; then the whole text has to be gone through."""
    return bool(_ALL.search(question.text))


def _specific(question: Question, passages: int, frequency: Frequency) -> frozenset[str]:
    """The words that say what is asked for."""
    words = Question(_TO_MAKE.sub("", question.text)).words - _GENERIC
    return frozenset(word for word in words if frequency(word) <= max(3, _COMMON * passages))


def _by_mention(question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    """Where something is mentioned, whatever it is: the sentences with all of its words, or the words as quoted."""
    if words := asked_words(question):
        return showing(passages, words)
    ways = asked_mentions(question, passages)
    return (
        all_that(passages, lambda evidence: any(way <= frozenset(tokens(evidence.text)) for way in ways))
        if ways
        else ()
    )


def _by_kind(question: Question, specific: frozenset[str], passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    if not question.asks_for_all or question.is_yes_no:
        return ()
    for kind in KINDS:
        asked = [found.group() for found in kind.asked.finditer(question.text) if not _is_in_a_name(found)]
        if asked and not specific - frozenset(tokens(" ".join(asked))) - _names_of_nations(question):
            if not kind.named:
                return showing(passages, kind.shown)
            shown = _with_other_nouns(kind.shown, question, asked, passages)
            return covering(showing(passages, shown), shown)
    return ()


def _is_in_a_name(found: re.Match[str]) -> bool:
    """Whether what sounds like a kind is a word of a name: the "Agency" of "the River Agency"."""
    word = found.group()
    return (
        word[0].isupper() and word[-1] != "s" and bool(re.search(r"\b[A-Z][\w’'-]*\s+$", found.string[: found.start()]))
    )


def _with_other_nouns(
    shown: re.Pattern[str], question: Question, asked: Sequence[str], passages: Sequence[Passage]
) -> re.Pattern[str]:
    """What shows the things of a kind, or those named with a noun that stands beside it: "which acts and plans"."""
    beside = [match.group() for match in _BESIDE.finditer(question.text)]
    listed = " ".join(text for text in beside if any(name in text for name in asked))
    nouns = [noun for noun in re.findall(r"[^\W\d_]{3,}s\b", listed) if noun not in asked]
    others = [named.pattern for noun in nouns if (named := names_with([noun.casefold()], passages))]
    return re.compile("|".join((shown.pattern, *others)), shown.flags) if others else shown


def _by_noun(question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    """All that is named with one of the nouns asked for, where nothing but nouns of names is asked for."""
    if not question.asks_for_all or question.is_yes_no or not _SEVERAL.search(question.text):
        return ()
    asked = question.words - _GENERIC
    nouns = [word for word in re.findall(r"[^\W\d_]{4,}", question.text) if frozenset(tokens(word)) & asked]
    if {token for noun in nouns for token in tokens(noun)} != asked:
        return ()
    named = names_with([noun.casefold() for noun in nouns], passages)
    return covering(showing(passages, named), named) if named else ()


def _by_name(question: Question, specific: frozenset[str], passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    if question.is_yes_no or not (question.asks_for_all or _asks_about_a_name(question)) or asked_period(question.text):
        return ()
    if question.wants in {AnswerKind.DATE, AnswerKind.PLACE, AnswerKind.NUMBER}:
        return ()
    # "Under which Act?" names none.
    written = _NAME.findall(re.sub(r"\b(?:which|what) [A-Z][a-z]+\b(?! [A-Z])", "which", question.text))
    named = [name for name in written if frozenset(tokens(name)) & specific] or [
        name for name in written if _is_all_that_is_asked(name, question)
    ]
    if len(named) != 1 or _is_part_of_more(named[0], question.text):
        return ()
    # A word of the name may be asked for beside it, as in "Which platforms come under the Platform Act?".
    beside = Question(question.text.replace(named[0], " ")).words
    if specific - frozenset(tokens(named[0])) or beside & specific:
        return ()
    names = "|".join(re.escape(name) for name in also_called(named[0], passages))
    return showing(passages, re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE))


def _is_part_of_more(name: str, question: str) -> bool:
    """Whether it only opens what is asked for, as in "PPC governance", whose stem is that of "government"."""
    after = re.search(rf"{re.escape(name)} ([a-z]+)", question)
    return bool(after and after[1] not in _GENERIC_WORDS and tokens(after[1]))


def _is_all_that_is_asked(name: str, question: Question) -> bool:
    """What the text is full of can be asked for by itself, but not the countries that all of it is about."""
    return name.isupper() and name.casefold() not in countries() and not question.words - _GENERIC - set(tokens(name))


def _asks_about_a_name(question: Question) -> bool:
    asked = _THEY_SAID.sub(" ", question.text)
    return bool(re.search(r"\b(?:say|said|mention\w*|about|on|through|with|under|role of)\b", asked, re.IGNORECASE))


def _names_of_nations(question: Question) -> frozenset[str]:
    """`British`, `Japanese`: whose things are asked for cannot be told from words alone, so all are shown."""
    return frozenset(
        token
        for word in re.findall(r"\b[A-Z]\w+(?:ish|ese|an|ch)\b|\bU\.?K\.?\b", question.text)
        for token in tokens(word)
    )
