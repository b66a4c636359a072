"""What the assistant says in its own voice, in English and in Japanese. Nothing here states a fact of any document
but how it counts something, in its own words and beside the passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Reading
from assistant.question import Question
from assistant.types import Sentence

_MEETING = r"((it'?s )?(a )?(nice|good|lovely|great|pleasure|pleased) to meet you)"
_GREETING = re.compile(
    r"^(hi|hello|hey|good (morning|afternoon|evening|day)|greetings|howdy|yo|konnichiwa|"
    rf"こんにちは|こんばんは|おはよう(ございます)?|{_MEETING})( there| again| everyone| all| team)?"
    rf"([\s,.!–—-]+({_MEETING}|how are you( today| doing)?))?"
    r"[\s!.,?。！]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^((ok(ay)?|great|perfect|lovely|brilliant|cool)[\s,.!]*)*(many )?"
    r"(thanks|thank you|cheers|ta|ありがとう(ございます)?)\b"
    r"(?!.*\b(who|whom|whose|what|when|where|which|why|how|tell|list|summari[sz]e|sum|compare|contrast|explain|"
    r"describe|name|give|show|outline|find|quote|(any|every|all) (the )?(mentions?|dates?|figures?|news|details?))\b)"
    r"(?!.*[,.!;:]\s*(did|does|do|is|are|was|were|will|has|have|can|could)\b(?! a (nice|good|great|lovely)))"
    r"[^?？]{0,80}$|"
    r"^((ok(ay)?|great|perfect|lovely|brilliant|cool|right|well|fine|that'?s (all|it))[\s,.!]*)*"
    r"((bye|goodbye|see you|good night|take care)\b.{0,25})?[\s!.]*$|"
    r"^((ok(ay)?|great|perfect|lovely|brilliant|cool|right|well|fine)[\s,.!]*)*"
    r"that(?:['’]?s| is| was|['’]?ll be| will be) (?:all|it|everything|enough)"
    r"(?: (?:that )?(?:i|we)(?:['’](?:ve|d))? (?:need(?:ed)?|want(?:ed)?|ha(?:ve|d)|got))?"
    r"(?: (?:for )?(?:now|today|this time|the moment|then))?"
    r"(?:[\s,.!–—-]+(?:and )?(?:have a (?:nice|good|great|lovely) (?:day|evening|weekend|afternoon|time|one)|bye|"
    r"goodbye|many thanks|thanks|thank you|good night|take care|see you))*[\s!.]*$",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    r"\b(who|what) are you\b(?! \w+ing\b)|\bwhat can (you|i) (do|ask)( you)?( (here|for me|with (you|this)))?\W*$|"
    r"\bhow (do|does|can) (you|this|i) (work|use (you|this))( (tool|thing|assistant|chat|chatbot|page|site))?\W*$|"
    r"\bare you (an? )?(ai|robot|human|bot|chatbot|person|machine|language model)\b|^help[\s!?.]*$|\byour name\b",
    re.IGNORECASE,
)


def small_talk(question: Question, titles: Sequence[str]) -> str:
    """The reply to a greeting, to thanks, or to a question about the assistant itself; empty for anything else."""
    if _GREETING.match(question.text):
        return _say(question, "Hello.", "こんにちは。") + about(question, titles)
    if _THANKS.match(question.text):
        return _say(
            question,
            "You are welcome. Ask me anything else about the text.",
            "どういたしまして。ほかにも文書についてご質問ください。",
        )
    if _ABOUT_ITSELF.search(question.text) and len(question.text.split()) <= 12:
        return about(question, titles).strip()
    return ""


def about(question: Question, titles: Sequence[str]) -> str:
    """What the assistant is for."""
    named = titles[0] if len(titles) == 1 else f"{len(titles)} documents"
    return _say(
        question,
        f" I answer questions about {named}, with the exact words each answer rests on, "
        "and say so when the text has no answer.",
        f"「{named}」についてのご質問に、根拠となる原文を示してお答えします。文書に書かれていないことは、そのようにお伝えします。",
    )


def not_stated(question: Question, missing: Sequence[str]) -> str:
    """That the text has no answer, naming what of the question it does not mention at all."""
    if missing:
        named = ", ".join(f"“{word}”" for word in missing)
        return _say(
            question,
            f"The text does not say. It does not mention {named}.",
            f"文書にはその記載がありません（{named} についての言及がありません）。",
        )
    return _say(question, "The text does not say.", "文書にはその記載がありません。")


def off_topic(question: Question, titles: Sequence[str]) -> str:
    """That the question is about something else."""
    return _say(question, "That is not something this text is about.", "この文書の扱う内容ではありません。") + about(
        question, titles
    )


def which_one(question: Question) -> str:
    """The one question asked back where a question points at something nobody named."""
    return _say(
        question,
        "What do you mean? Please name the subject, for example a meeting, a body or a programme.",
        "何についてのご質問でしょうか。会議名、機関名、事業名などを挙げてください。",
    )


def note(
    question: Question,
    reading: Reading,
    sentences: Sequence[Sentence],
    *,
    drafting: str = "",
    is_written: bool = False,
) -> str:
    """What is said beside an answer: how it was read, how many places a list draws on, that it is in English.

    `drafting` is what is to be known of how it was drafted; what is to be known of how it was read says that as well.
    """
    said = [notice] if (notice := reading.notice or drafting) else []
    if (reading.is_whole or (reading.reader and question.wants_list)) and len(sentences) > 1:
        said.append(_written_from(question, sentences) if is_written else _drawn_from(question, reading, sentences))
    if reading.missing:
        parts = " ".join(f"“{part}”" for part in reading.missing)
        said.append(_say(question, f"The text does not say: {parts}", f"文書に記載がないもの：{parts}"))
    if question.is_japanese:
        said.insert(
            0, "原文（英語）に基づき、英語でお答えします。" if is_written else "原文（英語）からの引用でお答えします。"
        )
    return " ".join(said)


def _drawn_from(question: Question, reading: Reading, sentences: Sequence[Sentence]) -> str:
    places = _places(sentences)
    shown, found = len(sentences), len(reading.evidence)
    of = f"The first {shown} of {found}" if found > shown else f"{shown}"
    of_japanese = f"{found}文のうち最初の{shown}文" if found > shown else f"{shown}文"
    return _say(
        question,
        f"{of} sentences from {places} section{'s' if places > 1 else ''} of the text.",
        f"文書の{places}つの節から{of_japanese}を示しています。",
    )


def _written_from(question: Question, sentences: Sequence[Sentence]) -> str:
    places = _places(sentences)
    return _say(
        question,
        f"Written from {places} section{'s' if places > 1 else ''} of the text.",
        f"文書の{places}つの節をもとに書いています。",
    )


def _places(sentences: Sequence[Sentence]) -> int:
    """How many sections are cited."""
    return len({citation.passage.section.id for sentence in sentences for citation in sentence.citations})


def counts(question: Question, shown: str) -> str:
    """How many there are of something, where the question takes another number for granted."""
    return _say(question, f"The text speaks of “{shown}”.", f"文書では“{shown}”とされています。")


def not_chosen(question: Question) -> str:
    """That a document was named that is not among those to be asked."""
    return _say(
        question,
        "The question names a document that is not among those chosen. Choose it too, or leave out its name.",
        "ご質問にある文書は、選択された文書に含まれていません。その文書も選択するか、文書名を除いてご質問ください。",
    )


def compare_on_what(question: Question) -> str:
    """The question asked back where documents are to be compared on nothing in particular."""
    return _say(
        question,
        "What shall I compare them on? Please name a subject.",
        "どの点について比較しましょうか。テーマを挙げてください。",
    )


def told_apart(question: Question, titles: Sequence[str], silent: Sequence[str]) -> str:
    """What is said beside an answer from several documents.

    Args:
        question: as it was asked.
        titles: of the documents that answer each for itself because any may be meant; none where it names them.
        silent: the titles of documents that were asked and state nothing.
    """
    said = []
    if len(titles) > 1:
        listed = _titles(question, titles)
        said.append(
            _say(
                question,
                f"{len(titles)} documents answer this, each for itself: {listed}. Name one to hear of it alone.",
                f"{len(titles)}つの文書が該当するため、それぞれからお答えします：{listed}。",
            )
        )
    if silent:
        listed = _titles(question, silent)
        said.append(_say(question, f"Not stated in {listed}.", f"{listed}にはその記載がありません。"))
    return " ".join(said)


def _titles(question: Question, titles: Sequence[str]) -> str:
    english = ", ".join(f"“{title}”" for title in titles)
    return _say(question, english, "、".join(f"「{title}」" for title in titles))


def yes(question: Question) -> str:
    """The word in front of an answer to a yes-or-no question."""
    return _say(question, "Yes.", "はい。")


def needs_english(question: Question) -> str:
    """That the question must be in the language of the text, where no language model has put it into that."""
    return _say(
        question,
        "Please ask in English, the language of the text.",
        "申し訳ありません。ご質問を英語に訳すことができませんでした（翻訳には言語モデルが必要です）。英語でご質問ください。",
    )


def _say(question: Question, english: str, japanese: str) -> str:
    return japanese if question.is_japanese else english
