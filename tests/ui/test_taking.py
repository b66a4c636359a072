"""Taking answers away, and saying what one thinks of them, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from assistant.feedback import Feedback
from assistant.ui import build_page, start, stop

pytestmark = pytest.mark.browser


def _taken(page, where, form: str) -> Path:
    where.locator("summary").click()
    with page.expect_download() as download:
        where.get_by_role("button", name=form).first.click()
    return Path(download.value.path())


def test_an_answer_and_a_conversation_are_exported_in_every_form(page, assistant, ask, shoot):
    ask(page, "How is safety regulated?")
    ask(page, "When did it meet?")
    one, whole = page.locator("#current .take"), page.locator("#conversations .take")
    sentences = [paragraph.text for paragraph in docx.Document(str(_taken(page, one, "Word"))).paragraphs]
    assert "The third Ministerial Japan-UK Digital Council took place on 22 January 2025." in sentences
    assert "The latest exchange took place in October 2024." not in sentences
    assert len(json.loads(_taken(page, whole, "JSON").read_text(encoding="utf-8"))["answers"]) == 2
    markdown = _taken(page, whole, "Markdown").read_text(encoding="utf-8")
    assert "[^4]: " in markdown
    beside = page.locator("#current .take").get_by_role("group", name="Whole conversation")
    page.locator("#current .take summary").click()
    shoot(page, "wide-export")
    with page.expect_download() as download:
        beside.get_by_role("button", name="JSON").click()
    assert len(json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"]) == 2
    page.locator("#past .take summary").click()  # of one exchange there is nothing else to be taken
    expect(page.locator("#past .take").get_by_role("button")).to_have_count(3)


def test_a_menu_goes_when_something_else_is_used_and_with_escape(page, ask):
    ask(page, "When did it meet?")
    one, whole = page.locator("#current .take"), page.locator("#conversations .take")
    for menu in (one, whole):  # the second one takes the place of the first
        menu.locator("summary").click()
        expect(menu.get_by_role("button", name="Word")).to_be_visible()
    expect(one.get_by_role("button", name="Word")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(whole.get_by_role("button", name="Word")).to_be_hidden()
    expect(whole.locator("summary")).to_be_focused()
    one.locator("summary").click()
    page.locator("#talk .question").click()
    expect(one.get_by_role("button", name="Word")).to_be_hidden()


def test_an_answer_is_copied_with_its_sources(browser, url, opened, ask):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-GB") as context:
        page = opened(context.new_page(), url)
        ask(page, "When did it meet?")
        page.get_by_role("button", name="Copy answer").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "22 January 2025. [1]" in copied
        assert "\n[1] UK-Japan Joint Statement" in copied
        assert "› Ministerial Digital Council Meeting, paragraph 1" in copied


def test_there_are_no_thumbs_where_nobody_would_get_them(page, ask):
    ask(page, "When did it meet?")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_be_hidden()


def test_thumbs_and_notes_are_kept(browser, assistant, sections, opened, ask, shoot, tmp_path):
    feedback = Feedback(tmp_path / "feedback.jsonl")
    served = build_page(assistant, [sections[0].document], sections=sections, feedback=feedback)
    try:
        with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
            page = opened(context.new_page(), start(served, "127.0.0.1", 0))
            ask(page, "How is safety regulated?")
            page.get_by_role("button", name="Helpful", exact=True).click()
            expect(page.locator("#current .thanks")).to_contain_text("Thank you.")
            ask(page, "Who was there?")
            liked = page.locator("#past").get_by_role("button", name="Helpful", exact=True)
            expect(liked).to_have_attribute("aria-pressed", "true")
            liked.click()  # is not sent again
            bad = page.locator("#current").get_by_role("button", name="Not helpful")
            bad.click()
            form = page.locator("#current .remark[data-verdict=bad]")
            form.get_by_label("[4]").check()
            form.get_by_label("What should be different?").fill("<b>Name</b> them all.")
            shoot(page, "wide-complaint")
            form.get_by_role("button", name="Send").click()
            expect(form).to_be_hidden()
            expect(page.locator("#current .thanks")).to_contain_text("Thank you.")
    finally:
        stop(served)
    good, bad_row = feedback.rows()
    assert (good.verdict, good.turns) == ("good", ("How is safety regulated?",))
    assert (bad_row.verdict, bad_row.note, bad_row.wrong_citation) == ("bad", "<b>Name</b> them all.", True)
    assert bad_row.wrong_citations == (4,)
    assert bad_row.turns == ("How is safety regulated?", "Who was there?")


def test_a_note_on_a_helpful_answer_belongs_to_it_in_japanese_too(
    browser, served, opened, ask, serious, overflow, shoot, tmp_path
):
    feedback = Feedback(tmp_path / "feedback.jsonl")
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP") as context:
        page = opened(context.new_page(), served(feedback=feedback))
        ask(page, "How is safety regulated?")
        page.get_by_role("button", name="役に立った", exact=True).click()
        note = page.get_by_label("役に立った点")
        expect(note).to_be_visible()
        expect(page.locator(".thanks")).to_contain_text("一言を添えられます")
        assert [(row.verdict, row.note) for row in feedback.rows()] == [("good", "")]
        assert serious(page) == []
        assert overflow(page) <= 0
        note.fill("法律の名前が<b>両方</b>ある")
        shoot(page, "phone-praise")
        page.locator(".remark:not([hidden])").get_by_role("button", name="送信").click()
        expect(note).to_be_hidden()
        expect(page.locator(".thanks")).not_to_contain_text("添えられます")
    (row,) = feedback.rows()
    assert (row.verdict, row.note) == ("good", "法律の名前が<b>両方</b>ある")
