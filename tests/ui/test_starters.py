"""Questions to start with, on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import expect

from assistant.starters import Starter, kept_by_document
from assistant.stock import Stock
from assistant.ui.premises import starters as shown_starters
from assistant.ui.words import ENGLISH, JAPANESE
from corpus.types import Document

SECOND = Document("second", "Second Compact", "", "")
OWN = (Starter("second", ("Who signed <b>it</b>?",), ("誰が署名しましたか。",)),)


def buttons(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<button[^>]*>(.*?)</button>", html)]


def test_a_japanese_reader_gets_japanese_questions_where_they_are_understood(library, starters):
    stock = replace(library.held, translates=True)
    html = shown_starters(stock, stock.documents, JAPANESE)
    assert buttons(html) == [" → ".join(one.japanese) for one in starters]
    assert "notice" not in html


def test_else_they_are_in_english_and_it_is_said_why(library, starters):
    html = shown_starters(library.held, library.held.documents, JAPANESE)
    assert buttons(html) == [" → ".join(one.english) for one in starters]
    assert JAPANESE.only_english in html
    assert "notice" not in shown_starters(library.held, library.held.documents, ENGLISH)
    assert "notice" not in shown_starters(Stock(), (), JAPANESE)


def test_an_english_reader_gets_one_in_japanese_only_where_it_is_understood(library, starters):
    stock = replace(library.held, translates=True)
    assert buttons(shown_starters(stock, stock.documents, ENGLISH))[-1] == starters[-1].japanese[0]
    assert buttons(shown_starters(library.held, stock.documents, ENGLISH))[-1] == starters[-1].english[0]


def test_what_is_not_in_the_page_s_language_is_marked(library):
    stock = replace(library.held, notice="Answers quote without a language model.")
    html = shown_starters(stock, stock.documents, JAPANESE)
    assert html.count("<button type='button' dir='auto' lang='en'") == 6
    assert "<p class='notice' lang='ja'>" in html
    assert "<p class='notice' lang='en'>Answers quote" in html
    assert "lang='ja'" in shown_starters(replace(stock, translates=True), stock.documents, ENGLISH)


def test_markup_in_a_question_stays_words():
    html = shown_starters(Stock((SECOND,), (), kept_by_document(OWN)), (SECOND,), ENGLISH)
    assert buttons(html) == ["Who signed <b>it</b>?"]
    assert "<b>" not in html


@pytest.mark.browser
def test_they_follow_the_documents_that_are_chosen_and_are_asked_as_shown(
    browser, served, library, opened, assistant, starters
):
    held = library.held
    library.held = replace(held, documents=(*held.documents, SECOND), starters=kept_by_document((*starters, *OWN)))
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), served())
        expect(page.locator("#examples button")).to_have_count(6)
        expect(page.locator("#examples button").nth(1)).to_have_text("Who signed <b>it</b>?")
        page.locator("#picker input").focus()
        page.keyboard.type("Second")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(page.locator("#examples button")).to_have_text(["Who signed <b>it</b>?"])
        page.locator("#examples button").click()
        expect(page.locator("#talk .question")).to_have_text("Who signed <b>it</b>?")
        assert [(question, documents) for question, _, documents in assistant.asked] == [
            ("Who signed <b>it</b>?", ("second",))
        ]


@pytest.mark.browser
def test_a_japanese_page_says_that_it_is_and_what_of_it_is_english(
    browser, served, library, opened, ask, shoot, starters
):
    library.held = replace(library.held, translates=True)
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP") as context:
        page = opened(context.new_page(), served())
        expect(page.locator("#examples button")).to_have_text([" → ".join(one.japanese) for one in starters])
        expect(page.locator("html")).to_have_attribute("lang", "ja")
        shoot(page, "japanese-welcome")
        ask(page, "When did it meet?")
        expect(page.locator("#talk .sentence")).to_have_attribute("lang", "en")
        expect(page.locator("#sources blockquote p").first).to_have_attribute("lang", "en")
        page.locator("#sources [data-doc]").click()
        expect(page.locator("#reader .text")).to_have_attribute("lang", "en")
