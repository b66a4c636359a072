"""One file a format. A reader turns bytes into blocks in reading order and knows nothing of the heading tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from corpus.types import Block, CorpusError


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: blocks in reading order, and the title if the file names one outside its text."""

    blocks: tuple[Block, ...]
    title: str = ""


Reader = Callable[[bytes], Reading]


def _markdown() -> Reader:
    from corpus.readers.markdown import read_markdown

    return read_markdown


READERS: dict[str, Callable[[], Reader]] = {".md": _markdown, ".markdown": _markdown}


def reader_for(source: PurePath) -> Reader:
    """The reader for a file's suffix.

    Raises:
        CorpusError: no reader takes that suffix.
    """
    if source.suffix.lower() not in READERS:
        known = ", ".join(sorted(READERS))
        raise CorpusError(
            f"{source}: cannot read a {source.suffix or 'file without a suffix'}; this version reads {known}"
        )
    return READERS[source.suffix.lower()]()
