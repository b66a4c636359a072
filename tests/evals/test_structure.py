"""The measure of headings: what counts as found, what is left out, and the project's own documents."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from corpus.types import Document, Section
from evals.__main__ import main
from evals.structure import SETS, Found, f1, fidelity, matched, measure

ABOUT = Document("made", "Made", "made.md", "0" * 64)


def test_titles_match_in_order_but_for_punctuation_and_a_slip() -> None:
    true = ["1. Fares", "Children", "Dogs"]

    assert matched(true, ["1 Fares:", "Dogs", "Children"]) in ([(0, 0), (1, 2)], [(0, 0), (2, 1)])
    assert matched(true, ["Fares of the year", "Dogs"]) == [(2, 1)]


def test_f1_is_over_all_headings_of_all_documents() -> None:
    documents = [Found("a.md", "markdown", 4, 4, 4, 4), Found("b.md", "markdown", 2, 4, 1, 1)]

    assert f1(documents) == 2 * 5 / (6 + 8)
    assert f1([Found("c.md", "markdown", 0, 0, 0, 0)]) is None


def test_words_out_of_order_are_not_in_common() -> None:
    def section(text: str) -> tuple[Section, ...]:
        return (Section(ABOUT, ("Fares",), "fares", text),)

    assert fidelity("a", section("one two three"), "b", section("one two three")).share == 1.0
    assert fidelity("a", section("one two three"), "b", section("three one two")).share == 0.75


def test_the_projects_own_documents_are_read_without_a_slip_in_every_format() -> None:
    outcome = measure(None)
    own = [one for one in outcome.documents if (SETS / "own" / one.file).is_file()]

    assert {one.format for one in own} == {"markdown", "html", "pdf", "docx", "odt", "text"}
    assert [(one.file, one.missed, one.wrong) for one in own if one.missed or one.wrong] == []
    assert all(one.levelled == one.matched for one in own)
    assert all(pair.share >= 0.98 for pair in outcome.pairs)


def test_documents_that_are_not_there_or_have_other_bytes_are_named(tmp_path: Path) -> None:
    (tmp_path / "us_omb_m-24-10.pdf").write_bytes(b"other")

    result = CliRunner().invoke(main, ["structure", str(tmp_path)])

    assert result.exit_code == 0
    assert "us_omb_m-24-10.pdf: other bytes" in result.stderr
    assert "nist_sp_800-218.pdf: not there" in result.stderr
    assert "all" in result.stdout
