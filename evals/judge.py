"""A language model's opinion of the answers of a run, by llama-index's evaluators; only this file here imports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from llama_index.core.evaluation import BaseEvaluator, FaithfulnessEvaluator, RelevancyEvaluator
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from pydantic import PrivateAttr

from assistant.llm import LLM, Message
from assistant.llm_choice import open_llm
from assistant.settings import load_settings
from evals.folder import RunFolder
from evals.opinions import JudgedBy, Opinion
from evals.progress import progress_bar
from evals.provenance import language_model
from evals.rows import as_json, read_object, read_rows, write_object
from evals.run import Progress
from evals.score import saved_scores
from evals.summary import Scored
from evals.types import EvalError, ScoredAnswer

_REPLY_TOKENS = 8  # YES or NO, and what a small model says first
_WINDOW = 4096


def judge_run(folder: RunFolder, *, llm: str | None, limit: int = 0) -> int:
    """Ask a language model about each answer shown; what it thought of before is kept if nothing changed.

    Returns:
        How many answers it has judged.

    Raises:
        EvalError: the run was never scored, or there is no language model.
        AssistantError: the language model cannot be opened, or does not reply.
    """
    shown = [one for one in saved_scores(folder) if one.answer is not None and one.answer.has_answer]
    if 0 < limit < len(shown):
        shown = [shown[place * len(shown) // limit] for place in range(limit)]
    settings = load_settings(llm=llm)
    used = " + ".join(language_model(settings).values())
    opened = open_llm(settings)
    if opened.llm is None:
        raise EvalError(f"a judge needs a language model; {opened.notice or 'give one with --llm'}")
    with closing(opened.llm), progress_bar("judging") as progress:
        return len(Judge.of(opened.llm, used).judge(folder, shown, progress))


@dataclass(frozen=True, slots=True)
class Judge:
    """llama-index's two evaluators over the project's own interface to language models."""

    by: JudgedBy
    faithfulness: BaseEvaluator
    relevancy: BaseEvaluator

    @classmethod
    def of(cls, llm: LLM, model_sha256: str = "") -> Judge:
        """A judge that asks `llm`, whose file has this hash."""
        judging = _Judging(llm)
        faithfulness, relevancy = FaithfulnessEvaluator(llm=judging), RelevancyEvaluator(llm=judging)
        texts = [
            str(prompt.get_template())
            for evaluator in (faithfulness, relevancy)
            for _, prompt in sorted(evaluator.get_prompts().items())
        ]
        hashed = sha256("\0".join(texts).encode()).hexdigest()
        return cls(JudgedBy(llm.name, hashed, model_sha256), faithfulness, relevancy)

    def judge(
        self, folder: RunFolder, shown: Sequence[Scored], progress: Progress = lambda *_: None
    ) -> dict[str, Opinion]:
        """Judge the answers that it has not judged yet, keeping each opinion at once."""
        judged = self._begin(folder)
        for done, one in enumerate(shown):
            progress(done, len(shown))
            if one.case.id not in judged and one.answer is not None:
                judged[one.case.id] = self._opinion(one.case.id, one.answer)
                with folder.file("opinions.jsonl").open("a", encoding="utf-8") as file:
                    file.write(as_json(judged[one.case.id]) + "\n")
        progress(len(shown), len(shown))
        return judged

    def _begin(self, folder: RunFolder) -> dict[str, Opinion]:
        """What this very judge thought before; another's opinions are begun anew."""
        head, rows = folder.file("judge.json"), folder.file("opinions.jsonl")
        if head.exists() and rows.exists() and read_object(head) == asdict(self.by):
            folder.cut_half_line(rows.name)
            return {row.id: row for row in read_rows(rows, Opinion).rows}
        write_object(head, asdict(self.by))
        rows.write_text("", encoding="utf-8")
        return {}

    def _opinion(self, name: str, answer: ScoredAnswer) -> Opinion:
        given: Mapping[str, Any] = {
            "query": answer.standalone_question,
            "response": " ".join(sentence.text for sentence in answer.sentences),
            "contexts": [citation.quote for citation in answer.citations],
        }
        faithful, relevant = self.faithfulness.evaluate(**given), self.relevancy.evaluate(**given)
        said = f"{(faithful.feedback or '').strip()} / {(relevant.feedback or '').strip()}"
        return Opinion(name, bool(faithful.passing), bool(relevant.passing), said)


class _Judging(CustomLLM):
    """The project's LLM as llama-index's."""

    _llm: LLM = PrivateAttr()

    def __init__(self, llm: LLM) -> None:
        super().__init__()
        self._llm = llm

    @property
    def metadata(self) -> LLMMetadata:
        """Its name, and room for the longest answer with its quotes."""
        return LLMMetadata(model_name=self._llm.name, context_window=_WINDOW, num_output=_REPLY_TOKENS)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ARG002
        """The most likely reply."""
        return CompletionResponse(text=self._llm.complete((Message("user", prompt),), max_tokens=_REPLY_TOKENS))

    def stream_complete(self, prompt: str, formatted: bool = False, **given: Any) -> CompletionResponseGen:
        """The same in one piece."""
        yield self.complete(prompt, formatted, **given)
