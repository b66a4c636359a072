"""The command line: answers on standard output, errors in one line on standard error, exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main

FLAGSHIP = "Which group ran the experiment that connected two data centres over an optical network?"
Run = Callable[..., Result]
model = pytest.mark.model


@pytest.fixture(scope="module")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose index is built, once for all tests."""
    home = tmp_path_factory.mktemp("home")
    result = CliRunner().invoke(main, ["ingest"], env={"COMMUNIQUE_HOME": str(home)})
    assert (result.exit_code, result.stdout) == (0, "added uk-japan-digital-council-2025-01\n")
    return home


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with an empty home folder, in an empty working folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, stdin: str | bytes | None = None, **settings: str) -> Result:
        environment = {"COMMUNIQUE_HOME": str(tmp_path / "home"), "COMMUNIQUE_LLM": "none"}
        environment |= {f"COMMUNIQUE_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, env=environment)

    return invoke


@pytest.fixture
def run_built(run: Run, built_home: Path, tmp_path: Path) -> Run:
    """The same with a copy of the built index."""
    shutil.copytree(built_home, tmp_path / "home")
    return run


def assert_one_line_error(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("communique: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_teaches_the_commands_and_a_first_question(run: Run, option: str) -> None:
    result = run(option)

    assert result.exit_code == 0
    for command in ("ask", "batch", "search", "ingest", "documents", "sections", "chat", "models"):
        assert f"\n  {command} " in result.stdout
    assert 'communique ask "' in result.stdout


def test_the_module_is_the_same_program(child_environment: dict[str, str]) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "assistant", "--help"], env=child_environment, capture_output=True, text=True, check=True
    )

    assert "communique ask" in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("asks",),
        ("ask", "--colour", "x"),
        ("search", "x", "-k", "0"),
        ("search",),
        ("batch", "gone.jsonl", "out.jsonl"),
        ("ask", "x", "--draft", "poem"),
        ("chat", "--port", "70000"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: " in result.stderr


def test_answers_are_not_written_over_their_questions(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "turns": ["Hello"]}\n')

    assert run("batch", questions, tmp_path / "." / "questions.jsonl").exit_code == 2
    assert questions.read_text() == '{"id": "a", "turns": ["Hello"]}\n'


def test_writing_without_a_language_model_is_one_line(run: Run) -> None:
    assert_one_line_error(run("ask", "Who met?", "--draft", "write", llm="none"), "draft write needs a language model")
    assert_one_line_error(run("chat", "--draft", "write", "--llm", "none"), "draft write needs a language model")


def test_a_wrong_setting_is_one_line(run: Run) -> None:
    assert_one_line_error(run("documents", passage_words="many"), "passage_words")


def test_a_malformed_row_is_one_line_with_its_place(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "turns": ["Hello"]}\n{"id": "b"}\n')

    assert_one_line_error(run("batch", questions, tmp_path / "out.jsonl"), f"{questions}, line 2, turns: ")
    assert not (tmp_path / "out.jsonl").exists()


def test_standard_input_that_is_not_text_is_one_line(run: Run) -> None:
    assert_one_line_error(run("ask", stdin=b"\xff\xfe who"), "not UTF-8")


def test_a_chroma_server_that_is_down_is_one_line(run: Run) -> None:
    assert_one_line_error(run("documents", chroma="http://127.0.0.1:9"), "the Chroma server cannot be used")


def test_a_home_that_cannot_be_made_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert_one_line_error(run("documents", home=str(tmp_path / "file" / "home")), "the index cannot be written")


@model
def test_the_flagship_question_is_answered_with_its_source(run_built: Run, statement: Path) -> None:
    result = run_built("ask", FLAGSHIP, "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    (citation,) = (cited for cited in answer["citations"] if "NTT DATA Group" in cited["quote"])
    assert citation["section"] == ["Pillar Two: Data", "Data Infrastructure"]
    assert (citation["heading"], citation["page"], citation["paragraph"]) == ("Data Infrastructure", 6, 2)
    assert citation["quote"] in statement.read_text(encoding="utf-8")
    assert "NTT DATA Group" in run_built("ask", FLAGSHIP).stdout


@model
def test_a_question_may_come_on_standard_input(run_built: Run) -> None:
    result = run_built("ask", "--json", stdin=f"{FLAGSHIP}\n")

    assert json.loads(result.stdout)["status"] == "answered"


@model
def test_a_refusal_is_not_an_error(run_built: Run) -> None:
    result = run_built("ask", "Hello", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "off_topic"


@model
@pytest.mark.parametrize(
    ("question", "words"), [("", "There is no question"), ("x" * 2001, "2,001 characters"), ("😀", "word")]
)
def test_what_is_no_question_is_one_line(run_built: Run, question: str, words: str) -> None:
    assert_one_line_error(run_built("ask", question), words)


@model
@pytest.mark.parametrize(
    "command", [("ask", "Who met?", "--document"), ("search", "Who met?", "--document"), ("sections",)]
)
def test_an_unknown_document_is_one_line_with_the_known_ones(run_built: Run, command: tuple[str, ...]) -> None:
    assert_one_line_error(run_built(*command, "deserts"), "uk-japan-digital-council-2025-01")


@model
def test_search_shows_as_many_hits_as_asked_for(run_built: Run) -> None:
    shown = run_built("search", FLAGSHIP, "--json", "-k", "3")

    hits = json.loads(shown.stdout)["hits"]
    assert next(hit["heading"] for hit in hits) == "Data Infrastructure"
    assert len(hits) == 3
    assert {"passage", "document", "section", "heading", "paragraph", "text", "score"} <= hits[0].keys()
    assert run_built("search", "half \udce9 a character").exit_code == 0


@model
def test_sections_and_documents_are_listed(run_built: Run) -> None:
    sections = json.loads(run_built("sections", "--json").stdout)["sections"]
    documents = json.loads(run_built("documents", "--json").stdout)["documents"]

    assert len(sections) == 14
    assert sum(section["paragraphs"] for section in sections) == 29
    assert list(sections[0]) == ["document", "path", "heading", "page", "paragraphs", "words"]
    told = ["date", "publisher", "language"]
    assert list(documents[0]) == ["id", "title", "source", "sections", "pages", "words", "added", *told]
    assert (documents[0]["sections"], documents[0]["pages"]) == (14, 7)
    assert "\n    Data Infrastructure  (2 paragraphs, page 6)\n" in run_built("sections").stdout
    assert run_built("documents").stdout.startswith("uk-japan-digital-council-2025-01\n")


@model
def test_a_document_that_is_ingested_is_answered_from(run_built: Run, rivers: Path) -> None:
    added = run_built("ingest", rivers)
    answer = run_built("ask", "When did the county open the Ottery bridge?", "--json", "--document", "rivers")

    assert (added.exit_code, added.stderr) == (0, "")
    assert "added rivers\n" in added.stdout
    assert {cited["document"] for cited in json.loads(answer.stdout)["citations"]} == {"rivers"}
    assert "4 June 2019" in json.loads(answer.stdout)["text"]


@model
def test_a_document_is_removed_by_its_id_and_its_file_stays(run_built: Run, rivers: Path) -> None:
    run_built("ingest", rivers)

    removed = run_built("documents", "remove", "rivers")
    left = json.loads(run_built("documents", "--json").stdout)["documents"]

    assert (removed.exit_code, removed.stdout) == (0, "removed rivers\n")
    assert "rivers" not in [document["id"] for document in left]
    assert rivers.exists()
    assert "there is no document 'rivers'" in run_built("documents", "remove", "rivers").stderr


@model
def test_prune_takes_out_what_is_gone(run_built: Run, rivers: Path) -> None:
    run_built("ingest", rivers)
    rivers.unlink()

    assert "removed rivers\n" in run_built("ingest", "--prune").stdout


@model
def test_limits_are_settings(run_built: Run, rivers: Path) -> None:
    rivers.write_text("# Rivers\n\n" + "Rivers flood. " * 100_000)

    result = run_built("ingest", rivers, file_megabytes="1")

    assert result.exit_code == 3
    assert "it has more than 1 MB; raise COMMUNIQUE_FILE_MEGABYTES" in result.stderr


@pytest.mark.parametrize("workers", ["0", "65", "-1", "two", "", "RAY", "²"])
def test_a_number_of_workers_that_cannot_be_is_wrong_usage(workers: str) -> None:
    result = CliRunner().invoke(main, ["ingest", "--workers", workers])

    assert result.exit_code == 2
    assert "neither a number from 1 to 64 nor ray" in result.stderr


@model
def test_files_left_out_are_named_and_the_command_ends_with_3(run_built: Run, rivers: Path, write) -> None:
    bad = [write("bad.md", b"\xff\xfe"), write("empty.md", ""), rivers.parent / "gone.md", write("letter.docxx", "x")]

    result = run_built("ingest", "--workers", "2", rivers, *bad)

    assert result.exit_code == 3
    assert "added rivers\n" in result.stdout
    assert len(result.stderr.splitlines()) == len(bad)
    for line, path in zip(sorted(result.stderr.splitlines()), sorted(map(str, bad)), strict=True):
        assert line.startswith(f"left out: {path}: ")


@model
def test_what_a_folder_holds_of_other_types_is_said_and_is_no_failure(run_built: Run, rivers: Path, write) -> None:
    write("sums.xlsx", "x")

    result = run_built("ingest", rivers.parent)

    assert result.exit_code == 0
    assert "added rivers\n" in result.stdout
    assert result.stderr == "passed over files of other types: 1 .xlsx\n"


@model
@pytest.mark.parametrize("part", ["manifest.json", "sections.jsonl", "keyword/words.npy", "chroma/chroma.sqlite3"])
def test_a_damaged_index_is_one_line_and_the_command_it_names_mends_it(
    run_built: Run, tmp_path: Path, part: str
) -> None:
    (path,) = (tmp_path / "home" / "index" / "generations").glob(f"*/{part}")
    path.write_bytes(b"\x00\xffgarbage")

    assert_one_line_error(run_built("ask", FLAGSHIP), "communique ingest --rebuild")
    assert run_built("ingest", "--rebuild").exit_code == 0
    assert "NTT DATA Group" in run_built("ask", FLAGSHIP).stdout


@model
def test_a_batch_answers_every_row_whatever_the_others_are(run_built: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [{"id": "a", "turns": [FLAGSHIP]}, {"id": "b", "turns": [""]}, {"id": "c", "turns": ["Hello"]}]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))

    result = run_built("batch", questions, tmp_path / "out.jsonl")

    assert (result.exit_code, result.stdout) == (0, "")
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["id"], row["status"]) for row in answers] == [("a", "answered"), ("b", "unclear"), ("c", "off_topic")]
    assert_one_line_error(run_built("batch", questions, tmp_path / "x.jsonl", "--document", "deserts"), "deserts")
    assert_one_line_error(run_built("batch", questions, tmp_path / "gone" / "x.jsonl"), "cannot be written")
