"""Documents brought in from the page."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.stock import Stock
from corpus.types import Document, Section

pytestmark = pytest.mark.browser


def _file(name: str, content: bytes = b"# Title\n\nSome words.\n") -> dict[str, object]:
    return {"name": name, "mimeType": "text/markdown", "buffer": content}


@pytest.fixture
def with_two(library, sections) -> Stock:
    """What the library holds once the good one is in."""
    document = Document("good", "The good one", "good.md", "a" * 64)
    added = Section(document, ("The good one",), "the-good-one", "It is good.\n\nIt is short.", page=None)
    library.then = replace(
        library.held, documents=(*library.held.documents, document), sections=(*library.held.sections, added)
    )
    return library.then


@pytest.fixture
def visitor(browser, served, opened):
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        yield opened(context.new_page(), served())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_to_add_documents_can_be_read(browser, served, opened, serious, scheme):
    with browser.new_context(color_scheme=scheme, locale="en-GB") as context:
        page = opened(context.new_page(), served())
        page.locator(".add summary").click()
        expect(page.locator(".add input[type=file]")).to_be_visible()
        assert serious(page) == []


def _choose(page, *files) -> None:
    if page.locator(".add[open]").count() == 0:
        page.locator(".add summary").click()
    page.get_by_label("Choose files").set_input_files(list(files))


def test_a_document_is_in_the_head_the_text_and_the_answers_at_once(
    visitor, library, with_two, assistant, ask, serious, shoot
):
    page = visitor
    page.locator(".add summary").click()
    expect(page.locator(".add")).to_contain_text("the library folder of the computer that runs Communiqué")
    expect(page.locator(".add")).to_contain_text("up to 1 MB each")
    shoot(page, "adding")
    _choose(page, _file("good.md"))
    expect(page.get_by_role("heading", name="Reading and adding")).to_be_visible()
    expect(page.locator(".far")).to_contain_text("1 of 4")
    library.gate.set()
    expect(page.locator(".brought li")).to_have_text("good.md: added as “The good one”")
    expect(page.locator("#masthead")).to_contain_text("2 documents")
    expect(page.locator(".state")).to_have_count(0)
    assert serious(page) == []
    shoot(page, "added")
    ask(page, "When did the Council meet?")
    assert assistant.asked[-1][2] == with_two.ids
    page.get_by_role("tab", name="The text").click()
    page.locator("#reader").get_by_label("Document").select_option("good")
    expect(page.locator("#reader .text")).to_contain_text("It is good.")


def test_each_refused_file_is_named_in_a_line_of_its_own(visitor, library, with_two, shoot):
    library.gate.set()
    page = visitor
    large = _file("large.md", b"x" * (1024 * 1024 + 1))
    _choose(page, _file("scan.md", b"scan"), _file("<i>.md", b"tag"), large, _file("good.md"))
    expect(page.locator(".brought li")).to_have_text(
        [
            "good.md: added as “The good one”",
            "large.md: not added: it is larger than 1 MB",
            "scan.md: not added: it has no text <b>",
            "<i>.md: not added: it has no text <b>",
        ]
    )
    assert [file.name for file in library.brought] == ["scan.md", "<i>.md", "good.md"]
    shoot(page, "refused-files")


def test_what_became_of_files_is_hidden_by_its_button_or_by_a_question(visitor, library, with_two, ask):
    library.gate.set()
    page = visitor
    for way in ("button", "question"):
        _choose(page, _file("good.md"))
        expect(page.locator(".brought li")).to_have_count(1)
        if way == "button":
            page.get_by_role("button", name="Hide").press("Enter")
            expect(page.locator(".add summary")).to_be_focused()
        else:
            ask(page, "When did the Council meet?")
        expect(page.locator(".brought")).to_be_hidden()
        expect(page.get_by_label("Choose files")).to_be_hidden()


def test_nothing_that_was_sent_stays_in_the_door(visitor, library, with_two):
    library.gate.set()
    _choose(visitor, _file("good.md", b"# Unmistakable words\n"))
    expect(visitor.locator(".brought li")).to_have_count(1)
    door = Path(tempfile.gettempdir()) / "gradio"
    assert not [path for path in door.rglob("good.md") if path.read_bytes() == b"# Unmistakable words\n"]
    for file in library.brought:
        file.path.unlink()


def test_a_file_is_added_by_the_keyboard_alone(visitor, library, with_two):
    page = visitor
    library.gate.set()
    page.on("filechooser", lambda chooser: chooser.set_files([_file("good.md")]))
    page.locator("#question textarea").focus()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.add summary')"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Choose files")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".brought li")).to_have_count(1)
    expect(page.get_by_label("Choose files")).to_be_focused()


def test_on_a_japanese_page_it_is_said_in_japanese_why_a_file_is_not_in(browser, served, opened, library, shoot):
    library.gate.set()
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP") as context:
        page = opened(context.new_page(), served())
        page.locator(".add summary").click()
        sent = [_file("scan.pdf"), _file("table.xlsx"), _file("odd.md")]
        page.get_by_label("ファイルを選択").set_input_files(sent)
        lines = page.locator(".brought li")
        expect(lines).to_have_count(3)
        expect(lines.nth(0)).to_contain_text("scan.pdf：追加していません：文字が見つかりません。スキャン画像であれば")
        expect(lines.nth(1)).to_contain_text("この種類のファイルは読み取れません")
        expect(lines.nth(2).locator("[lang=en]")).to_have_text("it has no text <b>")  # what is not known is not guessed
        shoot(page, "refused-files-ja")


def test_on_a_phone_the_form_fits(browser, served, opened, library, with_two, overflow, shoot):
    library.gate.set()
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP") as context:
        page = opened(context.new_page(), served())
        page.locator(".add summary").click()
        page.get_by_label("ファイルを選択").set_input_files([_file("good.md"), _file("a-very-long-name-" * 6 + ".md")])
        expect(page.locator(".brought li")).to_have_count(2)
        assert overflow(page) <= 0
        shoot(page, "phone-adding")
