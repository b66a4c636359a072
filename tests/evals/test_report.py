"""The report is one file, asks for nothing outside, escapes what it shows, and begins with what is broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evals.folder import RunFolder
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


def test_a_run_that_was_never_scored_says_what_to_do(folder: RunFolder) -> None:
    folder.file("scores.jsonl").unlink()
    with pytest.raises(EvalError, match="not scored yet; python -m evals score"):
        write_report(folder)


def test_a_run_that_is_not_finished_says_so(folder: RunFolder, make_case: Maker) -> None:
    folder.write_cases([*folder.cases(), make_case("later")])
    assert "(not finished)" in write_report(folder).read_text(encoding="utf-8")
