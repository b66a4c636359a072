"""The report is one file, asks for nothing outside, escapes what it shows, and begins with what is broken."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evals.folder import RunFolder
from evals.listing import LIMIT, listed
from evals.report import write_report
from evals.rows import write_rows
from evals.score import score_run
from evals.sources import Sources
from evals.types import EvalError, Expected, HitRow, Problem

YES = (Expected(("answered",)),)
Maker = Callable[..., Any]
SETTINGS = {
    "started": "2025-11-23T18:00:00+00:00",
    "set": {"name": "small", "path": "small.jsonl", "sha256": "0" * 64},
    "commit": "abc",
    "options": {"llm": None, "draft": None},
    "assistant": {"llm": "none", "draft": "quote"},
    "models": {},
    "documents": {},
    "versions": {},
}


class Links(HTMLParser):
    """Gathers whatever a browser would fetch, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            value for name, value in attrs if name in {"src", "href", "data"} and value and value[0] != "#"
        ]


@pytest.fixture
def folder(tmp_path: Path, make_case: Maker, make_answer: Maker, sources: Sources) -> RunFolder:
    """Six cases: right, refused wrongly, wrong, broken on purpose, one that crashed, and one to be refused."""
    good = make_answer((None, "telecoms:1.1"), name="good", confidence=0.9)
    broken = make_answer((None, "telecoms:1.1"), name="broken", confidence=0.8)
    broken = replace(broken, citations=(replace(broken.citations[0], quote="Words nobody wrote."),))
    found = (HitRow("statement#data:0-60"), HitRow("statement#telecoms:0-80"))
    opening = make_answer((None, "telecoms:1.1"), name="wrong:1")
    wrong = make_answer(
        (None, "data:1.1"),
        name="wrong",
        note="<script>alert(1)</script>",
        confidence=0.7,
        hits=found,
        earlier=(opening,),
    )
    refused = make_answer(name="refused", status="not_stated", text="It does not say.")
    cases = [
        make_case(
            name,
            vital=(("19 November",),),
            okay=(("Dialogue",),),
            turns=("Is <b>this</b> | it?", "When *was* it?"),
            earlier=YES,
        )
        for name in ("good", "refused", "wrong", "broken", "crashed")
    ]
    cases.append(make_case("asked", status=("not_stated",), vital=()))
    asked = make_answer((None, "telecoms:1.1"), name="asked", confidence=0.6)
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    folder.write_settings(SETTINGS)
    folder.write_cases(cases)
    write_rows(folder.file("answers.jsonl"), [good, refused, wrong, broken, asked])
    folder.write_problems([Problem("small.jsonl: crashed", "RuntimeError: out of memory", "crashed")])
    score_run(folder, "small", cases, sources)
    return folder


def test_the_case_broken_on_purpose_is_at_the_top(folder: RunFolder) -> None:
    page = write_report(folder).read_text(encoding="utf-8")
    order = re.findall(r'<details class="(\w+)".*? id="case-(\w+)"', page)
    assert order == [
        ("wrong", "broken"), ("wrong", "wrong"), ("wrong", "asked"), ("wrong", "crashed"), ("wrong", "refused"),
        ("right", "good"),
    ]  # fmt: skip
    assert "the quote does not stand at" in page


def test_the_page_needs_nothing_else_and_runs_nothing(folder: RunFolder) -> None:
    page = write_report(folder).read_text(encoding="utf-8")
    links = Links()
    links.feed(page)
    assert links.fetched == []
    assert not {"script", "link", "img", "iframe"} & set(links.tags)
    assert "&lt;script&gt;alert(1)" in page and "&lt;b&gt;this" in page


def test_the_page_has_figures_plots_evidence_and_reasons(folder: RunFolder) -> None:
    page = write_report(folder).read_text(encoding="utf-8")
    titles = (
        "By kind", "By split", "Conversations by turn", "Right by kind", "Risk and coverage", "Citations",
        "Calibration of the reader", "Length of answers", "Time of each step",
    )  # fmt: skip
    for title in titles:
        assert f"<h2>{title}</h2>" in page
    assert "n=6" in page and "language model <code>none</code>" in page
    assert page.count("<svg ") == 6
    assert "<code>answered</code> The Telecoms Policy Dialogue" in page[page.index("<h3>Conversation</h3>") :]
    assert "Due refusals made" in page and "Confidence of the reader: 0.70" in page
    assert "Gold sentence among the 2 passages found: first at 2." in page
    assert "33.3 % (9.7–70.0)" in page
    assert "<mark>The Telecoms Policy Dialogue took place on 19 November 2024.</mark>" in page
    assert "took place on <mark>19 November</mark> 2024." in page
    assert "may carry <code>Dialogue</code>" in page
    assert "<tr><td>total</td>" in page and '<tr><th class="number">Mean confidence</th>' in page
    assert "lacks 19 November" in page and "RuntimeError: out of memory" in page


def test_the_same_as_markdown(folder: RunFolder) -> None:
    page = write_report(folder, markdown=True).read_text(encoding="utf-8")
    assert "| Right | 6 | 33.3 % (9.7–70.0) |" in page
    assert page.index("**broken**") < page.index("**wrong**") < page.index("**refused**")
    assert "**good**" not in page
    assert r"\<script\>" not in page and r"Is \<b\>this\</b\> \| it? → When \*was\* it?" in page
    for title in ("Risk and coverage", "Calibration of the reader", "Time of each step", "Conversations by turn"):
        assert f"## {title}\n" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


def test_the_header_names_the_model_that_read(folder: RunFolder) -> None:
    used = {"embedder": "1", "small.gguf": "2", "reader.gguf": "3", "writer: big": "4"}
    asked = {"llm": "auto", "draft": "auto", "embedding_model": "embedder"}
    folder.write_settings(SETTINGS | {"assistant": asked, "models": used})
    page = write_report(folder).read_text(encoding="utf-8")
    assert "language model <code>small.gguf with reader.gguf, writer: big</code>;\ndraft quote.</p>" in page


def test_every_link_leads_to_a_place_on_the_page_and_cases_stand_before_the_plots(folder: RunFolder) -> None:
    page = write_report(folder).read_text(encoding="utf-8")
    places = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert set(links) <= places and "answer-broken" in links
    assert page.index('href="#kind-1"') < page.index('href="#answer-broken"') < page.index("<svg ")


def test_every_figure_of_a_group_has_its_number_even_a_group_of_one(
    folder: RunFolder, make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    case, answer = make_case("alone", kind="single"), make_answer((None, "telecoms:1.1"), name="alone")
    folder.append_answer(asdict(answer))
    cases = [*folder.cases(), case]
    folder.write_cases(cases)
    score_run(folder, "small", cases, sources)
    page = write_report(folder, markdown=True).read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| single |")]
    assert row.count("n=1 |") == 6 and row.count("– |") == 1
    assert '<br><small class="soft">n=1</small>' in write_report(folder).read_text(encoding="utf-8")
    assert "| 0.25 | 1 | 0.0 % (0.0–79.3) |" in page  # risk and coverage: the surest of four


def test_a_case_that_cites_all_it_should_and_lacks_what_is_expected_comes_first_and_says_so(
    folder: RunFolder, sources: Sources
) -> None:
    spoilt = [replace(one, vital=(("nowhere",),)) if one.id == "good" else one for one in folder.cases()]
    kept = [one for one in spoilt if one.id != "broken"]
    folder.write_cases(kept)
    score_run(folder, "small", kept, sources)
    page = write_report(folder).read_text(encoding="utf-8")
    first = page[page.index("<details") :]
    assert 'id="case-good"' in first[:80]
    assert "cites what it should and yet lacks what is expected: check the case" in first[:400]
    page = write_report(folder, markdown=True).read_text(encoding="utf-8")
    assert "- **good** (fact, tune, cites what it should and yet lacks" in page
    assert page.index("**good**") < page.index("**wrong**")


def test_what_got_worse_than_in_another_run_comes_first_with_both_answers(
    folder: RunFolder, tmp_path: Path, make_answer: Maker, sources: Sources
) -> None:
    later = RunFolder(tmp_path / "later")
    shutil.copytree(folder.path, later.path)
    later.append_answer(asdict(make_answer((None, "data:1.1"), name="good")))
    later.append_answer(asdict(make_answer((None, "telecoms:1.1"), name="refused")))
    later.write_settings(SETTINGS | {"commit": "def"})
    score_run(later, "small", later.cases(), sources)
    page = write_report(later, before=folder).read_text(encoding="utf-8")
    order = re.findall(r' id="case-(\w+)"', page)
    assert (order[0], order[1], order[-1]) == ("good", "broken", "refused")
    good = page[page.index('id="case-good"') : page.index('id="case-broken"')]
    assert "right before" in good and good.index("DSIT and PPC") < good.index("Answer before, in run")
    assert "19 November</mark> 2024" in good[good.index("Answer before") :]
    assert "1 got worse and 1 better" in page and "<td><code>abc</code></td><td><code>def</code></td>" in page
    page = write_report(later, before=folder, markdown=True).read_text(encoding="utf-8")
    assert "- **good** (fact, tune, right before" in page and "\n  - before: `answered` The Telecoms" in page


def test_a_report_of_many_wrong_cases_fits_into_a_comment_and_says_what_it_left_out(
    folder: RunFolder, make_case: Maker, make_answer: Maker, sources: Sources
) -> None:
    cases = [make_case(f"many-{number:03}", vital=(("nowhere",),)) for number in range(150)]
    answers = [make_answer(*[(None, "data:1.1")] * 4, name=one.id) for one in cases]
    write_rows(folder.file("answers.jsonl"), answers)
    folder.write_cases(cases)
    score_run(folder, "small", cases, sources)
    page = write_report(folder, markdown=True).read_text(encoding="utf-8")
    assert len(page.encode()) <= LIMIT
    shown = re.findall(r"^- \*\*(many-\d+)\*\*", page, flags=re.MULTILINE)
    assert shown == [one.id for one in cases]
    whole = page.count("  - `answered`")
    assert f"The first {whole} of 150 are in full, {150 - whole} in a line each" in page and whole > 10
    assert "in the HTML report: `python -m evals report run`" in page


def test_lines_that_do_not_fit_either_are_left_out_and_counted() -> None:
    full, short = ["full" * 100 + "\n"] * 100, ["short" * 4 + "\n"] * 100
    page = listed(full, short, room=1000, run="run")
    assert "None of the 100 is in full, 28 in a line each without their answers, and 72 are left out" in page
    assert len(page.encode()) <= 1000 and page.count("short") == 28 * 4
    assert listed(full, short, room=50_000, run="run") == "".join(full)
    assert listed([], [], room=0, run="run") == "Nothing.\n"


@pytest.mark.browser
def test_the_page_is_as_wide_as_a_phone_and_a_link_opens_its_case(
    chromium: str, folder: RunFolder, sources: Sources
) -> None:
    from playwright.sync_api import sync_playwright

    long = "(?:" + "|".join(f"longpattern{number}" for number in range(30)) + ")"
    cases = [replace(one, vital=((long,),)) for one in folder.cases()]
    folder.write_cases(cases)
    score_run(folder, "small", cases, sources)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(viewport={"width": 375, "height": 800})
        page.goto(write_report(folder).resolve().as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        assert page.evaluate("document.querySelector('svg').getBoundingClientRect().width") > 600
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
        page.click("a[href='#answer-refused']")
        page.wait_for_function("document.getElementById('case-refused').open")


def test_a_run_that_was_never_scored_says_what_to_do(folder: RunFolder) -> None:
    folder.file("scores.jsonl").unlink()
    with pytest.raises(EvalError, match="not scored yet; python -m evals score"):
        write_report(folder)


def test_a_run_that_is_not_finished_says_so(folder: RunFolder, make_case: Maker) -> None:
    folder.write_cases([*folder.cases(), make_case("later")])
    assert "(not finished)" in write_report(folder).read_text(encoding="utf-8")
