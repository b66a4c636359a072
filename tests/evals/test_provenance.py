"""A run tells its models by the bytes that are used, and its code by the commit."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.calibration import load_calibration
from assistant.types import AssistantError
from evals.provenance import commit, models, threshold
from index.weights import DEFAULT_LLM, EMBEDDING_MODEL

EMBEDDING = {EMBEDDING_MODEL.name: EMBEDDING_MODEL.sha256}


def test_without_a_language_model_only_the_embedding_model_is_named() -> None:
    assert models({"llm": "none"}) == EMBEDDING


def test_a_model_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "small.gguf"
    file.write_bytes(b"GGUF and more")
    assert models({"llm": str(file)}) == EMBEDDING | {"small.gguf": hashlib.sha256(b"GGUF and more").hexdigest()}


def test_a_model_behind_a_url_is_known_by_its_name_and_place() -> None:
    given = {"llm": "http://127.0.0.1:9/v1", "llm_model": "big"}
    assert models(given) == EMBEDDING | {"big": "http://127.0.0.1:9/v1"}


def test_a_reader_and_a_writer_of_one_name_are_both_known(tmp_path: Path) -> None:
    servers = {"llm": "http://127.0.0.1:9/v1", "writer": "http://127.0.0.1:8/v1"}
    reads = {"default": "http://127.0.0.1:9/v1"}
    assert models({**servers, "draft": "write"}) == EMBEDDING | reads | {"writer: default": "http://127.0.0.1:8/v1"}
    assert models({**servers, "draft": "quote"}) == EMBEDDING | reads
    hashes = []
    for name in ("one", "two"):
        file = tmp_path / name / "small.gguf"
        file.parent.mkdir()
        file.write_bytes(b"GGUF" + name.encode())
        hashes.append(hashlib.sha256(file.read_bytes()).hexdigest())
    files = {"llm": str(tmp_path / "one" / "small.gguf"), "writer": str(tmp_path / "two" / "small.gguf")}
    both = {"small.gguf": hashes[0], "writer: small.gguf": hashes[1]}
    assert models({**files, "draft": "write"}) == EMBEDDING | both


def test_a_writer_is_known_where_nothing_reads_and_a_reader_that_writes_too_is_known_once() -> None:
    url = "http://127.0.0.1:9/v1"
    assert models({"llm": "none", "writer": url, "draft": "write"}) == EMBEDDING | {"writer: default": url}
    assert models({"llm": url, "draft": "write"}) == EMBEDDING | {"default": url}


def test_a_model_that_auto_does_not_find_is_not_claimed(tmp_path: Path) -> None:
    assert models({"llm": "auto", "home": str(tmp_path)}) == EMBEDDING
    with pytest.raises(AssistantError, match="is not here; communique models fetch brings it"):
        models({"llm": "embedded", "home": str(tmp_path)})


def test_the_threshold_is_that_of_what_reads() -> None:
    quoting, trained, other = (load_calibration(name).threshold for name in ("signals", "reader", "llm"))
    assert threshold({"llm": "none"}, EMBEDDING) == quoting
    assert threshold({"llm": "auto"}, EMBEDDING) == quoting
    assert threshold({"llm": "auto"}, EMBEDDING | {DEFAULT_LLM.name: "0"}) == trained
    assert threshold({"llm": "http://127.0.0.1:9/v1"}, EMBEDDING | {"default": "0"}) == other


@pytest.mark.skipif(shutil.which("git") is None, reason="git is missing")
def test_a_commit_tells_of_changed_code_and_not_of_what_make_baseline_writes(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    for name in ("assistant/ask.py", "evals/baselines/statement.json", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    assert commit(tmp_path) == "unknown"
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    head = git("rev-parse", "HEAD")
    for name in ("evals/baselines/statement.json", "README.md"):
        (tmp_path / name).write_text("2", encoding="utf-8")
    assert commit(tmp_path) == head
    (tmp_path / "assistant" / "new.py").write_text("3", encoding="utf-8")
    assert commit(tmp_path) == f"{head}+changes"
