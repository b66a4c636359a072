"""A page over a hand-written assistant and the real statement, in a browser, and a hostile document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.bundled import bundled_starters
from assistant.starters import Starter, kept_by_document
from assistant.stock import Stock
from assistant.ui import build_page, start, stop
from corpus.read import read_document
from corpus.types import Document, Passage, Section
from index.passages import PassageSize, passages_of
from tests.ui.fakes import HOSTILE, FakeAssistant, FakeLibrary

SCREENSHOTS = Path(__file__).parents[2] / "test-screenshots"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STATEMENT = Path(__file__).parents[2] / "corpus" / "documents" / "uk-japan-digital-council-2025-01.md"


@pytest.fixture(scope="session")
def starters() -> tuple[Starter, ...]:
    return bundled_starters(STATEMENT.stem)


@pytest.fixture(scope="session")
def sections() -> tuple[Section, ...]:
    return read_document(STATEMENT)


@pytest.fixture(scope="session")
def hostile_section() -> Section:
    document = Document("hostile", HOSTILE, "hostile.md", "0" * 64)
    text = f"A harmless paragraph.\n\nBefore it. {HOSTILE} After it."
    return Section(document, (HOSTILE, "Heading <b>two</b>"), "hostile", text, page=3)


@pytest.fixture
def assistant(sections: tuple[Section, ...], hostile_section: Section) -> FakeAssistant:
    size = PassageSize()
    statement = [passage for section in sections for passage in passages_of(section, size)]
    return FakeAssistant((*statement, Passage(hostile_section, 0, len(hostile_section.text))))


@pytest.fixture
def library(sections: tuple[Section, ...], starters: tuple[Starter, ...]) -> FakeLibrary:
    return FakeLibrary(Stock((sections[0].document,), sections, kept_by_document(starters)))


@pytest.fixture
def served(assistant: FakeAssistant, library: FakeLibrary) -> Iterator[Callable[..., str]]:
    """Serve a page on the library, built with what is given beside it."""
    pages = []

    def serve(**given: Any) -> str:
        pages.append(build_page(assistant, library=library, **given))
        return start(pages[-1], "127.0.0.1", 0, most_bytes=library.most_bytes)

    yield serve
    library.gate.set()
    for page in pages:
        stop(page)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=20_000)  # for a machine that has other things to do
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def url(assistant, sections, starters) -> Iterator[str]:
    page = build_page(assistant, [sections[0].document], starters, sections=sections)
    yield start(page, "127.0.0.1", 0)
    assistant.gate.set()
    assistant.slow.set()
    stop(page)


@pytest.fixture
def opened() -> Callable[[Page, str], Page]:
    """Open the page and wait until it can be typed into."""

    def open_at(page: Page, url: str) -> Page:
        page.goto(url)
        expect(page.locator("#question textarea")).to_be_focused()
        return page

    return open_at


@pytest.fixture
def page(browser, url, opened) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        yield opened(context.new_page(), url)


@pytest.fixture
def ask() -> Callable[[Page, str], None]:
    """Ask a question and wait for the end of its answer."""

    def ask_in(page: Page, question: str) -> None:
        turns = page.locator("#talk .turn .status").count()
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator("#talk .turn .status")).to_have_count(turns + 1)
        expect(page.locator("#ask")).to_be_visible()

    return ask_in


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Keep a picture in test-screenshots/."""

    def shoot_as(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.wait_for_timeout(600)  # the smooth scrolling
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return shoot_as


@pytest.fixture
def overflow() -> Callable[[Page], int]:
    """By how many pixels a page is wider than its window."""
    return lambda page: int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture
def serious() -> Callable[[Page], list[str]]:
    """What axe-core finds on a page that keeps someone from using it."""

    def found_on(page: Page) -> list[str]:
        return [
            f"{violation['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return found_on
