"""Choosing documents on the page, with a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.ui import build_page, start, stop
from corpus.types import Document

pytestmark = pytest.mark.browser


@pytest.fixture
def url(assistant, sections) -> Iterator[str]:
    documents = [
        sections[0].document,
        Document("second", "Second Compact", "", ""),
        Document("third", "Third Act", "", ""),
    ]
    page = build_page(assistant, documents, sections=sections)
    yield start(page, "127.0.0.1", 0)
    stop(page)


def choose(page: Page, words: str) -> None:
    """Choose a document by keyboard alone."""
    page.locator("#picker input").focus()
    page.keyboard.type(words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_all_documents_are_asked_until_one_is_chosen(page, ask, assistant, sections) -> None:
    ask(page, "When was the meeting?")

    assert assistant.asked[-1][2] == (sections[0].document.id, "second", "third")


def test_the_chosen_documents_are_asked_and_named_and_stay_chosen(page, ask, assistant) -> None:
    choose(page, "Second")
    expect(page.locator("#masthead")).to_contain_text("Second Compact")
    expect(page.locator("#masthead")).not_to_contain_text("Third Act")

    ask(page, "When was the meeting?")
    ask(page, "Who was there?")

    assert [asked[2] for asked in assistant.asked] == [("second",), ("second",)]
    choose(page, "Third")
    expect(page.locator("#masthead")).to_contain_text("2 documents")


def test_the_picker_has_a_name_in_the_language_of_the_browser(browser, url, opened) -> None:
    for locale, word in (("en-GB", "Documents to ask"), ("ja-JP", "質問する文書")):
        with browser.new_context(locale=locale) as context:
            expect(opened(context.new_page(), url).get_by_label(word)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picker_can_be_read_by_everyone(browser, url, opened, serious, shoot, scheme) -> None:
    with browser.new_context(color_scheme=scheme, locale="en-GB") as context:
        page = opened(context.new_page(), url)
        expect(page.locator("#picker input")).to_be_visible()
        assert serious(page) == []
        choose(page, "Second")
        expect(page.locator("#masthead")).to_contain_text("Second Compact")
        assert serious(page) == []
        shoot(page, f"picker-{scheme}")
