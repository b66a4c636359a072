"""The chat page in a real browser, over a hand-written assistant. Screenshots go to test-screenshots/."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.ui import build_page, start

pytestmark = pytest.mark.browser

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing; apt-get install chromium")
        pytest.skip("chromium is missing; apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def url(assistant, sections, examples) -> Iterator[str]:
    page = build_page(assistant, [sections[0].document], examples)
    yield start(page, "127.0.0.1", 0)
    assistant.gate.set()
    page.close(verbose=False)


@pytest.fixture
def page(browser, url) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield _open(context.new_page(), url)


def _open(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("#question textarea")).to_be_focused()
    return page


def _ask(page: Page, question: str) -> None:
    turns = page.locator("#conversation .turn .status").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#conversation .turn .status")).to_have_count(turns + 1)
    expect(page.locator("#question textarea")).to_be_enabled()


def _shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page.wait_for_timeout(600)  # the smooth scrolling
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_the_page_says_what_it_speaks_from_and_offers_six_questions(page, sections):
    expect(page.locator("#masthead")).to_contain_text(sections[0].document.title)
    expect(page.locator("#examples button")).to_have_count(6)
    expect(page.locator("footer")).to_have_count(0)
    _shoot(page, "wide-welcome")


def test_an_example_is_asked_by_its_button(page, assistant):
    question = page.locator("#examples button").first.inner_text()
    page.locator("#examples button").first.click()
    expect(page.locator("#conversation .question")).to_have_text(question)
    expect(page.locator("#conversation .status-answered")).to_have_text("Answered")
    expect(page.locator("#examples")).to_be_hidden()
    assert assistant.asked == [(question, (), ("uk-japan-digital-council-2025-01",))]


def test_a_marker_shows_its_card_with_exactly_the_quoted_words_marked(page, assistant):
    _ask(page, "How is safety regulated?")
    _shoot(page, "wide-partly")
    answer = assistant.ask("How is safety regulated?")
    for citation in answer.citations:
        page.get_by_role("button", name=f"Source {citation.number}:").click()
        card = page.locator(f"#source-1-{citation.number}.is-shown")
        expect(card.locator("mark")).to_have_text(citation.quote)
        expect(card).to_be_in_viewport()
        assert card.locator("mark").text_content() == citation.quote
        assert citation.section.text[citation.start : citation.end] in (card.locator("blockquote").text_content() or "")
    _shoot(page, "wide-source")
    page.get_by_role("button", name="Back to the answer").click()
    expect(page.locator("[data-source=source-1-3]")).to_be_focused()


def test_a_marker_reached_by_keyboard_shows_its_card(page):
    _ask(page, "When did it take place, then?")
    page.locator("#conversation .marker").focus()
    expect(page.locator("#source-1-1")).to_have_class("card is-shown")


def test_a_follow_up_is_asked_with_the_history_and_shows_how_it_was_understood(page, assistant):
    _ask(page, "When did the Council meet?")
    _ask(page, "Who was there?")
    assert [turn.question for turn in assistant.asked[1][1]] == ["When did the Council meet?"]
    expect(page.locator(".standalone")).to_have_text("Understood as: Who attended the third Digital Council?")
    expect(page.locator("#source-1-1")).to_be_hidden()
    page.locator("[data-source=source-1-1]").click()
    expect(page.locator("#source-1-1")).to_be_visible()
    expect(page.locator("#source-2-1")).to_be_hidden()
    _shoot(page, "wide-follow-up")


def test_the_page_is_busy_until_the_answer_is_there(page, assistant):
    assistant.gate.clear()
    page.locator("#question textarea").fill("When did the Council meet?")
    page.locator("#ask").click()
    expect(page.locator(".turn-pending .question")).to_have_text("When did the Council meet?")
    expect(page.locator("#question textarea")).to_be_disabled()
    expect(page.locator("#ask")).to_be_disabled()
    expect(page.locator("#status p")).to_have_text("Reading the text")
    _shoot(page, "wide-busy")
    assistant.gate.set()
    expect(page.locator("#status p")).to_have_text("Answered, 1 source")
    expect(page.locator("#question textarea")).to_be_focused()


def test_a_question_behind_another_reader_s_is_taken_at_once(page, browser, url, assistant):
    assistant.gate.clear()
    page.locator("#examples button").first.click()
    expect(page.locator(".turn-pending")).to_be_visible()
    with browser.new_context() as other:
        second = _open(other.new_page(), url)
        second.locator("#examples button").last.click()
        expect(second.locator(".turn-pending")).to_be_visible()
        assistant.gate.set()
        for reader in (page, second):
            expect(reader.locator(".status-answered")).to_be_visible()


def test_a_refusal_lists_the_closest_passages_without_markers(page):
    _ask(page, "How much money?")
    expect(page.locator(".status-not_stated")).to_have_text("Not in the text")
    expect(page.locator("#sources h2")).to_have_text("Closest passages")
    expect(page.locator("#conversation .marker")).to_have_count(0)
    _shoot(page, "wide-refused")


def test_an_error_is_one_line_and_no_part_of_the_history(page, assistant):
    _ask(page, " ")
    expect(page.locator(".turn-problem")).to_contain_text("The question is empty; type one.")
    _ask(page, "crash")
    expect(page.locator(".turn-problem").last).to_contain_text("Something went wrong")
    assert "secret path" not in page.content()
    _ask(page, "When did the Council meet?")
    assert assistant.asked[-1][1] == ()
    _shoot(page, "wide-problem")


def test_conversations_are_kept_apart_and_can_be_begun_anew(page, browser, url, assistant):
    _ask(page, "When did the Council meet?")
    with browser.new_context() as other:
        second = _open(other.new_page(), url)
        expect(second.locator(".turn")).to_have_count(0)
        _ask(second, "When was that?")
        assert assistant.asked[-1][1] == ()
    page.locator("#fresh").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#examples button")).to_have_count(6)
    _ask(page, "When did the Council meet?")
    assert assistant.asked[-1][1] == ()


def test_a_hostile_document_does_nothing(browser, url, hostile_section):
    with browser.new_context() as context:
        page = context.new_page()
        seen: list[str] = []
        page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: seen.extend([request.url] if "attacker" in request.url else []))
        _open(page, url)
        _ask(page, "What does the hostile text say? <img src=x onerror=window.pwned=4>")
        page.locator("#conversation .marker").click()
        expect(page.locator("#source-1-1 mark")).to_contain_text("<script>window.pwned = 1</script>")
        _shoot(page, "wide-hostile")
        assert page.evaluate("window.pwned") is None
        assert page.locator(":is(#conversation, #sources) :is(script, img, h1, a, b)").count() == 0
        assert seen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(browser, url, scheme):
    with browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme) as context:
        page = _open(context.new_page(), url)
        overflows = [_overflow(page)]
        _shoot(page, f"phone-{scheme}-welcome")
        for question in ("How is safety regulated?", "How much money?", "Show the hostile one", "crash"):
            _ask(page, question)
            overflows.append(_overflow(page))
        page.locator("[data-source=source-1-2]").click()
        expect(page.locator("#source-1-2")).to_be_in_viewport()
        _shoot(page, f"phone-{scheme}-source")
        assert max(overflows) <= 0


def test_dark_looks(browser, url):
    with browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark") as context:
        page = _open(context.new_page(), url)
        _ask(page, "How is safety regulated?")
        page.locator("[data-source=source-1-1]").click()
        _shoot(page, "dark-source")
        ground = page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
        assert ground == "rgb(20, 24, 27)"


def test_every_request_stays_on_this_machine(browser, url):
    with browser.new_context() as context:
        page = context.new_page()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        _open(page, url)
        _ask(page, "How is safety regulated?")
        page.locator("[data-source=source-1-1]").click()
        page.wait_for_timeout(1000)
        assert requested
        assert {urlsplit(address).hostname for address in requested} == {"127.0.0.1"}
