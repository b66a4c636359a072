"""What the page says when something is missing, wrong, or on its way: each in words, none with a stack trace."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.lacking import Lack, NoLLMError, Notice
from assistant.stock import Standing, Stock, Work
from assistant.types import TooLongError
from assistant.ui import build_page, start, stop

pytestmark = pytest.mark.browser

VIEWPORT = {"width": 1280, "height": 800}


@pytest.fixture
def visited(browser, served, opened):
    """Open a page on the library in a browser of its own, in English."""
    contexts = []

    def visit(locale: str = "en-GB", **given):
        contexts.append(browser.new_context(viewport=VIEWPORT, locale=locale))
        return opened(contexts[-1].new_page(), served(**given))

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("locale", "words", "choose"),
    [("en-GB", "Add the first one here", "Choose files"), ("ja-JP", "ここで最初の文書を追加", "ファイルを選択")],
)
def test_an_empty_library_says_what_to_do_with_the_upload_below_it(
    visited, library, serious, shoot, locale, words, choose
):
    library.held = Stock()
    page = visited(locale)
    expect(page.locator("#masthead")).to_contain_text(words)
    chooser = page.get_by_label(choose)
    expect(chooser).to_be_visible()
    below = page.locator("#masthead").bounding_box()
    box = chooser.bounding_box()
    assert below and box and box["y"] >= below["y"] + below["height"]
    expect(page.locator("#examples")).to_have_count(0)
    assert serious(page) == []
    shoot(page, f"empty-{locale}")


def test_an_empty_library_that_takes_no_uploads_names_the_command(visited, library, shoot):
    library.held, library.most_bytes = Stock(), 0
    page = visited()
    expect(page.locator("#masthead")).to_contain_text("communique ingest")
    expect(page.locator(".add")).to_have_count(0)
    page.get_by_role("tab", name="The text").click()
    expect(page.locator("#reader")).to_contain_text("communique ingest")


def test_a_library_being_made_ready_shows_how_far_it_is_and_then_itself(
    visited, library, sections, assistant, serious, shoot
):
    held, library.held = library.held, Stock()
    library.standings = [Standing(library=Work("Embedding", 12, 48), is_open=False)]
    page = visited()
    expect(page.get_by_role("heading", name="Getting the documents ready")).to_be_visible()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "12")
    expect(bar).to_have_attribute("max", "48")
    expect(page.locator(".far")).to_contain_text("12 of 48")
    assert serious(page) == []
    shoot(page, "opening")
    library.standings = [Standing(library=Work("Embedding", 36, 48), is_open=False)]
    expect(page.locator(".far")).to_contain_text("36 of 48")
    library.held, library.standings = held, [Standing()]
    expect(page.locator("#masthead")).to_contain_text(sections[0].document.title)
    expect(page.locator("#examples button")).to_have_count(6)
    expect(page.locator(".state")).to_have_count(0)
    page.locator("#examples button").first.click()
    expect(page.locator("#talk .status-answered")).to_be_visible()


def test_what_was_kept_and_a_link_are_found_once_the_library_is_ready(
    browser, served, opened, library, sections, ask, assistant
):
    with browser.new_context(viewport=VIEWPORT, locale="en-GB") as context:
        url = served()
        ask(opened(context.new_page(), url), "How is safety regulated?")
        held, library.held = library.held, Stock()
        library.standings = [Standing(library=Work(), is_open=False)]
        page = context.new_page()
        page.goto(f"{url}?doc={sections[0].document.id}&p={sections[2].anchor}%3A1")
        expect(page.get_by_role("heading", name="Getting the documents ready")).to_be_visible()
        expect(page.locator("#talk .question")).to_have_count(0)
        library.held, library.standings = held, [Standing()]
        expect(page.locator("#reader .is-target")).to_be_visible()
        page.get_by_role("tab", name="Ask").click()
        expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?"])
        expect(page.locator("#talk .marker")).to_have_count(3)


def test_a_library_that_cannot_be_opened_says_why_in_words(visited, library, serious, shoot):
    library.held = Stock()
    library.standings = [Standing(failed="The index <b> is damaged; run communique ingest --rebuild", is_open=False)]
    page = visited()
    expect(page.get_by_role("alert")).to_contain_text("The index <b> is damaged; run communique ingest --rebuild")
    assert "Traceback" not in page.content()
    assert serious(page) == []
    shoot(page, "failed")


def test_a_model_on_its_way_is_told_in_megabytes_and_then_no_more(visited, library, shoot):
    library.standings = [Standing(model=Work("fetching m.gguf", 430_000_000, 1_117_000_000))]
    page = visited()
    expect(page.get_by_role("heading", name="The language model is being fetched")).to_be_visible()
    expect(page.locator(".far")).to_contain_text("430 of 1117 MB")
    expect(page.locator("#examples button")).to_have_count(6)
    shoot(page, "fetching")
    library.standings = [Standing()]
    expect(page.locator(".state")).to_have_count(0)


def test_a_missing_model_is_said_on_the_first_screen_with_what_to_do(visited, library, ask, shoot):
    notice = "Answers quote without a language model: <b>m.gguf</b> is not here; communique models fetch brings it"
    library.held = replace(library.held, notice=notice)
    page = visited()
    expect(page.locator("#welcome")).to_contain_text(notice)
    shoot(page, "wide-notice")
    ask(page, "When did it meet?")
    expect(page.locator("#offered .notice")).to_be_hidden()


def test_a_model_s_server_that_is_down_is_said_under_the_answer(visited, assistant, ask, shoot):
    assistant.note = "The language model does not reply (connection refused), so this was read without it."
    page = visited()
    ask(page, "When did it meet?")
    expect(page.locator("#talk .note")).to_have_text(assistant.note)
    expect(page.locator("#talk .note")).to_be_in_viewport()
    shoot(page, "endpoint-down")


def test_a_japanese_page_says_so_in_japanese_and_after_a_reload_too(visited, assistant, ask, shoot):
    assistant.notice = "Answered without the language model (http://127.0.0.1:9/v1: cannot be reached)."
    assistant.note = f"{assistant.notice} 2 sentences from 1 section of the text."
    page = visited("ja-JP")
    ask(page, "When did it meet?")
    told = re.compile(r"^言語モデルから使える返答がなかったため、.+。 2 sentences from 1 section of the text\.$")
    expect(page.locator("#talk .note")).to_have_text(told)
    shoot(page, "endpoint-down-ja")
    page.reload()
    expect(page.locator("#talk .note")).to_have_text(told)


def test_a_question_that_is_too_long_is_told_in_one_line_and_given_back(visited, ask, assistant, shoot):
    page = visited()
    long = "why " * 600
    assistant.refused = TooLongError(2400, 2000)
    ask(page, long)
    expect(page.locator(".status-problem")).to_have_text("Not answered")
    expect(page.locator(".turn-problem .sentence")).to_have_text(
        "The question has 2,400 characters; the most is 2,000. Please ask a shorter one."
    )
    expect(page.locator(".turn-problem .sentence")).to_be_in_viewport()
    expect(page.locator("#question textarea")).to_have_value(long)
    shoot(page, "too-long")
    assistant.refused = None
    ask(page, "Who was there?")
    expect(page.locator("#question textarea")).to_have_value("")


def test_a_japanese_page_says_in_japanese_what_is_missing_or_wrong(visited, library, ask, assistant, shoot):
    missing = NoLLMError("m.gguf is not here; communique models fetch brings it", Lack.MISSING)
    library.held = replace(library.held, notice=Notice.of(f"Answers quote: {missing}", missing))
    page = visited("ja-JP")
    expect(page.locator("#welcome")).to_contain_text("言語モデルがないため")
    expect(page.locator("#welcome")).not_to_contain_text("m.gguf")
    assistant.refused = TooLongError(2400, 2000)
    ask(page, "why " * 600)
    told = "ご質問は2,400文字です。2,000文字以内でご質問ください。"
    expect(page.locator(".turn-problem .sentence")).to_have_text(told)
    expect(page.locator("#status")).to_contain_text(told)
    shoot(page, "too-long-ja")


def test_a_server_that_is_gone_is_told_and_the_page_stays(browser, assistant, sections, opened, ask):
    served = build_page(assistant, [sections[0].document], sections=sections)
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), start(served, "127.0.0.1", 0))
        ask(page, "When did it meet?")
        stop(served)
        page.locator("#question textarea").fill("Who was there?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
        expect(page.locator("#question textarea")).to_have_value("Who was there?")
        expect(page.locator("#talk .status-answered")).to_be_visible()
        assert "Traceback" not in page.content()
