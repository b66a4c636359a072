"""What went wrong, in the page's language where it is known what it was, else in the words that it was raised with.

Those words are English, and are what the command line says.
"""

from __future__ import annotations

from assistant.lacking import Lack, Notice
from assistant.types import Answer, NoDocumentError, NoWordsError, TooLongError
from assistant.ui.words import Words
from assistant.uploads import Refused
from corpus.types import Refusal

_TOO_LONG = "ご質問は{length:,}文字です。{most:,}文字以内でご質問ください。"
_NO_WORDS = "ご質問に言葉が見つかりません。言葉でご質問ください。"

# True of reading as of writing, and of no reply as of one that is of no use.
_NO_REPLY = "言語モデルから使える返答がなかったため、その部分は言語モデルなしで処理しました。"

_REFUSALS = {
    Refusal.UNKNOWN_TYPE: "この種類のファイルは読み取れません（PDF、Word、OpenDocument、HTML、Markdown、テキストのみ）",
    Refusal.EMPTY: "ファイルが空です",
    Refusal.NO_TEXT: "文章がありません",
    Refusal.SCAN: "文字が見つかりません。スキャン画像であれば、先にOCR（例：ocrmypdf）で文字を認識させてください",
    Refusal.UNMAPPED: "文字の情報が壊れていて読み取れません。OCR（例：ocrmypdf --force-ocr）で文字を認識させてください",
    Refusal.LOCKED: "パスワードで保護されています。保護を外して保存したものを追加してください",
    Refusal.OLD_OR_LOCKED: (
        "パスワードで保護されているか、Word 2007より前の形式です。保護を外し、.docx形式で保存したものを追加してください"
    ),
    Refusal.DAMAGED: "壊れているか、別の種類のファイルです。一度開いて保存し直したものを追加してください",
    Refusal.NOT_TEXT: "テキストではありません",
    Refusal.ENCODING: "文字コードを判別できません。UTF-8で保存し直してください",
    Refusal.TOO_LARGE: "ファイルが大きすぎます",
    Refusal.TOO_LARGE_UNZIPPED: "展開すると大きくなりすぎます",
    Refusal.TOO_MANY_PAGES: "ページ数が多すぎます",
    Refusal.TOO_SLOW: "読み取りに時間がかかりすぎます",
    Refusal.ALREADY_IN: "同じ内容の文書がすでにあります",
}

_LACKS = {
    Lack.MISSING: (
        "言語モデルがないため、原文の引用でお答えします。"
        "communique models fetch を実行すると、言語モデルを取得できます。"
    ),
    Lack.OTHER_FILE: (
        "言語モデルのファイルが公開されているものと異なるため、原文の引用でお答えします。"
        "communique models fetch を実行すると、正しいファイルを取得できます。"
    ),
    Lack.MEMORY: "メモリーの空きが足りず言語モデルを使えないため、原文の引用でお答えします。",
}


def not_taken_in(refused: Refused, words: Words) -> str:
    """Why a file is not in the library."""
    return _REFUSALS.get(refused.why, refused.reason) if refused.why and _is_japanese(words) else refused.reason


def not_answered(error: Exception, words: Words) -> str:
    """Why a question has no answer."""
    if _is_japanese(words):
        if isinstance(error, TooLongError):
            return _TOO_LONG.format(length=error.length, most=error.most)
        if isinstance(error, NoWordsError):
            return _NO_WORDS
        if isinstance(error, NoDocumentError):
            return words.empty_library
    return str(error)


def without_model(notice: str, words: Words) -> str:
    """That answers quote, and why; empty where there is nothing to be said."""
    if _is_japanese(words) and isinstance(notice, Notice) and notice.why:
        return _LACKS.get(notice.why, notice)
    return notice


def note_of(answer: Answer, words: Words) -> str:
    """What is said beside an answer: in the language of its question, but for what is said of a language model."""
    if _is_japanese(words) and answer.notice:
        return answer.note.replace(answer.notice, _NO_REPLY, 1)
    return answer.note


def _is_japanese(words: Words) -> bool:
    return words.language == "ja"
