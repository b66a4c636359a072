"""What the page says below an answer: how it was read, and what can be done with it. Two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolWords:
    """Braces stand for what is filled in."""

    written_by: str
    read_by: str
    read_without: str
    copy_answer: str
    export: str
    export_all: str
    whole: str
    good: str
    bad: str
    wrong: str
    note: str
    praise: str
    send: str
    thanks: str
    thanks_to_note: str
    not_kept: str


_ENGLISH = ToolWords(
    written_by="Written by {writer}, each sentence checked against the text",
    read_by="Read by {reader}",
    read_without="Read without a language model",
    copy_answer="Copy answer",
    export="Export",
    export_all="Export conversation",
    whole="Whole conversation",
    good="Helpful",
    bad="Not helpful",
    wrong="Wrong citation:",
    note="What should be different? (optional)",
    praise="What helped? (optional)",
    send="Send",
    thanks="Thank you. It stays on the machine that runs Communiqué.",
    thanks_to_note="Thank you. It stays on the machine that runs Communiqué. You can add a note below.",
    not_kept="{problem}",
)

_JAPANESE = ToolWords(
    written_by="{writer}が作成（一文ごとに原文と照合）",
    read_by="{reader}が読解",
    read_without="言語モデルなしで読解",
    copy_answer="回答をコピー",
    export="書き出す",
    export_all="会話を書き出す",
    whole="会話全体",
    good="役に立った",
    bad="役に立たなかった",
    wrong="間違っている出典：",
    note="改善点（任意）",
    praise="役に立った点（任意）",
    send="送信",
    thanks="ありがとうございます。Communiquéを動かしているコンピューターにのみ保存されます。",
    thanks_to_note=(
        "ありがとうございます。Communiquéを動かしているコンピューターにのみ保存されます。下の欄に一言を添えられます。"
    ),
    not_kept="保存できませんでした。Communiquéを動かしているコンピューターで原因をお確かめください：{problem}",
)


def tool_words(language: str) -> ToolWords:
    """Those of a language, given as its tag."""
    return _JAPANESE if language == "ja" else _ENGLISH
