"""The default language model in eight bits, as an `LLM`: it reads several passages in one pass."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import torch

from assistant.int8.convert import make
from assistant.int8.decoder import Decoder, Prompt, Read
from assistant.int8.texts import ReadTexts
from assistant.llm import LLM, LLMUnavailable, Message, reading_prompt
from assistant.llm_embedded import Limits
from assistant.llm_endpoint import without_control_tokens
from assistant.memory import memory_shortage
from assistant.reading_ahead import ReadingAhead
from assistant.turnstile import Turnstile
from assistant.wanted import go_on

_TOGETHER = 256  # tokens of a pass; more are no faster
_SPELLINGS = {"yes": ("Yes", "yes", "YES", " Yes", " yes"), "no": ("No", "no", "NO", " No", " no")}


def suits_processor() -> bool:
    """Whether this processor multiplies whole numbers so fast that it pays."""
    return bool(torch.cpu.get_capabilities().get("avx512_vnni", False))


class EightBitLLM:
    """Reads and writes with eight-bit weights. One pass runs at a time; those that come meanwhile queue in order."""

    def __init__(
        self,
        model_file: Path,
        writer: Callable[[], LLM],
        *,
        states: Path | None = None,
        adapter: Path | None = None,
        limits: Limits,
    ) -> None:
        """Map the weights, made from `model_file` now where that was not done before, which takes a minute.

        `writer` opens what a reply that is held to a JSON schema is left to; it is called once, where such a reply is
        asked for. `states` is a folder for what has been read of passages; without it nothing is kept on disk.
        `adapter` is what was trained for this model to say whether a passage states an answer.

        Raises:
            LLMUnavailable: the weights cannot be made or read, or memory is short.
        """
        if short := memory_shortage(model_file.stat().st_size):
            raise LLMUnavailable(f"{model_file.name}: {short}")
        weights = make(model_file)
        if limits.threads:
            torch.set_num_threads(limits.threads)
        self.name = f"{model_file.stem}-int8"
        self.failed = False
        self._context = limits.context
        self._decoder: Decoder | None = Decoder(weights, adapter, limits.context)
        self._tokenizer = weights.tokenizer()
        self._texts = ReadTexts(limits.memory, states, f"int8 {weights.shape()}", limits.disk)
        self._ahead = ReadingAhead(self._take, lambda: not self.failed and self._texts.has_room)
        self._turnstile = Turnstile()
        self._open_writer = writer
        self._writer: LLM | None = None
        self._writer_lock = threading.Lock()
        self._tail = self._rendered([Message("user", "?")]).rpartition("?")[2]
        self._words = [self._single_tokens(spellings) for spellings in _SPELLINGS.values()]

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: Sequence[str] = (),
        opening: str = "",
    ) -> str:
        """The most likely reply, token by token; see `LLM.complete`."""
        if schema is not None:
            writer = self._schema_writer()
            return writer.complete(messages, max_tokens=max_tokens, schema=schema, stop=stop, opening=opening)
        clean = [Message(message.role, without_control_tokens(message.text)) for message in messages]
        whole = self._rendered(clean) + opening
        before = self._rendered(clean[:-1], replies=False) if clean[1:] else ""
        before = before if whole.startswith(before) else ""
        with self._ahead.question(), self._working():
            read = self._read_all([before])[0] if before else None
            reply = self._written(read, self._tokens(whole[len(before) :]), max_tokens, stop)
        return opening + reply

    def probability_of_yes(self, system: str, passage_part: str, question_part: str) -> float:
        """See `LLM.probability_of_yes`. What is read of the passage is kept, and put back after a restart."""
        return self.probabilities_of_yes(system, [passage_part], question_part)[0]

    def probabilities_of_yes(self, system: str, passage_parts: Sequence[str], question_part: str) -> tuple[float, ...]:
        """One a passage, several in one pass; see `LLM.probabilities_of_yes`."""
        question = without_control_tokens(question_part)
        texts = [self._before_question(system, part) for part in passage_parts]
        tokens = self._tokens(question + self._tail)
        together = max(1, _TOGETHER // len(tokens))
        likely: list[float] = []
        with self._ahead.question():
            for start in range(0, len(texts), together):
                with self._working():
                    likely += self._likely(self._read_all(texts[start : start + together]), tokens)
        return tuple(likely)

    def warm(self, system: str, passage_parts: Sequence[str]) -> None:
        """Read passages, or restore what was read before, between questions; see `LLM.warm`."""
        self._ahead.add(system, passage_parts)

    def wait_until_warm(self, seconds: float) -> bool:
        """Whether all passages given to `warm` have been read within so many seconds."""
        return self._ahead.wait(seconds)

    def close(self) -> None:
        """Let go of the weights. May be called twice."""
        self._ahead.close()
        self._decoder = None
        with self._writer_lock:
            if self._writer is not None:
                self._writer.close()

    def _take(self, system: str, part: str) -> None:
        """Have a passage read. Without it questions are answered all the same, only not as fast."""
        with suppress(LLMUnavailable), self._working():
            self._read_all([self._before_question(system, part)])

    @contextmanager
    def _working(self) -> Iterator[None]:
        """A pass or a reply, one at a time.

        Raises:
            LLMUnavailable: it was closed, or memory ran out.
        """
        go_on()
        with self._turnstile.turn():
            self._open_decoder()
            try:
                yield
            except (MemoryError, RuntimeError) as error:
                self.failed = True
                raise LLMUnavailable(f"{self.name}: {str(error).splitlines()[0]}") from error
            self.failed = False

    def _read_all(self, texts: Sequence[str]) -> list[Read]:
        """What was read of texts, now or before; as many in one pass as are of use."""
        found = {text: self._texts.find(text) for text in texts}
        known = {text: read for text, read in found.items() if read is not None}
        waiting = [(text, self._tokens(text)) for text in found if text not in known]
        while waiting:
            taken, total = 0, 0
            while taken < len(waiting) and (not taken or total + len(waiting[taken][1]) <= _TOGETHER):
                total += len(waiting[taken][1])
                taken += 1
            now, waiting = waiting[:taken], waiting[taken:]
            go_on()
            _, reads = self._passed([Prompt(tokens) for _, tokens in now])
            for (text, _), read in zip(now, reads, strict=True):
                known[text] = read
                self._texts.keep(text, read)
        return [known[text] for text in texts]

    def _likely(self, reads: Sequence[Read], question: Sequence[int]) -> list[float]:
        """P(yes) after each text; the adapter acts from the words on that it waits for."""
        waits_for = self._open_decoder().invocation
        at = _last_place(question, waits_for) if waits_for else len(question)
        if 0 < at < len(question):
            _, reads = self._passed([Prompt(question[:at], read) for read in reads])
        rest = question[at:] if at < len(question) else question
        adapted = at < len(question)
        hidden, _ = self._passed([Prompt(rest, read, adapted) for read in reads], keep=False)
        yes, no = (self._open_decoder().logits_of(hidden, tokens).logsumexp(1) for tokens in self._words)
        return [float(share) for share in torch.sigmoid(yes - no)]

    def _written(self, before: Read | None, tokens: Sequence[int], longest: int, stop: Sequence[str]) -> str:
        ends = {self._tokenizer.eos_token_id, self._tokenizer.pad_token_id}
        written: list[int] = []
        text = ""
        while len(written) < longest:
            go_on()
            hidden, reads = self._passed([Prompt(tokens, before)])
            likeliest = int(self._open_decoder().logits(hidden)[0].argmax())
            if likeliest in ends:
                break
            written.append(likeliest)
            text = str(self._tokenizer.decode(written))
            if found := [place for place in (text.find(mark) for mark in stop) if place >= 0]:
                return text[: min(found)]
            before, tokens = reads[0], [likeliest]
        return text

    def _passed(self, prompts: Sequence[Prompt], *, keep: bool = True) -> tuple[torch.Tensor, list[Read]]:
        longest = max(len(prompt.tokens) + (prompt.before.tokens if prompt.before else 0) for prompt in prompts)
        if longest > self._context:
            raise LLMUnavailable(f"{self.name}: a prompt of {longest} tokens, more than {self._context}")
        return self._open_decoder().read(prompts, keep=keep)

    def _open_decoder(self) -> Decoder:
        """The decoder; it may be closed while a question is being read."""
        if self._decoder is None:
            raise LLMUnavailable(f"{self.name}: closed")
        return self._decoder

    def _before_question(self, system: str, part: str) -> str:
        """What a prompt that reads a passage has before the question."""
        prompt = reading_prompt(system, without_control_tokens(part), "")
        return self._rendered(prompt).removesuffix(self._tail)

    def _rendered(self, messages: Sequence[Message], *, replies: bool = True) -> str:
        turns = [{"role": message.role, "content": message.text} for message in messages]
        return str(self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=replies))

    def _tokens(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False))

    def _single_tokens(self, spellings: Sequence[str]) -> list[int]:
        return [tokens[0] for word in spellings if len(tokens := self._tokens(word)) == 1]

    def _schema_writer(self) -> LLM:
        with self._writer_lock:
            if self._writer is None:
                self._writer = self._open_writer()
            return self._writer


def _last_place(tokens: Sequence[int], sought: Sequence[int]) -> int:
    """Where `sought` last begins within the tokens; their number where it does not."""
    for start in range(len(tokens) - len(sought), -1, -1):
        if list(tokens[start : start + len(sought)]) == list(sought):
            return start
    return len(tokens)
