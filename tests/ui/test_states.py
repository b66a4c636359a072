"""What the page says when something is missing or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from assistant.types import AssistantError
from assistant.ui import build_page, start

pytestmark = pytest.mark.browser


@pytest.fixture
def served(assistant, sections) -> Iterator[Callable[..., str]]:
    """Serve a page built with what is given."""
    pages = []

    def serve(documents, **given) -> str:
        pages.append(build_page(assistant, documents, sections=sections, **given))
        return start(pages[-1], "127.0.0.1", 0)

    yield serve
    for page in pages:
        page.close(verbose=False)


@pytest.mark.parametrize(
    ("locale", "words"), [("en-GB", "There is no document yet"), ("ja-JP", "文書がまだありません")]
)
def test_an_empty_library_says_how_to_add_a_document(browser, served, opened, shoot, locale, words):
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale) as context:
        page = opened(context.new_page(), served([]))
        expect(page.locator("#masthead")).to_contain_text(words)
        expect(page.locator("#masthead")).to_contain_text("communique ingest")
        page.get_by_role("tab").nth(1).click()
        expect(page.locator("#reader")).to_contain_text("communique ingest")
        shoot(page, f"empty-{locale}")


def test_a_missing_model_is_said_on_the_first_screen_with_what_to_do(browser, served, sections, opened, ask, shoot):
    notice = "Answers quote without a language model: <b>m.gguf</b> is not here; communique models fetch brings it"
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        page = opened(context.new_page(), served([sections[0].document], notice=notice))
        expect(page.locator("#welcome")).to_contain_text(notice)
        shoot(page, "wide-notice")
        ask(page, "When did it meet?")
        expect(page.locator("#notice")).to_be_hidden()


def test_a_question_that_is_too_long_is_told_in_one_line(browser, served, sections, opened, ask, assistant):
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), served([sections[0].document]))
        assistant.refused = AssistantError("The question is longer than 2000 characters; shorten it.")
        ask(page, "why " * 600)
        expect(page.locator(".status-problem")).to_have_text("Not answered")
        expect(page.locator(".turn-problem")).to_contain_text("longer than 2000 characters")


def test_a_server_that_is_gone_is_told_and_the_page_stays(browser, assistant, sections, opened, ask):
    served = build_page(assistant, [sections[0].document], sections=sections)
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), start(served, "127.0.0.1", 0))
        ask(page, "When did it meet?")
        served.close(verbose=False)
        page.locator("#question textarea").fill("Who was there?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
        expect(page.locator("#question textarea")).to_have_value("Who was there?")
        expect(page.locator("#talk .status-answered")).to_be_visible()
        assert "Traceback" not in page.content()
