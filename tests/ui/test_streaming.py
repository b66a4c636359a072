"""An answer on its way: what is shown when, and how it is ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_stop_ends_the_questions_that_were_to_follow(page, assistant, examples):
    assistant.gate.clear()
    questions = next(example for example in examples if len(example) > 1)
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
    ask(page, "When did the Council meet?")
    expect(page.locator("#talk .turn")).to_have_count(2)
    assert assistant.asked[-1][1] == ()


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
