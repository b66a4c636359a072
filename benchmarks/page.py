"""The chat page in a real browser, without a language model: first paint, first source, and a long conversation."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assistant.ask import Assistant
from assistant.build import build_assistant, open_library
from assistant.inquiry import Found
from assistant.settings import load_settings
from assistant.types import Answer, Turn
from assistant.ui import build_page, start, stop
from benchmarks.figures import Figure

_QUESTION = "When did the third Digital Council take place?"
_TURNS = 60
_ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WATCH = """() => {
    window.firstCard = new Promise(done => {
        let started;
        document.addEventListener("keydown", () => (started = performance.now()), { once: true, capture: true });
        const watch = new MutationObserver(() => {
            if (!started || !document.querySelector("#sources .card")) return;
            watch.disconnect();
            done((performance.now() - started) / 1000);
        });
        watch.observe(document.body, { childList: true, subtree: true });
    });
}"""  # from the key going down to the first card being there, in seconds


def page_figures(repetitions: int) -> list[Figure]:
    """All of them; none where there is no chromium to measure with."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return []
    with (
        tempfile.TemporaryDirectory() as home,
        _served(Path(home)) as (url, timed),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        _opened(browser, url).close()  # the first opening of all warms the server
        figures = [
            _first_paint(browser, url, repetitions),
            _first_card(browser, url, timed.assistant, repetitions),
            _long_conversation(browser, url, timed),
        ]
        browser.close()
    return figures


@dataclass(slots=True)
class _Timed:
    """An assistant that knows how long each of its answers took it, in seconds."""

    assistant: Assistant
    spent: list[float] = field(default_factory=list)

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Iterator[Found | Answer]:
        steps = self.assistant.stream(question, history, documents)
        self.spent.append(0.0)
        while True:
            started = time.perf_counter()
            step = next(steps, None)
            self.spent[-1] += time.perf_counter() - started
            if step is None:
                return
            yield step


@contextmanager
def _served(home: Path) -> Iterator[tuple[str, _Timed]]:
    settings = load_settings(home=home, llm="none")
    with build_assistant(settings) as assistant:
        timed = _Timed(assistant)
        page = build_page(timed, assistant.documents(), sections=open_library(settings).sections)
        yield start(page, "127.0.0.1", 0), timed
        stop(page)


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.wait_for_selector("#question textarea")
    return page


def _first_paint(browser: Browser, url: str, repetitions: int) -> Figure:
    seconds = []
    for _ in range(repetitions):
        page = _opened(browser, url)
        seconds.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"))
        page.context.close()
    return Figure("first paint of the page, warm server", statistics.median(seconds), "s", 1.5, repetitions, "")


def _first_card(browser: Browser, url: str, assistant: Assistant, repetitions: int) -> Figure:
    page = _opened(browser, url)
    shown, bare = [], []
    for _ in range(repetitions):
        bare.append(_seconds(lambda: next(assistant.stream(_QUESTION, documents=()))))
        page.fill("#question textarea", _QUESTION)
        page.evaluate(_WATCH)
        page.press("#question textarea", "Enter")
        shown.append(float(page.evaluate("window.firstCard")))
        page.wait_for_selector("#current .status")
        page.click("#fresh")
        page.wait_for_selector("#sources .card", state="detached")
    page.context.close()
    more = statistics.median(shown) - statistics.median(bare)
    behind = f"{statistics.median(shown):.2f} s against {statistics.median(bare):.2f} s"
    return Figure("Enter to the first card, above the bare search", more, "s", 0.3, repetitions, behind)


def _long_conversation(browser: Browser, url: str, timed: _Timed) -> Figure:
    """What the page adds to an answer, late in a conversation and early in it."""
    page = _opened(browser, url)
    timed.spent.clear()
    seconds = []
    for turn in range(1, _TURNS + 1):
        started = time.perf_counter()
        page.fill("#question textarea", f"{_QUESTION[:-1]}, asked for time {turn}?")
        page.press("#question textarea", "Enter")
        page.wait_for_function(
            "turns => document.querySelectorAll('#talk .turn .status').length === turns", arg=turn, polling=10
        )
        seconds.append(time.perf_counter() - started)
    page.context.close()
    added = [whole - own for whole, own in zip(seconds, timed.spent, strict=True)]
    early, late = statistics.median(added[1:11]), statistics.median(added[-10:])
    behind = (
        f"{late:.2f} s in turns {_TURNS - 9} to {_TURNS} against {early:.2f} s in turns 2 to 11; answers alone "
        f"{statistics.median(timed.spent[-10:]):.2f} s against {statistics.median(timed.spent[1:11]):.2f} s"
    )
    return Figure(f"what the page adds to an answer after {_TURNS} turns", late / early, "×", 1.5, 10, behind)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
