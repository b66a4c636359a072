"""What the page says of how often answers are right, in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasuringWords:
    """Braces stand for what is filled in; `measures`, `halves` and `kinds` are by the names that the evals give."""

    heading: str
    about: str
    absent: str
    measure: str
    kind: str
    by_kind: str
    with_llm: str
    without_llm: str
    interval: str
    release: str
    report_here: str
    report_elsewhere: str
    measures: Mapping[str, str]
    halves: Mapping[str, str]
    kinds: Mapping[str, str]


_ENGLISH = MeasuringWords(
    heading="How often the answers are right",
    about=(
        "Measured on {cases} questions about the statement that comes with Communiqué, with their right answers written"
        " down before. The bar is the range in which the true figure lies with 95 % confidence; n is how many"
        " questions it rests on. Other documents can fare worse."
    ),
    absent="No figures came with this installation. They are in the project’s source: docs/evals.",
    measure="Measure",
    kind="Kind of question",
    by_kind="Answered right, by kind of question",
    with_llm="With the language model",
    without_llm="Without a language model",
    interval="{low} to {high}, n={count}",
    release="{column}: version {version}, commit {commit}.",
    report_here="The full report, with every question that went wrong: {report} in this installation’s folder.",
    report_elsewhere="The full report, with every question that went wrong, is in the project’s source: {report}.",
    measures={
        "right": "Answered right",
        "vital": "Facts asked for that are in the answer",
        "citation_precision": "Sentences shown that were needed",
        "citation_recall": "Sentences needed that were shown",
        "refusal_precision": "“Not in the text” said rightly",
        "refusal_recall": "Gaps in the text noticed",
        "turns": "Questions of a conversation answered right",
        "conversation": "Whole conversations answered right",
        "found_sentences": "Right sentences among the first 5 found",
        "words": "Words in an answer",
    },
    halves={
        "tune": "Answered right, of the questions it was built with",
        "report": "Answered right, of the questions kept apart at first",
    },
    kinds={
        "ambiguous": "Unclear questions",
        "attack": "Attempts to mislead it",
        "comparison": "Comparisons",
        "fact": "Single facts",
        "false_premise": "Questions that assume something false",
        "follow_up": "Follow-up questions",
        "japanese": "Questions in Japanese",
        "list": "Lists",
        "near_miss": "Things the text does not say",
        "off_topic": "Other subjects",
        "paraphrase": "Questions in quite other words",
        "summary": "Summaries",
        "typo": "Questions with typing errors",
        "yes_no": "Yes-or-no questions",
    },
)

_JAPANESE = MeasuringWords(
    heading="回答の正確さ",
    about=(
        "付属の声明について、あらかじめ正解を用意した{cases}問で測りました。棒は95％の信頼度で真の値がある範囲、"
        "nは問いの数です。ほかの文書では、これより低いことがあります。"
    ),
    absent="このインストールには測定結果が含まれていません。プロジェクトのソースの docs/evals にあります。",
    measure="項目",
    kind="質問の種類",
    by_kind="質問の種類ごとの正答率",
    with_llm="言語モデルあり",
    without_llm="言語モデルなし",
    interval="{low}～{high}、n={count}",
    release="{column}：バージョン{version}、コミット{commit}。",
    report_here="誤った問いをすべて載せた報告書は、このインストールのフォルダーの{report}にあります。",
    report_elsewhere="誤った問いをすべて載せた報告書は、プロジェクトのソースの{report}にあります。",
    measures={
        "right": "正しく回答",
        "vital": "求められた事実のうち回答にあるもの",
        "citation_precision": "示した文のうち必要だったもの",
        "citation_recall": "必要な文のうち示したもの",
        "refusal_precision": "「記載なし」が正しかった割合",
        "refusal_recall": "記載がないことに気づいた割合",
        "turns": "会話の中で正しく答えた質問",
        "conversation": "すべて正しく答えた会話",
        "found_sentences": "検索上位5件にあった正しい文",
        "words": "回答の語数",
    },
    halves={"tune": "正しく回答（開発に使った半分）", "report": "正しく回答（報告用の半分。のちに参照）"},
    kinds={
        "ambiguous": "あいまいな質問",
        "attack": "惑わせようとする質問",
        "comparison": "比較",
        "fact": "一つの事実",
        "false_premise": "誤った前提の質問",
        "follow_up": "続きの質問",
        "japanese": "日本語の質問",
        "list": "一覧",
        "near_miss": "文書に書かれていないこと",
        "off_topic": "ほかの話題",
        "paraphrase": "言い換えた質問",
        "summary": "要約",
        "typo": "打ち間違いのある質問",
        "yes_no": "はい・いいえの質問",
    },
)


def measuring_words(language: str) -> MeasuringWords:
    """Those of a language, given as its tag."""
    return _JAPANESE if language == "ja" else _ENGLISH
