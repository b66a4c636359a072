"""Puts a question into English with a language model. Official names are looked up, not translated: a small model turns
a company's name into an orchestra. So are the words of government, of which it knows one meaning and takes another."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from assistant.few_shot import replied
from assistant.llm import LLM

SYSTEM = "Translate the question into English. Keep words that are English already. Reply with the translation only."
EXAMPLES = (
    ("会議はいつ開かれましたか。", "When was the meeting held?"),
    (" Ministry of Economy, Trade and Industry (METI) は何に合意しましたか？",
     "What did the Ministry of Economy, Trade and Industry (METI) agree to?"),
    ("2023年以降、 the two countries はどのような協力を進めていますか。",
     "What cooperation have the two countries pursued since 2023?"),
    ("参加した企業はどこ？", "Which companies took part?"),
)  # fmt: skip
_LONGEST = 120  # tokens
_EXPLAINED = re.compile(
    r"(?:\bthe )?(?P<name>(?:[A-Z][\w’'-]*,?(?: (?:of|the|and|for|on|in))* ){2,})\((?P<acronym>[A-Z][A-Z&-]+)\)"
)
_KATAKANA = "[\u30a1-\u30fa\u30fc]"
_PART_OF_A_DATE = re.compile(r"which (month|year|day)(?: and year)?")
_NUMBER = re.compile(r"\d{2,}")  # one digit may become a word, as in "the third meeting"


class LLMTranslator:
    """Translates with an LLM, a glossary of official names, and one of the words of government."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    @property
    def works(self) -> bool:
        """Whether the model is not known to fail."""
        return not self._llm.failed

    def translate(self, text: str) -> str:
        """The question in English; empty where the model does not reply or its reply cannot be a translation."""
        prepared = with_known_words(text)
        reply = replied(self._llm, SYSTEM, EXAMPLES, prepared, longest=_LONGEST)
        translated = _asking_as_closely(_without_made_up_names(" ".join(reply.split()), prepared), prepared)
        return translated if _can_be_one(translated, prepared) else ""


def with_known_words(text: str) -> str:
    """The text with every official name and word of government that is known in English, the longest first."""
    pattern, known = _known()
    return pattern.sub(lambda match: f" {known[match.group()]} ", text)


def _without_made_up_names(translated: str, text: str) -> str:
    """A translation without the long names that it gives to acronyms which the text leaves unexplained."""

    def kept(match: re.Match[str]) -> str:
        return match.group() if match["name"].strip().casefold() in text.casefold() else match["acronym"]

    return _EXPLAINED.sub(kept, translated)


def _asking_as_closely(translated: str, prepared: str) -> str:
    """A translation that asks for a month or a day where that was asked for, and not for any time by its "when"."""
    asked = _PART_OF_A_DATE.search(prepared)
    if asked is None or asked[1] in translated.casefold():
        return translated
    return re.sub(r"^When\b", f"{'On' if asked[1] == 'day' else 'In'} {asked[0]}", translated)


def _can_be_one(translated: str, text: str) -> bool:
    letters = [character for character in translated if character.isalpha()]
    return (
        bool(letters)
        and all(character < "\u0250" for character in letters)
        and set(_NUMBER.findall(text)) <= set(_NUMBER.findall(translated))
    )


@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], dict[str, str]]:
    names, words = _data("glossary.json"), _data("words.json")
    known = words | names
    ordered = sorted(known, key=len, reverse=True)
    return re.compile("|".join(_whole(entry) if entry in words else re.escape(entry) for entry in ordered)), known


def _whole(word: str) -> str:
    """A pattern for a word; one in katakana is no part of a longer one: "data" is another word than "database"."""
    katakana = re.fullmatch(f"{_KATAKANA}+", word)
    return f"(?<!{_KATAKANA}){re.escape(word)}(?!{_KATAKANA})" if katakana else re.escape(word)


def _data(name: str) -> dict[str, str]:
    entries: dict[str, str] = json.loads((files("assistant") / "data" / name).read_text(encoding="utf-8"))
    return entries
