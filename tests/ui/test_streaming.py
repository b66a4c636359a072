"""An answer on its way: what is shown when, and how it is ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_stop_ends_the_questions_that_were_to_follow(page, assistant, starters):
    assistant.gate.clear()
    questions = next(one.english for one in starters if len(one.english) > 1)
    page.get_by_role("button", name=" → ".join(questions)).click()
    page.locator("#stop").click()
    expect(page.locator(".turn-stopped")).to_be_visible()
    assistant.gate.set()
    page.wait_for_timeout(700)
    expect(page.locator("#talk .turn")).to_have_count(1)
    assert len(assistant.asked) == 1


def test_what_is_found_is_shown_at_once_and_then_the_answer_as_it_grows(page, assistant, shoot):
    assistant.gate.clear()
    assistant.slow.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.locator("#ask").click()
    expect(page.locator(".turn-pending .question")).to_have_text("How is safety regulated?")
    expect(page.locator("#status p")).to_have_text("Closest passages found, reading them…")
    expect(page.locator("#sources .nearest .card")).to_have_count(2)
    expect(page.locator("#talk .marker")).to_have_count(0)
    shoot(page, "wide-found")
    assistant.gate.set()
    expect(page.locator(".turn-pending .sentence")).to_have_count(1)
    expect(page.locator("#source-1-1 mark")).to_be_visible()
    expect(page.locator("#sources .nearest")).to_have_count(0)
    shoot(page, "wide-growing")
    assistant.slow.set()
    expect(page.locator("#status p")).to_have_text("Partly, 3 sources")
    expect(page.locator("#talk .sentence")).to_have_count(3)
    expect(page.locator("#question textarea")).to_be_focused()


def test_stop_ends_the_answer_and_keeps_what_was_there(page, assistant, ask, shoot):
    assistant.slow.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn-pending .sentence")).to_have_count(1)
    page.locator("#stop").click()
    expect(page.locator(".turn-stopped .status")).to_have_text("Stopped")
    expect(page.locator(".turn-stopped .sentence")).to_have_count(1)
    expect(page.locator("#ask")).to_be_visible()
    shoot(page, "wide-stopped")
    assistant.slow.set()
    page.wait_for_timeout(700)  # the run that was given up ends, and must not put back what it showed
    expect(page.locator(".turn-stopped .status")).to_have_text("Stopped")
    expect(page.get_by_text("Error", exact=True)).to_have_count(0)  # gradio's own sign of an event that failed
    expect(page.get_by_role("button", name="Clear", include_hidden=True)).to_have_count(0)
    ask(page, "When did the Council meet?")
    expect(page.locator("#talk .turn")).to_have_count(2)
    assert assistant.asked[-1][1] == ()


def wait_until(page, holds) -> None:
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("in vain")


def test_stop_ends_the_reading_itself_and_nobody_else_s(page, browser, url, opened, assistant):
    assistant.gate.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#sources .nearest")).to_be_visible()
    with browser.new_context(locale="en-GB") as context:
        other = opened(context.new_page(), url)
        other.locator("#question textarea").fill("Who was there?")
        other.keyboard.press("Enter")
        expect(other.locator("#sources .nearest")).to_be_visible()  # whoever else is being answered
        page.locator("#stop").click()
        wait_until(page, lambda: assistant.given_up == ["How is safety regulated?"])
        assistant.gate.set()
        expect(other.locator("#current .status-answered")).to_be_visible()
    assert assistant.given_up == ["How is safety regulated?"]
    expect(page.locator("#talk .status")).to_have_text(["Stopped"])


def test_a_closed_tab_ends_the_reading_of_what_was_asked_in_it(page, browser, url, opened, assistant):
    assistant.gate.clear()
    with browser.new_context(locale="en-GB") as context:
        leaving = opened(context.new_page(), url)
        leaving.locator("#question textarea").fill("How is safety regulated?")
        leaving.keyboard.press("Enter")
        expect(leaving.locator("#sources .nearest")).to_be_visible()
        leaving.close()
        wait_until(page, lambda: assistant.given_up == ["How is safety regulated?"])


@pytest.mark.parametrize("way", ["another question", "a new conversation"])
def test_what_takes_the_place_of_a_question_ends_its_reading(page, assistant, way):
    assistant.gate.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#sources .nearest")).to_be_visible()
    if way == "another question":
        page.locator("#question textarea").fill("Who was there?")
        page.keyboard.press("Enter")
    else:
        page.locator("#fresh").click()
    wait_until(page, lambda: assistant.given_up == ["How is safety regulated?"])


def test_escape_stops_too(page, assistant):
    assistant.gate.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#stop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".turn-stopped")).to_be_visible()


def test_a_new_question_takes_the_place_of_one_being_answered(page, assistant):
    assistant.gate.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#sources .nearest")).to_be_visible()
    page.locator("#question textarea").fill("When did the Council meet?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn-stopped .question")).to_have_text("How is safety regulated?")
    assistant.gate.set()
    expect(page.locator("#current .status-answered")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#talk .turn")).to_have_count(2)
    expect(page.locator("#current .question")).to_have_text("When did the Council meet?")
    expect(page.locator("#talk .status")).to_have_text(["Stopped", "Answered"])


def test_the_page_does_not_jump_while_an_answer_grows(page, assistant):
    assistant.gate.clear()
    assistant.slow.clear()
    page.locator("#question textarea").fill("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#sources .nearest")).to_be_visible()
    expect(page.locator("#fresh")).to_be_visible()
    page.wait_for_timeout(800)
    heads = "document.querySelector('#current .question').getBoundingClientRect().top"
    foot = "document.querySelector('#composer').getBoundingClientRect().top"
    before = page.evaluate(f"[{heads}, {foot}]")
    assistant.gate.set()
    expect(page.locator(".turn-pending .sentence")).to_have_count(1)
    assistant.slow.set()
    expect(page.locator("#talk .status")).to_be_visible()
    assert page.evaluate(f"[{heads}, {foot}]") == before
