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
from evals.types import EvalError, Problem

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
    """Five cases: right, refused wrongly, wrong, broken on purpose, and one that crashed."""
    good = make_answer((None, "telecoms:1.1"), name="good", confidence=0.9)
    broken = make_answer((None, "telecoms:1.1"), name="broken", confidence=0.8)
    broken = replace(broken, citations=(replace(broken.citations[0], quote="Words nobody wrote."),))
    wrong = make_answer((None, "data:1.1"), name="wrong", note="<script>alert(1)</script>", confidence=0.7)
    refused = make_answer(name="refused", status="not_stated", text="It does not say.")
    cases = [
        make_case(name, vital=(("19 November",),), turns=("Is <b>this</b> | it?", "When *was* it?"))
        for name in ("good", "refused", "wrong", "broken", "crashed")
    ]
    found = RunFolder(tmp_path / "run")
    found.path.mkdir()
    found.write_settings(SETTINGS)
    found.write_cases(cases)
    write_rows(found.file("answers.jsonl"), [good, refused, wrong, broken])
    found.write_problems([Problem("small.jsonl: crashed", "RuntimeError: out of memory", "crashed")])
    score_run(found, "small", cases, sources)
    return found


def test_the_case_broken_on_purpose_is_at_the_top(folder: RunFolder) -> None:
    page = write_report(folder).read_text(encoding="utf-8")
    order = re.findall(r'<details class="(\w+)".*? id="case-(\w+)"', page)
    assert order == [
        ("wrong", "broken"), ("wrong", "wrong"), ("wrong", "crashed"), ("wrong", "refused"), ("right", "good")
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
    for title in ("By kind", "By split", "Right by kind", "Risk and coverage", "Citations", "Length of answers"):
        assert f"<h2>{title}</h2>" in page
    assert page.count("<svg ") == 5
    assert "40.0 % (11.8–76.9)" in page
    assert "<mark>The Telecoms Policy Dialogue took place on 19 November 2024.</mark>" in page
    assert "lacks 19 November" in page and "RuntimeError: out of memory" in page


def test_the_same_as_markdown(folder: RunFolder) -> None:
    page = write_report(folder, markdown=True).read_text(encoding="utf-8")
    assert "| Right | 5 | 40.0 % (11.8–76.9) |" in page
    assert page.index("**broken**") < page.index("**wrong**") < page.index("**refused**")
    assert "**good**" not in page
    assert r"\<script\>" not in page and r"Is \<b\>this\</b\> \| it? → When \*was\* it?" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


def test_a_run_that_was_never_scored_says_what_to_do(folder: RunFolder) -> None:
    folder.file("scores.jsonl").unlink()
    with pytest.raises(EvalError, match="not scored yet; python -m evals score"):
        write_report(folder)


def test_a_run_that_is_not_finished_says_so(folder: RunFolder, make_case: Maker) -> None:
    folder.write_cases([*folder.cases(), make_case("later")])
    assert "(not finished)" in write_report(folder).read_text(encoding="utf-8")
