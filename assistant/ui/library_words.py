"""What the page says of its library: being made ready, empty, out of reach, taking documents in. Two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LibraryWords:
    """Braces stand for what is filled in."""

    opening: str
    opening_hint: str
    steps: str
    failed: str
    failed_hint: str
    fetching: str
    fetching_hint: str
    megabytes: str
    empty: str
    empty_here: str
    add: str
    add_hint: str
    choose: str
    sending: str
    not_sent: str
    too_large: str
    taking_in: str
    added: str
    refused: str
    none: str
    hide: str


_ENGLISH = LibraryWords(
    opening="Getting the documents ready",
    opening_hint="This takes a while only when documents are new or have changed. You can type your question already.",
    steps="{done} of {total}",
    failed="The documents cannot be opened",
    failed_hint="When that is mended, start Communiqué again.",
    fetching="The language model is being fetched",
    fetching_hint="Until it is here, questions are answered without it; they must be in English.",
    megabytes="{done} of {total} MB",
    empty="There is no document yet. Add one with: communique ingest FILE",
    empty_here="There is no document yet. Add the first one here, then ask about it.",
    add="Add documents",
    add_hint=(
        "PDF, Word, OpenDocument, HTML, Markdown or plain text, up to {megabytes} MB each. They are copied into the"
        " library folder of the computer that runs Communiqué, and everyone who uses this page can ask about them."
    ),
    choose="Choose files",
    sending="Sending {name}…",
    not_sent="it did not arrive; please try again",
    too_large="it is larger than {megabytes} MB",
    taking_in="Reading and adding…",
    added="{name}: added as “{title}”",
    refused="{name}: not added: {reason}",
    none="{reason}",
    hide="Hide",
)

_JAPANESE = LibraryWords(
    opening="文書を準備しています",
    opening_hint="時間がかかるのは、文書が新しいか、変わったときだけです。質問はもう入力できます。",
    steps="{done}／{total}",
    failed="文書を開けません",
    failed_hint="問題を解決してから、Communiquéを起動し直してください。",
    fetching="言語モデルを取得しています",
    fetching_hint="届くまでは言語モデルなしで回答します。質問は英語でお願いします。",
    megabytes="{done}／{total} MB",
    empty="文書がまだありません。communique ingest ファイル名 で追加してください。",
    empty_here="文書がまだありません。ここで最初の文書を追加してから、ご質問ください。",
    add="文書を追加",
    add_hint=(
        "PDF、Word、OpenDocument、HTML、Markdown、テキスト。1件{megabytes} MBまで。"
        "Communiquéを動かしているコンピューターのライブラリーのフォルダーにコピーされ、"
        "このページを使う全員が質問できるようになります。"
    ),
    choose="ファイルを選択",
    sending="{name}を送信しています…",
    not_sent="届きませんでした。もう一度お試しください",
    too_large="{megabytes} MBを超えています",
    taking_in="読み込んで追加しています…",
    added="{name}：「{title}」として追加しました",
    refused="{name}：追加していません：{reason}",
    none="どのファイルも追加できませんでした：{reason}",
    hide="閉じる",
)


def library_words(language: str) -> LibraryWords:
    """Those of a language, given as its tag."""
    return _JAPANESE if language == "ja" else _ENGLISH
