"""The page for everyone: axe-core finds nothing serious, the keyboard alone does it all, in either language."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DARK = "words => Math.max(...getComputedStyle(document.querySelector(words)).color.match(/\\d+/g).slice(0, 3)) < 100"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_axe_finds_nothing_serious(browser, url, opened, ask, shoot, serious, scheme, width):
    viewport = {"width": width, "height": 740 if width == 360 else 900}
    with browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB") as context:
        page = opened(context.new_page(), url)
        found = {"welcome": serious(page)}
        shoot(page, f"{width}-{scheme}-welcome")
        ask(page, "How is safety regulated?")
        ask(page, "Who was there?")
        page.locator("[data-source=source-2-4]").click()
        found["answer"] = serious(page)
        shoot(page, f"{width}-{scheme}-answer")
        ask(page, "How much money?")
        page.locator("#conversations .list summary").click()
        found["refusal"] = serious(page)
        shoot(page, f"{width}-{scheme}-refusal")
        page.locator("#conversations .list summary").click()
        page.get_by_role("tab", name="The text").click()
        expect(page.locator("#reader h2")).to_be_visible()
        found["text"] = serious(page)
        shoot(page, f"{width}-{scheme}-text")
        page.get_by_role("tab", name="Accuracy").click()
        expect(page.locator("#evals h2")).to_be_visible()
        found["evals"] = serious(page)
    assert found == {"welcome": [], "answer": [], "refusal": [], "text": [], "evals": []}


def test_the_keyboard_alone_asks_checks_a_source_and_opens_it(page):
    def tab_to(selector: str) -> None:
        for _ in range(40):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    page.keyboard.type("How is safety regulated?")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .status-partial")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    for _ in range(10):
        if page.evaluate("document.activeElement.matches('.marker')"):
            break
        page.keyboard.press("Shift+Tab")
    expect(page.locator("#source-1-3")).to_have_class("card is-shown")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-3")).to_be_focused()
    tab_to("#source-1-3 .back")
    page.keyboard.press("Enter")
    expect(page.locator("[data-source=source-1-3]")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to("#source-1-3 [data-doc]")
    page.keyboard.press("Enter")
    expect(page.locator("#reader .is-target")).to_be_focused()


_COVERED = """() => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const names = `${focused.tagName} ${focused.getAttribute("aria-label") ?? focused.innerText}`;
    const over = `${there?.tagName} ${there?.id} ${there?.className}`;
    return focused === document.body || focused.contains(there) || there?.contains(focused) ? "" : `${names} < ${over}`;
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_the_focus_is_not_behind_what_stays_in_place(browser, url, opened, ask, width, key):
    with browser.new_context(viewport={"width": width, "height": 640}, locale="en-GB") as context:
        page = opened(context.new_page(), url)
        for question in ("How is safety regulated?", "How much money?", "How is safety regulated, then?"):
            ask(page, question)
        covered = set()
        for _ in range(60):
            page.keyboard.press(key)
            page.evaluate("new Promise(requestAnimationFrame)")
            covered.add(page.evaluate(_COVERED))
        assert covered == {""}


def test_a_japanese_browser_gets_a_japanese_page(browser, url, opened, ask, shoot):
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP") as context:
        page = opened(context.new_page(), url)
        expect(page.get_by_role("button", name="質問する")).to_be_visible()
        expect(page.locator("#masthead")).to_contain_text("ふつうの言葉で")
        expect(page.locator("#sources")).to_contain_text("出典")
        ask(page, "Who was there?")
        expect(page.locator("#talk .status")).to_have_text("回答あり")
        expect(page.locator("#source-1-1")).to_contain_text("第")
        expect(page.get_by_role("tab", name="原文")).to_be_visible()
        shoot(page, "japanese")


def test_motion_is_left_out_where_it_is_not_wanted(browser, url, opened, assistant):
    with browser.new_context(reduced_motion="reduce") as context:
        page = opened(context.new_page(), url)
        assistant.gate.clear()
        page.locator("#question textarea").fill("How is safety regulated?")
        page.keyboard.press("Enter")
        expect(page.locator(".waiting i").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.waiting i')).animationName") == "none"


def test_a_dark_page_prints_dark_on_white(browser, url, opened, ask):
    with browser.new_context(color_scheme="dark", locale="en-GB") as context:
        page = opened(context.new_page(), url)
        ask(page, "How is safety regulated?")
        page.emulate_media(media="print", color_scheme="dark")
        for words in ("#masthead .from", "#talk .question", "#talk .sentence", "#side blockquote", "#side .origin"):
            page.wait_for_function(DARK, arg=words)  # a colour may take a moment to change


def test_a_conversation_prints_with_all_its_sources_and_nothing_to_click(page, ask):
    ask(page, "How is safety regulated?")
    ask(page, "When did it meet?")
    page.emulate_media(media="print")
    for card in ("#source-1-1", "#source-1-3", "#source-2-4"):
        expect(page.locator(f"{card} mark")).to_be_visible()
    expect(page.locator("#source-1-3 .context").first).to_be_visible()
    for tool in ("#composer", "#conversations", "[role=tab]", ".tools", ".actions"):
        expect(page.locator(tool).first).to_be_hidden()


@pytest.mark.parametrize(("turns", "pages"), [(1, 1), (2, 1), (4, 2)])
def test_nothing_is_printed_behind_the_last_source(page, ask, tmp_path, turns, pages):
    for turn in range(turns):
        ask(page, f"When did the Council meet, asked for time {turn}?")
    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    words = [sheet.get_textpage().get_text_range() for sheet in printed]
    assert len(words) <= pages
    assert all(sheet.strip() for sheet in words)
    assert "".join(words).count("asked for time") == turns


def test_a_quote_is_copied_with_its_reference(browser, url, opened, ask):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-GB") as context:
        page = opened(context.new_page(), url)
        ask(page, "When did the Council meet?")
        beside = page.locator(".card [data-doc]").bounding_box()
        page.get_by_role("button", name="Copy quote with reference").click()
        expect(page.locator("#status p")).to_have_text("Copied")
        assert page.locator(".card [data-doc]").bounding_box() == beside  # nothing slides under a second click
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("“The third Ministerial Japan-UK Digital Council took place on 22 January 2025.”\n")
        assert ", paragraph 1, page " in copied


def test_the_policy_lets_nothing_from_outside_in(page, url):
    said = page.request.get(url).headers["content-security-policy"]
    assert "default-src 'self'" in said
    assert "object-src 'none'" in said
    blocked = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.blockedURI));
            const image = new Image();
            image.src = "https://attacker.example/leak.png";
            document.body.append(image);
            setTimeout(() => done("nothing was blocked"), 3000);
        })"""
    )
    assert blocked.startswith("https://attacker.example")
