"""The chat page in a real browser, over a hand-written assistant. Screenshots go to test-screenshots/."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_page_says_what_it_speaks_from_and_offers_six_questions(page, sections, shoot):
    expect(page.locator("#masthead")).to_contain_text(sections[0].document.title)
    expect(page.locator("#examples button")).to_have_count(6)
    expect(page.locator("footer")).to_have_count(0)
    shoot(page, "wide-welcome")


def test_an_example_is_asked_by_its_button(page, assistant):
    question = page.locator("#examples button").first.inner_text()
    page.locator("#examples button").first.click()
    expect(page.locator("#talk .question")).to_have_text(question)
    expect(page.locator("#talk .status-answered")).to_have_text("Answered")
    expect(page.locator("#examples")).to_be_hidden()
    assert assistant.asked == [(question, (), ("uk-japan-digital-council-2025-01",))]


def test_an_example_of_a_follow_up_is_asked_in_order(page, assistant, starters):
    questions = next(one.english for one in starters if len(one.english) > 1)
    page.get_by_role("button", name=" → ".join(questions)).click()
    expect(page.locator("#talk .status")).to_have_count(2)
    expect(page.locator("#talk .question")).to_have_text(list(questions))
    assert [turn.question for turn in assistant.asked[-1][1]] == [questions[0]]


def test_a_marker_shows_its_card_with_exactly_the_quoted_words_marked(page, assistant, ask, shoot):
    ask(page, "How is safety regulated?")
    shoot(page, "wide-partly")
    answer = assistant.ask("How is safety regulated?")
    expect(page.locator("#source-1-1 .context").first).to_be_visible()
    expect(page.locator("#source-1-3 .context").first).to_be_hidden()
    for citation in answer.citations:
        page.get_by_role("button", name=f"Source {citation.number}:").click()
        card = page.locator(f"#source-1-{citation.number}.is-shown")
        expect(card.locator("mark")).to_have_text(citation.quote)
        expect(card).to_be_in_viewport()
        assert card.locator("mark").text_content() == citation.quote
        expect(card.locator(".context").first).to_be_visible()
        assert citation.section.text[citation.start : citation.end] in (card.locator("blockquote").text_content() or "")
    shoot(page, "wide-source")
    page.locator("#source-1-3 .back").click()
    expect(page.locator("[data-source=source-1-3]")).to_be_focused()


def test_a_marker_reached_by_keyboard_shows_its_card(page, ask):
    ask(page, "When did it take place, then?")
    page.locator("#talk .marker").focus()
    expect(page.locator("#source-1-1")).to_have_class("card is-open is-shown")


def test_a_follow_up_is_asked_with_the_history_and_shows_how_it_was_understood(page, assistant, ask, shoot):
    ask(page, "When did the Council meet?")
    ask(page, "Who was there?")
    assert [turn.question for turn in assistant.asked[1][1]] == ["When did the Council meet?"]
    understood = page.get_by_label("Understood as")
    expect(understood).to_have_value("Who attended the third Digital Council?")
    expect(page.locator("#source-1-1")).to_be_hidden()
    page.locator("[data-source=source-1-1]").click()
    expect(page.locator("#source-1-1")).to_be_visible()
    expect(page.locator("#source-2-1")).to_be_hidden()
    shoot(page, "wide-follow-up")
    understood.fill("When did the Council meet, then?")
    page.get_by_role("button", name="Ask this").click()
    expect(page.locator("#talk .turn")).to_have_count(3)
    assert assistant.asked[-1][0] == "When did the Council meet, then?"
    expect(page.get_by_label("Understood as")).to_have_count(2)


def test_a_question_behind_another_reader_s_is_taken_at_once(page, browser, url, assistant, opened):
    assistant.gate.clear()
    page.locator("#examples button").first.click()
    expect(page.locator(".turn-pending")).to_be_visible()
    with browser.new_context() as other:
        second = opened(other.new_page(), url)
        second.locator("#examples button").last.click()
        expect(second.locator(".turn-pending")).to_be_visible()
        assistant.gate.set()
        for reader in (page, second):
            expect(reader.locator(".status-answered")).to_be_visible()


def test_a_refusal_lists_the_closest_passages_without_markers(page, ask, shoot):
    ask(page, "How much money?")
    expect(page.locator(".status-not_stated")).to_have_text("Not in the text")
    expect(page.locator("#sources h2")).to_have_text("Closest passages")
    expect(page.locator("#talk .marker")).to_have_count(0)
    shoot(page, "wide-refused")
    page.get_by_role("button", name="What are the key points of the section").click()
    expect(page.locator("#talk .turn")).to_have_count(2)
    expect(page.locator("#current .status-answered")).to_be_visible()


def test_an_error_is_one_line_and_no_part_of_the_history(page, assistant, ask, shoot):
    ask(page, "crash")
    expect(page.locator(".turn-problem").last).to_contain_text("Something went wrong")
    assert "secret path" not in page.content()
    ask(page, "When did the Council meet?")
    assert assistant.asked[-1][1] == ()
    shoot(page, "wide-problem")


def test_nothing_is_asked_by_an_empty_field(page, assistant):
    for words in ("", "  "):
        page.locator("#question textarea").fill(words)
        page.locator("#ask").click()
        expect(page.locator("#status p")).to_have_text("Ask a question")
    expect(page.locator("#examples button")).to_have_count(6)
    expect(page.locator("#question textarea")).to_be_focused()
    assert (page.locator(".turn").count(), assistant.asked) == (0, [])


def test_conversations_are_kept_apart_and_can_be_begun_anew(page, browser, url, assistant, opened, ask):
    ask(page, "When did the Council meet?")
    with browser.new_context() as other:
        second = opened(other.new_page(), url)
        expect(second.locator(".turn")).to_have_count(0)
        ask(second, "When was that?")
        assert assistant.asked[-1][1] == ()
    page.locator("#fresh").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#examples button")).to_have_count(6)
    ask(page, "When did the Council meet?")
    assert assistant.asked[-1][1] == ()


def test_a_hostile_document_does_nothing(browser, url, hostile_section, opened, ask, shoot):
    with browser.new_context() as context:
        page = context.new_page()
        seen: list[str] = []
        page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: seen.extend([request.url] if "attacker" in request.url else []))
        opened(page, url)
        ask(page, "What does the hostile text say? <img src=x onerror=window.pwned=4>")
        page.locator("#talk .marker").click()
        expect(page.locator("#source-1-1 mark")).to_contain_text("<script>window.pwned = 1</script>")
        shoot(page, "wide-hostile")
        assert page.evaluate("window.pwned") is None
        assert page.locator(":is(#talk, #side) :is(script, img, h1, a, b)").count() == 0
        assert seen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(browser, url, scheme, opened, ask, shoot, overflow):
    with browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme) as context:
        page = opened(context.new_page(), url)
        overflows = [overflow(page)]
        shoot(page, f"phone-{scheme}-welcome")
        for question in ("How is safety regulated?", "How much money?", "Show the hostile one", "crash"):
            ask(page, question)
            overflows.append(overflow(page))
        page.locator("[data-source=source-1-2]").click()
        expect(page.locator("#source-1-2")).to_be_in_viewport()
        shoot(page, f"phone-{scheme}-source")
        assert max(overflows) <= 0


def test_dark_looks(browser, url, opened, ask, shoot):
    with browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark") as context:
        page = opened(context.new_page(), url)
        ask(page, "How is safety regulated?")
        page.locator("[data-source=source-1-1]").click()
        shoot(page, "dark-source")
        ground = page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
        assert ground == "rgb(20, 24, 27)"


def test_every_request_stays_on_this_machine(browser, url, opened, ask):
    with browser.new_context() as context:
        page = context.new_page()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        opened(page, url)
        ask(page, "How is safety regulated?")
        page.locator("[data-source=source-1-1]").click()
        page.wait_for_timeout(1000)
        assert requested
        assert {urlsplit(address).hostname for address in requested} == {"127.0.0.1"}


@pytest.mark.parametrize("width", [360, 1280])
def test_the_next_question_stands_at_the_top_after_an_earlier_source_was_read(browser, url, opened, ask, width):
    with browser.new_context(viewport={"width": width, "height": 740}, locale="en-GB") as context:
        page = opened(context.new_page(), url)
        for turn, question in enumerate(("When did the Council meet?", "How much money?", "Who was there?"), start=1):
            ask(page, question)
            page.wait_for_timeout(400)
            top = page.evaluate("document.querySelector('#current .question').getBoundingClientRect().top")
            assert 0 <= top <= (120 if turn > 1 or width < 500 else 740)
            page.locator("[data-source=source-1-1]").click()
            expect(page.locator("#source-1-1")).to_be_in_viewport()


def test_an_earlier_source_gives_way_to_those_of_the_next_answer(page, ask):
    ask(page, "When did the Council meet?")
    ask(page, "How is safety regulated?")
    page.locator("[data-source=source-1-1]").click()
    expect(page.locator("#source-1-1")).to_be_visible()
    ask(page, "Who was there?")
    expect(page.locator("#source-1-1")).to_be_hidden()
    expect(page.locator("#sources .card")).to_be_visible()
