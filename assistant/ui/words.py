"""The page's own words, in English and Japanese, chosen by the language that the browser asks for."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant.types import Status

FIXED = (
    "ask",
    "stop",
    "fresh",
    "placeholder",
    "question",
    "tab_ask",
    "tab_text",
    "pick",
    "pick_hint",
    "tab_evals",
)
"""The words of the page's frame, by their names below; Gradio puts them into the browser's language."""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the page says, in one language; `language` is its tag. Braces stand for what is filled in."""

    language: str
    line: str
    opening: str
    no_script: str
    starters: str
    only_english: str
    ask: str
    stop: str
    fresh: str
    placeholder: str
    question: str
    tab_ask: str
    tab_text: str
    pick: str
    pick_hint: str
    tab_evals: str
    documents: str
    answered: str
    partial: str
    not_stated: str
    off_topic: str
    unclear: str
    problem: str
    stopped: str
    conversations: str
    rename: str
    title: str
    save: str
    delete: str
    sure: str
    searching: str
    reading: str
    growing: str
    understood: str
    ask_again: str
    aimed: str
    sources: str
    closest: str
    found: str
    not_sources: str
    sources_empty: str
    sources_none: str
    source: str
    source_count: str
    one_source: str
    section: str
    paragraph: str
    page: str
    back: str
    whole: str
    copy: str
    copied: str
    open: str
    document: str
    contents: str
    within: str
    places: str
    one_place: str
    no_place: str
    missed: str
    missed_place: str
    empty_library: str
    failed: str
    outdated: str

    def status(self, status: Status) -> str:
        """A status in words."""
        return str(getattr(self, status.value))

    def fixed(self) -> dict[str, str]:
        """The words of the page's frame."""
        return {name: value for name, value in asdict(self).items() if name in FIXED}


ENGLISH = Words(
    language="en",
    line="Ask a question in plain words. Every sentence of the answer shows where it stands in the text.",
    opening="Opening…",
    no_script='This page needs JavaScript. On the command line: communique ask "…"',
    starters="Questions to start with",
    only_english="Please ask in English: there is no language model to translate questions.",
    ask="Ask",
    stop="Stop",
    fresh="New conversation",
    placeholder="Ask a question",
    question="Your question",
    tab_ask="Ask",
    tab_text="The text",
    pick="Documents to ask",
    pick_hint="All of them, unless you choose.",
    tab_evals="Accuracy",
    documents="{count} documents",
    answered="Answered",
    partial="Partly",
    not_stated="Not in the text",
    off_topic="Another subject",
    unclear="Please clarify",
    problem="Not answered",
    stopped="Stopped",
    conversations="Conversations",
    rename="Rename",
    title="Title",
    save="Save",
    delete="Delete",
    sure="Really delete?",
    searching="Searching the text…",
    reading="Closest passages found, reading them…",
    growing="Checking each sentence against the text…",
    understood="Understood as",
    ask_again="Ask this",
    aimed="You could ask instead",
    sources="Sources",
    closest="Closest passages",
    found="Found by the search and not read yet, so not cited.",
    not_sources="They come near the question but do not answer it, so they are not cited.",
    sources_empty="Each answer’s sources are shown here, with the words it rests on highlighted.",
    sources_none="No sources: the last reply makes no statement about the text.",
    source="Source {number}: {place}",
    source_count="{count} sources",
    one_source="1 source",
    section="Section",
    paragraph="paragraph {number}",
    page="page {number}",
    back="Back to the answer",
    whole="Whole paragraph",
    copy="Copy quote with reference",
    copied="Copied",
    open="Open in the text",
    document="Document",
    contents="Contents",
    within="Search within the text",
    places="{count} places; Enter goes to the next",
    one_place="1 place; Enter goes to it",
    no_place="Not found",
    missed="There is no document “{document}” here, so this is another one.",
    missed_place="The place that the link names is not in this text; here is its beginning.",
    empty_library="There is no document yet. Add one with: communique ingest FILE",
    failed="Something went wrong while answering; the program’s log says what.",
    outdated="The text has changed since this was answered. Ask again to see what it says now.",
)

JAPANESE = Words(
    language="ja",
    line="ふつうの言葉でご質問ください。回答の一文ごとに、原文のどこに書かれているかを示します。",
    opening="開いています…",
    no_script='このページにはJavaScriptが必要です。コマンドラインでは：communique ask "…"',
    starters="質問の例",
    only_english="質問は英語でお願いします（日本語の質問を訳すには言語モデルが必要です）。",
    ask="質問する",
    stop="停止",
    fresh="新しい会話",
    placeholder="質問を入力してください",
    question="ご質問",
    tab_ask="質問",
    tab_text="原文",
    pick="質問する文書",
    pick_hint="選択しない場合は、すべての文書が対象です。",
    tab_evals="正確さ",
    documents="{count}件の文書",
    answered="回答あり",
    partial="一部のみ回答",
    not_stated="文書に記載なし",
    off_topic="対象外の話題",
    unclear="ご確認ください",
    problem="回答できません",
    stopped="停止しました",
    conversations="会話一覧",
    rename="名前を変更",
    title="題名",
    save="保存",
    delete="削除",
    sure="本当に削除しますか？",
    searching="文書を検索しています…",
    reading="近い箇所が見つかりました。読んでいます…",
    growing="一文ずつ原文と照合しています…",
    understood="質問の解釈",
    ask_again="この質問で聞く",
    aimed="代わりに、次のように質問できます",
    sources="出典",
    closest="最も近い箇所",
    found="検索で見つかった箇所です。まだ読まれておらず、出典ではありません。",
    not_sources="質問に近い箇所ですが、答えは書かれていません（出典ではありません）。",
    sources_empty="回答の出典がここに表示され、根拠となる語句が強調されます。",
    sources_none="出典なし：直前の応答は文書の内容について述べていません。",
    source="出典{number}：{place}",
    source_count="出典{count}件",
    one_source="出典1件",
    section="節",
    paragraph="第{number}段落",
    page="{number}ページ",
    back="回答に戻る",
    whole="段落全体",
    copy="引用と出典をコピー",
    copied="コピーしました",
    open="原文で開く",
    document="文書",
    contents="目次",
    within="原文内を検索",
    places="{count}か所（Enterで次へ）",
    one_place="1か所（Enterで移動）",
    no_place="見つかりません",
    missed="「{document}」という文書はここにありません。別の文書を表示しています。",
    missed_place="リンクが示す箇所はこの文書にありません。冒頭を表示しています。",
    empty_library="文書がまだありません。communique ingest ファイル名 で追加してください。",
    failed="回答中に問題が起きました。詳細はプログラムのログにあります。",
    outdated="この回答の後に文書が変わりました。もう一度質問してください。",
)


def words_for(accepted: str) -> Words:
    """The words for a browser's Accept-Language header: Japanese where that is asked for before English."""
    ranked = sorted((_preference(part, place) for place, part in enumerate(accepted.split(","))), reverse=True)
    known = [language for _, _, language in ranked if language in {"en", "ja"}]
    return JAPANESE if known[:1] == ["ja"] else ENGLISH


def _preference(part: str, place: int) -> tuple[float, int, str]:
    tag, _, quality = part.partition(";q=")
    try:
        weight = float(quality or 1)
    except ValueError:
        weight = 0.0
    return weight, -place, tag.strip().split("-")[0].lower()
