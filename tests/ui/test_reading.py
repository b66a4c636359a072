"""Reading the text in a real browser: from a source, by a link, and searching within it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_source_opens_in_the_text_with_its_words_marked(page, assistant, ask, shoot):
    ask(page, "How is safety regulated?")
    citation = assistant.ask("How is safety regulated?").citations[2]
    page.locator("#source-1-3").get_by_role("button", name="Open in the text").click()
    target = page.locator("#reader .is-target")
    expect(target).to_be_in_viewport()
    expect(target).to_be_focused()
    assert target.locator("mark").text_content() == citation.quote
    assert page.locator("#reader mark").count() == 3
    shoot(page, "text-quoted")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator("#talk .marker")).to_have_count(3)


def test_a_link_opens_the_text_at_its_passage(page, browser, url, ask, shoot):
    ask(page, "How is safety regulated?")
    page.locator("#source-1-2").get_by_role("button", name="Open in the text").click()
    expect(page.locator("#reader .is-target")).to_be_in_viewport()
    assert "?doc=uk-japan-digital-council-2025-01&p=" in page.url
    words = page.locator("#reader .is-target").text_content()
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        other = context.new_page()
        other.goto(page.url)
        expect(other.locator("#reader .is-target")).to_be_in_viewport()
        assert other.locator("#reader .is-target").text_content() == words
        assert other.locator("#reader mark").count() == 0
        shoot(other, "phone-text")


def test_what_loads_above_a_place_does_not_move_it_and_who_reads_on_is_not_pulled_back(browser, url, opened):
    grow = "document.querySelector('#masthead').style.paddingBottom = '{}px'"
    with browser.new_context(viewport={"width": 1280, "height": 300}, reduced_motion="reduce") as context:
        page = opened(context.new_page(), url)
        page.get_by_role("tab", name="The text").click()
        last = page.locator("#reader [data-p]").last
        last.locator("a.number").click()
        page.wait_for_timeout(700)
        page.evaluate(grow.format(400))
        page.wait_for_timeout(200)
        expect(last).to_be_in_viewport()
        last.locator("a.number").click()
        page.mouse.move(700, 150)
        page.mouse.wheel(0, -600)
        page.wait_for_timeout(200)
        there = page.evaluate("scrollY")
        page.wait_for_timeout(700)
        page.evaluate("document.body.style.paddingBottom = '50px'")
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == there


@pytest.mark.parametrize("place", ["'\"><script>window.pwned=1</script>", "nowhere:9"])
def test_a_link_to_nowhere_shows_the_text(browser, url, place):
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(f"{url}?doc={quote(place)}&p={quote(place)}")
        expect(other.locator("#reader h2")).to_be_visible()
        assert other.evaluate("window.pwned") is None


def test_dashes_and_blanks_are_found_as_a_keyboard_has_them(page):
    page.get_by_role("tab", name="The text").click()
    page.get_by_label("Search within the text").fill("japan–uk  digital council")
    expect(page.locator("#reader .count")).to_contain_text("place")


def test_words_are_found_within_the_text(page, sections, shoot):
    page.get_by_role("tab", name="The text").click()
    page.get_by_label("Search within the text").fill("SEMICONDUCTOR")
    shown = page.locator("#reader .text").text_content().lower().count("semiconductor")
    expect(page.locator("#reader .count")).to_contain_text(f"{shown} places")
    page.keyboard.press("Enter")
    expect(page.locator("#reader .count")).to_have_text(f"1 / {shown}")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#reader .count")).to_have_text(f"{shown} / {shown}")
    shoot(page, "text-search")
    page.get_by_label("Search within the text").fill("xyzzy")
    expect(page.locator("#reader .count")).to_have_text("Not found")
    page.get_by_label("Search within the text").fill("")
    expect(page.locator("#reader .count")).to_have_text("")


def test_a_section_is_reached_from_the_contents(page, sections):
    page.get_by_role("tab", name="The text").click()
    last = sections[-1].heading
    page.get_by_role("navigation").get_by_role("link", name=last).click()
    expect(page.locator("#reader .is-target")).to_contain_text(last)
    expect(page.locator("#reader .is-target")).to_be_in_viewport()


def test_what_else_the_address_asks_for_stays_in_it(browser, url, opened):
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), f"{url}?from=office")
        page.get_by_role("tab", name="The text").click()
        page.locator("#reader a.number").first.click()
        expect(page).to_have_url(re.compile(r"\?from=office&doc=uk-japan-digital-council-2025-01&p="))
        page.get_by_role("tab", name="Ask").click()
        expect(page).to_have_url(re.compile(r"\?from=office$"))


def test_back_leads_from_the_text_to_the_answer_and_forward_to_the_text(page, ask):
    ask(page, "How is safety regulated?")
    page.locator("#source-1-2").get_by_role("button", name="Open in the text").click()
    expect(page.locator("#reader .is-target")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#talk .marker").first).to_be_visible()
    expect(page.locator("#current .question")).to_be_in_viewport()  # where it was left
    assert "doc=" not in page.url
    page.go_forward()
    expect(page.locator("#reader .is-target")).to_be_in_viewport()
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator("#talk .marker").first).to_be_visible()
    assert "doc=" not in page.url  # to open the page again leads to the conversation
