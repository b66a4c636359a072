"""An index of its own for every eval, so that no figure depends on what else someone has added to theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.build import Holdings
from assistant.bundled import bundled_documents
from assistant.settings import Settings
from evals.cases import CaseSet
from evals.sources import Sources


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """The settings to build an assistant with, and what its index holds."""

    settings: Settings
    holdings: Holdings


@contextmanager
def own_library(settings: Settings, files: Sequence[Path]) -> Iterator[OwnLibrary]:
    """An index of these files alone, in a folder that is gone at the end; everything else is as in `settings`."""
    with TemporaryDirectory(prefix="communique-evals-", ignore_cleanup_errors=True) as folder:
        # A Chroma server would keep what is put there.
        yield OwnLibrary(settings.model_copy(update={"chroma": ""}), Holdings(Path(folder), tuple(files)))


def files_of(case_set: CaseSet, sources: Sources, given: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files of the documents a set is about: those of its gold sentences and those `given` with it; where it names
    none, those that come with the program."""
    named = [Path(document.source) for document in sources.documents if document.id in case_set.documents]
    files = {path.resolve(): path for path in (*named, *map(Path, given))}
    return tuple(files.values()) or bundled_documents()
