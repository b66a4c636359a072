"""Several conversations, kept in the browser and nowhere else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def _list(page):
    page.locator("#conversations .list summary").click()
    return page.locator("#conversations li")


def test_a_conversation_is_there_again_after_a_reload(page, assistant, ask, opened, url):
    ask(page, "How is safety regulated?")
    ask(page, "Who was there?")
    opened(page, url)
    expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?", "Who was there?"])
    page.locator("[data-source=source-1-2]").click()
    expect(page.locator("#source-1-2 mark")).to_have_text("The latest exchange took place in October 2024.")
    ask(page, "When did it meet?")
    assert [turn.question for turn in assistant.asked[-1][1]] == ["How is safety regulated?", "Who was there?"]


def test_conversations_are_begun_picked_renamed_and_deleted(page, ask, opened, url, shoot):
    ask(page, "How is safety regulated?")
    page.locator("#fresh").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    ask(page, "When did the Council meet?")
    items = _list(page)
    expect(items.locator(".pick")).to_have_text(["When did the Council meet?", "How is safety regulated?"])
    items.nth(1).get_by_role("button", name="Rename").click()
    items.nth(1).get_by_label("Title").fill("Safety")
    shoot(page, "wide-conversations")
    page.keyboard.press("Enter")
    expect(items.locator(".pick")).to_have_text(["When did the Council meet?", "Safety"])
    items.nth(1).locator(".pick").click()
    expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?"])
    opened(page, url)
    expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?"])
    items = _list(page)
    items.nth(1).get_by_role("button", name="Delete").click()
    expect(items).to_have_count(2)
    items.nth(1).get_by_role("button", name="Really delete?").click()
    expect(items.locator(".pick")).to_have_text(["When did the Council meet?"])
    expect(page.locator("#talk .turn")).to_have_count(0)
    opened(page, url)
    expect(_list(page).locator(".pick")).to_have_text(["When did the Council meet?"])


def test_two_users_at_once_see_only_their_own(page, browser, url, assistant, ask, opened):
    assistant.gate.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn-pending")).to_be_visible()
    with browser.new_context() as other:
        second = opened(other.new_page(), url)
        second.locator("#question textarea").fill("When did the Council meet?")
        second.keyboard.press("Enter")
        expect(second.locator(".turn-pending")).to_be_visible()
        assistant.gate.set()
        expect(page.locator(".status-partial")).to_be_visible()
        expect(second.locator(".status-answered")).to_be_visible()
        opened(second, url)
        opened(page, url)
        expect(second.locator("#talk .question")).to_have_text(["When did the Council meet?"])
        expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?"])
        expect(_list(second)).to_have_count(1)
        assert "safety regulated" not in second.content()
