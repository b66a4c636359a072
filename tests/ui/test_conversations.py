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


def _titles(page) -> list[str]:
    summary = page.locator("#conversations .list summary")
    summary.click()
    found = page.locator("#conversations .pick").all_inner_texts()
    summary.click()
    return found


def test_two_tabs_of_one_browser_keep_each_other_s_conversations(page, ask, opened, url):
    other = opened(page.context.new_page(), url)
    ask(page, "How is safety regulated?")
    ask(other, "When did the Council meet?")
    ask(page, "Who was there?")
    opened(page, url)
    expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?", "Who was there?"])
    assert _titles(page) == ["When did the Council meet?", "How is safety regulated?"]
    opened(other, url)
    expect(other.locator("#talk .question")).to_have_text(["When did the Council meet?"])
    assert _titles(other) == ["When did the Council meet?", "How is safety regulated?"]


def test_of_one_conversation_in_two_tabs_the_newest_stays(page, ask, opened, url):
    ask(page, "How is safety regulated?")
    other = opened(page.context.new_page(), url)
    expect(other.locator("#talk .question")).to_have_count(1)
    ask(page, "Who was there?")
    ask(other, "When did the Council meet?")
    opened(page, url)
    expect(page.locator("#talk .question")).to_have_text(["How is safety regulated?", "When did the Council meet?"])
    assert _titles(page) == ["How is safety regulated?"]


def test_what_one_tab_deletes_another_does_not_bring_back(page, ask, opened, url):
    ask(page, "How is safety regulated?")
    other = opened(page.context.new_page(), url)
    expect(other.locator("#talk .question")).to_have_count(1)
    page.locator("#conversations .list summary").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Really delete?").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    ask(other, "Who was there?")
    other.locator("#fresh").click()
    expect(other.locator("#talk .turn")).to_have_count(0)
    ask(other, "When did the Council meet?")
    opened(page, url)
    assert _titles(page) == ["When did the Council meet?"]


def test_the_oldest_conversations_give_way_before_the_browser_is_full(page, ask, opened, url):
    ask(page, "How is safety regulated?")
    page.evaluate(
        """() => {
            const [key] = Object.keys(localStorage).filter((one) => one.startsWith("communique/kept/"));
            const whole = JSON.parse(localStorage.getItem(key));
            for (let number = 1; number <= 20; number++) {
                const id = number.toString(16).padStart(32, "0");
                const turns = [{ ...whole.turns[0], message: "x".repeat(19000) }, ...Array(4).fill(whole.turns[0])];
                const padded = { ...whole, id, title: `No. ${number}`, begun: number, changed: number, turns };
                const text = JSON.stringify({ ...padded, turns: Array(4).fill(turns).flat() });
                localStorage.setItem(`communique/kept/${id}`, text);
            }
        }"""
    )
    opened(page, url)
    page.locator("#fresh").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    ask(page, "When did the Council meet?")
    size = "Object.values(localStorage).reduce((sum, text) => sum + text.length, 0)"
    assert page.evaluate(size) < 1_600_000
    opened(page, url)
    titles = _titles(page)
    assert 3 < len(titles) < 20
    assert titles[:2] == ["When did the Council meet?", "How is safety regulated?"]
    assert "No. 1" not in titles


def test_a_long_conversation_is_shown_whole_in_order_after_being_put_together(page, ask, opened, url):
    questions = [f"When did the Council meet, asked for time {number}?" for number in range(1, 7)]
    for question in questions:
        ask(page, question)
    for _ in range(2):
        expect(page.locator("#talk .question")).to_have_text(questions)
        for number in range(1, 7):
            page.locator(f"[data-source=source-{number}-1]").click()
            expect(page.locator(f"#source-{number}-1 mark")).to_be_visible()
        assert page.locator("#side .card").count() == 6
        opened(page, url)
    page.locator("#fresh").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    assert page.locator("#side .card").count() == 0


def test_a_page_that_missed_an_exchange_asks_for_all_of_them(page, ask):
    ask(page, "How is safety regulated?")
    ask(page, "Who was there?")
    page.evaluate("document.querySelector('#past .exchanges').replaceChildren()")
    page.locator("#question textarea").fill("When did the Council meet?")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .question")).to_have_text(
        ["How is safety regulated?", "Who was there?", "When did the Council meet?"]
    )
