"""Whoever uses the keyboard keeps their place: what is hidden or made anew does not take the focus with it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from playwright.sync_api import expect

from corpus.types import Document, Section

pytestmark = pytest.mark.browser


def tab_to(page, selector: str, key: str = "Shift+Tab") -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached")


@pytest.fixture
def rated(browser, served, opened, ask):
    """A page with feedback, on which a question was answered; nothing of it is kept."""

    class Box:
        rows: ClassVar[list[tuple[str, ...]]] = []

        def add(self, turns, verdict, note, *, wrong_citations=()) -> str:
            self.rows.append((verdict, note, tuple(wrong_citations)))
            return "its row"

        def remark(self, row, note) -> None:
            self.rows.append((row, note))

    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        page = opened(context.new_page(), served(feedback=Box()))
        ask(page, "How is safety regulated?")
        yield page, Box.rows


@pytest.mark.parametrize("menu", ["#current .take", "#conversations .take"])
def test_what_was_exported_leaves_the_focus_on_the_menu(page, ask, menu):
    ask(page, "How is safety regulated?")
    tab_to(page, f"{menu} summary")
    page.keyboard.press("Enter")
    tab_to(page, f"{menu} [data-take=word]", "Tab")
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.locator(f"{menu} summary")).to_be_focused()


def test_a_complaint_is_made_by_the_keyboard_alone(rated):
    page, rows = rated
    tab_to(page, "[data-rate=bad]")
    page.keyboard.press("Enter")
    tab_to(page, "[name=wrong][value='2']")
    page.keyboard.press("Space")
    tab_to(page, "[name=note]", "Tab")
    page.keyboard.type("Not that one")
    tab_to(page, ".remark [type=submit]", "Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".thanks")).to_contain_text("Thank you")
    expect(page.locator("[data-rate=bad]")).to_be_focused()
    assert rows == [("bad", "Not that one", (2,))]


def test_helpful_counts_at_once_keeps_the_focus_and_takes_a_note_by_the_keyboard_alone(rated):
    page, rows = rated
    tab_to(page, "[data-rate=good]")
    page.keyboard.press("Enter")
    note = page.get_by_label("What helped?")
    expect(note).to_be_visible()
    assert rows == [("good", "", ())]
    expect(page.locator("[data-rate=good]")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="You can add a note below")).to_be_visible()
    tab_to(page, "[name=note]", "Tab")
    page.keyboard.type("It names both laws")
    tab_to(page, ".remark [type=submit]", "Tab")
    page.keyboard.press("Enter")
    expect(note).to_be_hidden()
    expect(page.locator("[data-rate=good]")).to_be_focused()
    expect(page.locator(".thanks")).not_to_contain_text("note")
    assert rows == [("good", "", ()), ("its row", "It names both laws")]
    page.keyboard.press("Enter")  # for one more note, and no second thumb
    expect(note).to_be_focused()
    expect(note).to_have_value("")
    page.locator("[data-rate=bad]").press("Enter")  # one of the two notes at a time
    expect(note).to_be_hidden()
    expect(page.get_by_label("What should be different?")).to_be_focused()
    expect(page.locator("[data-rate=good]")).to_have_attribute("aria-expanded", "false")
    assert len(rows) == 2


def test_a_conversation_is_renamed_opened_and_deleted_by_the_keyboard_alone(page, ask):
    ask(page, "How is safety regulated?")
    page.locator("#fresh").click()
    expect(page.locator("#talk .turn")).to_have_count(0)
    ask(page, "When did the Council meet?")
    tab_to(page, "#conversations .list summary")
    page.keyboard.press("Enter")
    tab_to(page, "li:last-child [data-edit]", "Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("On safety")
    page.keyboard.press("Enter")
    expect(page.locator("#conversations .pick").last).to_have_text("On safety")
    expect(page.locator("#conversations li:last-child [data-edit]")).to_be_focused()
    tab_to(page, ".pick")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .question")).to_have_text("How is safety regulated?")
    expect(page.locator("#question textarea")).to_be_focused()
    tab_to(page, "#conversations .list summary")
    page.keyboard.press("Enter")
    for left in (1, 0):
        tab_to(page, "[data-delete]", "Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#conversations .pick")).to_have_count(left)
        expect(page.locator("#conversations .pick" if left else "#question textarea")).to_be_focused()


def test_a_name_that_is_left_blank_leaves_the_focus_where_it_was_asked_for(page, ask):
    ask(page, "How is safety regulated?")
    page.locator("#conversations .list summary").click()
    page.locator("[data-edit]").press("Enter")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.locator("[data-edit]")).to_be_focused()
    expect(page.locator("#conversations .pick")).to_have_text("How is safety regulated?")


def test_another_document_is_chosen_in_the_text_and_the_choice_keeps_the_focus(browser, served, opened, library):
    document = Document("second", "Second Compact", "second.md", "a" * 64)
    section = Section(document, ("Second Compact",), "second", "It was signed.", page=None)
    library.held = replace(
        library.held,
        documents=(*library.held.documents, document),
        sections=(*library.held.sections, section),
    )
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), served())
        page.get_by_role("tab", name="The text").click()
        choice = page.locator("#reader").get_by_label("Document")
        choice.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#reader .text")).to_contain_text("It was signed.")
        expect(choice).to_be_focused()


_COVERS = """() => {
    const field = document.activeElement, style = getComputedStyle(field);
    const label = field.labels[0].querySelector("span");
    const ring = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
    return field.getBoundingClientRect().top - ring < label.getBoundingClientRect().bottom - 3;
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_line_around_a_field_does_not_cover_its_label(rated, ask, width):
    page, _ = rated
    page.set_viewport_size({"width": width, "height": 740})
    ask(page, "Who was there?")
    fields = [
        ".standalone textarea",
        "#current [data-verdict=bad] [name=note]",
        "#conversations [name=title]",
        "#reader [name=words]",
    ]
    covered = []
    for field in fields:
        if "note" in field:
            page.locator("#current [data-rate=bad]").press("Enter")
        elif "title" in field:
            page.locator("#conversations .list summary").press("Enter")
            page.locator("[data-edit]").press("Enter")
        elif "words" in field:
            page.get_by_role("tab", name="The text").click()
        page.locator(field).focus()
        covered += [field] if page.evaluate(_COVERS) else []
    assert covered == []
