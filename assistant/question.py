"""What a question is made of: its words, names and numbers, the kind of answer it wants, and whether it is small talk.

Rules about English and Japanese, never about a document.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from assistant.answer_kind import AnswerKind, kind_wanted
from assistant.forms import sounds_like_one, sounds_like_several, sounds_like_two
from assistant.types import NoWordsError, TooLongError
from corpus.canonical import is_invisible
from index.keyword import STOP_WORDS, tokens

_TAG = re.compile(r"<[^<>]{0,200}>")
_NAME = re.compile(r"\b(?:[A-Z][\w&’'-]*[A-Z0-9][\w&’'-]*|[A-Z][a-zà-ÿ][\w’'-]+|\d[\d,.]*\w*)")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_HIRAGANA = re.compile(r"[\u3040-\u309f]")  # what joins the words of a Japanese sentence, and no English one
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
_A_FIFTH = 0.2
_LIST = re.compile(
    r"\b(list|all|every|each|everything|enumerate|what (?:are|were) (?:the|all|some)|"
    r"(?:what|where|who) else|what other|"
    r"(?:which|what) (?:[\w-]+ ){0,3}[\w-]{3,}s (?:are|were|have|get|got)\b|"
    r"(?:on|in|for|about|with|through|to) (?:which|what) (?:[\w-]+ )?[\w-]{3,}s "
    r"(?:is|are|was|were|do|does|did|has|have)\b|"
    r"where (?:do|does|did) .{2,40} (?:come up|appear|crop up|commit|promise|agree)|"
    r"which (?:[\w-]+ ){1,2}[\w-]{3,}s(?=,| (?:do|does|did)\b)|"
    r"which (?!(?:one|does|is|was|has)\b)\w+s\b(?! (?:is|was|has|does|did|hosted|ran|led|chaired|took)\b)|"
    r"name (?:the|all|every|two|three|four|five)|how many different)\b",
    re.IGNORECASE,
)
# "Can you list …?" asks for a list, not whether one can be given.
_REQUEST = (
    r"(?:can|could|would|will|may|might) (?:you|i|we|one) (?:(?:please|just|also|kindly|possibly|perhaps) )*"
    r"(?:list|name|give|tell|show|set out|lay out|spell out|go through|walk|run through|run down|explain|describe|"
    r"outline|summari[sz]e|quote|find me|pull|collect|gather|put together|take (?:me|us) through|break down|remind|"
    r"(?:have|get|see) (?:the|all|every|each|a (?:list|table|rundown|note|summary|line|sentence|quote))\b)"
    r"(?! (?:me |us )?(?:please )?(?:whether|if)\b)"
)
_YES_NO = re.compile(
    rf"^(?:(?:and|but|so|also|then|well|please)[\s,]+)*(?!{_REQUEST})"
    r"(?:is|isn't|are|aren't|was|wasn't|were|weren't|do|don't|does|doesn't|did|"
    r"didn't|has|hasn't|have|haven't|had|will|won't|would|can|could|might|may|should|shall)\b",
    re.IGNORECASE,
)
_TEXT = r"(?:text|statement|document|section|part|chapter|pillar|deal|agreement|plan|talks?|meeting|paper|report)"
# What opens so asks for a fact, whatever words of a summary it has: "Who must provide a summary?"
_FOR_A_FACT = re.compile(
    r"^(?:(?:and|but|so) )?(?:(?:in|on|by|from|to|at|for|with|under|of|since|until) )?"
    r"(?:who|whom|whose|when|where|why|which|how (?:many|much|long|far|often|old|large|high|soon)|"
    r"is|are|was|were|do|does|did|has|have|had|will|may|must)\b",
    re.IGNORECASE,
)
_COUNT = r"(?:a|one|two|three|four|five|\d|a few|a couple of)"
_SUMMARY = re.compile(
    r"\b(summari[sz]e|(?<!['’]s )summary(?! (?!(?:of|on|for|please|about|in|from|and|with|that|to|by)\b)[a-z]+)|"
    r"overview|gist|sum up|"
    r"(?:main|key) (?:points|messages)|nutshell|tl;?dr|pr[eé]cis|synopsis|run-?down|recap|take-?aways?|"
    r"(?:a|the|quick|short|brief) digest|(?:the|its|key|main|any|some) highlights|"
    r"(?:condensed|abridged|shortened) (?:version|account|form)|"
    # What it all amounts to; not what a sum does.
    rf"what (?:does|do|did) (?:it|this|that|(?:the |this |that )?(?:[\w-]+ ){{0,3}}{_TEXT}(?: on .{{1,40}})?)"
    r"(?: all| really| actually| basically)* (?:come|boil|amount)s? (?:down )?to(?=\W*$)|"
    r"what (?:does|do|did) .{1,60} (?:come|boil)s? down to|"
    r"boil(?:ed)? (?:\w+ ){0,4}down|"
    r"(?:take|carry) away from (?:the |this |that )?(?:\w+ ){0,5}(?:section|part|chapter|pillar|text|statement)|"
    r"lines? to take (?:on|about|for)|"
    r"(?:the )?essentials of|up to speed|in brief|"
    rf"in {_COUNT} (?:short )?(?:lines?|words?|sentences?|bullets?(?: points?)?)|"
    r"one[- ]minute (?:version|account|read))\b|"
    r"^(?:(?:can|could|would|will) you )?(?:please )?(?:condense|abridge|shorten|digest)\b|"
    r"(?:^|[,;:.] ?)(?:in short|briefly|shortened|condensed|abridged)\b|\b(?:in short|briefly)(?=\W*$|,)|"
    rf"^(?:what|explain|tell|give|describe|everything|all|the)\b.*\bin {_COUNT} minutes?\W*$|"
    # A length asks for a shortened account only where it is what is asked for.
    r"^(?:(?:i|we|(?:my|our) \w+)(?:['’]d| would)? (?:need|want|like)s? |give (?:me|us) |can i have |"
    r"(?:please )?(?:write|draft)(?: me| us)? )?(?:an? )?"
    r"(?:(?:one|two|three|four|five|few|couple of|short|brief|quick) ){0,2}"
    r"(?:lines?|sentences?|paragraph|words|blurb|note) (?:for .{2,40} )?(?:on|about|covering)\b|"
    r"\bwhat(?: is|'s|’s) in (?:the )?(?:section|part|chapter|pillar)\b|"
    r"\bwhat (?:does|do|is|are) (?:the|this|that) (?:section|part|chapter|pillar|paragraph)s?\b.{0,60}"
    r"\b(?:cover|say|contain|deal with|about|discuss|set out)\b",
    re.IGNORECASE,
)
# Words that ask for an answer without being part of what it says.
_FOREIGN = frozenset(
    # French, German, Spanish, Italian, Portuguese, Dutch; only words that are not English too
    "le les des une est sont quel quelle quels qui que quoi dans avec pour sur aux du où quand comment pourquoi "
    "der das und ist sind welche welcher welches wer wie wo wann warum mit für von den dem ein eine zu "
    "el los las una cuál qué quién cuándo dónde cómo por para del y "
    "il gli della che chi quando dove perché nel sono è "
    "os o uma quem onde quais são em de na "
    "het een wie wat waar wanneer hoe welke zijn van voor".split()
)
_ASKING = frozenset(
    tokens(
        "tell me please give list name describe explain say says said state states mention mentions text document "
        "statement summarise summary overview question answer know information details point points anything "
        "something thing things "
        "kind sort type happen happened happens hi hello thanks currently exactly actually just really many much "
        "long"
    )
)


@dataclass(frozen=True)
class Question:
    """A question ready to be asked: visible text on one line, without markup.

    `is_joined` where the question before stands in front of it, since it could not be made to stand alone.
    """

    text: str
    is_joined: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """Its stemmed words that say what it is about."""
        return frozenset(token for token in tokens(self.text) if token not in _ASKING)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names, acronyms and numbers, case-folded; the first word only counts where it has more than one capital."""
        found = set()
        shouted = self.text.isupper()
        for match in _NAME.finditer(self.text):
            word = match.group().strip("'’.,-").removesuffix("'s").removesuffix("’s")
            first = match.start() == 0 and not re.search(r"[A-Z0-9].*[A-Z0-9]", word)
            if not shouted and not first and word.casefold() not in STOP_WORDS:
                found.add(word.casefold())
        return frozenset(found)

    @cached_property
    def wants(self) -> AnswerKind:
        """The kind of answer its last sentence asks for."""
        return AnswerKind.OTHER if self.is_yes_no else kind_wanted(self.last)

    @property
    def last(self) -> str:
        """Its last sentence: what is asked now, where earlier questions stand in front of it."""
        return re.split(r"(?<=[.?!])\s+", self.text)[-1]

    @property
    def is_yes_no(self) -> bool:
        """Whether yes or no would answer it: its last sentence opens with a verb."""
        return bool(_YES_NO.search(self.last))

    @property
    def asks_for_all(self) -> bool:
        """Whether it asks for everything of a kind, by a form that rules know."""
        return bool(_LIST.search(self.text))

    @property
    def wants_list(self) -> bool:
        """Whether it asks for several things rather than for one, as far as its wording tells."""
        return self._is_for_several or self.wants_two

    @property
    def is_read_as_list(self) -> bool:
        """Whether a language model reads it as a list: a yes-or-no question only where it compares two things."""
        return self.wants_two or (self.wants_list and not self.is_yes_no)

    @cached_property
    def wants_two(self) -> bool:
        """Whether it sounds like a comparison, or like two questions in one, and not like a list.

        Of two questions that were joined that is no wonder.
        """
        return not self.is_joined and not self._is_for_several and sounds_like_two(self.text)

    @cached_property
    def _is_for_several(self) -> bool:
        if self.is_joined:
            return self.asks_for_all
        if self.asks_for_all:
            return not sounds_like_one(self.text)
        return not self.is_yes_no and sounds_like_several(self.text)

    @property
    def wants_summary(self) -> bool:
        """Whether it asks for a shortened account rather than for a fact."""
        return bool(_SUMMARY.search(self.text)) and not _FOR_A_FACT.match(self.last)

    @property
    def is_english(self) -> bool:
        """Whether it can be taken for English: in Latin letters, and not full of another language's small words.

        What a Japanese question quotes, such as a heading, does not make it English.
        """
        if _share(_HIRAGANA, _QUOTED.sub("", self.text)) >= _A_FIFTH:
            return False
        letters = [character for character in self.text if character.isalpha()]
        latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
        if latin < 0.6 * len(letters):
            return False
        words = re.findall(r"[^\W\d_]+", self.text.casefold())
        foreign = sum(word in _FOREIGN for word in words)
        return foreign < 2 or foreign <= sum(word in STOP_WORDS for word in words)

    @property
    def is_japanese(self) -> bool:
        """Whether it is written in Japanese: at least a fifth of its letters are, or of those outside its quotes."""
        return any(_share(_JAPANESE, text) >= _A_FIFTH for text in (self.text, _QUOTED.sub("", self.text)))


def checked_question(text: str, limit: int) -> Question:
    """The question without invisible characters and markup.

    Raises:
        NoWordsError: it is empty or holds no word.
        TooLongError: it is longer than `limit` characters.
    """
    if len(text) > limit:
        raise TooLongError(len(text), limit)
    whole = text.encode("utf-8", "replace").decode()  # half a character, as an argument can hold, has no token
    visible = "".join(" " if it.isspace() else it for it in whole if it.isspace() or not is_invisible(it))
    line = " ".join(_TAG.sub(" ", unicodedata.normalize("NFKC", visible)).split())
    if not line:
        raise NoWordsError("There is no question. Please ask one in words.")
    if not re.search(r"[^\W\d_]", line):
        raise NoWordsError("I could not find a word in the question. Please ask it in words.")
    return Question(line)


def _share(script: re.Pattern[str], text: str) -> float:
    letters = sum(map(str.isalpha, text))
    return len(script.findall(text)) / letters if letters else 0.0


def is_otherwise(standing: str, asked: str) -> bool:
    """Whether a question as it was understood differs from what was asked by more than case, width or punctuation."""
    return _letters(standing) not in ("", _letters(asked))


def _letters(question: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", question).casefold()))


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, as written."""
    return frozenset(_NUMBER.findall(text))
