"""An index of its own for every eval, so that no figure depends on what else someone has added to theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from time import time

from assistant.build import Holdings
from assistant.bundled import bundled_documents
from assistant.settings import Settings
from evals.cases import CaseSet
from evals.sources import Sources

_PREFIX = "communique-evals-"
_LONGEST = 2 * 24 * 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """The settings to build an assistant with, and what its index holds."""

    settings: Settings
    holdings: Holdings


@contextmanager
def own_library(settings: Settings, files: Sequence[Path]) -> Iterator[OwnLibrary]:
    """An index of these files alone, in a folder that is gone at the end; everything else is as in `settings`."""
    _clear_away()
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        # A Chroma server would keep what is put there.
        yield OwnLibrary(settings.model_copy(update={"chroma": ""}), Holdings(Path(folder), tuple(files)))


def _clear_away() -> None:
    """Take away the indexes of evals that were killed; none runs for so long."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        if time() - folder.stat().st_mtime > _LONGEST:
            rmtree(folder, ignore_errors=True)


def files_of(case_set: CaseSet, sources: Sources, given: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files of the documents a set is about: those of its gold sentences and those `given` with it; where it names
    none, those that come with the program."""
    named = [Path(document.source) for document in sources.documents if document.id in case_set.documents]
    files = {path.resolve(): path for path in (*named, *map(Path, given))}
    return tuple(files.values()) or bundled_documents()
