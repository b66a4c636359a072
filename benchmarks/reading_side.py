"""The assistant in a process of its own, as the chat page has it, asked by lines of JSON.

    python -m benchmarks.reading_side [--nothing-ahead] < questions.jsonl

The first row tells how it was opened: `{"ahead": s}`, the seconds it took to read the library ahead of any question.
Then each row `{"questions": ["…", …]}` brings a row `{"answers": [{…}, …]}` in the same order; several questions of a
row are asked at once. Settings come from the environment.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assistant.ask import Assistant
from assistant.build import build_assistant, open_search
from assistant.inquiry import Found
from assistant.int8.llm import EightBitLLM
from assistant.llm_choice import open_llms
from assistant.llm_embedded import EmbeddedLLM
from assistant.reading import SEARCHED
from assistant.render import answer_to_json
from assistant.settings import load_settings
from index.search import Search

_APART = 0.05  # seconds between questions asked at once, so that there is an order in which they came
_PATIENCE = 3600.0  # seconds for reading ahead


def main(*, ahead: bool) -> None:
    """Open, then answer line by line until there is none."""
    settings = load_settings()
    opened = open_llms(settings)
    llm, notice = opened.reader
    if not isinstance(llm, EmbeddedLLM | EightBitLLM):
        sys.exit(f"{settings.llm}: not a language model in the process {notice}")
    # A search of its own: the assistant's remembers the vector of a question it was asked. It counts to the memory.
    search = open_search(settings)
    started = time.perf_counter()
    with build_assistant(settings, prepare=ahead, llms=opened) as assistant:
        if ahead:
            _wait_until_read(llm)
        _say({"ahead": time.perf_counter() - started if ahead else 0.0})
        for number, line in enumerate(sys.stdin):
            questions = json.loads(line)["questions"]
            one = len(questions) == 1
            _say(
                {
                    "answers": [_alone(assistant, search, questions[0], number)]
                    if one
                    else _at_once(assistant, questions)
                }
            )
    opened.close()


def _say(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _wait_until_read(llm: EmbeddedLLM | EightBitLLM) -> None:
    preparing = [thread for thread in threading.enumerate() if thread.name == "reading-ahead"]
    if not preparing:
        sys.exit("reading_side: the assistant reads ahead in another way by now; wait for that instead")
    for thread in preparing:
        thread.join()  # it tells the model what to read
    if not llm.wait_until_warm(_PATIENCE):
        sys.exit(f"reading_side: the library was not read within {_PATIENCE:g} s")


def _alone(assistant: Assistant, search: Search, question: str, number: int) -> dict[str, Any]:
    """One answer and, beside it, a bare search for the same words: before and after it in turn."""
    before = _searched(search, question) if number % 2 == 0 else 0.0
    answered = _answered(assistant, question)
    return {**answered, "search": before or _searched(search, question)}


def _searched(search: Search, question: str) -> float:
    started = time.perf_counter()
    search.search(question, SEARCHED)
    return time.perf_counter() - started


def _at_once(assistant: Assistant, questions: Sequence[str]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(questions)) as people:
        asked = []
        for question in questions:
            asked.append(people.submit(_answered, assistant, question))
            time.sleep(_APART)
        return [one.result() for one in asked]


def _answered(assistant: Assistant, question: str) -> dict[str, Any]:
    """The answer as `--json` prints it, with the seconds to the evidence, the first sentence and the whole.

    `evidence` is None where nothing was searched for, `first` where no sentence was shown. `ended` is when, by the
    clock of this process.
    """
    evidence, first, answer = None, None, None
    started = now = time.perf_counter()
    for step in assistant.stream(question):
        now = time.perf_counter()
        if isinstance(step, Found):
            evidence = now - started
        else:
            answer = step
            first = now - started if first is None and step.sentences else first
    assert answer is not None  # a stream ends with one
    return {
        "answer": answer_to_json(answer),
        "evidence": evidence,
        "first": first,
        "whole": now - started,
        "ended": now,
    }


if __name__ == "__main__":
    main(ahead="--nothing-ahead" not in sys.argv[1:])
