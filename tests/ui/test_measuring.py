"""How often answers are right, as the page shows it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from playwright.sync_api import expect

from assistant.measured import FIGURES, Measured, measured_runs
from assistant.ui import build_page, start, stop
from assistant.ui.measuring import measuring
from assistant.ui.words import ENGLISH, JAPANESE


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_every_figure_of_the_release_is_shown_with_its_count_and_interval():
    runs = measured_runs()
    assert runs
    shown = _plain(measuring(runs, ENGLISH))
    for run in runs:
        for found in (*run.measures.values(), *run.halves.values(), *run.kinds.values()):
            if found.value is None or found.low is None or found.high is None:
                continue
            scale = 1 if found.unit else 100
            value, low, high = (f"{number * scale:.1f}" for number in (found.value, found.low, found.high))
            unit = "" if found.unit else " %"
            assert f"{value}{unit} {low}{unit} to {high}{unit}, n={found.count}" in " ".join(shown.split())


def test_the_report_is_named_and_where_it_is_depends_on_the_installation():
    run = measured_runs()[0]
    assert run.has_report
    assert f"{run.report} in this installation’s folder" in " ".join(_plain(measuring([run], ENGLISH)).split())
    elsewhere = run.model_copy(update={"report": "docs/evals/nowhere.md"})
    assert "is in the project’s source" in _plain(measuring([elsewhere], ENGLISH))


def test_both_languages_have_a_name_for_every_measure_and_kind():
    for run in measured_runs():
        for words in (ENGLISH, JAPANESE):
            html = measuring([run], words)
            assert html.count("role='rowheader'") == len(run.measures) + len(run.halves) + len(run.kinds)
            for name in (*run.measures, *run.kinds):
                assert f">{name.replace('_', ' ')}</th>" not in html


def test_the_bar_of_a_share_lies_where_its_interval_does():
    run = measured_runs()[0].model_copy(
        update={"measures": {"right": Measured(count=4, value=0.5, low=0.25, high=0.75)}, "kinds": {}, "halves": {}}
    )
    html = measuring([run], ENGLISH)
    assert "class='range' x='25.0' y='2' width='50.0'" in html
    assert "class='mean' x='49.4'" in html


@pytest.mark.parametrize("content", [None, "{", '{"runs": [{"name": "x"}]}'])
def test_without_figures_it_says_where_they_are(tmp_path, content):
    path = tmp_path / "evals.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert measured_runs(path) == ()
    assert "No figures came with this installation" in measuring((), ENGLISH)
    assert "docs/evals" in measuring((), JAPANESE)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "en-GB"), (360, "dark", "ja-JP")])
def test_the_tab_shows_the_figures(browser, url, opened, shoot, overflow, serious, width, scheme, locale):
    run = json.loads(FIGURES.read_text(encoding="utf-8"))["runs"][0]
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=locale) as context:
        page = opened(context.new_page(), url)
        page.get_by_role("tab").last.click()
        first = page.locator("#evals tbody tr").first
        expect(first).to_contain_text(f"{run['measures']['right']['value'] * 100:.1f} %")
        expect(first).to_contain_text(f"n={run['cases']}")
        expect(first.locator("svg").first).to_be_visible()
        assert overflow(page) <= 0
        assert serious(page) == []
        shoot(page, f"evals-{width}-{scheme}")


@pytest.mark.browser
def test_an_installation_without_figures_says_so_on_the_tab(browser, assistant, sections, opened, tmp_path):
    served = build_page(assistant, [sections[0].document], figures=tmp_path / "none.json")
    with browser.new_context(locale="en-GB") as context:
        page = opened(context.new_page(), start(served, "127.0.0.1", 0))
        page.get_by_role("tab", name="Accuracy").click()
        expect(page.locator("#evals")).to_contain_text("No figures came with this installation")
    stop(served)
