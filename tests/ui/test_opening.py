"""What is shown before gradio's scripts have run, and what they may do."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import expect

from assistant.stock import Standing, Stock, Work
from corpus.types import Document

_SEEN = """() => {
    window.moved = 0;
    window.uncovered = null;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.moved += one.value)))
        .observe({ type: "layout-shift", buffered: true });
    const watch = new MutationObserver(() => {
        if (!document.querySelector("gradio-app") || document.querySelector("#opening")) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => {
            window.uncovered = [...document.querySelectorAll("#talk .question, #examples button, #reader h2")]
                .filter((one) => one.checkVisibility({ visibilityProperty: true })).map((one) => one.innerText);
        }));
    });
    watch.observe(document, { childList: true, subtree: true });
}"""  # what moved, and what stood there two frames after the page was uncovered


def _served(url: str, language: str = "en") -> str:
    return httpx.get(url, headers={"accept-language": language}, trust_env=False).text


def test_the_document_itself_says_what_the_page_is_in_the_reader_s_language(url, sections):
    english, japanese = _served(url), _served(url, "ja")
    assert "<title>Communiqué</title>" in english
    for document in (english, japanese):
        assert f"<bdi>{sections[0].document.title}</bdi>" in document.split("<gradio-app")[0]
    assert '<html\n\tlang="ja"' in japanese
    assert "Ask a question in plain words." in english.split("<body")[1]
    assert "ふつうの言葉で" in japanese.split("<body")[1]
    assert "<noscript>" in english


def test_gradio_says_nothing_of_itself_and_names_no_other_host(url):
    head = re.sub(r"<script.*?</script>", "", _served(url), flags=re.DOTALL)
    assert "og:" not in head
    assert "http" not in head


def test_what_is_in_a_title_stays_words_before_the_scripts_too(served, library):
    named = replace(library.held.documents[0], title="</div><script>window.pwned = 1</script>")
    library.held = replace(library.held, documents=(named,))
    body = _served(served()).split("<body")[1].split("<gradio-app")[0]
    assert "&lt;script&gt;window.pwned" in body
    assert "<script" not in body


@pytest.mark.parametrize(
    ("standing", "held", "said"),
    [
        (Standing(), Stock(), "Add the first one here"),
        (Standing(library=Work(), is_open=False), Stock(), "plain words"),
    ],
)
def test_an_empty_library_and_one_being_opened_are_told_apart_at_once(served, library, standing, held, said):
    library.held, library.standings = held, [standing]
    assert said in _served(served()).split("<body")[1]


def test_only_the_scripts_of_the_page_itself_may_run(url):
    policies = [httpx.get(url + path, trust_env=False).headers["content-security-policy"] for path in ("", "theme.css")]
    scripts = [re.findall(r"script-src ([^;]*)", policy)[0] for policy in policies]
    assert "unsafe-inline" not in "".join(scripts)
    assert len(re.findall("'sha256-[^']+'", scripts[0])) == len(re.findall(r"<script(?![^>]*\ssrc=)", _served(url)))
    assert "sha256" not in scripts[1]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_the_head_is_there_before_the_scripts_and_does_not_move(
    browser, url, opened, sections, serious, shoot, width, scheme
):
    head = (
        "(id) => { const box = document.querySelector(id).getBoundingClientRect(); return [box.x, box.y, box.width] }"
    )
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB") as context:
        page = context.new_page()
        page.route("**/assets/*.js", lambda route: route.abort())
        page.goto(url)
        expect(page.locator("#opening")).to_contain_text(sections[0].document.title)
        before = [page.evaluate(head, f"#opening header {part}") for part in ("h1", ".from", "p")]
        assert serious(page) == []
        shoot(page, f"{width}-{scheme}-opening")
        page.unroute("**/assets/*.js")
        opened(page, url)
        expect(page.locator("#opening")).to_have_count(0)
        after = [page.evaluate(head, f"#masthead header {part}") for part in ("h1", ".from", "p")]
        assert [[round(one) for one in box] for box in after] == [[round(one) for one in box] for box in before]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_the_page_opens_and_what_was_kept_is_there_at_once(browser, url, opened, ask, width):
    with browser.new_context(viewport={"width": width, "height": 740}, locale="en-GB") as context:
        context.add_init_script(f"({_SEEN})()")
        page = opened(context.new_page(), url)
        expect(page.locator("#examples button")).to_have_count(6)
        page.wait_for_timeout(500)
        assert len(page.evaluate("window.uncovered")) == 6
        assert page.evaluate("window.moved") < 0.01
        ask(page, "When did the Council meet?")
        opened(page, url)
        assert page.evaluate("window.uncovered") == ["When did the Council meet?"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_where_there_are_several_documents_to_choose_from(browser, served, library, opened, width):
    second = Document("second", "Second Compact", "second.md", "a" * 64)
    library.held = replace(library.held, documents=(*library.held.documents, second))
    with browser.new_context(viewport={"width": width, "height": 740}, locale="en-GB") as context:
        context.add_init_script(f"({_SEEN})()")
        page = opened(context.new_page(), served())
        expect(page.locator("#picker input")).to_be_visible()
        page.wait_for_timeout(700)
        assert page.evaluate("window.moved") < 0.01


@pytest.mark.browser
def test_a_page_whose_server_does_not_answer_is_uncovered_all_the_same(browser, url):
    with browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.route("**/gradio_api/**", lambda route: route.abort())
        page.goto(url)
        expect(page.locator("#opening")).to_be_visible()
        expect(page.locator("#opening")).to_have_count(0)
        expect(page.locator("#question textarea")).to_be_visible()


@pytest.mark.browser
def test_no_script_in_the_markup_runs_and_the_page_needs_none(browser, url, opened, ask):
    with browser.new_context(locale="en-GB") as context:
        context.add_init_script(
            "window.refused = [];"
            "document.addEventListener('securitypolicyviolation', (one) => refused.push(one.sourceFile))"
        )
        page = opened(context.new_page(), url)
        ask(page, "How is safety regulated?")
        for tab in ("The text", "Accuracy", "Ask"):
            page.get_by_role("tab", name=tab).click()
        expect(page.locator("#talk .marker").first).to_be_visible()
        assert page.evaluate("refused") == []
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pwned = 1\">')")
        page.wait_for_function("refused.length === 1")
        assert page.evaluate("window.pwned") is None
